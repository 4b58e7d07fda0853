"""The findings on handovers: S8.2④."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.handovers import rules


def judge(desk: Desk) -> list[Finding]:
    """Return the handovers that are still to be done."""
    rows = desk.service("handovers").find(Query(where={"state": "draft"}, sort="id"))
    today = desk.today()
    calendar = desk.calendar
    return [
        one for row in rows for one in rules.judge(row.ref, row.values["basis_on"], today, calendar)
    ]
