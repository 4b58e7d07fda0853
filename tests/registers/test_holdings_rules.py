"""When a holding has to go, worked by hand on the calendar of Korea.

March 2026: Tue 10, Sat 14, Sun 15, Mon 16. Five days from Tue 10 end on Sun 15, so on
Mon 16. February 2026: Mon 16 to Wed 18 is the lunar new year.
"""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Severity
from privdesk.core.i18n import words
from privdesk.core.periods import UNTIL_EVENT, Period, days, months, years
from privdesk.registers.holdings.rules import (
    ExpiryState,
    Hold,
    HoldBackwardsError,
    HoldingFacts,
    Terms,
    day_due,
    destroy_by,
    due_on,
    effective_due,
    expiry,
    judge,
    kept_until,
    law_keeps,
)

CALENDAR = OfficeCalendar()
COLLECTED = date(2023, 3, 10)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "event", "due"),
    [
        (years(3), None, "2026-03-10"),
        (years(3), "2025-06-01", "2025-06-01"),  # the purpose ended before
        (years(3), "2026-03-09", "2026-03-09"),
        (years(3), "2026-03-10", "2026-03-10"),
        (years(3), "2026-03-11", "2026-03-10"),  # and never prolongs
        (UNTIL_EVENT, None, None),
        (UNTIL_EVENT, "2025-06-01", "2025-06-01"),
        (None, None, None),
        (None, "2025-06-01", "2025-06-01"),
        (days(180), None, "2023-09-06"),
    ],
)
def test_a_holding_is_due_by_its_period_or_its_purpose(
    period: Period | None, event: str | None, due: str | None
) -> None:
    found = due_on(COLLECTED, period, day(event) if event else None)
    assert found == (day(due) if due else None)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-03-09", ExpiryState.ACTIVE),
        ("2026-03-10", ExpiryState.DUE),
        ("2026-03-16", ExpiryState.DUE),
        ("2026-03-17", ExpiryState.OVERDUE),
    ],
)
def test_a_holding_passes_from_active_to_due_to_overdue(today: str, state: ExpiryState) -> None:
    found = expiry(COLLECTED, years(3), day(today), CALENDAR)

    assert (found.due_on, found.destroy_by) == (day("2026-03-10"), day("2026-03-16"))
    assert found.state is state
    assert found.may_go is (state in (ExpiryState.DUE, ExpiryState.OVERDUE))


@pytest.mark.parametrize(
    ("due", "by"),
    [
        ("2026-03-09", "2026-03-16"),  # Saturday 14 -> Monday 16
        ("2026-03-11", "2026-03-16"),  # Monday
        ("2026-03-12", "2026-03-17"),
        ("2026-02-11", "2026-02-19"),  # Monday 16 to Wednesday 18 are holidays
    ],
)
def test_five_days_for_destroying_never_end_on_a_rest_day(due: str, by: str) -> None:
    assert destroy_by(day(due), day("2026-11-23"), CALENDAR) == day(by)


def test_periods_that_end_before_the_law_or_behind_the_calendar_still_count() -> None:
    old = expiry(day("2003-03-10"), years(3), day("2026-11-23"), CALENDAR)
    far = expiry(day("2023-03-10"), years(100), day("2026-11-23"), CALENDAR)
    older = expiry(day("1930-03-10"), years(3), day("2026-11-23"), CALENDAR)

    assert (old.destroy_by, old.state) == (day("2006-03-15"), ExpiryState.OVERDUE)
    assert (far.destroy_by, far.state) == (day("2123-03-15"), ExpiryState.ACTIVE)
    assert older.state is ExpiryState.OVERDUE


@pytest.mark.parametrize(
    ("until", "today", "due", "state"),
    [
        ("2026-06-30", "2026-06-30", "2026-07-01", ExpiryState.HELD),
        ("2026-06-30", "2026-07-01", "2026-07-01", ExpiryState.DUE),
        ("2026-06-30", "2026-07-06", "2026-07-01", ExpiryState.DUE),
        ("2026-06-30", "2026-07-07", "2026-07-01", ExpiryState.OVERDUE),
        ("2025-06-30", "2026-03-09", "2026-03-10", ExpiryState.ACTIVE),  # never brings forward
        ("2025-06-30", "2026-03-10", "2026-03-10", ExpiryState.DUE),
        ("2025-06-30", "2025-06-30", "2026-03-10", ExpiryState.HELD),
        (None, "2030-01-01", None, ExpiryState.HELD),
    ],
)
def test_a_legal_hold_only_pushes_back(
    until: str | None, today: str, due: str | None, state: ExpiryState
) -> None:
    hold = Hold(day("2025-01-01"), day(until) if until else None)
    found = expiry(COLLECTED, years(3), day(today), CALENDAR, hold=hold)

    assert found.due_on == (day(due) if due else None)
    assert found.state is state


def test_a_hold_that_has_not_begun_changes_nothing() -> None:
    hold = Hold(day("2026-03-12"), day("2026-06-30"))
    before = expiry(COLLECTED, years(3), day("2026-03-11"), CALENDAR, hold=hold)

    assert (before.due_on, before.may_go) == (day("2026-03-10"), True)
    assert not expiry(COLLECTED, years(3), day("2026-03-12"), CALENDAR, hold=hold).may_go


