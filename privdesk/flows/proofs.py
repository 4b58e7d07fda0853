"""What proves that a destruction took place: signatures of officers over what its rows say.

Everybody who opens the vault can write into its rows. So nothing is concluded, completed or
certified because a state or a date says so, but only where officers signed request, approval and,
in the destroying transaction, execution, and where the rows give the digests that they signed.
"""

from __future__ import annotations

from collections.abc import Iterator

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.flows import losing
from privdesk.flows.choosing import digest_of
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import signatures
from privdesk.registers.destructions.orders import unproved as unproved_places
from privdesk.registers.destructions.rules import State
from privdesk.registers.destructions.service import LATER

EXECUTED = (State.EXECUTING, State.EXECUTED, State.BACKUPS_CLOSED, State.COMPLETE)
OTHER_SET = N_("its records are not the ones that were signed")
NOT_KEPT = N_("the file of people’s keys does not say that it took place")
_KEPT = "destroyed:{number}"  # in keys-people.db, which none but officers write


class UnprovedError(DomainError):
    """{ref} counts as executed, but that is not proved: {why}. Nothing was certified; check the
    vault with “privdesk verify VAULT”, and request the destruction anew.
    """


def keep(change: Change, number: int, digest: str) -> None:
    """Keep what was executed beside people's keys, in the transaction that drops theirs.

    Former officers have a key that signed for the office once; that file they can't write.
    """
    change.desk.vault.set_people_meta(_KEPT.format(number=number), digest.encode())


def why_not(desk: Desk, number: int) -> str:
    """Return why it is not proved that a destruction was executed, or nothing (a message id)."""
    why = signatures.why_unproved(desk, number) or _why_other(desk, number)
    return why or _why_not_kept(desk, number)


def require(desk: Desk, number: int) -> None:
    """Raise unless it is proved that a destruction was executed."""
    why = why_not(desk, number)
    if why:
        raise UnprovedError(ref=desk.ref("destructions", number), why=_(why))


def unproved(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield what the office signed beside the journal and does not hold, and why."""
    yield from losing.unproved(desk)
    yield from unproved_places(desk)
    told = dict(signatures.unproved(desk))
    yield from told.items()
    states = ", ".join(f"'{state.value}'" for state in EXECUTED)
    sql = f"SELECT id FROM destructions WHERE executed_at IS NOT NULL OR state IN ({states})"
    for (number,) in desk.vault.raw.execute(sql).fetchall():
        ref, why = desk.ref("destructions", number), why_not(desk, number)
        if why and ref not in told:
            yield ref, why


def _why_not_kept(desk: Desk, number: int) -> str:
    """Return whether keys-people.db, where it is open, knows nothing of a destruction."""
    if not desk.vault.sees_people:
        return ""
    row = desk.vault.raw.execute(
        "SELECT digest_executed FROM destructions WHERE id = ?", (number,)
    ).fetchone()
    kept = desk.vault.people_meta(_KEPT.format(number=number))
    return "" if kept == str(row[0]).encode() else NOT_KEPT


def _why_other(desk: Desk, number: int) -> str:
    """Return whether the rows of a destruction are other ones than were signed."""
    raw = desk.vault.raw
    names = "file, people, digest, digest_executed"
    file, people, asked, executed = raw.execute(
        f"SELECT {names} FROM destructions WHERE id = ?", (number,)
    ).fetchone()
    rows = raw.execute(
        "SELECT holding, why, done FROM destruction_holdings WHERE destruction = ?", (number,)
    ).fetchall()
    chosen = [row[0] for row in rows if not row[1] or row[1].startswith(LATER)]
    done = [row[0] for row in rows if row[2]]
    for counted in (0, int(people or 0)):  # of a file of which the vault keeps a number only
        known = [digest_of(each, file, counted) for each in (chosen, done)]
        if known == [asked, executed]:
            return ""
    return OTHER_SET
