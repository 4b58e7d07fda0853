"""Dates as offices write them.

``2013-02-01``, ``2013.02.01``, ``2013. 2. 1.``, ``2013년 2월 1일``, ``20130201``, ``2013/2/1``,
``1 Feb 2013``, with or without a time, and the serial numbers of spreadsheets. What can be
read in two ways is not guessed: ``01/02/2013`` needs a ``DateOrder``, a year of two digits
a pivot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import Enum

from privdesk.core.faults import Fault, Raw, fault, is_nothing, unread
from privdesk.core.i18n import N_

FIRST_YEAR = 1900
LAST_YEAR = 2200
KOREA = timezone(timedelta(hours=9), "KST")

_FIRST_SERIAL = 1
_LAST_SERIAL = 109_939  # 31 December 2200
_EPOCH = date(1899, 12, 30)


class DateOrder(Enum):
    """Which of the first two numbers of ``01/02/2013`` is the day."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True)
class DateRules:
    """What the office has answered about the dates of a column.

    With ``pivot`` 30, the years 00 to 30 are 2000 to 2030 and 31 to 99 are 1931 to 1999.
    ``serials`` says that the column holds the day numbers of a spreadsheet (1900 system).
    """

    order: DateOrder | None = None
    pivot: int | None = None
    serials: bool = False


@dataclass(frozen=True)
class OrderGuess:
    """Whether a column needs a ``DateOrder``, and the one its own values prove."""

    needed: bool
    order: DateOrder | None = None


NO_RULES = DateRules()
TWO_DIGITS = N_("The year of “{value}” has two digits; write it with four.")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_TIME = (
    r"(?:\s*[T(]?\s*(?:[월화수목금토일](?:요일)?|mon|tue|wed|thu|fri|sat|sun)[a-z]*\)?)?"
    r"(?P<time>[\sT]+(?:(?P<half>오전|오후|am|pm)\s*)?(?P<hour>[0-9]{1,2})(?::|시\s*)"
    r"(?P<minute>[0-9]{1,2})?(?:(?::|분\s*)(?P<second>[0-9]{1,2})(?:[.,][0-9]+|초)?|분)?"
    r"\s*(?P<late>am|pm)?\s*(?P<zone>z|utc|[+-][0-9]{2}:?[0-9]{2})?)?\s*"
)
_FLAGS = re.IGNORECASE
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_YEAR_FIRST = re.compile(
    r"(?P<y>[0-9]{4})\s*[-./년,\s]\s*(?P<m>[0-9]{1,2})\s*[-./월,\s]\s*(?P<d>[0-9]{1,2})\s*[.일]?"
    + _TIME,
    _FLAGS,
).fullmatch
_COMPACT = re.compile(
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"
    r"(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?)?(?:\.0)?"
).fullmatch
_COMPACT_TIME = re.compile(
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})" + _TIME, _FLAGS
).fullmatch
_YEAR_LAST = re.compile(
    r"(?P<a>[0-9]{1,2})\s*[-./\s]\s*(?P<b>[0-9]{1,2})\s*[-./\s]\s*(?P<y>[0-9]{4})\.?" + _TIME,
    _FLAGS,
).fullmatch
_SHORT_YEAR = re.compile(
    r"'?(?P<y>[0-9]{2})\s*[-./년]\s*(?P<m>[0-9]{1,2})\s*[-./월]\s*(?P<d>[0-9]{1,2})\s*[.일]?"
    + _TIME,
    _FLAGS,
).fullmatch
_SIX = re.compile(r"(?P<y>[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})").fullmatch
_DAY_NAME = re.compile(
    r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[-\s]+(?P<name>[a-z]{3,9})\.?[-,\s]+(?P<y>[0-9]{4})" + _TIME,
    _FLAGS,
).fullmatch
_NAME_DAY = re.compile(
    r"(?P<name>[a-z]{3,9})\.?\s+(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{4})" + _TIME,
    _FLAGS,
).fullmatch
_BETWEEN = re.compile(r"\s*(?:[~\u223c\u301c\uff5e\u2013\u2014]|부터|\s-\s)\s*")
_UNTIL = re.compile(r"(?<=[0-9]:[0-9]{2})\s*[~\u223c\uff5e-]\s*[0-9]{1,2}:[0-9]{2}\s*$")
_SERIAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]+)?").fullmatch


