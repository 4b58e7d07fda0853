"""Why something is due on its day, put into words for its dialog."""

from __future__ import annotations

from datetime import date, timedelta

from privdesk.core.findings import Finding
from privdesk.core.i18n import _
from privdesk.flows import dueday
from privdesk.flows.dueday import DueDay
from privdesk.registers.desk import Desk
from privdesk.ui.dueday import Explained


def of_finding(desk: Desk, one: Finding) -> Explained | None:
    """Return why a finding is due, or None where it has no day; on the database thread."""
    told = dueday.of_finding(desk, one)
    return _worded(desk, told, one.what_text()) if told is not None else None


def of_record(desk: Desk, register: str, ref: str) -> Explained | None:
    """Return why a record is due; on the database thread."""
    told = dueday.of_record(desk, register, ref)
    about = f"{_(desk.register(register).singular)} {ref}"
    return _worded(desk, told, about) if told is not None else None


def _worded(desk: Desk, told: DueDay, about: str) -> Explained:
    start = told.start or told.due
    days = (start + timedelta(days=n) for n in range(min((told.due - start).days + 1, 60)))
    rest = {day: _name(desk, day) for day in days if not desk.calendar.is_business_day(day)}
    law = " · ".join(
        part for part in (told.clause, _(told.article) if told.article else "") if part
    )
    steps = tuple(step.text() for step in told.steps)
    return Explained(_(told.title), about, law, told.due, told.start, steps, rest)


def _name(desk: Desk, day: date) -> str:
    return desk.calendar.holiday(day) or desk.calendar.closures.get(day, "")
