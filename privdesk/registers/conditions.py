"""What an open column must be, said in SQL; see ``privdesk.core.conditions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, or_

from privdesk.core import references
from privdesk.core.conditions import Between
from privdesk.core.fields import Field, Kind
from privdesk.core.values import to_column
from privdesk.registers.checking import value_of

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

SEVERAL = (list, tuple, set, frozenset)


def stored(field: Field, value: Any) -> Any:
    """Return what an open column stores for a typed value."""
    if field.kind is Kind.LINK:
        return references.number(value) if value else None
    return to_column(field.kind, value)


def condition(
    desk: Desk, column: ColumnElement[Any], field: Field | None, value: Any
) -> ColumnElement[bool]:
    """Return the condition: equal to a value, to any of several, or between two.

    Values may be as people type them. A field of several links or choices meets it where
    it holds one of the wanted.
    """

    def raw(one: Any) -> Any:
        return one if field is None else stored(field, value_of(desk, field, one))

    if isinstance(value, Between):
        bounds = [column.is_not(None)]
        bounds += [column >= raw(value.first)] if value.first is not None else []
        bounds += [column <= raw(value.last)] if value.last is not None else []
        return and_(*bounds)
    wanted = list(value) if isinstance(value, SEVERAL) else [value]
    if field is not None and field.kind in (Kind.LINKS, Kind.CHOICES):
        typed = [one for each in wanted for one in value_of(desk, field, each)]
        held = [column.contains(f'"{one}"', autoescape=True) for one in typed]
        return or_(*held) if held else column.is_(None)
    found = [raw(one) for one in wanted]
    given = column.in_([one for one in found if one is not None])
    empty = any(one is None or one == "" for one in found)
    return or_(given, column.is_(None)) if empty else given
