"""The papers of training: attendance sheet, ledger D14, yearly plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.core.register import Query, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import training_sheets as papers
from privdesk.registers.attendances.fields import RESULTS
from privdesk.registers.courses.fields import TOPICS, WAYS
from privdesk.registers.desk import Desk
from privdesk.registers.sessions.fields import HELD, PLANNED, TEST
from privdesk.registers.trained import standing

_TOPICS = {choice.key: choice.label for choice in TOPICS}
_WAYS = {choice.key: choice.label for choice in WAYS}
_RESULTS = {choice.key: choice.label for choice in RESULTS}
_STATES = {
    "planned": N_("Planned"),
    "held": N_("Attendance under way"),
    "closed": N_("Attendance complete"),
}
LEFT = ("absent", "excused", "failed")


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The attendance sheet of a session: to be signed, or with its results."""
    say, service = words(language), desk.service("sessions")
    (row,) = service.rows([service.number(str(ref))])
    course = as_held(row, course_of(desk, str(row.values["course"])))
    attending = desk.service("attendances")
    rows = attending.rows(sorted(attending.of(row.id).values()))
    known = row.state not in (PLANNED, HELD) or any(r.values["result"] for r in rows)
    people = people_of(desk, [str(one.values["staff"]) for one in rows])
    lines = [_present(say, one, people[str(one.values["staff"])]) for one in rows]
    data = papers.AttendanceSheet(
        number=number,
        issued_on=desk.today(),
        session=session_facts(row, course, language),
        people=tuple(sorted(lines, key=lambda one: (one.department, one.name))),
        known=known,
        test=bool(course.values["test"]),
        drafter=desk.vault.person.name,
    )
    return papers.sheet(data, language)


