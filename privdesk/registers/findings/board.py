"""The page *Today* as data: tasks by bucket, the next fortnight, safety, set-up, clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from privdesk.core.findings import Bucket, Finding, Severity, in_order
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.findings.marks import Task
from privdesk.registers.findings.safety import Safety
from privdesk.registers.findings.setup import SetUpList
from privdesk.registers.findings.targets import Target, look

FORTNIGHT = 14
REVIEWED = ("log-reviews",)  # what those who only look do themselves (rule 53)
ROLL_HOURS = 72
SWEEP, BACKUP, TASK = N_("retention sweep"), N_("backup"), N_("next task")


@dataclass(frozen=True)
class DayLoad:
    """One day of the next fortnight: what falls due, and how many people become due."""

    day: date
    rest: bool
    name: str  # of the holiday or the closure
    tasks: int
    people: int


@dataclass(frozen=True)
class NextDue:
    """The next day on which something is to be done; ``what`` is a message id."""

    day: date
    what: str


@dataclass(frozen=True)
class Clock:
    """A running term in hours; ``what`` is a message id."""

    what: str
    since: datetime
    ends: datetime


@dataclass(frozen=True)
class Board:
    """Everything the page shows."""

    day: date
    buckets: Mapping[Bucket, tuple[Task, ...]]
    excepted: tuple[Task, ...]
    fortnight: tuple[DayLoad, ...]
    next_due: NextDue | None
    safety: Safety
    clocks: tuple[Clock, ...]
    set_up: SetUpList
    people: Mapping[int, str]  # who can be given a task, by number in the vault
    me: int
    may_decide: bool
    who: Mapping[str, str]  # names of persons in charge by reference
    only_looks: bool = False  # a manager or an auditor: nothing of it is theirs to do

    @property
    def quiet(self) -> bool:
        """Whether nothing is to be done this week."""
        return not any(self.buckets[place] for place in (Bucket.OVERDUE, Bucket.TODAY, Bucket.WEEK))

    def theirs(self, task: Task) -> bool:
        """Whether who looks at the page can do a task, and not only look at it."""
        return not self.only_looks or task.finding.register in REVIEWED

    def target(self, task: Task) -> Target:
        """Return where a task leads: for who only looks, to what it speaks of."""
        return task.target if self.theirs(task) else look(task.finding)

    def holder(self, task: Task) -> str:
        """Return the name of who has a task, or nothing."""
        if task.given is not None:
            return self.people.get(task.given.person, "")
        return self.who.get(task.finding.who, task.finding.who)


def in_buckets(tasks: Iterable[Task], today: date) -> dict[Bucket, tuple[Task, ...]]:
    """Return the tasks by their place, worked-off order within; set-up is not among them."""
    by_finding: dict[int, Task] = {}
    listed: list[Finding] = []
    for task in tasks:
        if task.excepted is None and task.finding.severity is not Severity.SETUP:
            by_finding[id(task.finding)] = task
            listed.append(task.finding)
    ordered = [by_finding[id(one)] for one in in_order(listed, today)]
    return {place: tuple(t for t in ordered if t.bucket is place) for place in Bucket}


def fortnight(desk: Desk, tasks: Iterable[Task]) -> tuple[DayLoad, ...]:
    """Return today and the thirteen days after it."""
    today, calendar = desk.today(), desk.calendar
    last = today + timedelta(days=FORTNIGHT - 1)
    due: dict[date, int] = {}
    for task in tasks:
        day = task.finding.due
        if day is not None and task.excepted is None:
            due[day] = due.get(day, 0) + 1
    starting = _starting(desk, today, last)
    days = (today + timedelta(days=n) for n in range(FORTNIGHT))
    return tuple(
        DayLoad(
            day=day,
            rest=not calendar.is_business_day(day),
            name=calendar.holiday(day) or calendar.closures.get(day, ""),
            tasks=due.get(day, 0) + starting.get(day, (0, 0))[0],
            people=starting.get(day, (0, 0))[1],
        )
        for day in days
    )


def _starting(desk: Desk, today: date, last: date) -> dict[date, tuple[int, int]]:
    """Return, by day after today, how many sets of holdings become due and how many people."""
    sql = (
        "SELECT due_on, count(*), sum(n) FROM (SELECT due_on, count(*) AS n FROM holdings"
        " WHERE state IN ('active', 'law') AND due_on > ? AND due_on <= ?"
        " GROUP BY due_on, file, purpose) GROUP BY due_on"
    )
    rows = desk.vault.raw.execute(sql, (today.isoformat(), last.isoformat())).fetchall()
    return {date.fromisoformat(day): (sets, people) for day, sets, people in rows}


def next_due(desk: Desk, tasks: Iterable[Task], safety: Safety) -> NextDue | None:
    """Return what comes next after today."""
    today = desk.today()
    found: list[NextDue] = []
    sweep = [desk.service("holdings").next_due(today), _next_counted(desk, today)]
    found += [NextDue(day, SWEEP) for day in sweep if day is not None]
    backup = safety.backup_due()
    if backup is not None and backup > today:
        found.append(NextDue(backup, BACKUP))
    days = [t.finding.due for t in tasks if t.excepted is None and t.finding.due is not None]
    found += [NextDue(day, TASK) for day in days if day > today]
    return min(found, key=lambda one: one.day, default=None)


def _next_counted(desk: Desk, today: date) -> date | None:
    sql = "SELECT min(due_on) FROM files WHERE state = 'active' AND due_on > ?"
    row = desk.vault.raw.execute(sql, (today.isoformat(),)).fetchone()
    return date.fromisoformat(row[0]) if row[0] else None


def clocks(safety: Safety) -> tuple[Clock, ...]:
    """Return the terms that run in hours."""
    if safety.roll == "done" or safety.roll_since is None:
        return ()
    ends = safety.roll_since + timedelta(hours=ROLL_HOURS)
    what = N_("Older copies still open what was destroyed")
    return (Clock(what, safety.roll_since, ends),)


def with_reason(task: Task, reasons: Mapping[int, str]) -> Task:
    """Return a task whose decisions carry their reasons."""
    told: dict[str, Any] = {
        name: replace(mark, reason=reasons.get(mark.id, ""))
        for name in ("given", "put_off", "asked", "excepted")
        if (mark := getattr(task, name)) is not None
    }
    return replace(task, **told) if told else task
