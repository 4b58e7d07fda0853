"""Where the time comes from: one clock, injected, and the office's own day."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

# Korea has been at UTC+9 without summer time since October 1988; a fixed offset needs no
# time zone database on the workstation.
OFFICE_ZONE = timezone(timedelta(hours=9), "Asia/Seoul")


def awake_or_asleep() -> float:
    """Return seconds that go on while the machine sleeps, where the system tells."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the moment, aware and in UTC."""

    def steady(self) -> float | None:
        """Return seconds that go on evenly, however the clock is set; None where nothing does."""


@dataclass(frozen=True)
class SystemClock:
    """The workstation's clock."""

    def now(self) -> datetime:
        """Return the moment, aware and in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float | None:
        """Return seconds that go on evenly, however the clock is set."""
        return awake_or_asleep()


@dataclass
class FixedClock:
    """A clock that stands still until it is moved; for tests and for ``--on``.

    ``seconds`` are those that go on evenly; None for a clock that is nobody's.
    """

    moment: datetime
    seconds: float | None = None

    def now(self) -> datetime:
        """Return the set moment in UTC."""
        return self.moment.astimezone(UTC)

    def steady(self) -> float | None:
        """Return the set seconds."""
        return self.seconds

    def advance(self, by: timedelta) -> None:
        """Move the clock on (or back, with a negative step)."""
        self.moment += by


def office_time(moment: datetime) -> datetime:
    """Return ``moment`` on the office's wall clock."""
    return moment.astimezone(OFFICE_ZONE)


def office_date(moment: datetime) -> date:
    """Return the office's day at ``moment``."""
    return office_time(moment).date()


def start_of(day: date) -> datetime:
    """Return midnight at the start of the office's ``day``, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE).astimezone(UTC)


def today(clock: Clock, last_entry: datetime | None = None) -> date:
    """Return the office's day, never earlier than the journal's last entry.

    A workstation whose clock was set back would otherwise let deadlines slip.
    """
    now = clock.now()
    return office_date(max(now, last_entry) if last_entry is not None else now)
