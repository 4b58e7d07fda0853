"""The findings on the collection points: rules 1, 2, 4, 5 and 9, S1.1 and S1.2."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.collection_points import rules
from privdesk.registers.desk import Desk


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the points that collect today."""
    service, today = desk.service("collection-points"), desk.today()
    rows = [
        row
        for row in service.find(Query(where={"state": "active"}))
        if row.values["since"] is None or row.values["since"] <= today
    ]
    return [one for facts in service.facts(rows, today) for one in rules.judge(facts, today)]
