"""Why something is due on its day: the rule, its article, and the office calendar step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.clock import office_time
from privdesk.core.findings import Finding, Term
from privdesk.core.i18n import N_, current
from privdesk.core.reasons import Reason, reason
from privdesk.core.rulebook import RULES, rule_row
from privdesk.flows import reckoning
from privdesk.registers.desk import CASES, Desk
from privdesk.registers.holdings.rules import destroy_by

ANSWER = N_("Answer to a request")
ARTICLES = {
    "access.answer_days": N_("Decree 41(4), 41(5)"),
    "refusal.answer_days": N_("Decree 42(2)"),
    "correction.answer_days": N_("Decree 43(3)"),
    "suspension.answer_days": N_("Decree 44(2)"),
    "source.answer_days": N_("PIPA 20(1); Guideline 10"),
}
PLAIN = N_("Due on {due}.")
SET_OTHERWISE = N_("The day was extended or set by hand; the term itself would end on {day}.")
CLOCK_STARTS = N_("The 24 hours begin on {day} at {time}.")
CLOCK_STANDS = N_("They stand still on days on which the office is closed (policy S5.4).")
CLOCK_RUNS = N_("They run through, also at night and on closed days (Civil Act 156).")
CLOCK_ENDS = N_("They end on {day} at {time}.")
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
        if register == CASES and CASES in desk.registers:
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
    kind = str(row.values.get("kind") or "")
    found = reckoning.due_of(kind, received, desk.calendar, desk.today())
    if kind == reckoning.INQUIRY:
        steps = _clock(desk, received)
        return DueDay(ANSWER, "S5.4", "", due, office_time(received).date(), steps)
    if found is None:
        return DueDay(ANSWER, service.register.clause, "", due, None, (reason(PLAIN, due=due),))
    start, days, _ends = found
    article = ARTICLES[reckoning.TERMS[kind]]
    steps = _steps(desk, Term(start, days), due)
    return DueDay(ANSWER, service.register.clause, article, due, start, steps)


def _clock(desk: Desk, received: datetime) -> tuple[Reason, ...]:
    begins = office_time(received)
    ends = office_time(desk.calendar.office_clock_24h(received))
    still = CLOCK_STANDS if desk.calendar.clock_stands_still else CLOCK_RUNS
    return (
        reason(CLOCK_STARTS, day=begins.date(), time=f"{begins:%H:%M}"),
        reason(still),
        reason(CLOCK_ENDS, day=ends.date(), time=f"{ends:%H:%M}"),
    )


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
