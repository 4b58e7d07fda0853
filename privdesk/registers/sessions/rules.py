"""What is said of sessions that are not followed up. No Qt, no database, no clock. (S8.2②)"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_

REGISTER = "sessions"
ENTER = timedelta(days=7)
"""Within so many days after a session its attendance is entered and it is closed (office)."""
PLAN_BY = (1, 31)
"""Month and day by which the year's training is planned (office choice)."""


class SessionToComeError(DomainError):
    """The session is on {day}, which is still to come. Nothing was changed; wait for that day, or
    correct the day.
    """


class ClosedStaysError(DomainError):
    """{ref} is closed, so its day, course and length stay as they were held. Nothing was changed;
    open it again with a reason if it was entered wrongly, or plan another session.
    """


LATER = frozenset(("note",))
"""What may still be added to a session that is closed."""


def require_over(day: date, today: date) -> None:
    """Refuse to treat as held what is still to come."""
    if day > today:
        raise SessionToComeError(day=day)


@dataclass(frozen=True)
class Held:
    """A session that is not closed: number, day, what it is called."""

    number: int
    on: date
    name: str = ""


@dataclass(frozen=True)
class Plan:
    """The year as it stands: its open sessions, those of any state but void, planned months.

    ``missing`` are the courses with a planned month that is over without a session in it.
    """

    today: date
    open: Sequence[Held]
    sessions_of_year: int
    courses: int
    missing: Sequence[tuple[int, str, int]] = ()  # course, its name, month
    session_ref: Callable[[int], str] = str
    course_ref: Callable[[int], str] = str


def judge(plan: Plan) -> list[Finding]:
    """Return what waits: attendance not entered, months without their session, no plan."""
    return [*_unentered(plan), *_missed_months(plan), *_no_plan(plan)]


def _unentered(plan: Plan) -> Iterator[Finding]:
    for one in plan.open:
        if one.on < plan.today:
            due = one.on + ENTER
            yield finding(
                "S8.2②",
                REGISTER,
                plan.session_ref(one.number),
                what=N_("The attendance of {name} is not complete."),
                do=N_("Enter who was there, then close the session."),
                severity=Severity.BREACH if due < plan.today else Severity.WARNING,
                due=due,
                values={"name": one.name},
            )


def _missed_months(plan: Plan) -> Iterator[Finding]:
    for number, name, month in plan.missing:
        yield finding(
            "S8.2②",
            "courses",
            plan.course_ref(number),
            what=N_("{name} was planned for month {month} and was not held."),
            do=N_("Plan a session, or change the planned months of the course."),
            severity=Severity.WARNING,
            values={"name": name, "month": month},
        )


def _no_plan(plan: Plan) -> Iterator[Finding]:
    late = (plan.today.month, plan.today.day) > PLAN_BY
    if plan.courses and not plan.sessions_of_year and late:
        yield finding(
            "S8.2②",
            REGISTER,
            "",
            what=N_("No training session is planned for {year}."),
            do=N_("Plan the sessions of the year and print the yearly training plan."),
            severity=Severity.WARNING,
            due=date(plan.today.year, *PLAN_BY),
            values={"year": str(plan.today.year)},
        )
