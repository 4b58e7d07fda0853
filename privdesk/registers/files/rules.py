"""When a file of which only the number of people is known has to go. No Qt, no database, no clock.

Everybody else's day stands with the holdings. A counted file goes as a whole, so its
period runs from the last day of collection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.core.calendar import OfficeCalendar, OutsideCalendarError
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import Period, ends_on, free_on
from privdesk.core.rulebook import rule_number

REGISTER = "files"


class CollectedBackwardsError(DomainError):
    """Collection cannot end on {until}, before it begins on {since}. Nothing was changed; check
    both days.
    """


class NegativeCountError(DomainError):
    """A file cannot hold {count} people. Nothing was changed; enter how many there are."""


@dataclass(frozen=True)
class FileFacts:
    """What the rules need of a file; ``dated`` is whether a day of collection is known."""

    ref: str
    name: str
    people: int = 0
    due: date | None = None
    period: Period | None = None
    dated: bool = True
    who: str = ""


def check(since: date | None, until: date | None, people: int | None) -> None:
    """Refuse days in the wrong order and a number below nothing."""
    if since is not None and until is not None and until < since:
        raise CollectedBackwardsError(since=since, until=until)
    if people is not None and people < 0:
        raise NegativeCountError(count=people)


def due_on(
    collected: date | None,
    period: Period | None,
    ended: date | None = None,
    law: Period | None = None,
) -> date | None:
    """Return the first day a counted file may no longer be kept, or None while that is open.

    An ended purpose brings the day forward, a period that another law commands pushes
    it back.
    """
    if collected is None:
        return ended
    end = None if period is None else ends_on(collected, period)
    days = [day for day in (end, ended) if day is not None]
    if not days:
        return None
    free = None if law is None else free_on(collected, law)
    return min(days) if free is None else max(min(days), free)


def judge(file: FileFacts, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return the findings on a counted file: due or overdue (rule 12), without a day (S2.1)."""
    if file.due is None:
        return _undated(file)
    if today < file.due:
        return ()
    by = _destroy_by(file.due, today, calendar)
    late = (today - by).days
    return (
        finding(
            "12",
            REGISTER,
            file.ref,
            what=N_("The file “{file}” with {n} people has had to go since {due}.")
            if late <= 0
            else N_("The file “{file}” with {n} people should have been destroyed by {by}."),
            do=N_("Ask for the destruction of “{file}” and send the orders to its places."),
            due=by,
            who=file.who,
            values={"file": file.name, "n": file.people, "due": file.due, "by": by, "late": late},
            count=max(file.people, 1),
            term=Term(file.due, rule_number("destroy.days", today)),
        ),
    )


def _undated(file: FileFacts) -> tuple[Finding, ...]:
    if file.dated and file.period is not None:
        return ()  # until an event that has not happened
    return (
        finding(
            "S2.1",
            REGISTER,
            file.ref,
            what=N_("Nothing says from when the file “{file}” has to go.")
            if file.period is not None
            else N_("The file “{file}” has no retention period."),
            do=N_("Enter the last day of collection of “{file}”, and the period of its purpose."),
            severity=Severity.WARNING if file.period is not None else Severity.BREACH,
            who=file.who,
            values={"file": file.name},
        ),
    )


def _destroy_by(due: date, today: date, calendar: OfficeCalendar) -> date:
    days = rule_number("destroy.days", today)
    try:
        return calendar.deadline_days(due, days)
    except OutsideCalendarError:
        return due + timedelta(days=days)