def as_date(raw: Raw, rules: DateRules = NO_RULES) -> date | Fault | None:
    """Return the day a cell names, its time dropped."""
    if type(raw) is str and _PLAIN(raw):
        return _day(int(raw[:4]), int(raw[5:7]), int(raw[8:]), raw)
    if isinstance(raw, str):
        raw = _UNTIL.sub("", raw)
    read = _read(raw, rules)
    return read.date() if isinstance(read, datetime) else read


def as_moment(
    raw: Raw, rules: DateRules = NO_RULES, zone: timezone = KOREA
) -> datetime | Fault | None:
    """Return the moment a cell names, in UTC; without a zone of its own it is in ``zone``."""
    read = _read(raw, rules)
    if not isinstance(read, datetime):
        return read
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def guess_date_order(samples: Iterable[Raw]) -> OrderGuess:
    """Return whether dates such as ``01/02/2013`` occur and what the others of them prove.

    Values that prove both orders prove nothing.
    """
    needed, proved = False, set()
    for raw in samples:
        found = _YEAR_LAST(_tidy(raw)) if isinstance(raw, str) else None
        if found:
            a, b = int(found["a"]), int(found["b"])
            needed = needed or (a <= 12 and b <= 12 and a != b)
            if a > 12 >= b:
                proved.add(DateOrder.DAY_FIRST)
            elif b > 12 >= a:
                proved.add(DateOrder.MONTH_FIRST)
    return OrderGuess(needed or len(proved) > 1, proved.pop() if len(proved) == 1 else None)


def has_short_year(raw: Raw) -> bool:
    """Whether a cell holds a date whose year has two digits."""
    read = as_date(raw) if isinstance(raw, str) and len(raw) < 40 else None
    return isinstance(read, Fault) and read.message == TWO_DIGITS


def as_span(raw: Raw) -> tuple[str, str] | None:
    """Return the two ends of a cell such as ``2025.1.1~2026.12.31``, either may be empty.

    None where a cell is no span; whether its ends are days is another question.
    """
    if not isinstance(raw, str) or len(raw) > 80:
        return None
    parts = _BETWEEN.split(raw.strip())
    if len(parts) != 2 or not any(letter.isdigit() for letter in raw):
        return None
    return parts[0].strip(), parts[1].removesuffix("까지").strip()


def looks_like_date(raw: Raw) -> bool:
    """Whether a cell holds a date, in whatever order."""
    if isinstance(raw, (date, datetime)):
        return True
    if not isinstance(raw, str) or not 6 < len(raw) < 40:
        return False
    return isinstance(as_date(raw, DateRules(DateOrder.DAY_FIRST, pivot=50)), date) or isinstance(
        as_date(raw, DateRules(DateOrder.MONTH_FIRST, pivot=50)), date
    )


def looks_like_serial(raw: Raw) -> bool:
    """Whether a cell holds a number that is a spreadsheet's day from 1954 to 2119.

    ``050607`` is none: it is the day of a year of two digits.
    """
    if isinstance(raw, bool):
        return False
    if isinstance(raw, (int, float)):
        return 20_000 <= raw < 80_000
    if not isinstance(raw, str) or raw.startswith("0") or not _SERIAL(raw):
        return False
    return 20_000 <= float(raw) < 80_000


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _read(raw: Raw, rules: DateRules) -> datetime | Fault | None:
    if isinstance(raw, datetime):
        return _moment(raw.year, raw.month, raw.day, raw.timetz(), str(raw))
    if isinstance(raw, date):
        return _moment(raw.year, raw.month, raw.day, time(), str(raw))
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _number(raw, rules)
    text = _tidy(raw) if isinstance(raw, str) else ""
    if is_nothing(text):
        return None if raw is None or isinstance(raw, str) else _not_a_date(text)
    return _text(text, rules)


