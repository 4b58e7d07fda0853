"""What a change of the office calendar moves: looked at before it is kept, told when it is.

Days that the rules reckon anew each time move by themselves; what registers keep (the due
day of a request) is reckoned again here, in the transaction that changes the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.calendar import FIRST_YEAR, LAST_YEAR, OfficeCalendar, OutsideCalendarError
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import CASES, Change, Desk
from privdesk.registers.findings.collect import gathered
from privdesk.registers.findings.marks import key_of

SETTINGS = ("extra_holidays", "closures", "hours", "clock_stands_still")
_TOLD = 100  # moves that the journal's details list
# Days to answer, by kind of request; 24 hours for an inquiry (S5.4). Rules 17-20, 26, 61.
TERMS: Mapping[str, str] = {
    "access": "access.answer_days",
    "copy": "access.answer_days",
    "correction": "correction.answer_days",
    "deletion": "correction.answer_days",
    "suspension": "suspension.answer_days",
    "withdrawal": "suspension.answer_days",
    "objection": "refusal.answer_days",
    "source": "source.answer_days",
}
INQUIRY = "inquiry"


class HoursBackwardsError(DomainError):
    """The office cannot close at {closes}, before it opens at {opens}. Nothing was changed; check
    both times.
    """


@dataclass(frozen=True)
class Move:
    """A due day that moves; ``register`` and ``ref`` say whose, ``rule`` why it is due."""

    register: str
    ref: str
    rule: str
    before: date
    after: date
    count: int = 1


class DeskUnder(Desk):
    """An open desk under another office calendar; for reading only."""

    def __init__(self, desk: Desk, calendar: OfficeCalendar) -> None:
        super().__init__(desk.vault, desk.clock, desk.registers.values())
        self._under = calendar

    @property
    def calendar(self) -> OfficeCalendar:
        """The other calendar."""
        return self._under


def preview(desk: Desk, calendar: OfficeCalendar) -> tuple[Move, ...]:
    """Return what would move, earliest day first."""
    _check(calendar)
    with desk.vault.reading():
        return _moves(desk, calendar)


def keep(desk: Desk, calendar: OfficeCalendar) -> tuple[Move, ...]:
    """Keep another calendar, reckon what is open again, and return what moved."""
    desk.require("officer")
    _check(calendar)
    with desk.change() as change:
        moves = _moves(desk, calendar)
        for name, value in _stored(calendar).items():
            if desk.setting(name) != value:
                desk.set_setting(name, value)
        _rewrite(change, moves)
        told = "; ".join(
            f"{move.ref or move.register} {move.before} -> {move.after}" for move in moves[:_TOLD]
        )
        details = {"moved": told} if told else {}
        change.note("calendar.changed", count=len(moves), details=details)
    return moves


def due_of(
    kind: str, received: datetime, calendar: OfficeCalendar, today: date
) -> tuple[date, int, date] | None:
    """Return first day, days and last day of a request of a kind; None where it has no term."""
    on = office_date(received)
    if kind == INQUIRY:
        hours = rule_number("inquiry.answer_hours", today)
        return on, 0, office_date(calendar.office_clock_24h(received, hours))
    if kind not in TERMS:
        return None
    days = rule_number(TERMS[kind], on)
    return on, days, calendar.deadline_days(on, days)


def _check(calendar: OfficeCalendar) -> None:
    for day in (*calendar.extra, *calendar.closures):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutsideCalendarError(day)
    hours = calendar.hours
    if hours.closes <= hours.opens:
        raise HoursBackwardsError(opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}")


def _stored(calendar: OfficeCalendar) -> dict[str, object]:
    return {
        "extra_holidays": {day.isoformat(): calendar.extra[day] for day in sorted(calendar.extra)},
        "closures": {day.isoformat(): calendar.closures[day] for day in sorted(calendar.closures)},
        "hours": {
            "opens": f"{calendar.hours.opens:%H:%M}",
            "closes": f"{calendar.hours.closes:%H:%M}",
        },
        "clock_stands_still": calendar.clock_stands_still,
    }


def _moves(desk: Desk, calendar: OfficeCalendar) -> tuple[Move, ...]:
    requests = list(_requests(desk, calendar))
    spoken_of = {move.ref for move in requests}
    found = [move for move in _findings(desk, calendar) if move.ref not in spoken_of]
    moves = [*requests, *found]
    return tuple(sorted(moves, key=lambda one: (one.before, one.register, one.ref, one.after)))


def _findings(desk: Desk, calendar: OfficeCalendar) -> Iterator[Move]:
    """Yield the findings whose day differs under the two calendars."""
    before: dict[str, list[Finding]] = {}
    for one in gathered(desk)[0]:
        if one.due is not None:
            before.setdefault(key_of(one), []).append(one)
    for one in gathered(DeskUnder(desk, calendar))[0]:
        same = next((old for old in before.get(key_of(one), ()) if _overlap(old, one)), None)
        if same is not None and same.due and one.due and same.due != one.due:
            yield Move(one.register, one.ref, one.rule, same.due, one.due, one.count)


def _overlap(old: Finding, new: Finding) -> bool:
    """Whether two findings of one key speak of the same holdings, by the days these fell due."""
    first, last = old.values.get("first"), old.values.get("last")
    begins = new.values.get("first")
    if not (isinstance(first, date) and isinstance(last, date) and isinstance(begins, date)):
        return True
    return first <= begins <= last


def _requests(desk: Desk, calendar: OfficeCalendar) -> Iterator[Move]:
    """Yield the open requests whose stored day is another one under the new calendar.

    A day that the old calendar does not give (extended, or set by hand) stays. A service
    that reckons by itself (``reckon(calendar)``: day by number) is asked first.
    """
    if CASES not in desk.registers:
        return
    own = getattr(desk.service(CASES), "reckon", None)
    reckoned: Mapping[int, date] = own(calendar) if own is not None else {}
    sql = (
        f"SELECT id, kind, received_at, due_on FROM {CASES} WHERE due_on IS NOT NULL"
        " AND state IN ('received', 'identified', 'working', 'extended') ORDER BY id"
    )
    today = desk.today()
    for number, kind, received_at, due_on in desk.vault.raw.execute(sql).fetchall():
        due = date.fromisoformat(due_on)
        after = reckoned.get(number)
        if own is None and received_at:
            received = datetime.fromisoformat(received_at)
            old = due_of(kind, received, desk.calendar, today)
            new = due_of(kind, received, calendar, today)
            after = new[2] if old is not None and new is not None and old[2] == due else None
        if after is not None and after != due:
            yield Move(CASES, desk.ref(CASES, number), "", due, after)


def _rewrite(change: Change, moves: tuple[Move, ...]) -> None:
    """Keep the new days of the requests."""
    desk = change.desk
    for move in moves:
        if move.register == CASES and not move.rule:
            number = desk.service(CASES).number(move.ref)
            sql = f"UPDATE {CASES} SET due_on = ? WHERE id = ?"
            desk.vault.raw.execute(sql, (move.after.isoformat(), number))
            told = {"before": str(move.before), "after": str(move.after)}
            change.note("record.changed", CASES, number, fields=("due_on",), details=told)