def ledger(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D14: the sessions that were held, the newest first."""
    data = papers.TrainingLedger(
        number=number,
        issued_on=desk.today(),
        lines=list(_lines(desk, language)),
        drafter=desk.vault.person.name,
    )
    return papers.ledger(data, language)


def plan(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The plan of this year; in December that of the next, where a session stands in it."""
    year, today = planned_year(desk), desk.today()
    learners = [one for one in standing(desk, today) if one.needs and one.here(today)]
    data = papers.TrainingPlan(
        number=number,
        issued_on=today,
        year=year,
        lines=tuple(_planned(desk, year, language)),
        needed=len(learners),
        drafter=desk.vault.person.name,
    )
    return papers.plan(data, language)


def planned_year(desk: Desk) -> int:
    """Return the year of the plan: this one, or in its last month the next if it is planned."""
    today = desk.today()
    sql = "SELECT 1 FROM sessions WHERE state = 'planned' AND \"on\" >= ? LIMIT 1"
    nxt = (date(today.year + 1, 1, 1).isoformat(),)
    if today.month == 12 and desk.vault.raw.execute(sql, nxt).fetchone():
        return today.year + 1
    return today.year


def course_of(desk: Desk, ref: str) -> Row:
    """Return a course."""
    service = desk.service("courses")
    found: Row = service.rows([service.number(ref)])[0]
    return found


def as_held(session: Row, course: Row) -> Row:
    """Return a course as it was when a session of it was closed; before that as it is."""
    told = session.values
    if not told["held_name"]:
        return course
    held = {name: told[f"held_{name}"] for name in ("name", "name_en", "topics", "test")}
    return replace(course, values={**course.values, **held, "pass_mark": told["held_mark"]})


def course_name(course: Row, language: str) -> str:
    """Return what a course is called on a paper."""
    english = str(course.values["name_en"] or "")
    return english if language == "en" and english else str(course.values["name"])


def people_of(desk: Desk, refs: list[str]) -> dict[str, Row]:
    """Return members of staff by reference."""
    staff = desk.service("staff")
    numbers = [staff.number(ref) for ref in dict.fromkeys(refs) if ref]
    return {row.ref: row for row in staff.rows(numbers)}


def topics_of(course: Row) -> tuple[str, ...]:
    """Return the topics of a course, as message ids."""
    return tuple(_TOPICS[key] for key in course.values["topics"])


def way_of(course: Row) -> str:
    """Return how a course is held, a message id."""
    return _WAYS[str(course.values["way"])]


def session_facts(row: Row, course: Row, language: str) -> papers.SessionFacts:
    """Return what papers tell of a session."""
    course = as_held(row, course)
    values, told = row.values, course.values
    return papers.SessionFacts(
        course=course_name(course, language),
        topics=topics_of(course),
        way=way_of(course),
        provider=str(told["provider"] or ""),
        audience=str(told["audience"] or ""),
        content=str(told["content"] or ""),
        on=values["on"],
        starts=str(values["starts"] or ""),
        place=str(values["place"] or ""),
        trainer=str(values["trainer"] or ""),
        minutes=values["minutes"] or told["minutes"],
    )


def _present(say: Words, one: Row, person: Row) -> papers.Present:
    result = str(one.values["result"] or "")
    return papers.Present(
        name=str(person.values["name"]),
        staff_no=str(person.values["staff_no"] or ""),
        department=str(one.values["department"] or ""),
        mark=say(_RESULTS[result]) if result else "",
        score=one.values["score"],
        remark=say(N_("not passed")) if one.state == "failed" else "",
    )


def _lines(desk: Desk, language: str) -> Iterator[papers.LedgerLine]:
    service = desk.service("sessions")
    rows = service.find(Query(where={"state": ("held", "closed")}, sort="on", descending=True))
    courses = {c.ref: c for c in desk.service("courses").find(Query())}
    told, again = _attended(desk), _made_up(desk)
    named = {who for at in told.values() for who in (*at.left, *at.untested)}
    names = desk.service("staff").titles(sorted(named))
    for row in rows:
        at = told.get(row.id, _Attended())
        scores = at.scores
        yield papers.LedgerLine(
            session=session_facts(row, courses[str(row.values["course"])], language),
            invited=row.values["invited"],
            attended=at.there,
            done=row.values["done"],
            average=round(sum(scores) / len(scores)) if scores else None,
            missed=tuple(sorted(names.get(who, "") for who in at.left)),
            untested=tuple(sorted(names.get(who, "") for who in at.untested)),
            made_up=tuple(again.get(row.id, ())),
            ref=row.ref,
            reopened_on=row.values["reopened_on"],
            reopened=str(row.values["reopened"] or ""),
        )


class _Attended:
    """Who was at one session: how many, their points, who has not completed it or no points yet."""

    def __init__(self) -> None:
        self.there = 0
        self.scores: list[int] = []
        self.left: list[int] = []
        self.untested: list[int] = []


def _attended(desk: Desk) -> dict[int, _Attended]:
    found: dict[int, _Attended] = {}
    sql = (
        "SELECT session, staff, coalesce(ended_as, state), result, score FROM attendances"
        " WHERE state <> 'void'"
    )
    for session, staff, state, result, score in desk.vault.raw.execute(sql):
        at = found.setdefault(session, _Attended())
        at.there += result == "attended"
        if score is not None:
            at.scores.append(score)
        if state in LEFT and staff is not None:
            at.left.append(staff)
        if state == TEST and staff is not None:
            at.untested.append(staff)
    return found


def _made_up(desk: Desk) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    sql = (
        'SELECT makes_up, "on" FROM sessions WHERE makes_up IS NOT NULL'
        " AND state NOT IN ('void', 'cancelled') ORDER BY \"on\""
    )
    for session, on in desk.vault.raw.execute(sql):
        found.setdefault(session, []).append(date.fromisoformat(on))
    return found


def _planned(desk: Desk, year: int, language: str) -> Iterator[papers.PlanLine]:
    days: dict[int, list[tuple[date, str]]] = {}
    sql = (
        "SELECT course, \"on\", state FROM sessions WHERE state IN ('planned', 'held', 'closed')"
        ' AND "on" BETWEEN ? AND ? ORDER BY "on", id'
    )
    for course, on, state in desk.vault.raw.execute(sql, (f"{year}-01-01", f"{year}-12-31")):
        days.setdefault(course, []).append((date.fromisoformat(on), _STATES[state]))
    for row in desk.service("courses").find(Query(sort="name")):
        months = row.values["months"]
        if row.state == "void" or not (months or row.id in days):
            continue
        yield papers.PlanLine(
            course=course_name(row, language),
            topics=topics_of(row),
            way=way_of(row),
            provider=str(row.values["provider"] or ""),
            audience=str(row.values["audience"] or ""),
            minutes=row.values["minutes"],
            months=frozenset(int(month) for month in months),
            sessions=tuple(days.get(row.id, ())),
        )
