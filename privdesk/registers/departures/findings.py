"""The findings on those who leave: S8.2④."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.departures import rules
from privdesk.registers.departures.fields import OPEN
from privdesk.registers.desk import Desk


def judge(desk: Desk) -> list[Finding]:
    """Return the leavings with steps left."""
    service, today = desk.service("departures"), desk.today()
    rows = service.find(Query(where={"state": OPEN}, sort="id"))
    return [one for row in rows for one in rules.judge(service.facts(row.id), today)]
