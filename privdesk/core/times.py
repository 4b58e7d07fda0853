"""A time of day as people and spreadsheets write it. No Qt, no database, no clock."""

from __future__ import annotations

import re

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
