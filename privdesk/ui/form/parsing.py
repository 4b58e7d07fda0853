"""Typed text and the value it stands for, in both directions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from privdesk.core.clock import office_time
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.normal import (
    Fault,
    as_date,
    as_email,
    as_integer,
    as_line,
    as_moment,
    as_note,
    as_phone,
)
from privdesk.core.periods import Period, format_period, parse_period
from privdesk.ui.form.editor import Unclear

_BY_KIND: dict[Kind, Callable[[str], object]] = {
    Kind.DATE: as_date,
    Kind.MOMENT: as_moment,
    Kind.INTEGER: as_integer,
    Kind.PHONE: as_phone,
    Kind.EMAIL: as_email,
    Kind.NOTE: as_note,
}


def parse(field: Field, text: str) -> object:
    """Return the value that a text stands for; raises ``Unclear`` with the cause in words."""
    if field.kind is Kind.PERIOD:
        return _period(text)
    found = _BY_KIND.get(field.kind, as_line)(text)
    if isinstance(found, Fault):
        raise Unclear(found.text())
    return found


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except DomainError as why:
        raise Unclear(why.sentence()) from why


def written(field: Field, value: object) -> str:
    """Return how a value stands in its editor."""
    if value is None:
        return ""
    if isinstance(value, Period):
        return format_period(value)
    if isinstance(value, datetime):
        return office_time(value).strftime("%Y-%m-%d %H:%M")
    return str(value)
