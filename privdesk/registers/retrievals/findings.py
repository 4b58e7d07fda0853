"""The findings on orders for requests that a place, or the vault itself, has not followed."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.rules import Kind, OrderFacts, State


def judge(desk: Desk) -> list[Finding]:
    """Return what is to be sent, chased or accepted."""
    today = desk.today()
    rows = desk.service("retrievals").outstanding()
    return [one for row in rows for one in rules.judge(facts(row), today)]


def facts(row: Row) -> OrderFacts:
    """Return what the rule needs of an order."""
    return OrderFacts(
        ref=row.ref,
        request=str(row.values["request"]),
        kind=Kind(row.values["kind"]),
        state=State(row.state),
        place=row.titles["place"] if row.values["place"] else "",
        reply_by=row.values["reply_by"],
    )
