"""The findings on processors and their works: rules 28, 30, 31, 32, S4.1, S4.3 and 28-8."""

from __future__ import annotations

from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.register import Query
from privdesk.core.rulebook import applies
from privdesk.registers.desk import Desk
from privdesk.registers.processors import rules


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the processors, or falls due with them."""
    today, calendar = desk.today(), desk.calendar
    service = desk.service("processors")
    rows = service.find(Query(where={"state": ["active", "ending"]}))
    found = [
        one
        for facts in service.facts(rows)
        for one in rules.judge_processor(facts, today, calendar)
    ]
    return [*found, *works(desk), *strangers(desk)]


def works(desk: Desk) -> list[Finding]:
    """Return what is wrong with the works consigned."""
    service, today = desk.service("consignments"), desk.today()
    marketing = applies("30", desk.profile, today)
    return [
        one
        for facts in service.facts()
        for one in rules.judge_work(facts, today, marketing=marketing)
    ]


def strangers(desk: Desk) -> list[Finding]:
    """Return the places that are kept by a company nobody entered as a processor."""
    return [
        finding(
            "28",
            "places",
            desk.ref("places", number),
            what=N_("{name} keeps “{place}” for us, but is not among the processors."),
            do=N_("Enter it as a processor with its work and contract, or correct the place."),
            severity=Severity.WARNING,
            values={"name": company, "place": place},
        )
        for number, place, company in desk.service("processors").strangers()
    ]
