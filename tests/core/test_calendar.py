"""Deadlines worked by hand on the calendar of Korea.

September 2025: Fri 26, Sat 27, Sun 28. October 2025: Fri 3 (foundation day), Sun 5 to
Tue 7 (Chuseok), Wed 8 (its substitute), Thu 9 (Hangul day), Fri 10 works.
March 2026: Sun 1 (independence day), Mon 2 its substitute. November 2026: Fri 20, Mon 23.
"""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.calendar import OfficeCalendar, OutsideCalendarError, d_day, d_day_label
from privdesk.core.clock import OFFICE_ZONE
from privdesk.core.i18n import words

CALENDAR = OfficeCalendar(
    extra={date(2026, 11, 25): "임시공휴일"},
    closures={date(2026, 11, 27): "창립기념일"},
)
NEXT = ", so the next day counts (Civil Act 161)."


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),  # Friday
        ("2026-11-21", False),  # Saturday
        ("2026-11-22", False),  # Sunday
        ("2026-11-23", True),
        ("2026-11-25", False),  # temporary holiday of the office's list
        ("2026-11-27", False),  # closure
        ("2026-03-02", False),  # substitute
        ("2023-10-02", False),  # temporary holiday that the table knows
        ("2026-12-25", False),
    ],
)
def test_business_days_leave_out_weekends_holidays_and_closures(day: str, works: bool) -> None:
    assert CALENDAR.is_business_day(date.fromisoformat(day)) is works


def test_the_next_business_day_is_after_the_day() -> None:
    assert CALENDAR.next_business_day(date(2026, 11, 20)) == date(2026, 11, 23)
    assert CALENDAR.next_business_day(date(2026, 11, 24)) == date(2026, 11, 26)
    assert CALENDAR.next_business_day(date(2026, 11, 26)) == date(2026, 11, 30)
    assert CALENDAR.next_business_day(date(2025, 10, 2)) == date(2025, 10, 10)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-09", 10, "2026-11-19"),  # Thursday
        ("2026-11-10", 10, "2026-11-20"),  # Friday, the last day before the border
        ("2026-11-11", 10, "2026-11-23"),  # Saturday 21 -> Monday
        ("2026-11-12", 10, "2026-11-23"),  # Sunday 22 -> Monday
        ("2026-11-15", 10, "2026-11-26"),  # Wednesday 25 is the office's temporary holiday
        ("2026-11-17", 10, "2026-11-27"),  # a closure moves no statutory deadline
        ("2025-09-23", 10, "2025-10-10"),  # Friday 3 October -> after Chuseok
        ("2026-02-19", 10, "2026-03-03"),  # Sunday 1 and its substitute Monday 2
        ("2026-12-26", 5, "2026-12-31"),
        ("2026-12-27", 5, "2027-01-04"),  # New Year's Friday, then a weekend
    ],
)
def test_a_term_leaves_out_its_first_day_and_never_ends_on_a_rest_day(
    start: str, days: int, due: str
) -> None:
    assert CALENDAR.deadline_days(date.fromisoformat(start), days) == date.fromisoformat(due)


def test_seventy_two_hours_run_through_the_weekend() -> None:
    assert CALENDAR.deadline_hours(at("2026-11-20 15:00"), 72) == at("2026-11-23 15:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-19 15:00", "2026-11-20 15:00"),  # Thursday -> Friday
        ("2026-11-20 15:00", "2026-11-23 15:00"),  # Friday -> Monday
        ("2026-11-20 00:00", "2026-11-21 00:00"),  # the whole of Friday
        ("2026-11-21 10:00", "2026-11-24 00:00"),  # Saturday starts Monday 00:00
        ("2026-11-22 23:59", "2026-11-24 00:00"),
        ("2026-11-24 15:00", "2026-11-26 15:00"),  # over the temporary holiday
        ("2026-11-26 15:00", "2026-11-30 15:00"),  # over the closure and the weekend
        ("2025-10-02 16:00", "2025-10-10 16:00"),  # over Chuseok
    ],
)
def test_the_24_hour_clock_stands_still_on_days_off(received: str, due: str) -> None:
    assert CALENDAR.office_clock_24h(at(received)) == at(due)


def test_the_office_may_let_its_24_hours_run_through() -> None:
    through = OfficeCalendar(clock_stands_still=False)

    assert through.office_clock_24h(at("2026-11-20 15:00")) == at("2026-11-21 15:00")


def test_the_counter_is_open_from_nine_to_five() -> None:
    assert not CALENDAR.is_open(at("2026-11-23 08:59"))
    assert CALENDAR.is_open(at("2026-11-23 09:00"))
    assert CALENDAR.is_open(at("2026-11-23 16:59"))
    assert not CALENDAR.is_open(at("2026-11-23 17:00"))
    assert not CALENDAR.is_open(at("2026-11-22 12:00"))


def test_a_due_date_explains_itself_day_by_day() -> None:
    said = [line.text(words("en")) for line in CALENDAR.explain(date(2026, 2, 18), 10, "en")]

    assert said == [
        "The term begins with 2026-02-18; that day is not counted (Civil Act 157).",
        "Day 10 is 2026-02-28.",
        "2026-02-28 is a Saturday" + NEXT,
        "2026-03-01 is a holiday (Independence Movement Day)" + NEXT,
        "2026-03-02 is a holiday (Alternative holiday for Independence Movement Day)" + NEXT,
        "Due on 2026-03-03.",
    ]


def test_an_ordinary_due_date_needs_no_more_than_three_lines() -> None:
    assert len(CALENDAR.explain(date(2026, 11, 9), 10)) == 3


def test_holidays_are_named_in_the_asked_language() -> None:
    assert CALENDAR.holiday(date(2026, 10, 9), "ko") == "한글날"
    assert CALENDAR.holiday(date(2026, 10, 9), "en") == "Hangul Day"
    assert CALENDAR.holiday(date(2026, 11, 25)) == "임시공휴일"
    assert CALENDAR.holiday(date(2026, 11, 20)) is None


@pytest.mark.parametrize("year", [1948, 2101, 9999, 1])
def test_a_date_outside_the_calendar_is_explained(year: int) -> None:
    with pytest.raises(OutsideCalendarError) as caught:
        CALENDAR.deadline_days(date(year, 12, 31), 10 if year != 1948 else 0)
    assert "1949 to 2100" in caught.value.sentence(words("en"))


def test_the_first_and_last_year_of_the_calendar_count() -> None:
    assert CALENDAR.is_business_day(date(1949, 11, 23))
    assert CALENDAR.is_business_day(date(2100, 11, 23))


@given(st.dates(date(1950, 1, 1), date(2099, 1, 1)), st.integers(0, 60))
def test_a_deadline_is_never_early_and_never_on_a_rest_day(start: date, days: int) -> None:
    due = CALENDAR.deadline_days(start, days)

    assert due >= start + timedelta(days=days)
    assert not CALENDAR.is_rest_day(due)


@pytest.mark.parametrize(("due", "label"), [(26, "D-3"), (23, "D-day"), (21, "D+2")])
def test_the_chip_counts_the_days_left(due: int, label: str) -> None:
    assert d_day_label(d_day(date(2026, 11, 23), date(2026, 11, due))) == label
