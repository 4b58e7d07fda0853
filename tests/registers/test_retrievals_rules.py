"""Orders for requests: the day of the reply, its steps, and when a place is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.registers.retrievals import rules
from privdesk.registers.retrievals.rules import Kind, OrderFacts, Result, State, Step

CALENDAR = OfficeCalendar({}, {})
BY = date(2026, 11, 30)  # a Monday

# Worked out by hand. The first day does not count; a last day of rest moves to the next
# business day. Where the request itself is due no later, it is the business day before that.
DAYS = [
    # drawn up           request due          days  reply by
    (date(2026, 11, 23), date(2026, 12, 3), 7, date(2026, 11, 30)),  # Monday, a week on
    (date(2026, 11, 23), None, 7, date(2026, 11, 30)),  # a request without a day
    (date(2026, 11, 23), date(2026, 12, 1), 7, date(2026, 11, 30)),  # the day before still does
    (date(2026, 11, 23), date(2026, 11, 30), 7, date(2026, 11, 27)),  # the same day: Friday before
    (date(2026, 11, 23), date(2026, 11, 24), 7, date(2026, 11, 23)),  # due tomorrow: today
    (date(2026, 11, 23), date(2026, 11, 23), 7, date(2026, 11, 23)),  # due today: never before
    (date(2027, 2, 1), None, 7, date(2027, 2, 10)),  # 8 Feb is Seollal, 9 Feb its substitute
    (date(2027, 2, 1), date(2027, 2, 11), 7, date(2027, 2, 10)),
    (date(2027, 2, 1), date(2027, 2, 10), 7, date(2027, 2, 5)),  # the Friday before Seollal
]


@pytest.mark.parametrize(("today", "due", "days", "wanted"), DAYS)
def test_a_place_replies_before_the_request_is_due(
    today: date, due: date | None, days: int, wanted: date
) -> None:
    assert rules.reply_day(today, due, days, CALENDAR) == wanted


@pytest.mark.parametrize(
    ("kind", "result", "differing", "step"),
    [
        (Kind.RETRIEVAL, Result.DONE, False, Step.ANSWER),
        (Kind.RETRIEVAL, Result.DONE, True, Step.DIFFER),
        (Kind.RETRIEVAL, Result.NOTHING, False, Step.DIFFER),  # the register says otherwise
        (Kind.CORRECTION, Result.NOTHING, False, Step.ANSWER),  # nothing left to correct
        (Kind.CORRECTION, Result.DONE, True, Step.DIFFER),
        (Kind.DELETION, Result.PARTLY, False, Step.DIFFER),
        (Kind.FREEZE, Result.REFUSED, False, Step.DIFFER),
        (Kind.RELEASE, Result.DONE, False, Step.ANSWER),
    ],
)
def test_what_a_reply_amounts_to(kind: Kind, result: Result, differing: bool, step: Step) -> None:
    assert rules.reply_step(kind, result, differing=differing) is step


def test_only_what_is_awaited_moves_on() -> None:
    for state in State:
        for step in (Step.ANSWER, Step.DIFFER, Step.CANCEL):
            if rules.closed(state):
                with pytest.raises(rules.OrderStateError):
                    rules.next_state(state, step)
            else:
                assert rules.next_state(state, step) is not State.OPEN
    with pytest.raises(rules.OrderStateError):
        rules.next_state(State.SENT, Step.ACCEPT)  # there is no reply to accept yet
    assert rules.next_state(State.DIFFERS, Step.ACCEPT) is State.ACCEPTED


def order(state: State, place: str = "Web shop") -> OrderFacts:
    return OrderFacts("Q-1", "R-1", Kind.RETRIEVAL, state, place, BY)


@pytest.mark.parametrize(
    ("today", "late", "waiting_word"),
    [
        (BY - timedelta(days=1), 0, "has still to reply"),
        (BY, 0, "has still to reply"),  # the day itself is in time
        (BY + timedelta(days=1), 1, "days late"),
    ],
)
def test_a_place_is_late_from_the_day_after(today: date, late: int, waiting_word: str) -> None:
    (found,) = rules.judge(order(State.SENT), today)

    assert (found.values["late"], found.due, found.waiting) == (late, BY, True)
    assert waiting_word in found.what
    assert found.severity is Severity.BREACH


def test_each_state_says_what_to_do_next() -> None:
    steps = {s: [f.values["step"] for f in rules.judge(order(s), BY)] for s in State}

    assert steps == {
        State.OPEN: ["send"],
        State.SENT: ["reply"],
        State.DIFFERS: ["accept"],
        State.ANSWERED: [],
        State.ACCEPTED: [],
        State.CANCELLED: [],
    }
    (own,) = rules.judge(order(State.OPEN, place=""), BY)
    assert "The vault itself" in own.what
