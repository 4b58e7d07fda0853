"""The end of a training record: whose it was goes, that somebody completed a session stays.

Kept for three years after the session (office choice; the law names no number), and of those
who work here for as long as they do: it shows that they were trained regularly (S8.2②). A stack
of certificates that was printed for many people is kept as issued.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from privdesk.core.register import Row
from privdesk.registers import expiring
from privdesk.registers.attendances import rules
from privdesk.registers.desk import Change, Desk

if TYPE_CHECKING:
    from privdesk.registers.attendances.service import Attendances

_SOME_DAYS = timedelta(days=4)  # more than months differ in length; each is judged afterwards
_OVER = (
    'SELECT a.id, a."on", s."left" FROM attendances a JOIN staff s ON s.id = a.staff'
    " WHERE a.state NOT IN ('void', 'destroyed') AND s.\"left\" IS NOT NULL AND s.\"left\" < ?"
    ' AND a."on" < ? ORDER BY a.id'
)


def over(desk: Desk) -> list[int]:
    """Return the attendances that are kept longer than the office's own term."""
    today = desk.today()
    early = date(today.year - rules.KEEP_YEARS, today.month, min(today.day, 28)) + _SOME_DAYS
    asked = (today.isoformat(), early.isoformat())
    return [
        number
        for number, on, left in desk.vault.raw.execute(_OVER, asked).fetchall()
        if rules.kept_until(date.fromisoformat(on), date.fromisoformat(left)) < today
    ]


def last_days(desk: Desk, staff: set[int]) -> dict[int, date]:
    """Return the last day of those of some people who have one."""
    told = sorted(staff)
    found: dict[int, date] = {}
    for start in range(0, len(told), 900):
        part = tuple(told[start : start + 900])
        marks = ", ".join("?" * len(part))
        sql = f'SELECT id, "left" FROM staff WHERE "left" IS NOT NULL AND id IN ({marks})'
        rows = desk.vault.raw.execute(sql, part)
        found |= {number: date.fromisoformat(left) for number, left in rows}
    return found


def expunge(change: Change, service: Attendances, row: Row) -> None:
    """Destroy whose an attendance was, its note and its papers, inside the caller's transaction."""
    values: Mapping[str, object] = row.values
    until = values["keep_until"]
    day = date.fromordinal(until.toordinal() + 1) if isinstance(until, date) else None
    expiring.require_over(change, row.ref, day)
    desk = change.desk
    desk.service("documents").forget(change, row.ref)
    expiring.destroy_sealed(change, service.register.name, row.id)
    desk.vault.raw.execute(
        "UPDATE attendances SET staff = NULL, ended_as = state, state = 'destroyed' WHERE id = ?",
        (row.id,),
    )
    change.note("attendance.expunged", service.register.name, row.id)
    desk.service("sessions").drop_sheet_of_nobody(change, str(values["session"]))
