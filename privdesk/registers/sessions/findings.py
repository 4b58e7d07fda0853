"""The findings on sessions: S8.2②, what the yearly plan and the ledger ask for."""

from __future__ import annotations

import json

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.sessions import rules


def judge(desk: Desk) -> list[Finding]:
    """Return sessions not followed up, planned months without a session, a year without plan."""
    return rules.judge(plan(desk))


def _known_in(desk: Desk, course: int, month: int) -> bool:
    """Whether a course was on record before the end of a month of this year."""
    sql = "SELECT min(at) FROM journal WHERE register = 'courses' AND record = ?"
    first = desk.vault.raw.execute(sql, (course,)).fetchone()[0]
    return first is None or str(first)[:7] <= f"{desk.today().year}-{month:02}"


def plan(desk: Desk) -> rules.Plan:
    """Return how the year's training stands today."""
    today, service, raw = desk.today(), desk.service("sessions"), desk.vault.raw
    courses = raw.execute("SELECT id, months FROM courses WHERE state <> 'void'").fetchall()
    year = (f"{today.year}-01-01", f"{today.year}-12-31")
    sql = (
        "SELECT id, course, \"on\", state FROM sessions WHERE state NOT IN ('void', 'cancelled')"
        " AND (\"on\" BETWEEN ? AND ? OR state IN ('planned', 'held'))"
    )
    rows = [(r[0], r[1], r[2], r[3]) for r in raw.execute(sql, year).fetchall()]
    waits = [r for r in rows if r[3] in ("planned", "held") and r[2] < today.isoformat()]
    names = service.titles([r[0] for r in waits])
    of_year = [(course, on) for _n, course, on, _state in rows if year[0] <= on <= year[1]]
    held = {(course, int(on[5:7])) for course, on in of_year}
    missing = [
        (number, int(month))
        for number, months in courses
        for month in json.loads(months or "[]")
        if int(month) < today.month and (number, int(month)) not in held
    ]
    missing = [one for one in missing if _known_in(desk, *one)]
    called = desk.service("courses").titles(sorted({number for number, _month in missing}))
    return rules.Plan(
        today=today,
        open=[rules.Held(r[0], today.fromisoformat(r[2]), names.get(r[0], "")) for r in waits],
        sessions_of_year=len(of_year),
        courses=len(courses),
        missing=[(n, called.get(n, ""), month) for n, month in missing],
        session_ref=lambda number: desk.ref("sessions", number),
        course_ref=lambda number: desk.ref("courses", number),
    )
