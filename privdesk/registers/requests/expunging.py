"""The end of a case's file; see ``expiring``."""

from __future__ import annotations

from privdesk.registers.desk import Change
from privdesk.registers.expiring import end_file
from privdesk.registers.requests.rules import REGISTER

_KEPT_COLUMNS = "subject = NULL, source_no = NULL, items = '[]', purposes = '[]', language = NULL"


def expunge(change: Change, number: int) -> None:
    """Destroy the file of a closed case whose day has come, with what was attached to it.

    Raises:
        KeptStillError: its own period is not over.
    """
    desk = change.desk
    desk.service("enclosures").drop_all(change, number)  # comes back where the day has not come
    end_file(change, REGISTER, number, "request.expunged")
    desk.vault.raw.execute(f"UPDATE requests SET {_KEPT_COLUMNS} WHERE id = ?", (number,))
