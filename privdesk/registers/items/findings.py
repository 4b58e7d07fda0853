"""The findings on the items: S1.1 and S1.2."""

from __future__ import annotations

from privdesk.core.categories import Category
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.items import rules


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the items in use."""
    found: list[Finding] = []
    for row in desk.service("items").find(Query(where={"state": "active"})):
        purposes = len(desk.service("purposes").needing(row.ref))
        facts = rules.ItemFacts(
            ref=row.ref,
            name=row.values["name"],
            category=Category(row.values["category"]),
            in_policy=bool(row.values["in_policy"]),
            for_age_check=bool(row.values["age_check"]),
        )
        found += rules.judge(facts, purposes)
    return found
