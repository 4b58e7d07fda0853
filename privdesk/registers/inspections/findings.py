"""The findings on inspections: what was to be held, what was to be put right (rule 32)."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.inspections import rules


def judge(desk: Desk) -> list[Finding]:
    """Return the inspections that were not held, and what was not put right in time."""
    today = desk.today()
    planned = desk.service("inspections").find(Query(where={"state": "planned"}))
    late = [
        one
        for row in planned
        for one in rules.judge_planned(
            row.ref,
            row.titles.get("processor", ""),
            row.values["planned_on"],
            str(row.values["kind"]),
            today,
        )
    ]
    lacking = desk.service("inspection-answers").lacking()
    return [*late, *rules.judge_lacking(lacking, today)]
