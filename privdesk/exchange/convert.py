"""From what a cell holds to the value of a field."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from privdesk.core.errors import DomainError, message_id
from privdesk.core.faults import Fault, Raw, fault
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import LANGUAGES, N_, words
from privdesk.core.normal import (
    DateRules,
    as_date,
    as_email,
    as_flag,
    as_integer,
    as_line,
    as_list,
    as_moment,
    as_note,
    as_phone,
    as_text,
)
from privdesk.core.periods import Period, parse_period
from privdesk.core.residents import FOUND, stands_in
from privdesk.exchange.guessing import key_of

Convert = Callable[[Raw], Any]
"""Returns the value, None for an empty cell, or a ``Fault``."""

REQUIRED = fault(N_("A value is required here."))

_PLAIN: dict[Kind, Convert] = {
    Kind.TEXT: as_line,
    Kind.NAME: as_line,
    Kind.LINK: as_line,
    Kind.NOTE: as_note,
    Kind.PHONE: as_phone,
    Kind.EMAIL: as_email,
    Kind.INTEGER: as_integer,
    Kind.FLAG: as_flag,
}

_WRITTEN = (Kind.TEXT, Kind.NOTE, Kind.NAME)
_SHORT = 12  # letters; a resident registration number has thirteen digits

REPEATING = frozenset(
    {Kind.DATE, Kind.MOMENT, Kind.CHOICE, Kind.CHOICES, Kind.FLAG, Kind.PERIOD, Kind.LINK}
)
"""Kinds whose values occur again and again, so that one reading serves many rows."""


def converter(field: Field, rules: DateRules = DateRules()) -> Convert:  # noqa: B008
    """Return the function that reads cells for a field, its own check included."""
    convert = _by_kind(field, rules)
    if field.sealed and field.kind in _WRITTEN and not field.resident:
        convert = partial(_without_number, convert, field.kind is not Kind.TEXT)
    if field.check is None:
        return convert
    return partial(_checked, convert, field.check)


def convert_value(field: Field, raw: Raw, rules: DateRules = DateRules()) -> Any:  # noqa: B008
    """Return the value of one cell or typed text, None when empty, or a ``Fault``."""
    value = converter(field, rules)(raw)
    return REQUIRED if value is None and field.required else value


def _by_kind(field: Field, rules: DateRules) -> Convert:
    if field.kind is Kind.DATE:
        return partial(as_date, rules=rules)
    if field.kind is Kind.MOMENT:
        return partial(as_moment, rules=rules)
    if field.kind is Kind.CHOICE:
        return partial(_choice, _choices(field), field)
    if field.kind is Kind.CHOICES:
        return partial(_several, _choices(field), field)
    if field.kind is Kind.PERIOD:
        return _period
    if field.kind is Kind.LINKS:
        return _links
    return _PLAIN[field.kind]


def _without_number(convert: Convert, bare: bool, raw: Raw) -> Any:
    """Refuse a text in which a resident registration number stands (rule 7)."""
    value = convert(raw)
    if isinstance(value, str) and len(value) > _SHORT and stands_in(value, bare=bare):
        return fault(FOUND)
    return value


def _checked(convert: Convert, check: Callable[[object], str | None], raw: Raw) -> Any:
    value = convert(raw)
    if value is None or type(value) is Fault:
        return value
    cause = check(value)
    return value if cause is None else fault(cause)


def _choices(field: Field) -> dict[str, str]:
    """Return the key of each choice by its key and by its label in either language."""
    found: dict[str, str] = {}
    for choice in field.choices:
        for language in LANGUAGES:
            found.setdefault(key_of(words(language)(choice.label)), choice.key)
        found.setdefault(key_of(choice.label), choice.key)
    for choice in field.choices:
        for alias in choice.aliases:
            found.setdefault(key_of(alias), choice.key)
    for choice in field.choices:
        found[key_of(choice.key)] = choice.key
    return found


def _choice(choices: dict[str, str], field: Field, raw: Raw) -> str | Fault | None:
    text = as_text(raw).strip()
    if not text:
        return None
    return choices.get(key_of(text)) or fault(
        N_("There is no such choice; there are {choices}."),
        choices=", ".join(choice.words for choice in field.choices),
    )


def _several(choices: dict[str, str], field: Field, raw: Raw) -> tuple[str, ...] | Fault | None:
    whole = as_text(raw).strip()
    if not whole:
        return None
    if key_of(whole) in choices:
        return (choices[key_of(whole)],)
    keys = []
    for entry in as_list(raw):
        key = _choice(choices, field, entry)
        if isinstance(key, Fault):
            return key
        if key:
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _period(raw: Raw) -> Period | Fault | None:
    text = as_text(raw).strip()
    if not text:
        return None
    try:
        return parse_period(text)
    except DomainError as why:
        return fault(message_id(type(why)), **why.details)


def _links(raw: Raw) -> tuple[str, ...] | Fault | None:
    found: list[str] = []
    for entry in as_list(raw):
        line = as_line(entry)
        if isinstance(line, Fault):
            return line
        if line:
            found.append(line)
    return tuple(dict.fromkeys(found)) or None