def test_a_hold_that_ends_before_it_begins_is_refused() -> None:
    assert Hold(day("2026-01-01"), day("2026-01-01")).in_force(day("2026-01-01"))
    with pytest.raises(HoldBackwardsError):
        Hold(day("2026-01-01"), day("2025-12-31"))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-03-09", ExpiryState.ACTIVE),
        ("2026-03-10", ExpiryState.KEPT),
        ("2028-03-10", ExpiryState.KEPT),  # the statute's last day
        ("2028-03-11", ExpiryState.DUE),
        ("2028-03-16", ExpiryState.DUE),
        ("2028-03-17", ExpiryState.OVERDUE),
    ],
)
def test_another_law_keeps_through_its_last_day(today: str, state: ExpiryState) -> None:
    last = kept_until(COLLECTED, years(5))
    found = expiry(COLLECTED, years(3), day(today), CALENDAR, law_until=last, law="E-commerce Act")

    assert last == day("2028-03-10")
    assert (found.ends, found.due_on) == (day("2026-03-10"), day("2028-03-11"))
    assert found.state is state


@pytest.mark.parametrize(
    ("known", "last"),
    [
        ({}, "2031-11-23"),  # still running today
        ({"ended_on": "2024-02-29"}, "2029-02-28"),
        ({"ended_on": "2024-02-29", "law_from": "2025-01-31"}, "2030-01-31"),
    ],
)
def test_the_law_counts_from_what_it_names(known: dict[str, str], last: str) -> None:
    values = {"collected_on": COLLECTED, **{name: day(on) for name, on in known.items()}}
    today = day("2026-11-23")

    assert law_keeps(Terms(law=years(5)), values, today) == day(last)
    assert law_keeps(Terms(), values, today) is None
    by_record = Terms(law=years(5), at_once=True)
    assert law_keeps(by_record, {"collected_on": COLLECTED, "ended_on": today}, today) == day(
        "2028-03-10"
    )


def test_what_ended_later_than_it_was_collected_is_due_later() -> None:
    terms = Terms(retention=years(5), law=years(5))

    assert day_due(terms, COLLECTED) == day("2028-03-11")
    assert day_due(terms, COLLECTED, day("2026-11-23")) == day("2031-11-24")
    assert day_due(terms, COLLECTED, None, None, day("2026-11-23")) == day("2031-11-24")


def test_without_a_law_nothing_is_kept() -> None:
    assert kept_until(COLLECTED, None) is None
    assert kept_until(COLLECTED, UNTIL_EVENT) is None


@pytest.mark.parametrize(
    ("period", "state"), [(None, ExpiryState.UNDATED), (UNTIL_EVENT, ExpiryState.WAITING)]
)
def test_without_an_end_a_holding_waits(period: Period | None, state: ExpiryState) -> None:
    found = expiry(COLLECTED, period, day("2026-11-23"), CALENDAR)

    assert (found.due_on, found.destroy_by, found.state) == (None, None, state)


def test_an_expiry_says_why() -> None:
    found = expiry(
        COLLECTED,
        years(3),
        day("2026-04-01"),
        CALENDAR,
        hold=Hold(day("2026-01-01"), day("2026-02-01")),
        law_until=day("2028-03-10"),
        law="E-commerce Act",
    )
    assert [why.text(words("en")) for why in found.why] == [
        "Collected on 2023-03-10 for 3 years; from 2026-03-10 it may no longer be kept.",
        "A legal hold stops its destruction from 2026-01-01 through 2026-02-01.",
        "E-commerce Act commands keeping it through 2028-03-10; it is stored apart and marked.",
        "It is to be destroyed from 2028-03-11, by 2028-03-16.",
    ]


DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


@given(DAYS, st.integers(1, 120), st.none() | DAYS, st.none() | DAYS)
def test_nothing_but_the_purpose_makes_it_due_earlier(
    collected: date, count: int, hold: date | None, law: date | None
) -> None:
    ends = due_on(collected, months(count))
    due = effective_due(ends, hold, law)

    assert ends is not None
    assert due is not None
    assert due >= ends
    assert all(due > last for last in (hold, law) if last is not None)


def test_findings_follow_the_state() -> None:
    def judged(today: str, *, apart: bool = False, law: date | None = None) -> list[str]:
        state = expiry(COLLECTED, years(3), day(today), CALENDAR, law_until=law)
        facts = HoldingFacts("H-1", state, apart=apart, count=4)
        return [found.rule for found in judge(facts, day(today))]

    law = day("2028-03-10")
    assert judged("2026-03-09") == []
    assert judged("2026-03-10") == ["12"]
    assert judged("2026-03-17") == ["12"]
    assert judged("2026-03-10", law=law) == ["13"]
    assert judged("2026-03-10", law=law, apart=True) == []
    assert judged("2028-03-11", law=law, apart=True) == ["12"]


def test_an_overdue_finding_says_how_late() -> None:
    state = expiry(COLLECTED, years(3), day("2026-03-18"), CALENDAR)
    (found,) = judge(HoldingFacts("H-1", state, count=4), day("2026-03-18"))

    assert found.due == day("2026-03-16")
    assert found.severity is Severity.BREACH
    assert found.what_text(words("en")) == (
        "4 holdings should have been destroyed by 2026-03-16, 2 days ago."
    )


def test_a_holding_without_a_period_is_found() -> None:
    state = expiry(COLLECTED, None, day("2026-03-18"), CALENDAR)
    assert [f.rule for f in judge(HoldingFacts("H-1", state), day("2026-03-18"))] == ["S2.1"]


@pytest.mark.bench
def test_a_million_rows_take_less_than_a_second() -> None:
    rows = [(COLLECTED + timedelta(days=n % 3000), years(1 + n % 5)) for n in range(1_000_000)]
    began = time.perf_counter()
    for collected, period in rows:
        due_on(collected, period)
    assert time.perf_counter() - began < 1.0
