"""What outlives a person's data with a day of its own, and how it goes on that day.

The file of a request or a demand and the proof of a consent are kept apart from the person,
sealed with keys of their own record. Days and kinds stay, which name nobody; what is sealed
goes, with the reasons in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.errors import DomainError
from privdesk.registers.desk import Change
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.session import Vault


class KeptStillError(DomainError):
    """The file of {ref} is kept until {day}. Nothing was destroyed; come back then."""


@dataclass(frozen=True)
class _Sweep:
    """Takes away the sealed files that no record has any more; equal for the same vault."""

    vault: Vault

    def __call__(self) -> None:
        attachments.sweep(self.vault)


def require_over(change: Change, ref: str, day: date | None) -> None:
    """Refuse to destroy what has a day of its own before that day."""
    if day is None or change.desk.today() < day:
        raise KeptStillError(ref=ref, day=day or "–")


def destroy_sealed(change: Change, register: str, number: int) -> None:
    """Drop the keys, values and files of one record, and the reasons told of it in the journal.

    Older copies lose them in the next roll; the files go after the commit.
    """
    desk = change.desk
    told = desk.vault.raw.execute(
        "SELECT details FROM journal WHERE details IS NOT NULL AND register = ? AND record = ?",
        (register, number),
    ).fetchall()
    attachments.forget(desk.vault, number)
    for (owner,) in [(number,), *told]:
        for schema in (PEOPLE, OFFICE):
            desk.vault.payloads.drop(schema, owner)
    desk.vault.keys_wait(desk.now().isoformat())
    change.afterwards.add(_Sweep(desk.vault))  # once, however many records go


def end_file(change: Change, register: str, number: int, action: str) -> None:
    """Destroy the file of a case whose day has come: number, kind, days and result stay.

    What was asked and answered, who asked and the kept copies of the letters go. ``action`` is
    the journal's own for it.

    Raises:
        KeptStillError: its own period is not over.
    """
    desk = change.desk
    (row,) = desk.service(register).rows([number])
    require_over(change, row.ref, row.values["keep_until"])
    desk.service("documents").forget(change, row.ref)
    destroy_sealed(change, register, number)
    desk.service(register).set_state(change, number, "destroyed")
    change.note(action, register, number)
