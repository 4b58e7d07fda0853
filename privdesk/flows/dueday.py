"""Why something is due on its day: the rule, its article, and the office calendar step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding, Term
from privdesk.core.i18n import N_, current
from privdesk.core.reasons import Reason, reason
from privdesk.core.rulebook import RULES, rule_row
from privdesk.registers.desk import CASES, Desk
from privdesk.registers.holdings.rules import destroy_by
from privdesk.registers.requests import reasons, rules

ANSWER = N_("Answer to a request")
PLAIN = N_("Due on {due}.")
SET_OTHERWISE = N_("The day was extended or set by hand; the term itself would end on {day}.")
FROM = N_("From {due} it may no longer be kept; it is destroyed within {days} days.")


@dataclass(frozen=True)
class DueDay:
    """A due day explained; ``title``, ``article`` are message ids, ``steps`` sentences."""

    title: str
    clause: str
    article: str
    due: date
    start: date | None
    steps: tuple[Reason, ...]


def of_finding(desk: Desk, one: Finding) -> DueDay | None:
    """Return why a finding is due on its day, or None where it has none."""
    if one.due is None:
        return None
    if one.register == CASES and one.ref:
        of = of_record(desk, CASES, one.ref)
        if of is not None:
            return of
    rule = RULES[one.rule]
    start = one.term.start if one.term is not None else None
    steps = _steps(desk, one.term, one.due)
    return DueDay(rule.title, one.clause, one.article, one.due, start, steps)


def of_record(desk: Desk, register: str, ref: str) -> DueDay | None:
    """Return why a request or a holding is due on its day."""
    with desk.vault.reading():
        if register == CASES:
            return _request(desk, ref)
        if register == "holdings":
            return _holding(desk, ref)
    return None


def _steps(desk: Desk, term: Term | None, due: date) -> tuple[Reason, ...]:
    if term is None:
        return (reason(PLAIN, due=due),)
    steps = desk.calendar.explain(term.start, term.days, current())
    ends = desk.calendar.deadline_days(term.start, term.days)
    if ends != due:
        steps = (*steps[:-1], reason(SET_OTHERWISE, day=ends), reason(PLAIN, due=due))
    return steps


def _request(desk: Desk, ref: str) -> DueDay | None:
    service = desk.service(CASES)
    (row,) = service.rows([service.number(ref)])
    due, received = row.values.get("due_on"), row.values.get("received_at")
    if not isinstance(due, date) or not isinstance(received, datetime):
        return None
    proposal = row.values.get("proposal_on")
    rule = RULES[rules.term_of(str(row.values["kind"]), proposal=proposal is not None).rule]
    steps = reasons.of_values(row.values, desk.calendar, current())
    start = proposal or office_date(received)
    return DueDay(ANSWER, rule.clause, rule.article, due, start, steps)


def _holding(desk: Desk, ref: str) -> DueDay | None:
    service = desk.service("holdings")
    (row,) = service.rows([service.number(ref)])
    due = row.values.get("due_on")
    if not isinstance(due, date):
        return None
    today, rule = desk.today(), RULES["12"]
    by = destroy_by(due, today, desk.calendar)
    days = rule_row("destroy.days", today)
    steps = (
        reason(FROM, due=due, days=days.value),
        *_steps(desk, Term(due, days.value), by),
    )
    return DueDay(rule.title, rule.clause, rule.article, by, due, steps)
