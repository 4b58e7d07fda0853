"""The file of a case (a request, a demand): kept for its own period, and then destroyed.

It outlives the data it speaks of. Number, kind, days and result stay, which name nobody; what was
asked and answered, who asked, the attachments, the kept copies of the letters and the reasons in
the journal are destroyed.
"""

from __future__ import annotations

from privdesk.core.errors import DomainError
from privdesk.registers.desk import Change
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE


class KeptStillError(DomainError):
    """The file of {ref} is kept until {day}. Nothing was destroyed; come back then."""


def expunge(change: Change, register: str, number: int, action: str) -> None:
    """Destroy the sealed file of a case whose day has come, and what the journal keeps of it.

    Older copies lose it in the next roll. ``action`` is the journal's own for it.

    Raises:
        KeptStillError: its own period is not over.
    """
    desk = change.desk
    (row,) = desk.service(register).rows([number])
    day = row.values["keep_until"]
    if day is None or desk.today() < day:
        raise KeptStillError(ref=row.ref, day=day or "–")
    desk.service("documents").forget(change, row.ref)
    told = desk.vault.raw.execute(
        "SELECT details FROM journal WHERE details IS NOT NULL AND register = ? AND record = ?",
        (register, number),
    ).fetchall()
    for (owner,) in [(number,), *told]:
        for schema in (PEOPLE, OFFICE):
            desk.vault.payloads.drop(schema, owner)
    desk.service(register).set_state(change, number, "destroyed")
    change.note(action, register, number)
    desk.vault.keys_wait(desk.now().isoformat())
    change.afterwards.add(lambda: attachments.sweep(desk.vault))
