"""Conditions of ``Query.where`` beyond "equal to": one of several, or between two values.

``where`` maps the name of a field (or ``ref``, or the register's state field) to what
it must be: a plain value, a list (any of these), or ``Between``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Between:
    """From ``first`` to ``last``, both included; None leaves that end open. Empty values fail."""

    first: Any = None
    last: Any = None


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
