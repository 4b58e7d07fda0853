"""How long something is kept: reading, writing and counting of periods.

Counting follows the Civil Act: by the calendar (art. 160), the first day left out
(art. 157), and the last day of the month where the month has no such day (art. 160(3)).
Three years from 10 March 2023 therefore run out on the anniversary, 10 March 2026.

That anniversary is read in two ways, each the safe one:

* a period **promised** to people is a maximum: the anniversary is the first day the
  record may no longer be kept (``ends_on``); it is due from that day;
* a period **commanded** by a statute is a minimum: the record stays through the end of
  the anniversary (art. 159) and is free on the next day (``free_on``).
"""

from __future__ import annotations

import calendar as _months
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from privdesk.core.errors import DomainError
from privdesk.core.i18n import Words, current, words


class UnknownPeriodError(DomainError):
    """“{text}” is not a period. Nothing was changed; write for example “3 years”, “6 months”, “180
    days” or “until the purpose ends”.
    """


class PeriodTooLongError(DomainError):
    """“{text}” is not between 1 day and 100 years. Nothing was changed; give a shorter period or
    “until the purpose ends”.
    """


class MixedPeriodError(DomainError):
    """“{text}” mixes days with months or years. Nothing was changed; give the period in days alone
    or in months and years.
    """


class Unit(Enum):
    """What a period counts; the value is its letter in the serial form."""

    DAYS = "d"
    MONTHS = "m"
    YEARS = "y"
    EVENT = "event"


_LONGEST = {Unit.DAYS: 36_525, Unit.MONTHS: 1_200, Unit.YEARS: 100}


@dataclass(frozen=True, slots=True)
class Period:
    """A number of days, months or years, or until an event (``count`` is then 0)."""

    unit: Unit
    count: int = 0

    def __post_init__(self) -> None:
        if self.unit is not Unit.EVENT and not 1 <= self.count <= _LONGEST[self.unit]:
            raise PeriodTooLongError(text=f"{self.count}{self.unit.value}")

    @property
    def until_event(self) -> bool:
        """Whether it lasts until something happens instead of a time."""
        return self.unit is Unit.EVENT

    def __str__(self) -> str:
        """Return the serial form: ``3y``, ``6m``, ``180d`` or ``event``."""
        return self.unit.value if self.until_event else f"{self.count}{self.unit.value}"


UNTIL_EVENT = Period(Unit.EVENT)


def years(count: int) -> Period:
    """Return a period of years."""
    return Period(Unit.YEARS, count)


def months(count: int) -> Period:
    """Return a period of months."""
    return Period(Unit.MONTHS, count)


def days(count: int) -> Period:
    """Return a period of days."""
    return Period(Unit.DAYS, count)


@lru_cache(maxsize=4096)
def from_serial(text: str) -> Period:
    """Return the period that ``str(period)`` wrote."""
    if text == Unit.EVENT.value:
        return UNTIL_EVENT
    found = re.fullmatch(r"([0-9]{1,6})([dmy])", text)
    if found is None:
        raise UnknownPeriodError(text=text)
    return Period(Unit(found[2]), int(found[1]))


_UNITS = {
    Unit.YEARS: ("년", "년간", "개년", "해", "y", "yr", "yrs", "year", "years"),
    Unit.MONTHS: ("개월", "개월간", "달", "m", "mo", "mos", "month", "months"),
    Unit.DAYS: ("일", "일간", "d", "day", "days"),
}
_WEEKS = ("주", "주간", "w", "wk", "wks", "week", "weeks")
_BY_WORD = {word: (unit, 1) for unit, names in _UNITS.items() for word in names}
_BY_WORD |= dict.fromkeys(_WEEKS, (Unit.DAYS, 7))
_LONGEST_TEXT = 80
_PART = re.compile(r"([0-9]{1,6})\s*([a-z가-힣]+?)(?=[0-9\s]|$)")
_AROUND = re.compile(
    r"^(수집일?(로부터|부터)?|동의일?(로부터|부터)?|for|within)\s+|\s*(동안|까지|이내|보관|보유)$"
)
_EVENT = re.compile(
    r"event|(until |till |when |on )?(the )?(purpose (of .+ )?(ends?|ended|is (met|achieved|over))"
    r"|end of (the )?purpose|achievement of (the )?purpose|withdrawal|event)"
    r"|.*(목적\s*(의\s*)?(달성|종료)|탈퇴|계약\s*종료|동의\s*철회|해지)(\s*(시|후|할\s*때))?(\s*까지)?"
)


