"""The office's calendar: holidays of Korea, the office's own days, and how deadlines count.

Counting (Civil Act 156, 157, 159, 161): the first day is left out; a last day on a
Saturday, Sunday or public holiday moves to the next day that is none; hours run at once
and stop for nothing. Temporary holidays (임시공휴일) the office enters count as public
holidays. Closures are the company's own: they close the counter and stop the office's
24-hour clock, but no statute waits for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from privdesk.core.clock import office_time, start_of
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, current
from privdesk.core.reasons import Reason, reason

FIRST_YEAR, LAST_YEAR = 1949, 2100
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


class OutsideCalendarError(DomainError):
    """The date {day} lies outside the office calendar, which knows the years {first} to {last}.
    Nothing was changed; check the year.
    """

    def __init__(self, day: date) -> None:
        super().__init__(day=day, first=FIRST_YEAR, last=LAST_YEAR)


@cache
def _public_holidays(year: int, language: str) -> Mapping[date, str]:
    """Return Korea's public holidays of a year, substitutes included."""
    from holidays import country_holidays  # loading it takes up to 0.1 s

    name = "ko" if language == "ko" else "en_US"
    return dict(country_holidays("KR", years=[year], language=name))


def public_holidays(year: int) -> Mapping[date, str]:
    """Return Korea's public holidays of a year, substitutes included, in the screen's language."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendarError(date(min(max(year, 1), 9999), 1, 1))
    return _public_holidays(year, current())


@dataclass(frozen=True)
class OpeningHours:
    """When the office can be spoken to on a business day (policy clause S5.3)."""

    opens: time = time(9)
    closes: time = time(17)


@dataclass(frozen=True)
class OfficeCalendar:
    """Which days count; ``extra`` and ``closures`` are the office's, by day with a name.

    ``clock_stands_still`` is the office's reading of the policy's 24 hours: the clock
    stops on non-business days. Off, 24 hours are 24 hours.
    """

    extra: Mapping[date, str] = field(default_factory=dict)
    closures: Mapping[date, str] = field(default_factory=dict)
    hours: OpeningHours = OpeningHours()
    clock_stands_still: bool = True

    def holiday(self, day: date, language: str | None = None) -> str | None:
        """Return the name of the public or temporary holiday on ``day``, or None."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise OutsideCalendarError(day)
        own = self.extra.get(day)
        return own or _public_holidays(day.year, language or current()).get(day)

    def is_rest_day(self, day: date) -> bool:
        """Whether statutes move a last day from here: Saturday, Sunday, holiday."""
        return self.holiday(day) is not None or day.weekday() >= SATURDAY

    def is_business_day(self, day: date) -> bool:
        """Whether the office works on ``day``."""
        return not self.is_rest_day(day) and day not in self.closures

    def next_business_day(self, day: date) -> date:
        """Return the first business day after ``day``."""
        return next(d for d in _days_from(day + ONE_DAY) if self.is_business_day(d))

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody can be reached at ``moment``."""
        local = office_time(moment)
        in_hours = self.hours.opens <= local.time() < self.hours.closes
        return in_hours and self.is_business_day(local.date())

    def deadline_days(self, start: date, days: int) -> date:
        """Return the last day of a term of ``days`` that begins with an event on ``start``."""
        return next(d for d in _days_from(_moved(start, days)) if not self.is_rest_day(d))

    def deadline_hours(self, start: datetime, hours: int) -> datetime:
        """Return the moment ``hours`` after ``start``; weekends do not stop it. In UTC."""
        return start.astimezone(UTC) + timedelta(hours=hours)

    def office_clock_24h(self, start: datetime, hours: int = 24) -> datetime:
        """Return when the office's 24-hour clock runs out (policy clause S5.4), in UTC.

        It stands still on non-business days: from Friday 15:00 to Monday 15:00; a
        letter of Saturday starts it on Monday at 00:00.
        """
        if not self.clock_stands_still:
            return self.deadline_hours(start, hours)
        left, at = timedelta(hours=hours), start.astimezone(UTC)
        for day in _days_from(office_time(start).date()):
            if not self.is_business_day(day):
                continue
            at, midnight = max(at, start_of(day)), start_of(day + ONE_DAY)
            if left <= midnight - at:
                break
            left -= midnight - at
        return at + left

    def explain(self, start: date, days: int, language: str | None = None) -> tuple[Reason, ...]:
        """Return, step by step, why ``deadline_days(start, days)`` is what it is."""
        last, due = _moved(start, days), self.deadline_days(start, days)
        first = reason(
            N_("The term begins with {start}; that day is not counted (Civil Act 157)."),
            start=start,
        )
        counted = reason(N_("Day {days} is {last}."), days=days, last=last)
        skipped = [self._why_not(last + ONE_DAY * n, language) for n in range((due - last).days)]
        return (first, counted, *skipped, reason(N_("Due on {due}."), due=due))

    def _why_not(self, day: date, language: str | None) -> Reason:
        name = self.holiday(day, language)
        if name is not None:
            return reason(
                N_("{day} is a holiday ({name}), so the next day counts (Civil Act 161)."),
                day=day,
                name=name,
            )
        if day.weekday() == SATURDAY:
            return reason(
                N_("{day} is a Saturday, so the next day counts (Civil Act 161)."), day=day
            )
        return reason(N_("{day} is a Sunday, so the next day counts (Civil Act 161)."), day=day)


def _moved(start: date, days: int) -> date:
    try:
        return start + timedelta(days=days)
    except OverflowError as why:
        raise OutsideCalendarError(start) from why


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += ONE_DAY


def d_day(today: date, due: date) -> int:
    """Return how many days are left; negative when ``due`` has passed."""
    return (due - today).days


def d_day_label(left: int) -> str:
    """Return the chip of a task: ``D-3``, ``D-day``, ``D+2``. The same in both languages."""
    return "D-day" if left == 0 else f"D{-left:+d}"
