"""What was drawn up and composed for requests of people whose data goes: it goes with the data.

The orders' contents and the annexes with the very data are dropped; the request's own file and
its notices stay with their own expiry.
"""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.registers.desk import Change

ANNEX = "annex"
_AT_ONCE = 900


def answers_of(change: Change, subjects: Sequence[int], *, closed: bool = False) -> list[str]:
    """Drop what orders and annexes say of people; return the files to unlink after the commit.

    With ``closed`` the orders that are under way stay: the people do, and only some item goes.
    """
    desk = change.desk
    service, papers = desk.service("retrievals"), desk.service("documents")
    files: list[str] = []
    for start in range(0, len(subjects), _AT_ONCE):
        part = list(subjects[start : start + _AT_ONCE])
        orders = service.about(part, closed=closed)
        files += service.forget(change, orders)
        for order in orders:
            files += papers.forget(change, desk.ref("retrievals", order))
        for request in _requests(change, part):
            files += papers.forget(change, desk.ref("requests", request), ANNEX)
    return files


def _requests(change: Change, subjects: Sequence[int]) -> list[int]:
    """Return the requests of people."""
    marks = ",".join("?" * len(subjects))
    sql = f"SELECT id FROM requests WHERE subject IN ({marks})"
    return [row[0] for row in change.desk.vault.raw.execute(sql, subjects).fetchall()]
