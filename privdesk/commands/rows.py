"""Records for the screen and for scripts: masked, or revealed with a reason in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.core.fields import Field
    from privdesk.core.register import Query, Row
    from privdesk.registers.desk import Desk

_WINDOW = 500


def listed(
    desk: Desk, register: str, query: Query, limit: int | None, look: str = ""
) -> Iterator[Row]:
    """Yield the rows of a list; with ``look`` (the reason) in the clear, each journalled."""
    from privdesk.flows.revealing import revealed

    service = desk.service(register)
    view = service.open_view(query)
    try:
        numbers = view.numbers()
        count = len(numbers) if limit is None else min(limit, len(numbers))
        for start in range(0, count, _WINDOW):
            stop = min(start + _WINDOW, count)
            if look:
                rows = revealed(desk, register, list(numbers[start:stop]), look)
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
        else:
            if name != "state":
                service.field(name)
            found[name] = values[0] if len(values) == 1 else list(values)
    return found
