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


def answers_of(change: Change, subjects: Sequence[int]) -> list[str]:
    """Drop what orders and annexes say of people; return the files to unlink after the commit."""
    desk = change.desk
    files: list[str] = []
    for start in range(0, len(subjects), _AT_ONCE):
        part = list(subjects[start : start + _AT_ONCE])
        files += desk.service("retrievals").forget(change, part)
        for paper in _papers(change, part):
            files += attachments.forget(desk.vault, paper)
            desk.vault.payloads.drop(PEOPLE, paper)
            desk.vault.payloads.drop(OFFICE, paper)
            change.sql.exec_driver_sql(
                "UPDATE documents SET state = 'dropped', file = NULL WHERE id = ?", (paper,)
            )
    return files


def _papers(change: Change, subjects: Sequence[int]) -> list[int]:
    """Return the papers that speak of people: their orders, and the annexes to their requests."""
    desk, raw = change.desk, change.desk.vault.raw
    marks = ",".join("?" * len(subjects))
    found: list[int] = []
    for register, code in (("retrievals", ""), ("requests", ANNEX)):
        rows = raw.execute(f"SELECT id FROM {register} WHERE subject IN ({marks})", subjects)
        for (number,) in rows.fetchall():
            sql = "SELECT id FROM documents WHERE about = ? AND state <> 'dropped'"
            about = raw.execute(
                sql + (" AND code = ?" if code else ""),
                (desk.ref(register, number), *((code,) if code else ())),
            )
            found += [row[0] for row in about.fetchall()]
    return found
