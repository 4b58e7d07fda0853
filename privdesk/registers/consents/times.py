"""The time of day of an answer, as people write it. No Qt, no database, no clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from privdesk.core.clock import start_of
from privdesk.core.times import as_time, time_fault

__all__ = ["as_time", "moment_of", "time_fault"]


def moment_of(day: date, at: str | None) -> datetime:
    """Return when it was; without a time of day the beginning of the office’s day."""
    if not at:
        return start_of(day)
    told = time.fromisoformat(at)
    return start_of(day) + timedelta(hours=told.hour, minutes=told.minute)
