"""Why a request is due on its day: sentences for the screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from privdesk.core.calendar import SATURDAY, OfficeCalendar
from privdesk.core.clock import office_date, office_time
from privdesk.core.i18n import N_, words
from privdesk.core.reasons import Reason, name, reason
from privdesk.core.register import Row
from privdesk.core.rulebook import RULES, rule_number
from privdesk.documents import phrases
from privdesk.registers.desk import Desk
from privdesk.registers.requests.rules import term_of

IN_DAYS = N_("The answer is due within {days} days ({article}).")
IN_HOURS = N_("The privacy policy promises an answer within {hours} hours of the office’s clock.")
BEGINS = N_("The clock begins at {start}.")
CLOSED = N_("{day} is a closed day ({why}), so the clock stands still.")
RUNS_OUT = N_("It runs out at {at}.")
POSTPONED = N_("It was extended until {until}.")
STANDS = N_(
    "The person was told to wait until {until}, but the law knows no such extension:"
    " the day stands."
)
UNTIL = "until"  # detail of the journal entry of an extension: its day, as ISO 8601
SATURDAYS, SUNDAYS, CLOSURE = N_("Saturday"), N_("Sunday"), N_("closed by the office")


def why_due(
    kind: str,
    received: datetime,
    calendar: OfficeCalendar,
    proposal: date | None = None,
    until: date | None = None,
    *,
    moved: bool = False,
    before: Sequence[date] = (),
    language: str | None = None,
) -> tuple[Reason, ...]:
    """Return, step by step, why a request is due when it is; ``until`` where it was extended.

    ``before`` are the days of earlier extensions.
    """
    term = term_of(kind, proposal=proposal is not None)
    begin = proposal if kind == "mediation" and proposal else office_date(received)
    number = rule_number(term.number, begin)
    rule = RULES[term.rule]
    if term.hours:
        first = reason(IN_HOURS, hours=number)
        steps = (first, *_clock(received, calendar, number, language))
    else:
        article = name(rule.article) if rule.article else name(rule.clause)
        first = reason(IN_DAYS, days=number, article=article)
        steps = (first, *calendar.explain(begin, number, language))
    if until is None:
        return steps
    earlier = (reason(POSTPONED, until=day) for day in before if day != until)
    return (*steps, *earlier, reason(POSTPONED if moved else STANDS, until=until))


def _clock(
    received: datetime, calendar: OfficeCalendar, hours: int, language: str | None
) -> tuple[Reason, ...]:
    ends = calendar.office_clock_24h(received, hours)
    first, last = office_date(received), office_date(ends - timedelta(seconds=1))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    closed = [day for day in days if not calendar.is_business_day(day)]
    if not calendar.clock_stands_still:
        closed = []
    return (
        reason(BEGINS, start=received),
        *(reason(CLOSED, day=day, why=_why(day, calendar, language)) for day in closed),
        reason(RUNS_OUT, at=_ends(ends)),
    )


def _ends(at: datetime) -> Reason:
    """Return the end of a term; midnight is the end of the day before."""
    here = office_time(at)
    if here.time() != time.min:
        return reason("{day} {time}", day=here.date(), time=f"{here:%H:%M}")
    return reason("{day} {time}", day=here.date() - timedelta(days=1), time="24:00")


def _why(day: date, calendar: OfficeCalendar, language: str | None) -> Reason:
    holiday = calendar.holiday(day, language)
    if holiday:
        return name(holiday)
    if day.weekday() >= SATURDAY:
        return name(SATURDAYS if day.weekday() == SATURDAY else SUNDAYS)
    return name(calendar.closures.get(day) or CLOSURE)


def spoken(at: datetime) -> str:
    """Return a moment on the office's wall clock."""
    return office_time(at).strftime("%Y-%m-%d %H:%M")


def of_values(
    values: Mapping[str, Any],
    calendar: OfficeCalendar,
    language: str | None = None,
    before: Sequence[date] = (),
) -> tuple[Reason, ...]:
    """Return the same for the values of a case."""
    until = values.get("extended_until")
    return why_due(
        str(values["kind"]),
        values["received_at"],
        calendar,
        values.get("proposal_on"),
        until,
        moved=until is not None and until == values.get("due_on"),
        before=before,
        language=language,
    )


def on_paper(desk: Desk, row: Row, language: str) -> tuple[str, ...]:
    """Return the steps in a paper's language with its days in full, each extension by itself."""
    extended = [
        date.fromisoformat(details[UNTIL])
        for details in desk.journal.details_of("requests", row.id, "request.extended")
        if UNTIL in details
    ]
    told = of_values(row.values, desk.calendar, language, extended[:-1])
    return tuple(one.text(words(language), day=phrases.day) for one in told)
