"""What was drawn up and composed for requests of people whose data goes: it goes with the data.

The orders' contents and the annexes with the very data are dropped; the request's own file and
its notices stay with their own expiry.
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.registers.desk import Change
from privdesk.vault import attachments
from privdesk.vault.payloads import OFFICE, PEOPLE

ANNEX = "annex"
_AT_ONCE = 900


def answers_of(change: Change, subjects: Sequence[int], *, closed: bool = False) -> list[str]:
    """Drop what orders and annexes say of people; return the files to unlink after the commit.

    With ``closed`` the orders that are under way stay: the people do, and only some item goes.
    """
    desk = change.desk
    service = desk.service("retrievals")
    files: list[str] = []
    for start in range(0, len(subjects), _AT_ONCE):
        part = list(subjects[start : start + _AT_ONCE])
        orders = service.about(part, closed=closed)
        files += service.forget(change, orders)
        papers = [paper for order in orders for paper in _papers(change, "retrievals", order)]
        for paper in (*papers, *_annexes(change, part)):
            files += attachments.forget(desk.vault, paper)
            desk.vault.payloads.drop(PEOPLE, paper)
            desk.vault.payloads.drop(OFFICE, paper)
            change.sql.exec_driver_sql(
                "UPDATE documents SET state = 'dropped', file = NULL WHERE id = ?", (paper,)
            )
    return files


def _annexes(change: Change, subjects: Sequence[int]) -> list[int]:
    """Return the annexes to the requests of people."""
    marks = ",".join("?" * len(subjects))
    sql = f"SELECT id FROM requests WHERE subject IN ({marks})"
    requests = change.desk.vault.raw.execute(sql, subjects).fetchall()
    return [paper for (number,) in requests for paper in _papers(change, "requests", number, ANNEX)]


def _papers(change: Change, register: str, number: int, code: str = "") -> list[int]:
    """Return the kept papers about a record, of one form or of all."""
    desk = change.desk
    sql = "SELECT id FROM documents WHERE about = ? AND state <> 'dropped' AND (code = ? OR ? = '')"
    found = desk.vault.raw.execute(sql, (desk.ref(register, number), code, code))
    return [row[0] for row in found.fetchall()]
