"""Dates, counts and the like as a paper says them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from privdesk.core.dates import KOREA
from privdesk.core.i18n import Words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(say: Words, on: date | None) -> str:
    """Return a date in full; None gives nothing."""
    if on is None:
        return ""
    if say.language == "ko":
        return f"{on.year}년 {on.month}월 {on.day}일"
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def short_day(on: date | None) -> str:
    """Return a date for a narrow column: 2026-11-23."""
    return "" if on is None else f"{on:%Y-%m-%d}"


def moment(at: datetime | None) -> str:
    """Return a moment in Korean time: 2026-11-23 14:05 KST."""
    return "" if at is None else f"{at.astimezone(KOREA):%Y-%m-%d %H:%M} KST"


def short_moment(at: datetime | None) -> str:
    """Return a moment in Korean time for a narrow column; midnight says that no time is known."""
    if at is None:
        return ""
    here = at.astimezone(KOREA)
    return short_day(here.date()) if here.time() == time.min else f"{here:%Y-%m-%d %H:%M}"


def full_moment(say: Words, at: datetime | None) -> str:
    """Return a moment in Korean time as a letter says it: 23 November 2026, 14:05."""
    if at is None:
        return ""
    here = at.astimezone(KOREA)
    return f"{day(say, here.date())}{' ' if say.language == 'ko' else ', '}{here:%H:%M}"


def last_moment(say: Words, at: datetime | None) -> str:
    """Return the end of a term in Korean time; midnight is 24:00 of the day before."""
    if at is None:
        return ""
    here = at.astimezone(KOREA)
    if here.time() != time.min:
        return full_moment(say, at)
    told = day(say, here.date() - timedelta(days=1))
    return f"{told}{' ' if say.language == 'ko' else ', '}24:00"


def people(say: Words, count: int) -> str:
    """Return a number of people."""
    return say.many("{n} person", "{n} people", count)


def fingerprint(hexadecimal: str, groups: int = 16) -> str:
    """Return a fingerprint in groups of four, upper case."""
    parts = [hexadecimal[at : at + 4] for at in range(0, len(hexadecimal), 4)][:groups]
    return " ".join(parts).upper()


def fingerprint_lines(hexadecimal: str) -> str:
    """Return a SHA-256 fingerprint in two lines of eight groups."""
    text = fingerprint(hexadecimal)
    return f"{text[:39]}\n{text[40:]}" if len(text) > 40 else text
