"""The findings on the consents: rules 10 and 11.

Consents of one purpose and day are one finding: a list of a million newsletters that
lapse is not a million tasks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, literal_column, select, table

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.core.rulebook import applies, rule_number
from privdesk.registers.consents import rules
from privdesk.registers.desk import Desk

_AHEAD = timedelta(days=31)


def judge(desk: Desk) -> list[Finding]:
    """Return withdrawals not acted on and marketing consents to be confirmed again."""
    return [*_withdrawn(desk), *_to_confirm(desk)]


def _withdrawn(desk: Desk) -> list[Finding]:
    if "holdings" not in desk.registers:
        return []
    t = desk.service("consents").table
    held = table("holdings").alias("h")
    still = exists(
        select(literal_column("1"))
        .select_from(held)
        .where(
            literal_column("h.subject") == t.c.subject,
            literal_column("h.purpose") == t.c.purpose,
            literal_column("h.state") == "active",
        )
    )
    return _judged(desk, t.c.state == "withdrawn", still)


def _to_confirm(desk: Desk) -> list[Finding]:
    today = desk.today()
    if not applies("11", desk.profile, today):
        return []
    purposes = desk.service("purposes").find(Query(where={"marketing": True, "state": "active"}))
    # Leap days make the interval up to a day longer; the rule judges each one exactly.
    span = timedelta(days=365 * rule_number("marketing.reconfirm_years", today))
    t = desk.service("consents").table
    numbers = [row.id for row in purposes]
    if not numbers:
        return []
    old = t.c.at <= today + _AHEAD - span
    return _judged(desk, t.c.state == "given", t.c.purpose.in_(numbers), old)


def _judged(desk: Desk, *where: ColumnElement[bool]) -> list[Finding]:
    service = desk.service("consents")
    found: list[Finding] = []
    groups, today, calendar = service.groups(*where), desk.today(), desk.calendar
    facts = service.facts_of([group[:2] for group in groups])
    for (_subject, _purpose, count), told in zip(groups, facts, strict=True):
        judged = rules.judge(told, today, calendar)
        found += [one if count == 1 else replace(one, ref="", count=count) for one in judged]
    return found
