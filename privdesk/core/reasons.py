"""A sentence that a rule gives: message id and values, put into words only at the edge."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from privdesk.core.clock import office_time
from privdesk.core.i18n import Words, current, words
from privdesk.core.periods import Period, format_period, from_serial

Day = Callable[[Words, date], str]


@dataclass(frozen=True)
class Reason:
    """Why something is as it is; ``values`` fill the named places of ``message``.

    Periods among the values are put into words, numbers get thousands separators, and a
    reason among them is put into words first (``name`` makes one of a name).
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, in_words: Words | None = None, *, day: Day | None = None) -> str:
        """Return the sentence in the screen's language or that of ``in_words``.

        ``day`` says how days are written, for a letter in full; a moment has its time of day
        on the office's clock behind it.
        """
        say = in_words or words(current())
        told = say(self.message)
        if not self.values:
            return told
        return told.format(**{key: _worded(value, say, day) for key, value in self.values.items()})


def _worded(value: object, say: Words, day: Day | None) -> object:
    if isinstance(value, Reason):
        return value.text(say, day=day)
    if isinstance(value, Period):
        return format_period(value, say)
    if isinstance(value, datetime):
        here = office_time(value)
        return f"{_worded(here.date(), say, day)} {here:%H:%M}"
    if isinstance(value, date) and day is not None:
        return day(say, value)
    return f"{value:,}" if type(value) is int else value


def reason(message: str, **values: object) -> Reason:
    """Return a reason; ``message`` is marked with ``N_`` by the caller."""
    return Reason(message, values)


def pack(values: Mapping[str, object]) -> str:
    """Return values as JSON text for storing; ``unpack`` gives them back."""
    return json.dumps({key: _packed(value) for key, value in values.items()}, ensure_ascii=False)


def unpack(text: str) -> dict[str, object]:
    """Return the values that ``pack`` wrote."""
    return {key: _unpacked(value) for key, value in json.loads(text).items()}


def _packed(value: object) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Period):
        return {"period": str(value)}
    if isinstance(value, Reason):
        return {"say": value.message, "with": pack(value.values)}
    return value


def _unpacked(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    if "day" in value:
        return date.fromisoformat(value["day"])
    if "period" in value:
        return from_serial(value["period"])
    return Reason(value["say"], unpack(value["with"]))


def name(text: str) -> Reason:
    """Return a name as a value: translated where the catalogues know it, else as it is."""
    return Reason(text)
