from datetime import UTC, date, datetime

import pytest

from privdesk.core.figures import (
    Figure,
    Good,
    Kind,
    Span,
    UnknownSpanError,
    month,
    parse,
    quarter,
    year,
)
from privdesk.core.i18n import words

NOVEMBER = month(date(2026, 11, 28))


def figure(value: int, of: int | None = None, good: Good = Good.UP) -> Figure:
    return Figure("a.b", "A", value, of, good=good)


def test_a_day_lies_in_a_month_a_quarter_and_a_year() -> None:
    day = date(2028, 2, 29)

    assert month(day) == Span(date(2028, 2, 1), day, Kind.MONTH)
    assert quarter(day) == Span(date(2028, 1, 1), date(2028, 3, 31), Kind.QUARTER)
    assert year(day) == Span(date(2028, 1, 1), date(2028, 12, 31), Kind.YEAR)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2026-01", "2025-12", "2026-02"),
        ("2026-Q1", "2025-Q4", "2026-Q2"),
        ("2026-q4", "2026-Q3", "2027-Q1"),
        ("2026", "2025", "2027"),
    ],
)
def test_a_span_is_read_as_it_is_written_and_has_neighbours(
    text: str, before: str, after: str
) -> None:
    span = parse(text)

    assert str(span) == text.upper()
    assert (str(span.before()), str(span.after())) == (before, after)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-Q5", "26-11", "2026-1", "1900"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UnknownSpanError):
        parse(text)


def test_a_running_span_is_told_up_to_today() -> None:
    cut = NOVEMBER.cut(date(2026, 11, 20))

    assert cut.running
    assert cut.last == date(2026, 11, 20)
    assert (cut.whole, str(cut)) == (NOVEMBER, "2026-11")
    assert cut.before() == month(date(2026, 10, 1))
    assert cut.after() == month(date(2026, 12, 1))
    assert date(2026, 11, 20) in cut
    assert date(2026, 11, 21) not in cut


@pytest.mark.parametrize("today", [date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 1)])
def test_a_span_that_is_over_or_to_come_is_not_cut(today: date) -> None:
    assert NOVEMBER.cut(today) == NOVEMBER
    assert not NOVEMBER.cut(today).running


def test_its_moments_are_those_of_korea() -> None:
    assert NOVEMBER.start == datetime(2026, 10, 31, 15, tzinfo=UTC)
    assert NOVEMBER.stop == datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_it_is_called_as_the_office_calls_it() -> None:
    ko, en = words("ko"), words("en")

    assert (NOVEMBER.label(ko), NOVEMBER.label(en)) == ("2026년 11월", "November 2026")
    assert (parse("2026-Q3").label(ko), parse("2026-Q3").label(en)) == ("2026년 3분기", "Q3 2026")
    assert (parse("2026").label(ko), parse("2026").label(en)) == ("2026년", "2026")
    running = NOVEMBER.cut(date(2026, 11, 3))
    assert running.label(ko) == "2026년 11월(현재까지)"
    assert running.label(en) == "November 2026 (so far)"


def test_a_share_is_a_part_of_something() -> None:
    assert figure(3, 4).share == 0.75
    assert figure(0, 0).share is None
    assert figure(3).share is None


@pytest.mark.parametrize(
    ("now", "then", "better"),
    [
        (figure(3), figure(2), True),
        (figure(3), figure(3), None),
        (figure(3, good=Good.DOWN), figure(2, good=Good.DOWN), False),
        (figure(1, good=Good.DOWN), figure(2, good=Good.DOWN), True),
        (figure(9, 100), figure(8, 10), False),
        (figure(0, 0), figure(8, 10), None),
        (figure(3, good=Good.NONE), figure(2, good=Good.NONE), None),
    ],
)
def test_better_follows_the_good_direction(now: Figure, then: Figure, better: bool | None) -> None:
    assert now.better(then) is better
