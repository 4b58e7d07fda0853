"""Records for the screen and for scripts: masked, or revealed with a reason in the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from privdesk.core.conditions import Between, moments
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import LANGUAGES, _, words

if TYPE_CHECKING:
    from privdesk.core.register import Query, Row
    from privdesk.registers.desk import Desk
    from privdesk.ui.page.saved import SavedView

_WINDOW = 500
_DAY = re.compile(r"\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}\.?|\d{8}")
VOID = "void"


class UnknownStateError(DomainError):
    """No record is ever “{state}” here. Nothing was changed; choose one of: {known}."""


def listed(
    desk: Desk, register: str, query: Query, limit: int | None, look: str = ""
) -> Iterator[Row]:
    """Yield the rows of a list; with ``look`` (the reason) in the clear, each journalled."""
    from privdesk.flows.revealing import seen

    service = desk.service(register)
    view = service.open_view(query)
    try:
        numbers = view.numbers()
        count = len(numbers) if limit is None else min(limit, len(numbers))
        for start in range(0, count, _WINDOW):
            stop = min(start + _WINDOW, count)
            if look:
                rows = seen(desk, register, list(numbers[start:stop]), look)
                yield from service.restated(rows, query)
            else:
                yield from view.rows(start, stop)
    finally:
        view.close()


def as_json(row: Row) -> dict[str, Any]:
    """Return a record as an object: reference, state and the field names."""
    return {"ref": row.ref, "state": row.state, **row.values}


def heads(desk: Desk, register: str) -> list[str]:
    """Return the heads of the columns that a list shows."""
    fields = [f for f in desk.service(register).fields() if f.in_table]
    return [_("Reference"), *(_(f.label) for f in fields), _("State")]


def cells(desk: Desk, register: str, row: Row, fields: Sequence[Field]) -> list[Any]:
    """Return what a list shows of a record; links by what they are called."""
    values = (worded(row, f) for f in fields)
    return [row.ref, *values, state(desk, register, row)]


def shown(desk: Desk, register: str, row: Row, name: str) -> Any:
    """Return a value as it is read: choices by label, links by title."""
    field = next((f for f in desk.service(register).fields() if f.name == name), None)
    return row.values.get(name) if field is None else worded(row, field)


def worded(row: Row, field: Field) -> Any:
    """Return the value of a field as it is read."""
    value = row.values.get(field.name)
    if row.titles.get(field.name):
        return row.titles[field.name]
    if not field.choices:
        return value
    keys = value if isinstance(value, tuple) else (value,)
    labels = [_(c.label) if (c := field.choice(str(key))) else key for key in keys if key]
    return labels if isinstance(value, tuple) else (labels[0] if labels else "")


def state(desk: Desk, register: str, row: Row) -> str:
    """Return what a record's state is called."""
    found = desk.register(register).state(row.state)
    return _(found.label) if found else row.state


def where(desk: Desk, register: str, wanted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return conditions as queries take them; ``ref`` and ``state`` are conditions too."""
    service = desk.service(register)
    found: dict[str, Any] = {}
    for name, values in wanted.items():
        if name == "ref":
            found["id"] = [service.number(value) for value in values]
        elif name == "state":
            found[name] = _one_or_several([known_state(desk, register, v) for v in values])
        else:
            field = _open_to(desk, service.field(name))
            found[name] = _one_or_several([_typed(desk, field, value) for value in values])
            if isinstance(found[name], list) and any(isinstance(v, Between) for v in found[name]):
                raise typer.BadParameter(_("of “{name}” give one span only").format(name=name))
    return found


def query_of(
    desk: Desk, register: str, wanted: Mapping[str, Sequence[str]], view: str = ""
) -> tuple[Query, SavedView | None]:
    """Return what a list asks for, and the saved view it stands on; conditions narrow it more."""
    from privdesk.core.register import Query
    from privdesk.flows import namedviews

    more = where(desk, register, wanted)
    if not view:
        declared = desk.register(register)
        return Query("", more, declared.sort, declared.descending), None
    saved = namedviews.find(desk, register, view)
    query = namedviews.query_of(desk, register, saved)
    return replace(query, where={**query.where, **more}), saved


def span_of(value: str) -> tuple[str, str] | None:
    """Return the ends of a span typed as FIRST..LAST, either of them empty; else None."""
    first, dots, last = value.partition("..")
    return (first.strip(), last.strip()) if dots and (first.strip() or last.strip()) else None


def known_state(desk: Desk, register: str, value: str) -> str:
    """Return the key of a state given by key or by the word that lists show, in any language.

    None matches a slip of the pen.
    """
    known = desk.register(register).states
    if not known or value in (VOID, *(state.key for state in known)):
        return value
    wanted = name_key(value)
    for state in known:
        if wanted in {name_key(words(language)(state.label)) for language in LANGUAGES}:
            return state.key
    told = ", ".join(f"{_(state.label)} ({state.key})" for state in known)
    raise UnknownStateError(state=value, known=told)


def _open_to(desk: Desk, field: Field) -> Field:
    """Return a field after checking that this role may look for its values."""
    if field.masked and not desk.vault.sees_people:
        desk.refuse(fields=(field.name,))
    return field


def _typed(desk: Desk, field: Field, value: str) -> Any:
    """Return a typed value as the field holds it; days may be a span, moments days."""
    from privdesk.registers.checking import value_of

    if field.kind is Kind.MOMENT and not field.sealed and value:
        return _within(desk, field, value)
    if field.kind is not Kind.DATE or field.sealed:
        return value
    ends = span_of(value)
    if ends is None:
        return value_of(desk, field, value) if value else ""
    first, last = (value_of(desk, field, end) if end else None for end in ends)
    return Between(first, last)


def _within(desk: Desk, field: Field, value: str) -> Any:
    """Return the moments of a day, or of a span of days; a time of day is that moment."""
    from privdesk.registers.checking import value_of

    ends = span_of(value)
    if ends is None and not _DAY.fullmatch(value.strip()):
        return value_of(desk, field, value)
    first, last = ends or (value, value)
    day = Field(field.name, field.label, Kind.DATE)
    return moments(*(value_of(desk, day, end) if end else None for end in (first, last)))


def _one_or_several(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
