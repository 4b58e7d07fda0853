"""Whose data a provision gives, and who of them is left out: without consent, under a freeze."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert

from privdesk.core.categories import Separate
from privdesk.core.hangul import name_key
from privdesk.core.register import Row
from privdesk.registers.desk import Change, Desk
from privdesk.registers.freezing import touched
from privdesk.registers.provisions.model import Given
from privdesk.vault.schema import table

_AT_ONCE = 900
_BOX = Separate.PROVISION.value
_LIVING = "('active', 'held', 'law')"


@dataclass(frozen=True)
class Chosen:
    """Who goes and who stays of those that were meant."""

    goes: tuple[int, ...]
    refused: int = 0
    frozen: int = 0

    @property
    def left_out(self) -> int:
        """Return how many stay."""
        return self.refused + self.frozen


def choose(
    desk: Desk,
    meant: Sequence[int],
    items: Iterable[int],
    purpose: int | None,
    by: date | None = None,
) -> Chosen:
    """Return who of these people may go: with consent to a purpose (None: needs none), unfrozen.

    ``by`` is the day of what is entered afterwards: consents stand as at the end of it, and
    what was frozen later did not hinder it.
    """
    allowed = meant if purpose is None else agreed(desk, meant, purpose, by)
    held = touched(desk, allowed, set(items), by)
    goes = tuple(number for number in allowed if number not in held)
    return Chosen(goes, len(meant) - len(allowed), len(held))


def agreed(desk: Desk, subjects: Sequence[int], purpose: int, by: date | None = None) -> list[int]:
    """Return those of these people whose consent to a purpose's provision is in force, in order.

    A consent given once stands, unless the purpose changed since: only then is each looked
    at by itself. Consent to the use alone lets nothing go to a third party (PIPA 17(1)1).
    With ``by`` it is the consent as it stood at the end of that day.
    """
    if by is not None:
        asked = [(number, purpose, _BOX) for number in subjects]
        stood = desk.service("consents").stood(asked, by)
        return [number for number, held in zip(subjects, stood, strict=True) if held]
    given: set[int] = set()
    for start in range(0, len(subjects), _AT_ONCE):
        part = subjects[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        sql = (
            f"SELECT DISTINCT subject FROM consents WHERE subject IN ({marks})"
            " AND purpose = ? AND box = ? AND state = 'given'"
        )
        given.update(
            row[0] for row in desk.vault.raw.execute(sql, (*part, purpose, _BOX)).fetchall()
        )
    (row,) = desk.service("purposes").rows([purpose])
    found = [number for number in subjects if number in given]
    if row.values["renew_from"] is None:
        return found
    consents = desk.service("consents")
    return [number for number in found if consents.may_rely(number, purpose, _BOX)]


def living_in(desk: Desk, file: int) -> list[int]:
    """Return everybody who is held in a file."""
    sql = (
        "SELECT DISTINCT subject FROM holdings WHERE file = ?"
        f" AND +state IN {_LIVING} ORDER BY subject"
    )
    return [row[0] for row in desk.vault.raw.execute(sql, (file,)).fetchall()]


def listed(desk: Desk, provision: int) -> list[int]:
    """Return the people of a provision that gave the data of more than one."""
    sql = "SELECT subject FROM provision_subjects WHERE provision = ? ORDER BY subject"
    return [row[0] for row in desk.vault.raw.execute(sql, (provision,)).fetchall()]


def put(change: Change, provision: int, subjects: Sequence[int]) -> None:
    """Store who is in a provision, instead of whoever was."""
    t = table(Given)
    change.sql.execute(delete(t).where(t.c.provision == provision))
    if subjects:
        rows = [{"provision": provision, "subject": number} for number in subjects]
        change.sql.execute(insert(t), rows)


def provides(purpose: Row) -> bool:
    """Whether a purpose is one on which people agreed that a third party receives their data."""
    named = bool(str(purpose.values["recipient"] or "").strip())
    apart = Separate.PROVISION.value in (purpose.values["separate_consents"] or ())
    return purpose.values["basis"] == "consent" and (named or apart)


def agreed_by(desk: Desk, subject: int, purpose: int, by: date | None = None) -> bool:
    """Whether a person's consent to a purpose's provision is in force, or was on a past day."""
    if by is not None:
        return bool(agreed(desk, [subject], purpose, by))
    return bool(desk.service("consents").may_rely(subject, purpose, _BOX))


def names(purpose: Row, recipient: str) -> bool:
    """Whether the consent to a purpose covers this recipient; one names several by commas."""
    told = name_key(str(purpose.values["recipient"] or ""))
    return not told or name_key(recipient) in told
