from datetime import UTC, date, datetime, timedelta

from privdesk.core.clock import (
    FixedClock,
    SystemClock,
    office_date,
    office_time,
    start_of,
    today,
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_the_office_day_changes_at_midnight_in_seoul() -> None:
    assert office_date(moment("2026-11-22 14:59:59")) == date(2026, 11, 22)
    assert office_date(moment("2026-11-22 15:00:00")) == date(2026, 11, 23)
    assert office_time(moment("2026-11-22 15:00:00")).hour == 0
    assert start_of(date(2026, 11, 23)) == moment("2026-11-22 15:00:00")


def test_today_is_the_clocks_day() -> None:
    clock = FixedClock(moment("2026-11-23 03:00:00"))

    assert today(clock) == date(2026, 11, 23)
    assert today(clock, moment("2026-11-20 03:00:00")) == date(2026, 11, 23)


def test_a_clock_set_back_does_not_bring_yesterday_back() -> None:
    clock = FixedClock(moment("2026-11-23 03:00:00"))
    clock.advance(timedelta(days=-30))

    assert today(clock, moment("2026-11-23 16:00:00")) == date(2026, 11, 24)
