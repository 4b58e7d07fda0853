"""Who has completed a session, and whose training lapses. No Qt, no database, no clock.

S8.2② and rule 42: regularly by PIPA 28(2), at least once in twelve months by the office's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, years
from privdesk.registers.trained import AHEAD, TOPICS, Learner

REGISTER, STAFF = "attendances", "staff"
PASS = 60
"""Points of 100 to pass where the course names none (office choice)."""
KEEP_YEARS = 3
"""After the session, of those who left (office choice; the law names no number)."""
EACH = 6
"""Up to so many people a finding names each; more are one finding with their number."""


class SessionClosedError(DomainError):
    """{ref} is closed or cancelled, so its attendance stays as it is. Nothing was changed; open the
    session again to correct it.
    """


class NotHeldYetError(DomainError):
    """The session is on {day}, so nobody’s attendance is known yet. Nothing was changed; record it
    on that day, or correct the day of the session.
    """


class BeforeJoiningError(DomainError):
    """{name} joined on {joined}, so nothing was attended on {day}. Nothing was changed; check the
    day of the session, or when {name} joined.
    """


class AttendsAlreadyError(DomainError):
    """{ref} is the attendance of the same person at this session already. Nothing was changed;
    change that one.
    """


class NoTestError(DomainError):
    """{course} has no test, so there are no points. Nothing was changed; leave the points out, or
    say at the course that there is a test.
    """


class PointsOfAbsentError(DomainError):
    """Points are of somebody who was there. Nothing was changed; correct the attendance or leave
    the points out.
    """


@dataclass(frozen=True)
class Facts:
    """What the rules need of a session: its day, state, and the test of its course."""

    session: int
    course: int
    on: date
    state: str
    topics: str  # as the course's column has it
    test: bool
    pass_mark: int | None
    name: str = ""


def state_of(result: str | None, score: int | None, facts: Facts) -> str:
    """Return the state of an attendance: with a test it is completed only by its points."""
    if not result:
        return "invited"
    if result != "attended":
        return result
    if not facts.test:
        return "done"
    if score is None:
        return "test"
    return "done" if score >= (facts.pass_mark or PASS) else "failed"


def require_markable(facts: Facts, ref: str, today: date) -> None:
    """Refuse to record who was at a session that is over with, or still to come."""
    if facts.state not in ("planned", "held"):
        raise SessionClosedError(ref=ref)
    if facts.on > today:
        raise NotHeldYetError(day=facts.on)


def check(result: str | None, score: int | None, facts: Facts) -> None:
    """Refuse points without a test, or of somebody who was not there."""
    if score is None:
        return
    if not facts.test:
        raise NoTestError(course=facts.name)
    if result != "attended":
        raise PointsOfAbsentError


def kept_until(on: date, left: date) -> date:
    """Return the last day on which the training of somebody who left is on record by name."""
    return max(add(on, years(KEEP_YEARS)), left)


@dataclass(frozen=True)
class Stand:
    """Everybody's standing on a day; ``any`` says whether any training is on record."""

    learners: Sequence[Learner]
    today: date
    any: bool = True
    names: Mapping[int, str] = field(default_factory=dict)
    staff_ref: Callable[[int], str] = str
    kept_too_long: int = 0  # attendances of those who left


def over(stand: Stand) -> list[Learner]:
    """Return who works here, must be trained, and is not: never, one topic only, too long ago.

    A newcomer has until the day that ``Learner.lapses`` says.
    """
    return [one for one in _needing(stand) if _is_over(one, stand.today)]


def lapsing(stand: Stand) -> list[Learner]:
    """Return whose training ends within thirty days, the last of them included."""
    last = stand.today + AHEAD
    return [
        one
        for one in _needing(stand)
        if (until := one.lapses(stand.today)) is not None and stand.today <= until <= last
    ]


def by_lapse(stand: Stand, within: timedelta) -> list[Learner]:
    """Return whose training is over or ends within a span, the first to end first."""
    last = stand.today + within
    found = [
        (one.lapses(stand.today) or date.min, one)
        for one in _needing(stand)
        if (one.lapses(stand.today) or date.min) <= last
    ]
    return [one for _day, one in sorted(found, key=lambda pair: (pair[0], pair[1].staff))]


