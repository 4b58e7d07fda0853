"""The access log of a span out of the journal: open columns only, so that a manager reads it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from privdesk.core.clock import office_date, start_of
from privdesk.journal.kinds import What, actions_of, kind_of
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews.rules import Access

_READ = (
    *actions_of(What.LOOK, What.SEARCH, What.EXPORT, What.PRINT, What.REFUSED),
    *("vault.clock", "vault.jump", "vault.kit"),
)
_SQL = (
    "SELECT number, at, person, action, register, record, count, case_ref <> '',"
    " details IS NOT NULL, fields <> '[]' FROM journal WHERE number BETWEEN ? AND ?"
    f" AND action IN ({','.join('?' * len(_READ))}) ORDER BY number"
)


_REVIEWED = (
    "SELECT r.first, r.last, max(j.at) FROM log_reviews r JOIN journal j"
    " ON j.register = 'log-reviews' AND j.record = r.id AND j.action = 'log.counted'"
    " WHERE r.state IN ('follow-up', 'done') GROUP BY r.id ORDER BY r.first"
)


def bounds(desk: Desk, first: date, last: date) -> tuple[int, int]:
    """Return the numbers of the first and the last entry of a span; the last may be smaller."""
    journal = desk.journal
    return journal.first_at(start_of(first)), journal.first_at(start_of(last + timedelta(1))) - 1


def access_log(desk: Desk, first: date, last: date) -> list[Access]:
    """Return the entries of the access log of a span, in order."""
    rows = desk.vault.raw.execute(_SQL, (*bounds(desk, first, last), *_READ)).fetchall()
    return [
        Access(
            number=number,
            at=datetime.fromisoformat(at),
            person=person,
            action=action,
            kind=kind_of(action),
            register=register,
            record=record,
            count=count,
            case=bool(case),
            told=bool(case or told),
            clear=bool(clear),
        )
        for number, at, person, action, register, record, count, case, told, clear in rows
    ]


def present(desk: Desk, first: date, last: date) -> list[int]:
    """Return who entered anything in these days: also who only opened, approved or changed."""
    sql = "SELECT DISTINCT person FROM journal WHERE number BETWEEN ? AND ?"
    return [row[0] for row in desk.vault.raw.execute(sql, bounds(desk, first, last)).fetchall()]


def begun(desk: Desk) -> date:
    """Return the office's day of the first entry; today where there is none."""
    row = desk.vault.raw.execute("SELECT at FROM journal ORDER BY number LIMIT 1").fetchone()
    return office_date(datetime.fromisoformat(row[0])) if row else desk.today()


def reviewed(desk: Desk) -> list[tuple[date, date]]:
    """Return the spans that signed reviews cover, up to the day before they were counted.

    Of the day on which a log is counted the rest is still to come: a later review has it.
    """
    rows = desk.vault.raw.execute(_REVIEWED).fetchall()
    found = []
    for first, last, counted in rows:
        before = office_date(datetime.fromisoformat(counted)) - timedelta(1)
        found.append((date.fromisoformat(first), min(date.fromisoformat(last), before)))
    return [span for span in found if span[0] <= span[1]]


def person_name(desk: Desk, number: int | str | None) -> str:
    """Return the name of a person of the vault; her number where she is not known."""
    if not number:
        return ""
    person = desk.vault.header.by_id(int(number))
    return person.name if person else str(number)