def parse_period(text: str) -> Period:
    """Return the period that an office wrote.

    ``3년``, ``3 years``, ``1년 6개월``, ``180일``, ``2주``, ``P3Y``, ``3y``,
    ``목적 달성 시까지`` and ``until the purpose ends`` are all understood.
    """
    if len(text) > _LONGEST_TEXT:
        raise UnknownPeriodError(text=text[:_LONGEST_TEXT] + "…")
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).lower()
    if _EVENT.fullmatch(plain):
        return UNTIL_EVENT
    counted = re.sub(r"^p(?=[0-9])", "", _AROUND.sub("", plain)).strip()
    parts = _parts(counted)
    if not parts:
        raise UnknownPeriodError(text=text)
    try:
        return _sum(parts)
    except PeriodTooLongError as why:
        raise PeriodTooLongError(text=text) from why
    except MixedPeriodError as why:
        raise MixedPeriodError(text=text) from why


def _parts(text: str) -> list[tuple[Unit, int]]:
    """Return the counted parts, or none when anything in the text is not one."""
    if _PART.sub("", text).strip():
        return []
    found = []
    for number, word in _PART.findall(text):
        if word not in _BY_WORD:
            return []
        unit, times = _BY_WORD[word]
        found.append((unit, int(number) * times))
    return found


def _sum(parts: list[tuple[Unit, int]]) -> Period:
    units = {unit for unit, _count in parts}
    if len(units) == 1:
        return Period(units.pop(), sum(count for _unit, count in parts))
    if Unit.DAYS in units:
        raise MixedPeriodError(text="")
    return months(sum(count * (12 if unit is Unit.YEARS else 1) for unit, count in parts))


def format_period(period: Period, in_words: Words | None = None) -> str:
    """Return the period in words: ``3 years``, ``6개월``, ``until the purpose ends``."""
    say = in_words or words(current())
    if period.unit is Unit.YEARS:
        return say.many("{n} year", "{n} years", period.count)
    if period.unit is Unit.MONTHS:
        return say.many("{n} month", "{n} months", period.count)
    if period.unit is Unit.DAYS:
        return say.many("{n} day", "{n} days", period.count)
    return say("until the purpose ends")


def add(day: date, period: Period) -> date:
    """Return ``day`` moved on by the calendar; a missing day becomes the month's last.

    ``period`` must count; one until an event has no date to move to.
    """
    if period.unit is Unit.DAYS:
        return day + timedelta(days=period.count)
    if period.unit is Unit.EVENT:
        raise ValueError("a period until an event has no length")
    ahead = period.count * (12 if period.unit is Unit.YEARS else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + ahead, 12)
    last = _months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@lru_cache(maxsize=131_072)
def ends_on(start: date, period: Period) -> date | None:
    """Return the first day a record under a promised period may no longer be kept.

    None while the period waits for an event. Remembered by (start, period), since a
    million holdings share a few thousand of these.
    """
    return None if period.until_event else add(start, period)


def free_on(start: date, period: Period) -> date | None:
    """Return the first day a record that a statute commands to keep may go."""
    end = ends_on(start, period)
    return None if end is None else end + timedelta(days=1)


def longer(one: Period, other: Period) -> bool:
    """Whether ``one`` lasts longer than ``other``; until an event is longest of all."""
    return _size(one) > _size(other)


def _size(period: Period) -> date:
    return ends_on(date(2001, 1, 1), period) or date.max
