"""Hand-worked dates of the Civil Act, and the many ways a period is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.i18n import words
from privdesk.core.periods import (
    UNTIL_EVENT,
    MixedPeriodError,
    Period,
    PeriodTooLongError,
    Unit,
    UnknownPeriodError,
    add,
    days,
    ends_on,
    format_period,
    free_on,
    from_serial,
    longer,
    months,
    parse_period,
    years,
)

WRITTEN = {
    "3년": years(3),
    " 3 년 ": years(3),
    "３년": years(3),
    "3년간 보관": years(3),
    "수집일로부터 3년": years(3),
    "3 years": years(3),
    "1 Year": years(1),
    "P3Y": years(3),
    "3y": years(3),
    "6개월": months(6),
    "6 months": months(6),
    "6mo": months(6),
    "P6M": months(6),
    "1년 6개월": months(18),
    "P1Y6M": months(18),
    "180일": days(180),
    "180 days": days(180),
    "2주": days(14),
    "목적 달성 시": UNTIL_EVENT,
    "목적달성시까지": UNTIL_EVENT,
    "이용 목적 종료 시까지": UNTIL_EVENT,
    "회원 탈퇴 시까지": UNTIL_EVENT,
    "until purpose ends": UNTIL_EVENT,
    "Until the purpose ends": UNTIL_EVENT,
    "event": UNTIL_EVENT,
}


@pytest.mark.parametrize(("text", "period"), WRITTEN.items())
def test_a_period_is_read_as_offices_write_it(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["", "3", "년", "3 bananas", "-3년", "1.5년", "탈퇴 후 3년", "P"])
def test_what_is_no_period_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(UnknownPeriodError) as caught:
        parse_period(text)
    assert f"“{text}”" in caught.value.sentence(words("en"))


def test_a_cell_of_a_million_characters_is_refused_with_a_short_sentence() -> None:
    with pytest.raises(UnknownPeriodError) as caught:
        parse_period("목적 " * 500_000)
    assert len(caught.value.sentence(words("en"))) < 300


@pytest.mark.parametrize(
    ("fits", "too_long"),
    [("100년", "101년"), ("1200개월", "1201개월"), ("36525일", "36526일"), ("1일", "0일")],
)
def test_a_period_lasts_from_a_day_to_a_hundred_years(fits: str, too_long: str) -> None:
    assert parse_period(fits).count > 0
    with pytest.raises(PeriodTooLongError) as caught:
        parse_period(too_long)
    assert too_long in caught.value.sentence(words("en"))


def test_days_do_not_mix_with_months() -> None:
    with pytest.raises(MixedPeriodError):
        parse_period("1년 3일")


PERIODS = st.one_of(
    st.just(UNTIL_EVENT),
    st.builds(Period, st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.YEARS]), st.integers(1, 100)),
)


@given(PERIODS)
def test_the_serial_form_and_the_words_come_back(period: Period) -> None:
    assert from_serial(str(period)) == period
    assert parse_period(str(period)) == period
    assert parse_period(format_period(period, words("en"))) == period


@pytest.mark.parametrize("text", ["3 y", "y", "3w", "", "EVENT", "3y\n"])
def test_a_damaged_serial_form_is_refused(text: str) -> None:
    with pytest.raises(UnknownPeriodError):
        from_serial(text)


def test_words_have_singular_and_plural() -> None:
    assert format_period(years(1), words("en")) == "1 year"
    assert format_period(months(6), words("en")) == "6 months"
    assert format_period(days(1200), words("en")) == "1,200 days"
    assert format_period(UNTIL_EVENT, words("en")) == "until the purpose ends"


ENDS = [
    # start, period, first day no longer kept
    ("2023-03-10", years(3), "2026-03-10"),
    ("2024-02-29", years(1), "2025-02-28"),
    ("2024-02-29", years(4), "2028-02-29"),
    ("2023-02-28", years(1), "2024-02-28"),
    ("1999-12-31", years(1), "2000-12-31"),
    ("2024-01-31", months(1), "2024-02-29"),
    ("2023-01-31", months(1), "2023-02-28"),
    ("2023-08-31", months(6), "2024-02-29"),
    ("2023-12-15", months(1), "2024-01-15"),
    ("2023-11-30", months(3), "2024-02-29"),
    ("2023-12-31", days(1), "2024-01-01"),
    ("2024-02-28", days(2), "2024-03-01"),
    ("2023-01-01", days(180), "2023-06-30"),
]


@pytest.mark.parametrize(("start", "period", "end"), ENDS)
def test_a_promised_period_ends_on_its_anniversary(start: str, period: Period, end: str) -> None:
    assert ends_on(date.fromisoformat(start), period) == date.fromisoformat(end)


def test_a_commanded_period_frees_the_record_a_day_after_its_anniversary() -> None:
    assert free_on(date(2023, 3, 10), years(5)) == date(2028, 3, 11)
    assert free_on(date(2023, 12, 31), years(5)) == date(2029, 1, 1)


def test_a_period_until_an_event_has_no_end_and_cannot_be_added() -> None:
    assert ends_on(date(2023, 3, 10), UNTIL_EVENT) is None
    assert free_on(date(2023, 3, 10), UNTIL_EVENT) is None
    with pytest.raises(ValueError, match="until an event"):
        add(date(2023, 3, 10), UNTIL_EVENT)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), PERIODS)
def test_a_period_always_ends_after_it_starts(start: date, period: Period) -> None:
    end = ends_on(start, period)
    assert end is None or end > start


def test_the_longer_period_is_found() -> None:
    assert longer(years(5), years(3))
    assert not longer(months(36), years(3))
    assert longer(UNTIL_EVENT, years(100))
    assert not longer(years(100), UNTIL_EVENT)
