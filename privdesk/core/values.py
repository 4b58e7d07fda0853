"""Field values as text (how sealed values are stored) and as columns (how open ones are)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from privdesk.core.fields import Kind
from privdesk.core.periods import Period, from_serial

_TO_TEXT: dict[Kind, Callable[[Any], str]] = {
    Kind.DATE: lambda v: v.isoformat(),
    Kind.MOMENT: lambda v: v.astimezone(UTC).isoformat(timespec="seconds"),
    Kind.INTEGER: str,
    Kind.FLAG: lambda v: "1" if v else "0",
    Kind.PERIOD: str,
    Kind.CHOICES: lambda v: json.dumps(list(v)),
    Kind.LINKS: lambda v: json.dumps(list(v)),
}
_FROM_TEXT: dict[Kind, Callable[[str], Any]] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.INTEGER: int,
    Kind.FLAG: lambda text: text == "1",
    Kind.PERIOD: from_serial,
    Kind.CHOICES: lambda text: tuple(json.loads(text)),
    Kind.LINKS: lambda text: tuple(json.loads(text)),
}
_NATIVE = {Kind.DATE, Kind.INTEGER, Kind.FLAG, Kind.LINK}


def to_text(kind: Kind, value: Any) -> str:
    """Return the stored text of a value; empty for None."""
    return "" if value is None else _TO_TEXT.get(kind, str)(value)


def from_text(kind: Kind, text: str) -> Any:
    """Return the value of a stored text; None for the empty one (empty text for text kinds)."""
    if not text and kind in _FROM_TEXT:
        return () if kind in (Kind.CHOICES, Kind.LINKS) else None
    return _FROM_TEXT.get(kind, str)(text)


def to_column(kind: Kind, value: Any) -> Any:
    """Return what an open column stores: dates, numbers, flags and links natively, else text."""
    if kind in _NATIVE:
        return value if value != "" else None
    if value is None or value == ():
        return None
    return to_text(kind, value)


def from_column(kind: Kind, stored: Any) -> Any:
    """Return the value of an open column."""
    if kind in _NATIVE:
        return stored
    if stored is None:
        return () if kind in (Kind.CHOICES, Kind.LINKS) else "" if kind not in _FROM_TEXT else None
    if kind in (Kind.CHOICES, Kind.LINKS):
        return _several(stored)
    return from_text(kind, stored)


@lru_cache(maxsize=1024)
def _several(stored: str) -> tuple[str, ...]:
    """Return the entries of an open column that holds several; the same ones come in thousands."""
    return tuple(json.loads(stored)) if stored else ()


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dates, moments and periods as text, tuples as lists."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value
