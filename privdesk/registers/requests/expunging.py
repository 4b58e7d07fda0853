"""The end of a case's file: it outlives the data it speaks of, and then goes by its own day.

Number, kind, days and result stay, which name nobody; what was asked and answered, who asked,
the attachments, the kept copies of the letters and the reasons in the journal are destroyed.
"""

from __future__ import annotations

from privdesk.registers.desk import Change
from privdesk.registers.expiring import destroy_sealed, require_over

_KEPT_COLUMNS = "subject = NULL, source_no = NULL, items = '[]', purposes = '[]', language = NULL"


def expunge(change: Change, number: int) -> None:
    """Destroy the file of a closed case whose day has come; older copies lose it in the next roll.

    Raises:
        KeptStillError: its own period is not over.
    """
    desk = change.desk
    (row,) = desk.service("requests").rows([number])
    require_over(change, row.ref, row.values["keep_until"])
    desk.service("enclosures").drop_all(change, number)
    desk.service("documents").forget(change, row.ref)
    destroy_sealed(change, "requests", number)
    desk.vault.raw.execute(f"UPDATE requests SET {_KEPT_COLUMNS} WHERE id = ?", (number,))
    desk.service("requests").put(change, number, state="destroyed")
    change.note("request.expunged", "requests", number)
