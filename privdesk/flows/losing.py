"""Custody copies and accounts declared lost: one officer asks, another agrees; papers print it as a
limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.registers.desk import Change, Desk
from privdesk.vault import crypto
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import CustodyLoss, table

SLOT_REASON = 1
COPY, ACCOUNT = "copy", "holder"  # what was lost
BROKEN = N_("a signature that it was lost does not hold")
UNSIGNED = N_("nobody signed that it was lost")


class LossReasonError(DomainError):
    """Nobody has declared {number} lost yet, and that needs a reason. Nothing was changed; say what
    happened (--reason TEXT).
    """


class LossSignedError(DomainError):
    """You have declared {number} lost already. Nothing was changed; it counts as lost once another
    officer declares it too.
    """


@dataclass(frozen=True)
class Signed:
    """An officer's signature that a copy is lost."""

    id: int
    person: int
    name: str
    on: date


@dataclass(frozen=True)
class Loss:
    """A copy declared lost, by whom and why; ``on`` is the day of the newest signature."""

    signed: tuple[Signed, ...]
    reason: str

    @property
    def names(self) -> str:
        """Who declared it."""
        return ", ".join(one.name for one in self.signed)

    @property
    def on(self) -> date:
        """The day on which it was declared last."""
        return self.signed[-1].on


def losses(desk: Desk, what: str = COPY) -> Mapping[int, Loss]:
    """Return what was declared lost, by the number of copy or account, agreed to or not.

    A signature that does not hold counts for nothing; ``unproved`` tells of it.
    """
    found: dict[int, list[Signed]] = {}
    for one, copy, holds in _read(desk, what):
        if holds:
            found.setdefault(copy, []).append(one)
    return {copy: Loss(tuple(signed), _reason(desk, signed)) for copy, signed in found.items()}


def unproved(desk: Desk) -> list[tuple[str, str]]:
    """Return which declarations are not borne out by signatures, and why (a message id)."""
    found = []
    for what, names in ((COPY, _copies(desk)), (ACCOUNT, _accounts(desk))):
        signed: dict[int, int] = {}
        for _one, copy, holds in _read(desk, what):
            signed[copy] = signed.get(copy, 0) + holds
            if not holds:
                found.append((names.get(copy, (str(copy), False))[0], BROKEN))
        unsigned = (n for n, (_name, is_lost) in names.items() if is_lost and not signed.get(n))
        found += [(names[number][0], UNSIGNED) for number in unsigned]
    return found


def sign(change: Change, copy: int, reason: str, what: str = COPY, name: str = "") -> bool:
    """Sign that a copy or an account is lost; return whether it counts as lost now.

    With the two-officer rule a second officer has to sign too; her reason may be left out.
    ``name`` is how a refusal calls it. Whoever got new keys for a forgotten passphrase stays the
    same officer.
    """
    desk = change.desk
    number = name or f"C-{copy}"
    two = bool(desk.setting("two_officers", True))
    loss = losses(desk, what).get(copy)
    if loss is None and not reason.strip():
        raise LossReasonError(number=number)
    if loss is not None and any(desk.vault.is_me(one.person) for one in loss.signed):
        if two:
            raise LossSignedError(number=number)
        return True
    _enter(change, copy, reason.strip(), what)
    return loss is not None or not two


def take_back(change: Change, copy: int, what: str = COPY) -> bool:
    """Forget that something was declared lost: it was found, or its destruction is confirmed.

    Return whether anybody had declared it.
    """
    loss = losses(change.desk, what).get(copy)
    if loss is None:
        return False
    for one in loss.signed:
        change.desk.vault.payloads.drop(OFFICE, one.id)
    t = table(CustodyLoss)
    change.sql.execute(delete(t).where(t.c.copy == copy, t.c.what == what))
    return True


def message(vault: str, copy: int, at: str, what: str = COPY) -> bytes:
    """Return the bytes that are signed to declare a copy or an account lost (FORMAT.md, 11)."""
    called = "custody" if what == COPY else "account"
    return f"privdesk lost {called} {copy}|{vault}|{at}".encode()


def _read(desk: Desk, what: str) -> Iterator[tuple[Signed, int, bool]]:
    """Yield each signature with the number it is about, and whether it holds."""
    rows = desk.vault.raw.execute(
        "SELECT copy, id, person, at, signature FROM custody_losses WHERE what = ? ORDER BY at, id",
        (what,),
    ).fetchall()
    for copy, number, person, at, signature in rows:
        who = desk.vault.header.by_id(person)
        signed = message(desk.vault.id, copy, at, what)
        holds = who is not None and crypto.signed(who.signing, bytes(signature), signed)
        on = office_date(datetime.fromisoformat(at))
        yield Signed(number, person, who.name if who else str(person), on), copy, holds


def _copies(desk: Desk) -> dict[int, tuple[str, bool]]:
    rows = desk.vault.raw.execute("SELECT id, state FROM custody_copies").fetchall()
    return {number: (f"C-{number}", state == "lost") for number, state in rows}


def _accounts(desk: Desk) -> dict[int, tuple[str, bool]]:
    sql = "SELECT id, account || '@' || workstation, state FROM holders"
    rows = desk.vault.raw.execute(sql).fetchall()
    return {number: (name, state == "lost") for number, name, state in rows}


def _enter(change: Change, copy: int, reason: str, what: str) -> None:
    desk, vault = change.desk, change.desk.vault
    number = vault.new_ids()[0]
    at = desk.now().isoformat()
    signed = message(vault.id, copy, at, what)
    change.sql.execute(
        insert(table(CustodyLoss)).values(
            id=number,
            what=what,
            copy=copy,
            person=vault.person.id,
            signature=crypto.signer(vault.unlocked.keys.signing).sign(signed),
            at=at,
        )
    )
    if reason:
        vault.payloads.put(OFFICE, number, {SLOT_REASON: reason})


def _reason(desk: Desk, signed: Sequence[Signed]) -> str:
    found = desk.vault.payloads.read_many(OFFICE, [one.id for one in signed])
    texts = [found.get(one.id, {}).get(SLOT_REASON, "") for one in signed]
    return "; ".join(text for text in texts if text)
