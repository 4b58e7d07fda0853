"""What of a person a request is about: items by name, values before and after, files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.core.values import to_column, to_text
from privdesk.registers.desk import Desk

Wanted = Mapping[int, tuple[str, str]]  # by item: the value before and after
NUMBERS = 0  # where an item is meant: the person's numbers at the places
_SIGNS = (":", "：", "=")


class UnclearLineError(DomainError):
    """“{line}” does not say which item it is. Nothing was changed; write a line for each item, such
    as “{example}: …”. The items are: {known}.
    """


class NothingNewError(DomainError):
    """No value is another one than the vault holds. Nothing was changed; enter what it should
    be.
    """


def items_asked(request: Row) -> set[int]:
    """Return the items that a request names, none where it is about everything."""
    return {references.number(ref) for ref in request.values.get("items") or ()}


def links(desk: Desk, register: str, numbers: Iterable[int]) -> Any:
    """Return numbers as a column of several links holds them."""
    return to_column(Kind.LINKS, tuple(desk.ref(register, number) for number in numbers))


def values_of(desk: Desk, person: Row) -> dict[int, str]:
    """Return the values of a revealed person by item, as text; empty ones are left out."""
    found = {
        item: to_text(field.kind, person.values.get(field.name))
        for item, field in desk.service("subjects").fields_of_items().items()
    }
    return {item: text for item, text in found.items() if text}


def holdings_of(desk: Desk, subject: int, items: Collection[int] = ()) -> list[Row]:
    """Return a person's living holdings, those only that need one of the items where some are."""
    service = desk.service("holdings")
    rows: list[Row] = service.rows(service.of_subjects([subject]).get(subject, []))
    return [row for row in rows if not items or not items_of(desk, row).isdisjoint(items)]


def items_of(desk: Desk, holding: Row) -> set[int]:
    """Return the items that a holding's purpose needs."""
    purpose = references.number(holding.values["purpose"])
    return {references.number(ref) for ref in desk.service("purposes").items_of(purpose)}


def files_of(desk: Desk, subject: int, items: Collection[int] = ()) -> dict[int, set[int]]:
    """Return the files that hold a person, with her as their only one."""
    rows = holdings_of(desk, subject, items)
    return {references.number(row.values["file"]): {subject} for row in rows}


def lines(desk: Desk, text: str, *, strict: bool = True) -> dict[int, str]:
    """Return the values that lines such as ``E-mail: name@example.com`` give, by item.

    Each is brought to its one form. A line that names no item is refused, and so is a value
    that cannot be one; where not ``strict`` the line is passed over, the value stays as it is.
    """
    fields = desk.service("subjects").fields_of_items()
    known = {name_key(name): item for item, field in fields.items() for name in _names(field)}
    found: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, value = _split(line)
        item = known.get(name_key(name))
        if item is not None:
            found[item] = _typed(desk, fields[item], value, strict=strict)
        elif strict:
            raise _unclear(line, fields)
    return found


def said(desk: Desk, text: str) -> dict[int, str]:
    """Return what lines such as ``Telephone: 5678`` say of the items, as it is said.

    ``NUMBERS`` stands for the person's numbers at the places.
    """
    subjects = desk.service("subjects")
    fields = {**subjects.fields_of_items(), NUMBERS: subjects.field("source_ids")}
    known = {name_key(name): item for item, field in fields.items() for name in _names(field)}
    found: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, value = _split(line)
        item = known.get(name_key(name))
        if item is None:
            raise _unclear(line, fields)
        found[item] = value
    return found


def _unclear(line: str, fields: Mapping[int, Field]) -> UnclearLineError:
    labels = ", ".join(_(field.label) for field in fields.values())
    return UnclearLineError(line=line, example=next(iter(fields.values())).label, known=labels)


def _typed(desk: Desk, field: Field, value: str, *, strict: bool) -> str:
    try:
        typed = desk.service("subjects").checked_against([field], {field.name: value}, whole=False)
    except InvalidValueError:
        if strict:
            raise
        return value
    return to_text(field.kind, typed[field.name])


def _names(field: Field) -> tuple[str, ...]:
    return (field.name, field.label, _(field.label), *field.aliases)


def _split(line: str) -> tuple[str, str]:
    """Return what stands before and after the first sign between an item and its value."""
    at = min((line.find(sign) for sign in _SIGNS if sign in line), default=-1)
    return (line, "") if at < 0 else (line[:at].strip(), line[at + 1 :].strip())


def wanted(desk: Desk, person: Row, text: str) -> dict[int, tuple[str, str]]:
    """Return, by item, the value before and after that lines ask for; those that change only."""
    now = values_of(desk, person)
    found = {
        item: (now.get(item, ""), value)
        for item, value in lines(desk, text).items()
        if value != now.get(item, "")
    }
    if not found:
        raise NothingNewError
    return found


def differing(desk: Desk, text: str, expected: Mapping[int, str]) -> list[int]:
    """Return the items of which lines tell another value than expected; other text is passed."""
    told = lines(desk, text, strict=False)
    return [n for n, value in sorted(told.items()) if n in expected and value != expected[n]]


def packed(changed: Wanted) -> str:
    """Return values before and after as an order keeps them."""
    return json.dumps({str(item): list(both) for item, both in changed.items()}, ensure_ascii=False)


def told(desk: Desk, changed: Wanted) -> str:
    """Return values before and after in words, a line for each item."""
    fields = desk.service("subjects").fields_of_items()
    return "\n".join(
        f"{fields[item].label}: {before or '–'} → {after or '–'}"
        for item, (before, after) in changed.items()
    )
