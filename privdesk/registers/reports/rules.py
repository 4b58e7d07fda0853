"""Which spans a report may have. No Qt, no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core import figures
from privdesk.core.errors import DomainError
from privdesk.core.figures import Kind, Span
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_

MONTHLY, BOARD = "monthly", "board"
NO_SPAN = N_("it must be a month, a quarter or a year, such as 2026-11, 2026-Q4 or 2026.")


class NotAMonthError(DomainError):
    """The monthly report is about a month, not about {span}. Nothing was changed; name a month such
    as 2026-11, or choose the report to the board.
    """

    field = "span"


class SpanToComeError(DomainError):
    """{span} has not begun yet. Nothing was changed; name a span that has."""

    field = "span"


class DraftThereError(DomainError):
    """{ref} is a draft of the same report already. Nothing was changed; go on with that one, or
    take it out of use first.
    """


class ReportedError(DomainError):
    """{ref} was reported, so it stays as it is. Nothing was changed; make a new report if something
    has to be put right.
    """


class ReportedLaterError(DomainError):
    """It cannot have been reported on {day}, which is still to come. Nothing was changed; check the
    day.
    """


class ReportedBeforeError(DomainError):
    """Its figures are those of {told}, so it cannot have been reported on {day}. Nothing was
    changed; check the day.
    """


def span_fault(value: object) -> str | None:
    """Return what is wrong with a span as it was written, or None."""
    try:
        figures.parse(str(value))
    except figures.UnknownSpanError:
        return NO_SPAN
    return None


def require_span(kind: str, text: str, today: date) -> Span:
    """Return the span a report is about, or refuse it."""
    span = figures.parse(text)
    if kind == MONTHLY and span.kind is not Kind.MONTH:
        raise NotAMonthError(span=text)
    require_begun(span, today)
    return span


def require_begun(span: Span, today: date) -> None:
    """Refuse a span of which there is nothing to tell yet."""
    if span.first > today:
        raise SpanToComeError(span=str(span))


def require_reported(day: date, today: date) -> None:
    """Refuse a day of reporting that is still to come."""
    if day > today:
        raise ReportedLaterError(day=day)


def judge_struck(days: Sequence[date], told: date | None) -> tuple[Finding, ...]:
    """Return that records were struck out on or after the day of the last monthly report.

    The chief privacy officer signs that report, so nothing is struck out by one person alone.
    """
    new = [day for day in days if told is None or day >= told]
    if not new:
        return ()
    return (
        finding(
            "S8.2③",
            "reports",
            "",
            what=N_("Records that had taken effect were struck out as entered by mistake: {n}."),
            do=N_("Have another officer look at each and its reason; the monthly report tells it."),
            severity=Severity.WARNING,
            due=min(new),
            values={"n": len(new)},
            count=len(new),
        ),
    )


def require_after(day: date, told_on: date) -> None:
    """Refuse a day of reporting before the figures were counted."""
    if day < told_on:
        raise ReportedBeforeError(day=day, told=told_on)
