"""A list whose place is named once and not named another time.

People are known by place and number there; a list without a place is one of the vault's own.
Whoever imports first without a place, and names it for the next list or the other way round,
would enter everybody a second time, and those destroyed too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.hangul import name_key
from privdesk.core.register import Query
from privdesk.exchange.convert import convert_value
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.source import Cells, Source
from privdesk.flows.importing.people import fields
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.lines import digest
from privdesk.vault.payloads import PEOPLE


class OtherPlaceError(DomainError):
    """Most numbers of this list are known here from “{known}”, but it is told to come from
    “{told}”: people would be entered a second time, and destroyed ones would come back. Nothing
    was imported; take the list as one from “{known}”.
    """


@dataclass(frozen=True)
class _Row:
    source_id: str
    place: int  # 0 for one not known yet
    told: str  # what the place is called; empty where none is named
    name: str


def refuse_other_place(desk: Desk, source: Source, mapping: Columns, place: str) -> None:
    """Refuse a list of which more than half is known with a place where it has none, or without.

    Its first rows are looked at. A number that belongs to somebody of another name there is a
    number of another system and no sign of it; so are numbers at two places that are named.
    """
    vault = desk.service("places").find(Query(where={"kind": "vault"}))
    home = int(vault[0].id) if vault else 0
    rows = list(_rows(desk, source, mapping, place, home))
    for other in _places(desk):
        asked = [row for row in rows if row.place != other and home in (row.place, other)]
        if len(_signs(desk, other, asked)) * 2 > len(rows) and not _at_home(desk, asked):
            told = Counter(row.told for row in asked).most_common(1)[0][0]
            raise OtherPlaceError(known=_name(desk, other), told=told or _name(desk, home))


def _rows(desk: Desk, source: Source, mapping: Columns, place: str, home: int) -> Iterator[_Row]:
    """Yield the rows of the sample that have a number."""
    known = {field.name: field for field in fields(desk)}
    names = [f.name for f in desk.service("subjects").item_fields() if f.kind is Kind.NAME]

    def text(cells: Cells, name: str) -> str:
        at = mapping.column_of(name)
        if at is None or at >= len(cells):
            return ""
        value = convert_value(known[name], cells[at])
        return value if isinstance(value, str) else ""

    for _number, cells in source.sample:
        source_id = text(cells, "source_id")
        called = text(cells, "place") or place
        found = desk.service("places").called(called) if called else [home]
        if source_id:
            name = next((t for n in names if (t := text(cells, n))), "")
            yield _Row(source_id, int(found[0]) if found else 0, called, name)


def _places(desk: Desk) -> Iterator[int]:
    """Yield the places from which people are or were known by number."""
    sql = " UNION ALL ".join(
        f"SELECT * FROM (SELECT 1 FROM {table} WHERE place = ? LIMIT 1)"
        for table in ("source_ids", "blocked_ids")
    )
    for place in desk.service("places").find(Query()):
        if desk.vault.raw.execute(sql, (place.id, place.id)).fetchone():
            yield int(place.id)


def _signs(desk: Desk, place: int, rows: list[_Row]) -> list[_Row]:
    """Return the rows whose number is known from a place, of somebody of the same name."""
    found = {row: _known(desk, place, row.source_id) for row in rows}
    living = sorted({number for number in found.values() if number})
    values = desk.vault.payloads.read_many(PEOPLE, living) if living else {}
    slots = [f.slot or 0 for f in desk.service("subjects").item_fields() if f.kind is Kind.NAME]

    def same(row: _Row, number: int) -> bool:
        mine: Mapping[int, str] = values.get(number, {})
        return not row.name or name_key(row.name) in {name_key(mine.get(s, "")) for s in slots}

    return [
        row
        for row, number in found.items()
        if number is not None and (not number or same(row, number))
    ]


def _at_home(desk: Desk, rows: list[_Row]) -> bool:
    """Whether any row is known from the place it is told to come from."""
    return any(row.place and _known(desk, row.place, row.source_id) is not None for row in rows)


def _known(desk: Desk, place: int, source_id: str) -> int | None:
    """Return whose number this is at a place, 0 of somebody destroyed, None of nobody."""
    key = (place, digest(desk.service("subjects").match_key, place, "id:" + source_id))
    raw = desk.vault.raw
    sql = "SELECT subject FROM source_ids WHERE place = ? AND digest = ?"
    living = raw.execute(sql, key).fetchone()
    if living is not None:
        return int(living[0])
    sql = "SELECT 0 FROM blocked_ids WHERE place = ? AND digest = ?"
    return 0 if raw.execute(sql, key).fetchone() else None


def _name(desk: Desk, place: int) -> str:
    return str(desk.service("places").rows([place])[0].values["name"])