def _number(number: float, rules: DateRules) -> datetime | Fault:
    """Read a cell that holds a number: eight digits, or a day counted from 1900."""
    if number == int(number) and 10_000_000 <= number < 100_000_000:
        return _text(str(int(number)), rules)
    return _serial(number)


def _serial(number: float) -> datetime | Fault:
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1 or int(number) == 60:  # 29 February 1900
        return _outside(f"{number:g}")
    days = int(number) + (1 if number < 60 else 0)
    day = datetime.combine(_EPOCH + timedelta(days=days), time())
    return day + timedelta(seconds=round((number - int(number)) * 86_400))


def _text(text: str, rules: DateRules) -> datetime | Fault:
    if len(text) > 60:
        return _not_a_date(text)
    if rules.serials and _SERIAL(text):
        return _serial(float(text))
    found = _YEAR_FIRST(text) or _COMPACT(text) or _COMPACT_TIME(text)
    if found:
        return _dated(found, int(found["y"]), int(found["m"]), int(found["d"]))
    found = _YEAR_LAST(text)
    if found:
        return _year_last(found, rules.order)
    found = _SHORT_YEAR(text) or _SIX(text)
    if found:
        return _short_year(found, rules.pivot)
    found = _DAY_NAME(text) or _NAME_DAY(text)
    if found and found["name"].lower() in _MONTHS:
        return _dated(found, int(found["y"]), _MONTHS[found["name"].lower()], int(found["d"]))
    return _not_a_date(text)


def _year_last(found: re.Match[str], order: DateOrder | None) -> datetime | Fault:
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    if a > 12 or a == b:
        return _dated(found, year, b, a)
    if b > 12:
        return _dated(found, year, a, b)
    if order is None:
        return fault(
            N_("“{value}” can be read in two ways; say whether the day or the month comes first."),
            value=found.string,
        )
    return _dated(found, year, b, a) if order is DateOrder.DAY_FIRST else _dated(found, year, a, b)


def _short_year(found: re.Match[str], pivot: int | None) -> datetime | Fault:
    if pivot is None:
        return fault(TWO_DIGITS, value=found.string)
    short = int(found["y"])
    year = short + (2000 if short <= pivot else 1900)
    return _dated(found, year, int(found["m"]), int(found["d"]))


def _dated(found: re.Match[str], year: int, month: int, day: int) -> datetime | Fault:
    clock = _clock(found)
    if isinstance(clock, Fault):
        return clock
    return _moment(year, month, day, clock, found.string)


def _clock(found: re.Match[str]) -> time | Fault:
    parts = found.groupdict()
    if not parts.get("hour"):
        return time()
    hour = int(parts["hour"])
    half = (parts.get("half") or parts.get("late") or "").lower()
    if half in ("오후", "pm"):
        hour = hour % 12 + 12
    elif half in ("오전", "am"):
        hour %= 12
    try:
        clock = time(hour, int(parts["minute"] or 0), min(int(parts["second"] or 0), 59))
    except ValueError:
        return fault(N_("There is no such time as in “{value}”."), value=found.string)
    zone = _zone(parts.get("zone"))
    return clock.replace(tzinfo=zone)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.lower() in ("z", "utc"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone(sign * timedelta(hours=min(hours, 23), minutes=min(minutes, 59)))


def _day(year: int, month: int, day: int, text: str) -> date | Fault:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _outside(text)
    try:
        return date(year, month, day)
    except ValueError:
        return fault(N_("There is no such day as “{value}”."), value=text)


def _moment(year: int, month: int, day: int, clock: time, text: str) -> datetime | Fault:
    on = _day(year, month, day, text)
    return on if isinstance(on, Fault) else datetime.combine(on, clock)


def _outside(text: str) -> Fault:
    return fault(
        N_("“{value}” lies outside the calendar, which runs from {first} to {last}."),
        value=text,
        first=str(FIRST_YEAR),
        last=str(LAST_YEAR),
    )


def _not_a_date(text: str) -> Fault:
    return unread(text, N_("This is no date."))
