"""Which record of a register a row of a list means: by reference, else by what names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.register import Query, Row
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.source import Source
from privdesk.registers.conditions import stored
from privdesk.registers.desk import Desk

REF = Field(
    "ref",
    N_("Reference"),
    width=110,
    aliases=("reference", "record number", "참조번호", "레코드 번호"),
    help=N_("The number of the record here; rows with it change that record."),
)
STATE = Field("state", N_("State"), computed=True)
"""What an export adds beside the fields; never taken in."""
KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "holdings": (("subject", "file", "purpose"),),
    "attendances": (("session", "staff"),),
    "consents": (("subject", "purpose", "kind", "at"),),
    "requests": (("place", "source_no"), ("source_no",)),
    "provisions": (("recipient", "provided_on", "file", "subject"),),
    "demands": (("authority", "document_no"),),
    "staff": (("staff_no",), ("name",)),
    "point-items": (("point", "purpose"),),
    "consignments": (("processor", "work"),),
    "inspections": (),  # another one of the same year is another inspection
    "inspection-answers": (("inspection", "no"),),
    "audit-findings": (("audit", "finding"),),
    "handovers": (("giver", "taker", "basis_on"),),
    "audits": (("name", "planned_on"),),
    "virus-alerts": (("name", "received_at"),),
    "items": (("key",), ("name",)),
}
"""What tells two records apart where the title alone does not, the surest first."""

TOLD_WHOLE = ("wordings",)
"""Nothing names these but all that they say: the service finds the same one (``twin``)."""

_MANY = (
    *("holdings", "consents", "requests", "provisions", "point-items"),
    *("inspection-answers", "attendances"),
)
"""Told apart by links, or as many as people: looked up in SQL, by open columns."""
_ENGLISH = "name_en"


class AmbiguousRowError(DomainError):
    """Several records are called that. Nothing was changed; give the reference in a column
    “ref”.
    """


class Known:
    """Finds the records that rows mean, also those that earlier rows made."""

    def __init__(self, desk: Desk, register: str) -> None:
        self._service = desk.service(register)
        declared = self._service.register
        title = ((declared.title_field,),) if declared.title_field else ()
        self.keys = () if register in TOLD_WHOLE else KEYS.get(register, title)
        self._in_sql = register in _MANY
        self._names: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}

    def find(self, values: Mapping[str, Any]) -> tuple[int | None, tuple[str, ...]]:
        """Return the number of the living record with these typed values, and what told it."""
        stronger: list[str] = []
        for key in self.keys:
            if all(values.get(name) not in (None, "") for name in key):
                found = [n for n in self._lookup(key, values) if self._fits(n, stronger, values)]
                if len(found) > 1:
                    raise AmbiguousRowError
                if found:
                    return found[0], key
            stronger += key
        return None, ()

    def add(self, number: int, values: Mapping[str, Any]) -> None:
        """Know a record that a row of this list made."""
        for key, names in self._names.items():
            for text in _texts(key, values):
                names.setdefault(text, []).append(number)

    def _lookup(self, key: tuple[str, ...], values: Mapping[str, Any]) -> list[int]:
        if self._in_sql:
            return self._select(key, values)
        if key not in self._names:
            self._names[key] = self._read(key)
        wanted = tuple(name_key(str(values[name])) for name in key)
        return self._names[key].get(wanted, [])

    def _select(self, key: tuple[str, ...], values: Mapping[str, Any]) -> list[int]:
        t = self._service.table
        fields = {f.name: f for f in self._service.fields()}
        same = [t.c[name] == stored(fields[name], values[name]) for name in key]
        wanted = select(t.c.id).where(*same, t.c.state.not_in(("void", "destroyed")))
        with self._service.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def _read(self, key: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = {}
        numbers = self._service.open_view(Query()).numbers()
        for row in self._service.rows(list(numbers), reveal=True):
            if row.state not in ("void", "destroyed"):
                for text in _texts(key, row.values):
                    found.setdefault(text, []).append(row.id)
        return found

    def _fits(self, number: int, stronger: Sequence[str], values: Mapping[str, Any]) -> bool:
        """Whether a record of this name does not differ in what tells it apart more surely."""
        if not stronger:
            return True
        (row,) = self._service.rows([number], reveal=True)
        return not any(_differ(row, name, values) for name in stronger)


def has_known_refs(desk: Desk, register: str, source: Source, mapping: Columns) -> bool:
    """Return whether the list's references mean records of this vault.

    A list that was exported from another vault brings references that mean nothing here.
    """
    at = mapping.column_of(REF.name)
    if at is None:
        return False
    service = desk.service(register)
    return any(_exists(service, cells[at]) for _number, cells in source.rows() if len(cells) > at)


def _exists(service: Any, cell: object) -> bool:
    try:
        service.number(str(cell or ""))
    except DomainError:
        return False
    return True


def number_of(service: Any, ref: str) -> int:
    """Return the number a row's reference means; raises what a reader of the report understands."""
    references.parse(ref)
    return int(service.number(ref))


def _texts(key: tuple[str, ...], values: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the spellings under which a record is found; an English name is one."""
    text = tuple(name_key(str(values.get(name) or "")) for name in key)
    if all(text):
        yield text
    english = name_key(str(values.get(_ENGLISH) or ""))
    if key == ("name",) and english and (english,) != text:
        yield (english,)


def _differ(row: Row, name: str, values: Mapping[str, Any]) -> bool:
    here, there = row.values.get(name), values.get(name)
    return bool(here and there) and name_key(str(here)) != name_key(str(there))