def _needing(stand: Stand) -> list[Learner]:
    return [one for one in stand.learners if one.needs and one.here(stand.today)]


def _is_over(one: Learner, today: date) -> bool:
    until = one.lapses(today)
    return until is None or until < today


@dataclass(frozen=True)
class Tally:
    """How the office stands: of those who work here and must be trained."""

    needed: int
    current: int
    over: int
    lapsing: int


def tally(stand: Stand) -> Tally:
    """Return how many must be trained, are, are not, and lapse within thirty days."""
    needed = _needing(stand)
    return Tally(
        needed=len(needed),
        current=sum(one.current(stand.today) for one in needed),
        over=len(over(stand)),
        lapsing=len(lapsing(stand)),
    )


def by_department(stand: Stand) -> list[tuple[str, int, int]]:
    """Return each department with how many must be trained and how many are, in order."""
    found: dict[str, list[int]] = {}
    for one in _needing(stand):
        told = found.setdefault(one.department, [0, 0])
        told[0] += 1
        told[1] += one.current(stand.today)
    return [(name, needed, current) for name, (needed, current) in sorted(found.items())]


def lacks(one: Learner) -> tuple[str, ...]:
    """Return the topics in which somebody was never trained."""
    return tuple(topic for topic in TOPICS if topic not in one.days)


@dataclass(frozen=True)
class _Case:
    severity: Severity
    one: str
    many: str
    do: str


_OVER = _Case(
    Severity.BREACH,
    N_("{name} handles personal data without current training."),
    N_("{n} people handle personal data without current training."),
    N_("Have them trained in both topics, or take the access away until they are."),
)
_NEW = _Case(
    Severity.WARNING,
    N_("{name} has not been trained yet; newcomers are trained by {day}."),
    N_("{n} newcomers have not been trained yet."),
    N_("Plan a session and invite whoever joined."),
)
_LAPSING = _Case(
    Severity.WARNING,
    N_("The training of {name} ends on {day}."),
    N_("The training of {n} people ends within 30 days."),
    N_("Plan a session and invite whose training ends."),
)


def judge(stand: Stand) -> list[Finding]:
    """Return the findings of rule 42: nothing recorded yet, over, ending soon."""
    absent = over(stand)
    if absent and not stand.any:
        return [_nothing_yet(len(absent))]
    return [
        *_told(stand, _OVER, absent),
        *_told(stand, _LAPSING, lapsing(stand)),
        *_kept_too_long(stand.kept_too_long),
    ]


def _kept_too_long(count: int) -> Iterator[Finding]:
    if count:
        yield finding(
            "S2.1",
            REGISTER,
            "",
            what=N_("{n} attendances of people who left are kept longer than the office’s term."),
            do=N_("Choose “Kept too long” in the list of attendances and destroy them."),
            severity=Severity.WARNING,
            count=count,
            values={"n": count},
        )


def _nothing_yet(count: int) -> Finding:
    return finding(
        "42",
        "sessions",
        "",
        what=N_("No training is on record yet; {n} people handle personal data."),
        do=N_("Enter the courses, then import who attended, or plan the first session."),
        severity=Severity.SETUP,
        count=count,
        values={"n": count},
    )


def _told(stand: Stand, case: _Case, people: Sequence[Learner]) -> Iterator[Finding]:
    if len(people) > EACH:
        days = [day for one in people if (day := one.lapses(stand.today)) is not None]
        yield finding(
            "42",
            "sessions",
            "",
            what=case.many,
            do=case.do,
            severity=case.severity,
            due=min(days, default=None),
            count=len(people),
            values={"n": len(people), "step": "status"},
        )
        return
    for one in people:
        until = one.lapses(stand.today)
        said = _NEW if case is _LAPSING and lacks(one) else case
        yield finding(
            "42",
            STAFF,
            stand.staff_ref(one.staff),
            what=said.one,
            do=said.do,
            severity=said.severity,
            due=until,
            values={"name": stand.names.get(one.staff, ""), "day": until},
        )
