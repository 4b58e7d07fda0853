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
    numbers = service.open_view(Query(where={"state": OPEN}, sort="id")).numbers()
    facts = service.facts_of(list(numbers))
    return [one for number in numbers for one in rules.judge(facts[number], today)]
