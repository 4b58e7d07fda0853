"""Custody copies declared lost: one officer asks, another agrees; papers print it as a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.registers.desk import Change, Desk
from privdesk.vault import crypto
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import CustodyLoss, table

SLOT_REASON = 1


class LossReasonError(DomainError):
    """Nobody has declared {number} lost yet, and that needs a reason. Nothing was changed; say what
    happened.
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

    def by(self, person: int) -> bool:
        """Whether a person has signed it."""
        return any(one.person == person for one in self.signed)


def losses(desk: Desk) -> Mapping[int, Loss]:
    """Return what was declared lost, by the number of the copy, agreed to or not."""
    rows = desk.vault.raw.execute(
        "SELECT copy, id, person, at FROM custody_losses ORDER BY at, id"
    ).fetchall()
    found: dict[int, list[Signed]] = {}
    for copy, number, person, at in rows:
        who = desk.vault.header.by_id(person)
        on = office_date(datetime.fromisoformat(at))
        name = who.name if who else str(person)
        found.setdefault(copy, []).append(Signed(number, person, name, on))
    return {copy: Loss(tuple(signed), _reason(desk, signed)) for copy, signed in found.items()}


def sign(change: Change, copy: int, reason: str) -> bool:
    """Sign that a copy is lost; return whether it counts as lost now.

    With the two-officer rule a second officer has to sign too; her reason may be left out.
    """
    desk = change.desk
    number = f"C-{copy}"
    two = bool(desk.setting("two_officers", True))
    loss = losses(desk).get(copy)
    me = desk.vault.person.id
    if loss is None and not reason.strip():
        raise LossReasonError(number=number)
    if loss is not None and loss.by(me):
        if two:
            raise LossSignedError(number=number)
        return True
    _enter(change, copy, reason.strip())
    return loss is not None or not two


def take_back(change: Change, copy: int) -> None:
    """Forget that a copy was declared lost: it was found, or its destruction is confirmed."""
    loss = losses(change.desk).get(copy)
    if loss is None:
        return
    for one in loss.signed:
        change.desk.vault.payloads.drop(OFFICE, one.id)
    t = table(CustodyLoss)
    change.sql.execute(delete(t).where(t.c.copy == copy))


def message(vault: str, copy: int) -> bytes:
    """Return the bytes that are signed to declare a copy lost (FORMAT.md, section 11)."""
    return f"privdesk lost custody {copy}|{vault}".encode()


def _enter(change: Change, copy: int, reason: str) -> None:
    vault = change.desk.vault
    number = vault.new_ids()[0]
    change.sql.execute(
        insert(table(CustodyLoss)).values(
            id=number,
            copy=copy,
            person=vault.person.id,
            signature=crypto.signer(vault.unlocked.keys.signing).sign(message(vault.id, copy)),
            at=change.desk.now().isoformat(),
        )
    )
    if reason:
        vault.payloads.put(OFFICE, number, {SLOT_REASON: reason})


def _reason(desk: Desk, signed: Sequence[Signed]) -> str:
    found = desk.vault.payloads.read_many(OFFICE, [one.id for one in signed])
    texts = [found.get(one.id, {}).get(SLOT_REASON, "") for one in signed]
    return "; ".join(text for text in texts if text)
