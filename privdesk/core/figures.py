"""What a register counts for a span of time: the seam between registers, dashboard and reports.

A register names a function ``"module:function"`` in ``Register.figures``; it is called as
``function(desk, span) -> Sequence[Figure]`` and reads open and office data only, so that a
manager, who can open no data subject, gets every figure. What cannot be told of a past span is
left out, never guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from privdesk.core.dates import FIRST_YEAR, KOREA, LAST_YEAR
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, Words

_A_DAY = timedelta(days=1)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])))?", re.IGNORECASE
)


class UnknownSpanError(DomainError):
    """“{text}” is not a month, a quarter or a year. Nothing was changed; write for example 2026-11,
    2026-Q4 or 2026.
    """


class Kind(Enum):
    """How long a span is; the value is the number of its months."""

    MONTH = 1
    QUARTER = 3
    YEAR = 12


@dataclass(frozen=True)
class Span:
    """A month, quarter or year of the calendar: its first and its last day, both in it.

    A span that was ``cut`` ends early, on the day up to which it is told.
    """

    first: date
    last: date
    kind: Kind

    @property
    def whole(self) -> Span:
        """Return the same span to its very end."""
        return _span(self.first, self.kind)

    @property
    def running(self) -> bool:
        """Whether it was cut: it is told up to its last day, not to its end."""
        return self.last < self.whole.last

    @property
    def start(self) -> datetime:
        """Return the moment it begins, in UTC; the office's days are Korea's."""
        return datetime.combine(self.first, time(), KOREA).astimezone(UTC)

    @property
    def stop(self) -> datetime:
        """Return the first moment after it, in UTC."""
        return datetime.combine(self.last + _A_DAY, time(), KOREA).astimezone(UTC)

    def before(self) -> Span:
        """Return the whole month, quarter or year before it."""
        return _span(_first(self.first - _A_DAY, self.kind), self.kind)

    def after(self) -> Span:
        """Return the whole month, quarter or year after it."""
        return _span(self.whole.last + _A_DAY, self.kind)

    def cut(self, today: date) -> Span:
        """Return it as far as it can be told today; one that has not begun stays whole."""
        if not self.first <= today < self.last:
            return self
        return Span(self.first, today, self.kind)

    def __contains__(self, day: object) -> bool:
        """Whether a day lies in it."""
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        """Return how it is written on the command line: ``2026-11``, ``2026-Q4``, ``2026``."""
        if self.kind is Kind.MONTH:
            return f"{self.first:%Y-%m}"
        if self.kind is Kind.QUARTER:
            return f"{self.first:%Y}-Q{_quarter(self.first)}"
        return f"{self.first:%Y}"

    def label(self, say: Words) -> str:
        """Return what it is called: “November 2026”, “2026년 4분기”; a running one says so."""
        name = self._name(say.language)
        return say(N_("{span} (so far)")).format(span=name) if self.running else name

    def _name(self, language: str) -> str:
        year, number = self.first.year, self.first.month
        if self.kind is Kind.YEAR:
            return f"{year}년" if language == "ko" else f"{year}"
        if self.kind is Kind.QUARTER:
            quarter = _quarter(self.first)
            return f"{year}년 {quarter}분기" if language == "ko" else f"Q{quarter} {year}"
        return f"{year}년 {number}월" if language == "ko" else f"{_MONTHS[number - 1]} {year}"


def month(day: date) -> Span:
    """Return the month of a day."""
    return _span(_first(day, Kind.MONTH), Kind.MONTH)


def quarter(day: date) -> Span:
    """Return the quarter of a day."""
    return _span(_first(day, Kind.QUARTER), Kind.QUARTER)


def year(day: date) -> Span:
    """Return the year of a day."""
    return _span(_first(day, Kind.YEAR), Kind.YEAR)


def parse(text: str) -> Span:
    """Return the span that ``2026-11``, ``2026-Q4`` or ``2026`` names."""
    found = _WRITTEN.fullmatch(text.strip())
    if not found or not FIRST_YEAR < int(found["year"]) < LAST_YEAR:
        raise UnknownSpanError(text=text)
    first = date(int(found["year"]), 1, 1)
    if found["quarter"]:
        return quarter(first.replace(month=int(found["quarter"]) * 3))
    if not found["month"]:
        return year(first)
    if not 1 <= int(found["month"]) <= 12:
        raise UnknownSpanError(text=text)
    return month(first.replace(month=int(found["month"])))


def _first(day: date, kind: Kind) -> date:
    return date(day.year, (day.month - 1) // kind.value * kind.value + 1, 1)


def _span(first: date, kind: Kind) -> Span:
    end = first.month + kind.value - 1
    return Span(first, date(first.year, end, calendar.monthrange(first.year, end)[1]), kind)


def _quarter(day: date) -> int:
    return (day.month - 1) // 3 + 1


class Good(Enum):
    """Which direction of a figure is the better one."""

    UP = "up"
    DOWN = "down"
    NONE = ""


class Nature(Enum):
    """Of when a figure speaks."""

    FLOW = "flow"  # what happened in the span
    STATE = "state"  # how things stand on its last day


@dataclass(frozen=True)
class Line:
    """One line of what is behind a figure: a message id or a name of the office's own."""

    label: str
    value: int
    of: int | None = None


@dataclass(frozen=True)
class Figure:
    """One number of a register for a span.

    ``key`` is ``register.what``, ``label`` a message id. With ``of`` the number is a part of
    that many, and a percentage is ``value`` out of ``of``. ``unit`` is a message id (people,
    cases, or nothing); ``clause`` one of the policy. ``rows`` break it down, by kind or
    department. ``where`` narrows the register's list to what was counted, as a ready view
    does, where a list can show that. Nothing of it names a data subject.
    """

    key: str
    label: str
    value: int
    of: int | None = None
    unit: str = ""
    clause: str = ""
    good: Good = Good.NONE
    when: Nature = Nature.FLOW
    rows: tuple[Line, ...] = ()
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def share(self) -> float | None:
        """Return the part, 0 to 1, or None where it is a part of nothing."""
        return self.value / self.of if self.of else None

    def better(self, than: Figure) -> bool | None:
        """Whether it moved in the good direction; None where it stands still or has none."""
        if self.good is Good.NONE:
            return None
        mine, other = (self.value, than.value) if self.of is None else (self.share, than.share)
        if mine is None or other is None or mine == other:
            return None
        return (mine > other) is (self.good is Good.UP)
