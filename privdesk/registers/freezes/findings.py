"""The findings on the freezes: rule 23."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.freezes import rules


def judge(desk: Desk) -> list[Finding]:
    """Return the freezes whose result is near or late."""
    today = desk.today()
    rows = desk.service("freezes").find(Query(where={"state": "frozen"}, sort="result_by"))
    return [
        one
        for row in rows
        for one in rules.judge(
            rules.FreezeFacts(
                row.ref,
                str(row.values["subject"]),
                row.values["result_by"],
                released=bool(row.values["result"]),
            ),
            today,
        )
    ]
