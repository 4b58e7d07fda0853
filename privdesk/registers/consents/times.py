"""The time of day of an answer, as people write it. No Qt, no database, no clock."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from privdesk.core.clock import start_of
from privdesk.core.i18n import N_

_TIME = re.compile(r"([01]?\d|2[0-3])[:.시h]\s?([0-5]\d)(?:[:분]?(?:[0-5]\d)?초?)?")
NO_TIME = N_("it must be a time of day such as 14:05.")


def as_time(text: str) -> str:
    """Return a time of day as ``HH:MM``; what is none comes back empty."""
    found = _TIME.fullmatch(text.strip())
    return f"{int(found[1]):02}:{found[2]}" if found else ""


def time_fault(value: object) -> str | None:
    """Return what is wrong with a time of day, or None."""
    return None if as_time(str(value)) else NO_TIME


def moment_of(day: date, at: str | None) -> datetime:
    """Return when it was; without a time of day the beginning of the office’s day."""
    if not at:
        return start_of(day)
    told = time.fromisoformat(at)
    return start_of(day) + timedelta(hours=told.hour, minutes=told.minute)
