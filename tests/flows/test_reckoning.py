"""What a change of the office calendar moves: days worked out by hand.

November and December 2026: 23 November is a Monday; 25 December, a Friday, is Christmas.

=========  ==========  =====  ==========  =====================  ==========
kind       received    term   ends        change                 then
=========  ==========  =====  ==========  =====================  ==========
access     23 Nov Mon  10 d   3 Dec Thu   3 Dec a holiday        4 Dec Fri
access     24 Nov Tue  10 d   4 Dec Fri   4 Dec a holiday        7 Dec Mon
source     24 Nov Tue   3 d   27 Nov Fri  27 Nov a holiday       30 Nov Mon
access     23 Nov Mon  10 d   3 Dec Thu   3 Dec a closure        3 Dec Thu
inquiry    23 Nov Mon  24 h   24 Nov Tue  24 Nov a closure       25 Nov Wed
=========  ==========  =====  ==========  =====================  ==========
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from privdesk.core.calendar import OfficeCalendar, OpeningHours, OutsideCalendarError
from privdesk.core.clock import OFFICE_ZONE
from privdesk.core.errors import ForbiddenError
from privdesk.flows import calls, people, reckoning
from privdesk.flows.opening import open_desk
from privdesk.flows.reckoning import HoursBackwardsError
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import gathered
from privdesk.ui.case.ports import NewCase
from privdesk.vault.crypto import FLOOR
from tests import cases

MONDAY, TUESDAY = (datetime(2026, 11, day, 15, tzinfo=OFFICE_ZONE) for day in (23, 24))
CHANGES = {
    ("access", MONDAY, "extra", date(2026, 12, 3)): (date(2026, 12, 3), date(2026, 12, 4)),
    ("access", TUESDAY, "extra", date(2026, 12, 4)): (date(2026, 12, 4), date(2026, 12, 7)),
    ("source", TUESDAY, "extra", date(2026, 11, 27)): (date(2026, 11, 27), date(2026, 11, 30)),
    ("inquiry", MONDAY, "closures", date(2026, 11, 24)): (date(2026, 11, 24), date(2026, 11, 25)),
}


def received(desk: Desk, kind: str, at: datetime) -> str:
    return cases.received(desk, kind, caller="Example Caller", received_at=at)


def due(desk: Desk, ref: str) -> date | None:
    return calls.look(desk, ref).due


def with_day(desk: Desk, which: str, day: date) -> OfficeCalendar:
    calendar = desk.calendar
    if which == "extra":
        return replace(calendar, extra={**calendar.extra, day: "Own day"})
    return replace(calendar, closures={**calendar.closures, day: "Own day"})


@pytest.mark.parametrize(("case", "days"), CHANGES.items(), ids=lambda c: str(c[0]))
def test_a_request_moves_with_the_calendar(
    filled: Desk,
    case: tuple[str, datetime, str, date],
    days: tuple[date, date],
) -> None:
    kind, at, which, day = case
    ref = received(filled, kind, at)
    assert due(filled, ref) == days[0]

    moves = reckoning.keep(filled, with_day(filled, which, day))

    assert [(m.before, m.after) for m in moves if m.ref == ref] == [days]
    assert due(filled, ref) == days[1]


def test_no_statute_waits_for_a_closure(filled: Desk) -> None:
    ref = received(filled, "access", MONDAY)

    moves = reckoning.keep(filled, with_day(filled, "closures", date(2026, 12, 3)))

    assert [m for m in moves if m.ref == ref] == []
    assert due(filled, ref) == date(2026, 12, 3)


def test_a_preview_says_the_same_and_changes_nothing(filled: Desk) -> None:
    ref = received(filled, "access", MONDAY)
    size = filled.journal.frontier().size
    calendar = with_day(filled, "extra", date(2026, 12, 3))

    told = reckoning.preview(filled, calendar)

    assert filled.journal.frontier().size == size
    assert due(filled, ref) == date(2026, 12, 3)
    assert reckoning.keep(filled, calendar) == told


def test_taking_the_day_out_again_moves_it_back(filled: Desk) -> None:
    ref = received(filled, "access", MONDAY)
    before = filled.calendar
    reckoning.keep(filled, with_day(filled, "extra", date(2026, 12, 3)))

    moves = reckoning.keep(filled, before)

    assert [(m.before, m.after) for m in moves if m.ref == ref] == [
        (date(2026, 12, 4), date(2026, 12, 3))
    ]


def test_a_closed_request_stays_as_it_was(filled: Desk) -> None:
    ref = received(filled, "access", MONDAY)
    cases.taken_back(filled, ref)

    moves = reckoning.keep(filled, with_day(filled, "extra", date(2026, 12, 3)))

    assert [m for m in moves if m.ref == ref] == []
    assert due(filled, ref) == date(2026, 12, 3)


def test_a_day_set_otherwise_is_left_alone(filled: Desk) -> None:
    ref = received(filled, "access", MONDAY)
    cases.extended(filled, ref, date(2026, 12, 14))

    moves = reckoning.keep(filled, with_day(filled, "extra", date(2026, 12, 14)))

    assert [m for m in moves if m.ref == ref] == []


def test_days_that_rules_reckon_are_told_too(filled: Desk) -> None:
    late = [one for one in gathered(filled)[0] if one.due and one.register == "holdings"]
    day = late[0].due
    assert day is not None

    moves = reckoning.preview(filled, with_day(filled, "extra", day))

    assert any(m.register == "holdings" and m.before == day and m.after > day for m in moves)


def test_the_clock_may_run_through(filled: Desk) -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=OFFICE_ZONE)
    ref = received(filled, "inquiry", friday)
    assert due(filled, ref) == date(2026, 11, 30)

    reckoning.keep(filled, replace(filled.calendar, clock_stands_still=False))

    assert due(filled, ref) == date(2026, 11, 28)
    assert not filled.calendar.clock_stands_still


def test_opening_hours_are_kept(filled: Desk) -> None:
    hours = OpeningHours(time(8, 30), time(18))

    reckoning.keep(filled, replace(filled.calendar, hours=hours))

    assert filled.calendar.hours == hours


def test_the_journal_has_the_counts(filled: Desk) -> None:
    received(filled, "access", MONDAY)

    moves = reckoning.keep(filled, with_day(filled, "extra", date(2026, 12, 3)))

    entry = next(e for e in filled.journal.newest(10) if e.action == "calendar.changed")
    assert entry.count == len(moves) > 0
    assert "2026-12-03 -> 2026-12-04" in filled.journal.details(entry)["moved"]


def test_hours_that_end_before_they_begin_are_refused(filled: Desk) -> None:
    hours = OpeningHours(time(18), time(9))

    with pytest.raises(HoursBackwardsError):
        reckoning.preview(filled, replace(filled.calendar, hours=hours))


def test_a_day_outside_the_calendar_is_refused(filled: Desk) -> None:
    with pytest.raises(OutsideCalendarError):
        reckoning.keep(filled, with_day(filled, "closures", date(1900, 1, 1)))


def test_only_an_officer_changes_the_calendar(filled: Desk) -> None:
    people.add(filled, "Mina Muster", "manager", "copper sparrow meadow 31", FLOOR)
    folder, clock, calendar = filled.vault.folder, filled.clock, filled.calendar
    filled.vault.close()
    desk = open_desk(folder, "Mina Muster", "copper sparrow meadow 31", clock)
    try:
        with pytest.raises(ForbiddenError):
            reckoning.keep(desk, calendar)
    finally:
        desk.vault.close()


def test_a_call_needs_somebody(filled: Desk) -> None:
    with pytest.raises(calls.CallerUnknownError):
        calls.begin(filled, NewCase("access", "phone", "person"))


def test_what_is_frozen_moves_with_its_request_and_is_named(filled: Desk) -> None:
    person = filled.service("subjects").create({"name": "Example Person"}).ref
    dispute = {"subject": person, "reason": "The telephone number is wrong."}
    ref = cases.received(filled, "correction", subject=person, received_at=MONDAY)
    frozen = filled.service("freezes").create({**dispute, "request": ref}).ref
    alone = filled.service("freezes").create(dispute).ref
    chosen = {**dispute, "result_by": date(2026, 12, 3)}
    by_hand = filled.service("freezes").create({**chosen, "request": ref}).ref
    other = with_day(filled, "extra", date(2026, 12, 3))

    told = {move.ref: (move.before, move.after) for move in reckoning.preview(filled, other)}
    reckoning.keep(filled, other)

    moved = (date(2026, 12, 3), date(2026, 12, 4))
    assert {one: told.get(one) for one in (ref, frozen, alone, by_hand)} == dict.fromkeys(
        (ref, frozen, alone, by_hand), moved
    )
    for one in (frozen, alone, by_hand):
        assert filled.service("freezes").get(one).values["result_by"] == date(2026, 12, 4)
    changes = [e for e in filled.service("freezes").history(frozen) if e.fields == ("result_by",)]
    assert len(changes) == 1
