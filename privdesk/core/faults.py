"""Why a value cannot be used: bad input is data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from privdesk.core.i18n import N_
from privdesk.core.reasons import Reason

Raw = str | int | float | bool | date | datetime | time | tuple[str, ...] | None
"""What a cell of a file can hold; text files hold ``str`` only."""


@dataclass(frozen=True)
class Fault(Reason):
    """The cause for which a value was refused; stands where the value would."""


def fault(message: str, **values: object) -> Fault:
    """Return a fault; ``message`` is marked with ``N_`` by the caller."""
    return Fault(message, values)


MASKED = Fault(
    N_("The value is masked; to change it, take a list with personal values in the clear.")
)


def unread(text: str, message: str) -> Fault:
    """Return why a text is no value of its kind: ``message``, or that it is only a mask."""
    return MASKED if "**" in text else Fault(message)


_NOTHING = frozenset(
    (
        "-",
        "--",
        "---",
        "–",
        "—",
        ".",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "없음",
        "해당없음",
        "미상",
        "미입력",
    )
)


def is_nothing(text: str) -> bool:
    """Whether a number, address or date was left out: empty, ``-``, ``N/A``, ``없음``."""
    return not text or text.casefold() in _NOTHING
