"""Conditions of ``Query.where`` beyond "equal to": one of several, or between two values.

``where`` maps the name of a field (or ``ref``, or the register's state field) to what
it must be: a plain value, a list (any of these), or ``Between``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from privdesk.core.clock import start_of


@dataclass(frozen=True)
class Between:
    """From ``first`` to ``last``, both included; None leaves that end open. Empty values fail."""

    first: Any = None
    last: Any = None


def moments(first: date | None, last: date | None) -> Between:
    """Return the moments of the office's days from the first to the last, both included."""
    end = start_of(last + timedelta(days=1)) - timedelta(microseconds=1) if last else None
    return Between(start_of(first) if first else None, end)


def meets(value: Any, wanted: Any) -> bool:
    """Whether a value satisfies a condition."""
    if isinstance(wanted, Between):
        if value is None:
            return False
        late_enough = wanted.first is None or wanted.first <= value
        return late_enough and (wanted.last is None or value <= wanted.last)
    if isinstance(wanted, list | set | tuple):
        return value in wanted
    return bool(value == wanted)
