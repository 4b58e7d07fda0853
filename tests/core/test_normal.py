"""Values as offices write them come to one form, or to a cause."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.core.faults import Fault, Raw
from privdesk.core.i18n import words
from privdesk.core.normal import (
    DateOrder,
    DateRules,
    as_date,
    as_email,
    as_flag,
    as_integer,
    as_line,
    as_list,
    as_moment,
    as_note,
    as_phone,
    as_text,
    guess_date_order,
    has_short_year,
    initials,
    looks_like_serial,
    name_key,
)

FIRST_OF_FEBRUARY = date(2013, 2, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2013-02-01",
        "2013.02.01",
        "2013. 2. 1.",
        "2013년 2월 1일",
        "2013년2월1일",
        "20130201",
        "2013/2/1",
        "2013-02-01 12:30:11",
        "2013-02-01T12:30:11+09:00",
        "2013. 2. 1. 오후 3:20",
        "2013년 2월 1일 (금)",
        "2013년 2월 1일 금요일 오후 3시 20분",
        "20130201123000",
        "２０１３．２．１",
        "Feb 1, 2013",
        "1 February 2013",
        "1-Feb-2013",
        " 2013-02-01 ",
        20130201,
        41306,
        41306.75,
        date(2013, 2, 1),
        datetime(2013, 2, 1, 23, 59),  # noqa: DTZ001
    ],
)
def test_a_date_is_understood_however_it_is_written(written: Raw) -> None:
    assert as_date(written) == FIRST_OF_FEBRUARY


def test_a_date_that_can_be_read_in_two_ways_needs_an_answer() -> None:
    assert isinstance(as_date("01/02/2013"), Fault)
    assert as_date("01/02/2013", DateRules(DateOrder.DAY_FIRST)) == date(2013, 2, 1)
    assert as_date("01/02/2013", DateRules(DateOrder.MONTH_FIRST)) == date(2013, 1, 2)


def test_a_date_that_proves_its_own_order_needs_none() -> None:
    assert as_date("13/02/2013") == as_date("02/13/2013") == date(2013, 2, 13)
    assert as_date("02.02.2013") == date(2013, 2, 2)


def test_a_column_proves_its_order_by_a_single_date() -> None:
    assert guess_date_order(["01/02/2013", "13/02/2013"]).order is DateOrder.DAY_FIRST
    assert guess_date_order(["01/02/2013", "02/13/2013"]).order is DateOrder.MONTH_FIRST
    assert guess_date_order(["2013-02-01"]).needed is False


def test_a_column_that_contradicts_itself_proves_nothing() -> None:
    guess = guess_date_order(["01/02/2013", "13/02/2013", "02/13/2013"])

    assert guess.needed
    assert guess.order is None


def test_years_of_two_digits_are_not_guessed() -> None:
    assert isinstance(as_date("13.02.01"), Fault)
    assert isinstance(as_date("130201"), Fault)
    assert as_date("13.02.01", DateRules(pivot=30)) == FIRST_OF_FEBRUARY
    assert as_date("510201", DateRules(pivot=30)) == date(1951, 2, 1)


def test_the_pivot_is_the_last_year_of_this_century() -> None:
    assert as_date("30.02.01", DateRules(pivot=30)) == date(2030, 2, 1)
    assert as_date("31.02.01", DateRules(pivot=30)) == date(1931, 2, 1)


def test_six_digits_that_begin_with_nought_are_no_day_number_of_a_spreadsheet() -> None:
    assert looks_like_serial("050607") is False
    assert has_short_year("050607")
    assert not has_short_year("2005-06-07")


def test_serial_numbers_as_text_count_only_where_the_column_holds_numbers() -> None:
    assert isinstance(as_date("41306"), Fault)
    assert as_date("41306", DateRules(serials=True)) == FIRST_OF_FEBRUARY


def test_the_day_spreadsheets_invented_is_none() -> None:
    assert as_date(59) == date(1900, 2, 28)
    assert isinstance(as_date(60), Fault)
    assert as_date(61) == date(1900, 3, 1)


@pytest.mark.parametrize("outside", ["1899-12-31", "9999-12-31", "0000-00-00", 0, -5, 200_000])
def test_a_day_before_or_after_the_calendar_gets_a_sentence(outside: Raw) -> None:
    cause = as_date(outside)

    assert isinstance(cause, Fault)
    assert "1900" in cause.text(words("en"))
    assert "2200" in cause.text(words("ko"))


@pytest.mark.parametrize("wrong", ["2013-02-30", "2013-13-01", "someday", "2013", "1" * 5000, True])
def test_what_is_no_date_is_refused(wrong: Raw) -> None:
    assert isinstance(as_date(wrong), Fault)


@pytest.mark.parametrize("nothing", ["", "  ", "-", "N/A", "없음", None])
def test_a_date_left_out_is_none(nothing: Raw) -> None:
    assert as_date(nothing) is None
    assert as_phone(nothing) is None
    assert as_email(nothing) is None


def test_a_moment_without_a_zone_is_korean_time() -> None:
    assert as_moment("2013-02-01 08:30") == datetime(2013, 1, 31, 23, 30, tzinfo=UTC)
    assert as_moment("2013-02-01T08:30:00Z") == datetime(2013, 2, 1, 8, 30, tzinfo=UTC)
    utc = timezone(timedelta(0))
    assert as_moment("2013-02-01 08:30", zone=utc) == datetime(2013, 2, 1, 8, 30, tzinfo=UTC)
    assert isinstance(as_moment("2013-02-01 25:00"), Fault)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_of_the_calendar_is_read_back(day: date) -> None:
    assert as_date(day.isoformat()) == day
    assert as_date(f"{day.year}년 {day.month}월 {day.day}일") == day
    assert as_date(f"{day.year}. {day.month}. {day.day}.") == day


@pytest.mark.parametrize(
    "written",
    [
        "010-1234-5678",
        "01012345678",
        "010 1234 5678",
        "010.1234.5678",
        "+82 10-1234-5678",
        "+82 (0)10 1234 5678",
        "0082 10 1234 5678",
        "821012345678",
        "０１０－１２３４－５６７８",
        "010–1234–5678",
        "HP: 010-1234-5678",
        "1012345678",
        "1012345678.0",
        1012345678,
        1012345678.0,
    ],
)
def test_a_mobile_number_comes_to_one_form(written: Raw) -> None:
    assert as_phone(written) == "010-1234-5678"


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("(02) 123-4567", "02-123-4567"),
        ("02-1234-5678", "02-1234-5678"),
        ("+82-2-1234-5678", "02-1234-5678"),
        ("031)123-4567", "031-123-4567"),
        ("0313334444", "031-333-4444"),
        ("070 1234 5678", "070-1234-5678"),
        ("1588-1234", "1588-1234"),
        ("050512345678", "0505-1234-5678"),
        ("011-234-5678", "011-234-5678"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
        ("0044-20-7946-0000", "+44 20 7946 0000"),
        ("+1 (650) 253 0000", "+1 650-253-0000"),
    ],
)
def test_other_numbers_come_to_one_form_too(written: str, form: str) -> None:
    assert as_phone(written) == form
    assert as_phone(form) == form


@pytest.mark.parametrize("wrong", ["010-123", "hello", "010-1234-5678 / 02-123-4567", "1" * 40])
def test_what_is_no_telephone_number_is_refused(wrong: str) -> None:
    assert isinstance(as_phone(wrong), Fault)


def test_a_number_shortened_by_a_spreadsheet_is_told() -> None:
    cause = as_phone("1.01235E+09")

    assert isinstance(cause, Fault)
    assert "shortened" in cause.text(words("en"))


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("user@example.com", "user@example.com"),
        ("User.Name+tag@Example.COM", "User.Name+tag@example.com"),
        (" <user@example.com> ", "user@example.com"),
        ("mailto:user@example.com", "user@example.com"),
        ("ｕｓｅｒ@example.com", "user@example.com"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("홍@example.com", "홍@example.com"),
    ],
)
def test_an_address_is_checked_by_its_syntax(written: str, form: str) -> None:
    assert as_email(written) == form
    assert as_email(form) == form


@pytest.mark.parametrize(
    "wrong", ["a@b", "a..b@example.com", "@example.com", "a@b@c.com", "a b@example.com", "x" * 400]
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    assert isinstance(as_email(wrong), Fault)


def test_a_name_is_kept_as_written_but_composed_and_trimmed() -> None:
    assert as_line(" 홍 길동 ") == "홍 길동"
    assert as_line(unicodedata.normalize("NFD", "홍길동")) == "홍길동"
    assert as_line("McIntyre-Łucja") == "McIntyre-Łucja"
    assert as_line("\ufeff홍길동\u200b") == "홍길동"
    assert as_line("홍길동\r\n") == "홍길동"


@pytest.mark.parametrize(
    "between", ["\n", " \r\n ", "\t", "  ", "\u3000", "\xa0", "\u2028", "\x0b"]
)
def test_a_line_has_no_breaks_and_single_spaces(between: str) -> None:
    assert as_line(f"물류{between}센터") == "물류 센터"


@pytest.mark.parametrize("wrong", ["홍\0길동", "홍\ud800", "#N/A", "#####", "가" * 3_000])
def test_text_that_cannot_be_kept_is_refused(wrong: str) -> None:
    assert isinstance(as_line(wrong), Fault)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_a_line_once_read_stays_as_it_is(text: str) -> None:
    once = as_line(text)

    assert isinstance(once, Fault) or as_line(once) == once


def test_a_note_keeps_its_lines() -> None:
    assert as_note("첫 줄\r\n둘째 줄\r셋째\n") == "첫 줄\n둘째 줄\n셋째"


@pytest.mark.parametrize(
    "typed",
    [
        "홍길동",
        unicodedata.normalize("NFD", "홍길동"),
        unicodedata.normalize("NFKD", "홍길동"),
        "ㅎㅗㅇㄱㅣㄹㄷㅗㅇ",
        " 홍 길동",
        "홍길도ㅇ",
        "홍\u3000길동",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    assert name_key(typed) == "홍길동"


def test_case_width_and_spaces_do_not_matter_for_finding() -> None:
    assert name_key("KIM  Min-Su") == name_key("ｋｉｍ min-su") == "kimmin-su"
    assert name_key("ㄱㅗㅏㄴ") == "관"
    assert name_key("ㄷㅏㄹㄱㅇㅣ") == "닭이"
    assert name_key("ㅇㅏㄴㅈㅏ") == "안자"


@given(st.text("aZ9 -.ㅎ가각힣홍", max_size=12))
def test_a_plain_name_gets_its_key_as_one_with_marks_does(text: str) -> None:
    assert name_key(text) + "·" == name_key(text + "·")


def test_initials_are_the_leading_consonants() -> None:
    assert initials("홍길동") == "ㅎㄱㄷ"
    assert initials("Kim 길동") == "kimㄱㄷ"
    assert name_key("ㅎㄱㄷ") == initials("ㅎㄱㄷ") == "ㅎㄱㄷ"


@given(st.text("가나힣홍길동닭값", min_size=1, max_size=6))
def test_decomposed_and_composed_have_one_key(name: str) -> None:
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(name) == name


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,234", 1234), ("1234.0", 1234), (" １２ ", 12), ("-5", -5), ("30명", 30), (7, 7), (7.0, 7)],
)
def test_whole_numbers_are_read(written: Raw, number: int) -> None:
    assert as_integer(written) == number


@pytest.mark.parametrize("wrong", ["1.5", "twelve", "1,23", 2.5, "9" * 30])
def test_what_is_no_whole_number_is_refused(wrong: Raw) -> None:
    assert isinstance(as_integer(wrong), Fault)


@pytest.mark.parametrize("yes", ["Y", "yes", "예", "네", "O", "true", "1", "동의", "✓", True])
def test_yes_is_read(yes: Raw) -> None:
    assert as_flag(yes) is True


@pytest.mark.parametrize("no", ["N", "No", "아니오", "아니요", "X", "FALSE", "0", "미동의", False])
def test_no_is_read(no: Raw) -> None:
    assert as_flag(no) is False


def test_neither_yes_nor_no_is_refused() -> None:
    assert isinstance(as_flag("perhaps"), Fault)
    assert as_flag("") is None


def test_several_entries_are_told_apart() -> None:
    assert as_list("a; b ;;c") == ("a", "b", "c")
    assert as_list("a, b") == ("a", "b")
    assert as_list("a, b; c") == ("a, b", "c")
    assert as_list(("a", " ")) == ("a",)


def test_a_cell_shows_as_text() -> None:
    assert as_text(1012345678.0) == "1012345678"
    assert as_text(True) == "TRUE"
    assert as_text(datetime(2013, 2, 1)) == "2013-02-01"  # noqa: DTZ001
    assert as_text(None) == ""
