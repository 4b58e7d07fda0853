"""The end of a case's file; see ``filekept``."""

from __future__ import annotations

from privdesk.registers import filekept
from privdesk.registers.desk import Change
from privdesk.registers.filekept import KeptStillError
from privdesk.registers.requests.rules import REGISTER

__all__ = ["KeptStillError", "expunge"]

_KEPT_COLUMNS = "subject = NULL, source_no = NULL, items = '[]', purposes = '[]', language = NULL"


def expunge(change: Change, number: int) -> None:
    """Destroy the file of a closed case whose day has come, with what was attached to it."""
    desk = change.desk
    filekept.expunge(change, REGISTER, number, "request.expunged")
    desk.service("enclosures").drop_all(change, number)
    desk.vault.raw.execute(f"UPDATE requests SET {_KEPT_COLUMNS} WHERE id = ?", (number,))
