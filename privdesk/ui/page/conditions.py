"""Conditions a person sets on a list: what they mean today, how they read, how they are kept."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from privdesk.core.conditions import Between, moments
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Register

DAYS = (Kind.DATE, Kind.MOMENT)  # moments are narrowed by the office’s days
Span = Callable[[date], Between]


def _month(today: date) -> Between:
    last = monthrange(today.year, today.month)[1]
    return Between(today.replace(day=1), today.replace(day=last))


SPANS: dict[str, tuple[str, Span]] = {
    "past": (N_("before today"), lambda today: Between(None, today - timedelta(days=1))),
    "week": (N_("within 7 days"), lambda today: Between(today, today + timedelta(days=7))),
    "days30": (N_("within 30 days"), lambda today: Between(today, today + timedelta(days=30))),
    "month": (N_("this month"), _month),
    "year": (
        N_("this year"),
        lambda today: Between(date(today.year, 1, 1), date(today.year, 12, 31)),
    ),
    "last30": (N_("in the last 30 days"), lambda today: Between(today - timedelta(days=30), today)),
}
"""Spans of a date that move with the day: name, words, meaning."""


@dataclass(frozen=True)
class Condition:
    """One chip above the table.

    ``wanted`` holds keys of choices or states, ``("yes",)`` or ``("no",)`` of a flag, the
    name of a span of ``SPANS``, or ``("from", first, last)`` with ISO dates, either empty.
    """

    field: str
    wanted: tuple[str, ...]

    def as_json(self) -> list[Any]:
        """Return it as JSON holds it."""
        return [self.field, list(self.wanted)]


def from_json(kept: Iterable[Any], known: Iterable[str]) -> tuple[Condition, ...]:
    """Return the conditions that ``as_json`` wrote, without those on fields that are gone."""
    names = set(known)
    return tuple(Condition(name, tuple(w)) for name, w in kept if name in names)


def filterable(register: Register, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields a list can be narrowed by: state first, open choices, flags, dates."""
    kinds = (Kind.CHOICE, Kind.CHOICES, Kind.FLAG, *DAYS)
    found = [f for f in fields if f.kind in kinds and not f.sealed]
    state = [state_field(register)] if register.states else []
    return (*state, *(f for f in found if f.name != register.state_field or not register.states))


def state_field(register: Register) -> Field:
    """Return the field that stands for a record's state."""
    declared = register.field(register.state_field)
    label = declared.label if declared else N_("State")
    return Field(register.state_field, label, Kind.CHOICE)


def options(register: Register, field: Field) -> tuple[tuple[str, str], ...]:
    """Return what a field can be narrowed to: (key, words); words are message ids."""
    if register.states and field.name == register.state_field:
        return tuple((s.key, s.label) for s in register.states)
    if field.kind is Kind.FLAG:
        return (("yes", N_("Yes")), ("no", N_("No")))
    if field.kind in DAYS:
        return tuple((name, words) for name, (words, _span) in SPANS.items())
    return tuple((c.key, c.label) for c in field.choices)


def meaning(condition: Condition, field: Field, today: date) -> Any:
    """Return what ``Query.where`` holds for a condition."""
    if field.kind is Kind.FLAG:
        return condition.wanted == ("yes",)
    if field.kind is Kind.DATE:
        return _span(condition.wanted, today)
    if field.kind is Kind.MOMENT:
        days = _span(condition.wanted, today)
        return moments(days.first, days.last)
    return list(condition.wanted) if len(condition.wanted) > 1 else condition.wanted[0]


def _span(wanted: tuple[str, ...], today: date) -> Between:
    if wanted[0] in SPANS:
        return SPANS[wanted[0]][1](today)
    first, last = (date.fromisoformat(day) if day else None for day in wanted[1:3])
    return Between(first, last)


def where(
    conditions: Iterable[Condition], fields: Mapping[str, Field], today: date
) -> dict[str, Any]:
    """Return the ``where`` of a query."""
    return {c.field: meaning(c, fields[c.field], today) for c in conditions if c.wanted}


def reads(condition: Condition, field: Field, register: Register) -> str:
    """Return what stands on the chip: “State: Overdue, On hold”."""
    if condition.wanted and condition.wanted[0] == "from":
        said = " – ".join(condition.wanted[1:3])
    else:
        words = dict(options(register, field))
        said = ", ".join(_(words.get(key, key)) for key in condition.wanted)
    return f"{_(field.label)}: {said}"
