"""Which backups the keep-rule keeps. Pure: no database, no clock, no files. S8.1."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.errors import UsageError
from privdesk.core.i18n import N_, _

_NOT_COUNTS = N_("the keep-rule is three numbers, daily, weekly and monthly, such as 7,4,12")
_NOTHING = N_("a keep-rule has to keep something")
MOST = 999


@dataclass(frozen=True)
class KeepRule:
    """For how many days, weeks and months with a backup the newest one of each is kept."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


@dataclass(frozen=True)
class Stored:
    """A backup in the folder: its number in the books, when it was made, and of which epoch."""

    number: int
    made_at: datetime
    epoch: int


def read(told: str) -> KeepRule:
    """Return the rule that somebody typed as ``7,4,12``; raise UsageError."""
    parts = [part.strip() for part in told.split(",")]
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        raise UsageError(problem=_(_NOT_COUNTS))
    counts = [min(int(part[-9:]), MOST) for part in parts]
    if not any(counts):
        raise UsageError(problem=_(_NOTHING))
    return KeepRule(*counts)


def spare(stored: Sequence[Stored], rule: KeepRule, epoch: int) -> list[Stored]:
    """Return the backups that may go, newest first.

    The newest one stays whatever the rule says, and so does the newest one of ``epoch``: none of
    an older epoch opens by itself.
    """
    ordered = sorted(stored, key=lambda one: (one.made_at, one.number), reverse=True)
    keep = {one.number for one in ordered[:1]}
    keep |= {one.number for one in [one for one in ordered if one.epoch == epoch][:1]}
    for count, span in ((rule.daily, _day), (rule.weekly, _week), (rule.monthly, _month)):
        keep |= _newest(ordered, count, span)
    return [one for one in ordered if one.number not in keep]


def _newest(
    ordered: Sequence[Stored], count: int, span: Callable[[date], tuple[int, ...]]
) -> set[int]:
    """Return the newest backup of each of the last ``count`` spans that have any."""
    found: dict[tuple[int, ...], int] = {}
    for one in ordered:
        found.setdefault(span(office_date(one.made_at)), one.number)
    return set(list(found.values())[:count])


def _day(day: date) -> tuple[int, ...]:
    return day.year, day.month, day.day


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month
