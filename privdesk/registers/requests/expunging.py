"""The end of a case's file: it outlives the data it speaks of, and then goes by its own day.

Number, kind, days and result stay, which name nobody; what was asked and answered, who asked,
the attachments, the kept copies of the letters and the reasons in the journal are destroyed.
"""

from __future__ import annotations

from privdesk.core.errors import DomainError
from privdesk.registers.desk import Change
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE

_KEPT_COLUMNS = "subject = NULL, source_no = NULL, items = '[]', purposes = '[]', language = NULL"


class KeptStillError(DomainError):
    """The file of {ref} is kept until {day}. Nothing was destroyed; come back then."""


def expunge(change: Change, number: int) -> None:
    """Destroy the file of a closed case whose day has come; older copies lose it in the next roll.

    Raises:
        KeptStillError: its own period is not over.
    """
    desk = change.desk
    (row,) = desk.service("requests").rows([number])
    day = row.values["keep_until"]
    if day is None or desk.today() < day:
        raise KeptStillError(ref=row.ref, day=day or "–")
    raw = desk.vault.raw
    desk.service("enclosures").drop_all(change, number)
    desk.service("documents").forget(change, row.ref)
    told = raw.execute(
        "SELECT details FROM journal WHERE details IS NOT NULL AND register = 'requests'"
        " AND record = ?",
        (number,),
    ).fetchall()
    for (owner,) in [(number,), *told]:
        for schema in (PEOPLE, OFFICE):
            desk.vault.payloads.drop(schema, owner)
    raw.execute(f"UPDATE requests SET {_KEPT_COLUMNS} WHERE id = ?", (number,))
    desk.service("requests").put(change, number, state="destroyed")
    change.note("request.expunged", "requests", number)
    desk.vault.keys_wait(desk.now().isoformat())
    change.afterwards.add(lambda: attachments.sweep(desk.vault))
