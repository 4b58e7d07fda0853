"""Calendar files: RFC 5545 by its own examples and by a reader written against it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.exchange.ics import OCTETS, Day, calendar, escaped, folded

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LEAP = date(2028, 2, 29)


def unfolded(text: str) -> list[str]:
    """Return the content lines of a file, as a calendar program reads them (3.1)."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """Return what an escaped value says (3.3.11)."""
    said, waiting = "", False
    for sign in text:
        if waiting:
            said += "\n" if sign in "nN" else sign
            waiting = False
        elif sign == "\\":
            waiting = True
        else:
            said += sign
    return said


def test_an_event_has_what_the_standard_asks_for() -> None:
    made = calendar([Day("a1@office", LEAP, "R-000001-7", "S6.4")], "Due days", NOON)

    assert unfolded(made) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//privdesk//due days//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Due days",
        "BEGIN:VEVENT",
        "UID:a1@office",
        "DTSTAMP:20261123T030000Z",
        "LAST-MODIFIED:20261123T030000Z",
        "DTSTART;VALUE=DATE:20280229",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:R-000001-7",
        "DESCRIPTION:S6.4",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_the_stamp_is_in_utc_whatever_the_clock_says() -> None:
    seoul = NOON.astimezone(timezone(timedelta(hours=9)))

    assert "DTSTAMP:20261123T030000Z" in calendar([Day("a", LEAP, "b")], "c", seoul)


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("a, b; c", "a\\, b\\; c"),
        ("C:\\x", "C:\\\\x"),
        ("one\ntwo\r\nthree", "one\\ntwo\\nthree"),
        ("정보주체의 요구", "정보주체의 요구"),
    ],
)
def test_text_is_escaped(plain: str, written: str) -> None:
    assert escaped(plain) == written


@pytest.mark.parametrize("size", [74, 75, 76, 149, 150])
def test_a_line_is_folded_at_75_octets(size: int) -> None:
    pieces = folded("x" * size).split("\r\n")

    assert [len(piece) for piece in pieces] == {
        74: [74],
        75: [75],
        76: [75, 2],
        149: [75, 75],
        150: [75, 75, 2],
    }[size]


def test_a_syllable_of_three_octets_is_never_torn() -> None:
    pieces = folded("SUMMARY:" + "개" * 40).split("\r\n")

    assert [len(piece.encode()) for piece in pieces] == [74, 55]
    assert pieces[1].startswith(" 개")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_whatever_is_written_can_be_read_again(text: str) -> None:
    made = calendar([Day("a", LEAP, text)], "c", NOON)

    (line,) = [line for line in unfolded(made) if line.startswith("SUMMARY:")]
    assert unescaped(line.removeprefix("SUMMARY:")) == "\n".join(text.splitlines())
    assert all(len(piece.encode()) <= OCTETS for piece in made.split("\r\n"))
