"""What a change of the office calendar moves: looked at before it is kept, told when it is.

Days that the rules reckon anew each time move by themselves; what registers keep (the due
day of a request) is reckoned again here, in the transaction that changes the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from privdesk.core import references
from privdesk.core.calendar import FIRST_YEAR, LAST_YEAR, OfficeCalendar, OutsideCalendarError
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding
from privdesk.registers.desk import CASES, Change, Desk
from privdesk.registers.findings.collect import gathered
from privdesk.registers.findings.marks import key_of

FREEZES = "freezes"
SETTINGS = ("extra_holidays", "closures", "hours", "clock_stands_still")
_TOLD = 100  # moves that the journal's details list


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
        desk.service(CASES).recompute(change)
        _keep_freezes(change, moves)
        told = "; ".join(
            f"{move.ref or move.register} {move.before} -> {move.after}" for move in moves[:_TOLD]
        )
        details = {"moved": told} if told else {}
        change.note("calendar.changed", count=len(moves), details=details)
    return moves


def _keep_freezes(change: Change, moves: Iterable[Move]) -> None:
    """Move what did not follow a request: the freezes that stand without one."""
    service = change.desk.service(FREEZES)
    waiting = service.waiting()
    for move in moves:
        if move.register == FREEZES:
            number = references.number(move.ref)
            if number in waiting and waiting[number][2] != move.after:
                service.move(change, number, move.after)


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
    kept = [*_requests(desk, calendar)]
    kept += _freezes(desk, calendar, kept)
    spoken_of = {move.ref for move in kept}
    found = [move for move in _findings(desk, calendar) if move.ref not in spoken_of]
    moves = [*kept, *found]
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
    """Yield the open requests that are due on another day under a calendar."""
    for number, (before, due) in DeskUnder(desk, calendar).service(CASES).reckon().items():
        if before != due.on:
            yield Move(CASES, desk.ref(CASES, number), "", before, due.on)


def _freezes(desk: Desk, calendar: OfficeCalendar, requests: Iterable[Move]) -> Iterator[Move]:
    """Yield the freezes whose result is due on another day.

    The result of a dispute is due with the answer to its request; that of a freeze without a
    request by the rule, unless somebody set another day.
    """
    due = {references.number(move.ref): move for move in requests}
    service, under = desk.service(FREEZES), DeskUnder(desk, calendar).service(FREEZES)
    for number, (request, since, before) in service.waiting().items():
        if request is None:
            after = under.reckon(since) if before == service.reckon(since) else before
        else:
            moved = due.get(request)
            after = moved.after if moved is not None and moved.before == before else before
        if after != before:
            yield Move(FREEZES, desk.ref(FREEZES, number), "", before, after)
