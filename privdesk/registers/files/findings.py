"""The findings on counted files: rule 12 and S2.1."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.files import rules


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the files of which only the number is known."""
    service, today = desk.service("files"), desk.today()
    found: list[Finding] = []
    for row in service.find(Query(where={"holds": "count", "state": "active"})):
        found += rules.judge(service.facts(row), today, desk.calendar)
    return found
