"""Where a wording stands on a day: a version may be put in force for a later one.

Stored is only that a version was put in force, from which day and until when; whether it is
planned, in force or superseded follows from the day, so that nothing has to happen at midnight.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from privdesk.core.register import Row

PLANNED, USED, REPLACED = "planned", "used", "replaced"
FIXED = (PLANNED, USED, REPLACED)
"""The states in which the texts of a wording cannot be changed any more."""


def state_on(stored: str, effective: date | None, ended: date | None, day: date) -> str:
    """Return the state of a wording on a day; a draft and what was retired stay as stored."""
    if stored not in (USED, REPLACED) or effective is None:
        return stored
    if ended is not None and ended <= day:
        return REPLACED
    return PLANNED if effective > day else USED


def restated(row: Row, day: date) -> Row:
    """Return a wording in its state of a day."""
    values = row.values
    return replace(row, state=state_on(row.state, values["effective"], values["ended"], day))
