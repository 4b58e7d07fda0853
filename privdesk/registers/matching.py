"""Which records a query means: SQL over open columns, then a look at sealed and computed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, func, select

from privdesk.core import references
from privdesk.core.conditions import Between, meets
from privdesk.core.hangul import name_key
from privdesk.core.i18n import current
from privdesk.core.register import Query
from privdesk.registers.conditions import SEVERAL, condition

if TYPE_CHECKING:
    from privdesk.registers.records import Records

_FIXED_COLUMNS = ("id", "state")


def matching(service: Records, query: Query) -> list[int]:
    """Return the numbers of the matching records in order."""
    table = service.table
    name = "id" if query.sort == "ref" else query.sort  # references count up as numbers do
    field = service.register.field(name) if name else None
    by_column = name in table.c and (field is None or not field.sealed)
    may_lack = by_column and table.c[name].nullable
    order: Any = _ordered(table, name) if by_column else table.c.id
    order = order.desc() if query.descending else order.asc()
    if may_lack:  # records without a value come last, whichever way
        order = order.nulls_last()
    conditions = _conditions(service, query.where)
    with service.vault.reading() as sql:
        statement = select(table.c.id).where(*conditions).order_by(order, table.c.id)
        numbers = list(sql.execute(statement).scalars())
    looked_at = [name for name in query.where if _is_no_column(service, name)]
    if query.text or looked_at or (query.sort and not by_column):
        return _narrowed(service, numbers, query, looked_at, sort=not by_column)
    return numbers


def _ordered(table: Table, name: str) -> Any:
    """Return what a column is sorted by: on an English screen the English name, where one is."""
    twin = table.c.get(f"{name}_en")
    if twin is None or current() != "en":
        return table.c[name]
    return func.lower(func.coalesce(func.nullif(twin, ""), table.c[name]))


def _is_no_column(service: Records, name: str) -> bool:
    return name != "ref" and name not in _FIXED_COLUMNS and name not in service.table.c


def _conditions(service: Records, where: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name, value in where.items():
        if name == "ref":
            wanted = value if isinstance(value, SEVERAL) else [value]
            numbers = [references.number(ref) for ref in wanted]
            found.append(service.table.c.id.in_(numbers))
        elif name in _FIXED_COLUMNS:
            found.append(condition(service.desk, service.table.c[name], None, value))
        elif not _is_no_column(service, name):
            field = service.field(name)
            found.append(condition(service.desk, service.table.c[name], field, value))
        else:
            service.field(name)
    return found


def _narrowed(
    service: Records, numbers: list[int], query: Query, looked_at: Sequence[str], *, sort: bool
) -> list[int]:
    needle = name_key(query.text)
    if needle:
        numbers = service.holding(numbers, needle)
    names = {*looked_at, *((query.sort,) if query.sort and sort else ())}
    if not names:
        return numbers
    if not looked_at and (values := service.sealed_values(numbers, query.sort)) is not None:
        return _in_order(numbers, values, descending=query.descending)
    kept = {
        row.id: row.values
        for row in service.glimpses(numbers, names)
        if all(_same(row.values.get(name), query.where[name]) for name in looked_at)
    }
    if query.sort and sort:
        values = {number: told.get(query.sort) for number, told in kept.items()}
        return _in_order(kept, values, descending=query.descending)
    return list(kept)


def _in_order(numbers: Iterable[int], values: Mapping[int, Any], *, descending: bool) -> list[int]:
    """Return records in the order of a value; those without one come last, whichever way."""
    sortable = cache(_sortable)  # the same ones come in thousands
    found = sorted(numbers, key=lambda n: sortable(values.get(n)), reverse=descending)
    return sorted(found, key=lambda n: values.get(n) in (None, ""))


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Between):
        return meets(found, wanted)
    if isinstance(wanted, SEVERAL):
        return any(_same(found, one) for one in wanted)
    return name_key(str(found or "")) == name_key(str(wanted))


def _sortable(value: Any) -> tuple[int, Any, str]:
    """Return a key that puts numbers before texts; records without a value come last anyway."""
    if value is None or value == "":
        return (0, 0, "")
    if isinstance(value, int):
        return (1, value, "")
    return (2, 0, name_key(str(value)))
