"""D14 교육 대장, the attendance sheet of a session, and the yearly plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Align,
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Table,
    Text,
)
from privdesk.documents.papers.common import ApprovalLine, boxes, dashed
from privdesk.documents.papers.training_certificate import BASIS, duration
from privdesk.documents.phrases import day, short_day

_ROW = 26.0  # height of a line that is signed
NOTHING_HELD = N_("No session was held.")


@dataclass(frozen=True)
class SessionFacts:
    """A session as papers tell it; ``topics`` and ``way`` are message ids."""

    course: str
    topics: tuple[str, ...]
    way: str
    provider: str
    audience: str
    content: str
    on: date
    starts: str
    place: str
    trainer: str
    minutes: int | None


@dataclass(frozen=True)
class Present:
    """One line of the sheet: ``mark`` and ``remark`` are empty while nothing is known."""

    name: str
    staff_no: str
    department: str
    mark: str = ""
    score: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class AttendanceSheet:
    """The sheet of one session, by department and name; ``known`` once attendance is recorded."""

    number: str
    issued_on: date
    session: SessionFacts
    people: tuple[Present, ...]
    known: bool
    test: bool
    drafter: str = ""


def sheet(data: AttendanceSheet, language: str) -> Paper:
    """Return the sheet: to be signed before, with the results after the session."""
    say = words(language)
    people = say.many("{n} person", "{n} people", len(data.people))
    body: list[Block] = [
        _facts(say, data.session, language),
        Heading(say("Participants"), people),
        _people(say, data),
    ]
    return Paper(
        code="attendance-sheet",
        number=data.number,
        title=say("Training attendance sheet"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
    )


def _facts(say: Words, one: SessionFacts, language: str) -> Form:
    way = say(one.way)
    entries = [
        Entry(say("Course"), one.course, wide=True, strong=True),
        Entry(say("Topics"), ", ".join(say(topic) for topic in one.topics), wide=True),
        Entry(say("Training date and time"), f"{day(say, one.on)} {one.starts}".strip()),
        Entry(say("Duration"), duration(language, one.minutes) or say("not yet set")),
        Entry(say("Place or method"), one.place or say("not yet set")),
        Entry(say("Trainer"), dashed(_trainer(one, way))),
        Entry(say("For whom"), dashed(one.audience), wide=True),
    ]
    if one.content:
        entries.append(Entry(say("What is taught"), one.content, wide=True))
    return Form(tuple(entries))


def _trainer(one: SessionFacts, way: str) -> str:
    told = one.trainer or one.provider
    beside = f"{way}, {one.provider}" if one.trainer and one.provider else way
    return f"{told} ({beside})" if told else way


def _people(say: Words, data: AttendanceSheet) -> Table:
    columns = [
        Column(say("No."), 0.5, Align.RIGHT),
        Column(say("Dept."), 1.9),
        Column(say("Staff number"), 1.1),
        Column(say("Name"), 1.4),
        Column(say("Attendance") if data.known else say("Signature"), 1.5),
    ]
    if data.test:
        columns.append(Column(say("Points"), 0.7, Align.RIGHT))
    columns.append(Column(say("Remarks"), 1.4))
    rows = []
    for number, one in enumerate(data.people, 1):
        row = [str(number), one.department, one.staff_no, one.name, one.mark]
        if data.test:
            row.append("" if one.score is None else str(one.score))
        rows.append((*row, one.remark))
    return Table(tuple(columns), rows, room=0.0 if data.known else _ROW, empty=say("Nobody"))


@dataclass(frozen=True)
class LedgerLine:
    """One session of the ledger; ``missed`` names who has still to make up for it.

    ``untested`` were there and have no points yet; ``reopened`` says why a session that was
    closed was opened again.
    """

    session: SessionFacts
    invited: int
    attended: int
    done: int
    average: int | None
    missed: tuple[str, ...]
    made_up: tuple[date, ...]
    ref: str
    untested: tuple[str, ...] = ()
    reopened_on: date | None = None
    reopened: str = ""


@dataclass(frozen=True)
class TrainingLedger:
    """The ledger of the sessions that were held, the newest first."""

    number: str
    issued_on: date
    lines: Sequence[LedgerLine]
    drafter: str = ""


def ledger(data: TrainingLedger, language: str) -> Paper:
    """Return D14, lying."""
    say = words(language)
    columns = (
        Column(say("No."), 0.9),
        Column(say("Course"), 1.8),
        Column(say("Training date and time"), 1.0),
        Column(say("Place or method"), 1.1),
        Column(say("Trainer"), 1.2),
        Column(say("For whom"), 1.25),
        Column(say("What is taught"), 1.9),
        Column(say("Duration"), 0.8),
        Column(say("Attended / invited"), 0.95, Align.RIGHT),
        Column(say("Test"), 0.7, Align.RIGHT),
        Column(say("Not completed, made up on"), 2.0),
    )
    rows = [_ledger_row(say, line, language) for line in data.lines]
    return Paper(
        code="d14",
        number=data.number,
        title=say("Training ledger"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Table(columns, rows, size=7.5, empty=say(NOTHING_HELD), total=_all_held(say, data)),
            *_all_missed(say, data),
        ),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
        landscape=True,
    )


def _all_held(say: Words, data: TrainingLedger) -> tuple[str, ...]:
    """Return the total: sessions, their time, and how many of those invited came."""
    sessions = say.many("{n} session", "{n} sessions", len(data.lines))
    time = duration(say.language, sum(line.session.minutes or 0 for line in data.lines))
    came, invited = (
        f"{sum(numbers):,}"
        for numbers in ([x.attended for x in data.lines], [x.invited for x in data.lines])
    )
    return (say("Total"), sessions, *[""] * 5, dashed(time), f"{came} / {invited}", "", "")


MOST_NAMED = 12


def _all_missed(say: Words, data: TrainingLedger) -> Iterator[Block]:
    """Yield the names of everybody who has not completed a session with too many for its line."""
    for line in data.lines:
        if len(line.missed) > MOST_NAMED:
            one = line.session
            title = f"{one.course} ({short_day(one.on)})"
            count = say.many("{n} person", "{n} people", len(line.missed))
            yield Heading(say("Not completed: {session}").format(session=title), count)
            yield Text(", ".join(line.missed), size=8)


def _remarks(say: Words, line: LedgerLine) -> Iterator[str]:
    """Yield whose test has no points yet, and why the session was opened again."""
    if line.untested:
        some, rest = ", ".join(line.untested[:MOST_NAMED]), len(line.untested) - MOST_NAMED
        some += f" (+{rest:,})" if rest > 0 else ""
        yield say("Test without points: {names}").format(names=some)
    if line.reopened_on is not None:
        told = say("Opened again on {day}: {reason}")
        yield told.format(day=short_day(line.reopened_on), reason=line.reopened)


def _ledger_row(say: Words, line: LedgerLine, language: str) -> tuple[str, ...]:
    one = line.session
    names = ", ".join(line.missed[:MOST_NAMED])
    rest = len(line.missed) - MOST_NAMED
    if rest > 0:
        told = say.many("and {n} more person, named below", "and {n} more people, named below",
                        rest)  # fmt: skip
        names += f" {told}"
    again = ", ".join(short_day(day) for day in line.made_up)
    missed = f"{names}\n→ {again}" if names and again else names or (f"→ {again}" if again else "")
    missed = "\n".join(filter(None, (missed, *_remarks(say, line))))
    topics = ", ".join(say(topic) for topic in one.topics)
    return (
        line.ref,
        f"{one.course}\n({topics})",
        f"{short_day(one.on)}\n{one.starts}".strip(),
        dashed(one.place),
        dashed(_trainer(one, say(one.way))),
        dashed(one.audience),
        dashed(one.content),
        dashed(duration(language, one.minutes)),
        f"{line.attended:,} / {line.invited:,}",
        dashed("" if line.average is None else say("Ø {n}").format(n=line.average)),
        dashed(missed),
    )


@dataclass(frozen=True)
class PlanLine:
    """A course of the plan: months planned, and days of its sessions, by month."""

    course: str
    topics: tuple[str, ...]
    way: str
    provider: str
    audience: str
    minutes: int | None
    months: frozenset[int]
    sessions: tuple[tuple[date, str], ...]  # day and what became of it (message id)


@dataclass(frozen=True)
class TrainingPlan:
    """The plan of a year."""

    number: str
    issued_on: date
    year: int
    lines: tuple[PlanLine, ...]
    needed: int
    drafter: str = ""


def plan(data: TrainingPlan, language: str) -> Paper:
    """Return the yearly plan: each course with its months, and the sessions by day."""
    say = words(language)
    columns = (
        Column(say("Course"), 2.6),
        Column(say("In-house or outside"), 1.3),
        Column(say("For whom"), 1.3),
        Column(say("Duration"), 0.9),
        *(Column(str(month), 0.36, Align.CENTRE) for month in range(1, 13)),
    )
    rows = [_plan_row(say, line, language) for line in data.lines]
    days = sorted((on, line.course, state) for line in data.lines for on, state in line.sessions)
    legend = say("○ planned month · ● session")
    covered = [
        (say(topic), sum(topic in line.topics and bool(line.sessions) for line in data.lines))
        for topic in dict.fromkeys(t for line in data.lines for t in line.topics)
    ]
    counted = Form(
        (
            Entry(say("Year"), str(data.year), strong=True),
            Entry(say("To be trained"), say.many("{n} person", "{n} people", data.needed)),
            Entry(
                say("Courses with a session, by topic"),
                " · ".join(f"{topic} {count}" for topic, count in covered),
                wide=True,
            ),
        )
    )
    listed = Table(
        (Column(say("Day"), 1.0), Column(say("Course"), 4.0), Column(say("State"), 1.4)),
        [(short_day(on), course, say(state)) for on, course, state in days],
        empty=say("No session is planned."),
    )
    return Paper(
        code="training-plan",
        number=data.number,
        title=say("Training plan for {year}").format(year=data.year),
        language=language,
        issued_on=data.issued_on,
        body=(
            counted,
            Heading(say("Courses and months"), legend),
            Table(columns, rows, size=8.0, empty=say("No course is on record.")),
            Heading(say("Sessions of the year")),
            listed,
        ),
        basis=say(BASIS),
        approvals=boxes(say, ApprovalLine(drafter=data.drafter, drafted_on=data.issued_on)),
        landscape=True,
    )


def _plan_row(say: Words, line: PlanLine, language: str) -> tuple[str, ...]:
    topics = ", ".join(say(topic) for topic in line.topics)
    held = {on.month for on, _state in line.sessions}
    months = ("●" if m in held else "○" if m in line.months else "" for m in range(1, 13))
    way = say(line.way)
    return (
        f"{line.course}\n({topics})",
        f"{way}\n{line.provider}".strip(),
        dashed(line.audience),
        dashed(duration(language, line.minutes)),
        *months,
    )
