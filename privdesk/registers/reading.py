"""How records are read: from the table's columns and the sealed values to rows, and to their texts.

A list of thousands is narrowed by what is needed of each record, without making rows of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from importlib import import_module
from typing import Any

from sqlalchemy import Table, select

from privdesk.core import references
from privdesk.core.errors import UnknownNameError
from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.masking import mask
from privdesk.core.register import Register, Row
from privdesk.core.values import from_column, from_text
from privdesk.registers.desk import Desk
from privdesk.registers.folding import Folded
from privdesk.vault.payloads import OFFICE, PEOPLE

HIDDEN = "•••"
SCHEMA_OF = {Audience.OFFICE: OFFICE, Audience.PERSONAL: PEOPLE}
_AT_ONCE = 900
_TEXTS = (Kind.TEXT, Kind.NOTE, Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.CHOICE)


class Reading:
    """The half of a service that reads.

    ``rows_add_texts`` is whether the rows of a register say more in words than its fields
    hold; a search then looks at the rows themselves.
    """

    rows_add_texts: bool | None = None  # unsaid: it is so where a register makes its own rows
    told_together: tuple[str, ...] = ()  # the fields that ``together`` works out

    def __init__(self, desk: Desk, register: Register) -> None:
        self.desk = desk
        self.register = register
        self.vault = desk.vault

    @cached_property
    def table(self) -> Table:
        """The register's table."""
        module, _colon, cls = self.register.model.partition(":")
        found = getattr(import_module(module), cls).__table__
        assert isinstance(found, Table)
        return found

    # -- fields

    def fields(self) -> tuple[Field, ...]:
        """Return the declared fields and those that the office's data adds."""
        return self.register.fields

    def field(self, name: str) -> Field:
        """Return a field by name."""
        for field in self.fields():
            if field.name == name:
                return field
        raise UnknownNameError(what=_(N_("field")), name=name)

    # -- rows

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return records by number, in the order asked for."""
        with self.vault.reading():
            stored = self._stored(numbers)
            sealed = self._sealed(numbers)
            titles = self._titles(stored.values())
            told = self.together(stored)
        found = (
            self._row(stored[n], sealed.get(n, {}), titles, reveal) for n in numbers if n in stored
        )
        return [_and(row, told) for row in found]

    def glimpses(self, numbers: Sequence[int], names: Collection[str]) -> list[Row]:
        """Return records in the clear with these fields only, and what is worked out of others."""
        if self._adds:
            return self.rows(numbers, reveal=True)
        known = {f.name for f in self.fields() if f.sealed or f.name in self.table.c}
        work = not known.issuperset(set(names).difference(self.told_together))
        beside = work or not known.issuperset(names)
        shown = tuple(f for f in self.fields() if f.name in names or (work and not f.sealed))
        with self.vault.reading():
            stored = self._stored(numbers, None if beside else {f.name for f in shown})
            slots = {f.slot for f in shown if f.slot is not None}
            sealed = self._sealed(numbers, {f.audience for f in shown}, slots)
            told = self.together(stored) if beside else {}
        found = (
            self._row(stored[n], sealed.get(n, {}), {}, True, shown, work=work)
            for n in numbers
            if n in stored
        )
        return [_and(row, told) for row in found]

    def sealed_values(self, numbers: Sequence[int], name: str) -> dict[int, Any] | None:
        """Return the values of one sealed field in the clear, as ``glimpses`` has them.

        A list of thousands is sorted by them. None where a field is not sealed, or shut here.
        """
        field = next((one for one in self.fields() if one.name == name), None)
        if self._adds or field is None or field.slot is None:
            return None
        if field.audience is Audience.PERSONAL and not self.vault.sees_people:
            return None
        slot, schema = field.slot, SCHEMA_OF[field.audience]
        with self.vault.reading():
            found = self.vault.payloads.read_many(schema, numbers, {slot})
        return {n: from_text(field.kind, told.get(slot, "")) for n, told in found.items()}

    def holding(self, numbers: Sequence[int], needle: str) -> list[int]:
        """Return those records of which some text holds a needle (a ``name_key``)."""
        if self._adds:
            rows = self.rows(numbers, reveal=self.vault.sees_people)
            return [row.id for row in rows if any(needle in text for text in _texts_of(row))]
        with self.vault.reading():
            found = {
                number
                for number, texts in self._open_texts(numbers, needle)
                if any(needle in text for text in texts)
            }
            left = [number for number in numbers if number not in found]  # the rest is opened
            found.update(n for n, folded in self._sealed_texts(left) if needle in folded)
        return [number for number in numbers if number in found]

    @property
    def _adds(self) -> bool:
        made_here = type(self).rows is not Reading.rows
        return made_here if self.rows_add_texts is None else self.rows_add_texts

    @cached_property
    def _folded(self) -> Folded:
        return Folded(self.vault.payloads)

    def _open_texts(
        self, numbers: Sequence[int], needle: str
    ) -> Iterator[tuple[int, Iterator[str]]]:
        """Yield the open texts of records and of what they link to, as ``name_key`` has them.

        References are made only where the needle may stand in one.
        """
        named = _may_hold(self.register.prefix, needle)
        fields = [f for f in self.fields() if not f.sealed and f.name in self.table.c]
        plain = [f.name for f in fields if f.kind in _TEXTS]
        links = [f for f in fields if f.kind in (Kind.LINK, Kind.LINKS) and f.links_to]
        keyed = cache(name_key)
        stored = self._stored(numbers, (*plain, *(f.name for f in links)))
        titles = {of: keyed(told) for of, told in self._titles(stored.values()).items()}
        make = cache(self._reference)
        by_ref = {
            field.name
            for field in links
            if field.kind is Kind.LINK
            and _may_hold(self.desk.register(field.links_to or "").prefix, needle)
        }

        def texts(number: int) -> Iterator[str]:
            row = stored[number]
            if named:
                yield keyed(references.make(self.register.prefix, number))
            yield from (keyed(row[name]) for name in plain if row[name])
            for field in links:
                for linked in _link_numbers(field, row):
                    yield titles.get((field.links_to or "", linked), "")
                    if field.name in by_ref:
                        yield make(field, linked)

        return ((number, texts(number)) for number in numbers if number in stored)

    def _sealed_texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Yield the sealed texts of records, folded, as far as who sits here may find by them."""
        shut = not self.vault.sees_people  # who may not see a private value does not find by it
        sealed_ = [f for f in self.fields() if f.sealed and not (f.private and shut)]
        slots: dict[Audience, set[int]] = {}
        for field in sealed_:
            if field.kind in _TEXTS:
                slots.setdefault(field.audience, set()).add(field.slot or 0)
        if of_office := slots.get(Audience.OFFICE):
            yield from self._folded.texts(numbers, of_office)
        personal = slots.get(Audience.PERSONAL)
        if personal and not shut:
            found = self.vault.payloads.read_many(PEOPLE, numbers, personal)
            for number, values in found.items():
                yield number, "\n".join(map(name_key, values.values()))

    def _reference(self, field: Field, number: int) -> str:
        return name_key(self._load(field, number))

    def _stored(
        self, numbers: Sequence[int], names: Collection[str] | None = None
    ) -> dict[int, Mapping[str, Any]]:
        """Return what the columns hold, of some or of all, by number; always ``id``, ``state``."""
        found: dict[int, Mapping[str, Any]] = {}
        t = self.table
        shown = [c for c in t.c if names is None or c.name in ("id", "state") or c.name in names]
        with self.vault.reading() as sql:
            for start in range(0, len(numbers), _AT_ONCE):
                part = t.c.id.in_(numbers[start : start + _AT_ONCE])
                rows = sql.execute(select(*shown).where(part))
                keys = tuple(rows.keys())
                at = keys.index("id")
                found.update((row[at], dict(zip(keys, row, strict=True))) for row in rows)
        return found

    def computed(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return computed columns that are not stored."""
        return {}

    def together(self, stored: Mapping[int, Mapping[str, Any]]) -> Mapping[int, Mapping[str, Any]]:
        """Return computed columns for which other registers are asked once for all records."""
        return {}

    def _sealed(
        self,
        numbers: Sequence[int],
        of: Collection[Audience] = tuple(SCHEMA_OF),
        slots: Collection[int] | None = None,
    ) -> dict[int, dict[Audience, dict[int, str]]]:
        found: dict[int, dict[Audience, dict[int, str]]] = {n: {} for n in numbers}
        for audience, schema in SCHEMA_OF.items():
            if audience not in of or not any(f.audience is audience for f in self.fields()):
                continue
            if audience is Audience.PERSONAL:
                if not self.vault.sees_people:
                    continue
                for own in found.values():
                    own[audience] = {}
            for number, values in self.vault.payloads.read_many(schema, numbers, slots).items():
                found[number][audience] = values
        return found

    def _row(
        self,
        stored: Mapping[str, Any],
        sealed: Mapping[Audience, Mapping[int, str]],
        titles: Mapping[tuple[str, int], str],
        reveal: bool,
        fields: Sequence[Field] | None = None,
        *,
        work: bool = True,
    ) -> Row:
        values: dict[str, Any] = {}
        named: dict[str, str] = {}
        masked: set[str] = set()
        for field in self.fields() if fields is None else fields:
            if field.sealed:
                values[field.name] = self._opened(field, sealed, reveal, masked)
            elif field.name in stored:
                raw = stored[field.name]
                values[field.name] = self._load(field, raw)
                if field.kind is Kind.LINK and raw is not None and field.links_to:
                    named[field.name] = titles.get((field.links_to, raw), "")
                elif field.kind is Kind.LINKS and field.links_to:
                    named[field.name] = self._titles_of(field.links_to, values[field.name], titles)
        if work:
            values.update(self.computed({**stored, **values}))
        number = stored["id"]
        ref = references.make(self.register.prefix, number)
        return Row(number, ref, values, str(stored["state"]), frozenset(masked), named)

    def _opened(
        self,
        field: Field,
        sealed: Mapping[Audience, Mapping[int, str]],
        reveal: bool,
        masked: set[str],
    ) -> Any:
        if field.audience is Audience.PERSONAL and field.audience not in sealed:  # no key to it
            masked.add(field.name)
            return HIDDEN
        text = sealed.get(field.audience, {}).get(field.slot or 0, "")
        if text and field.masked and not reveal:
            masked.add(field.name)
            return mask(field.kind, text)
        return from_text(field.kind, text)

    def _load(self, field: Field, raw: Any) -> Any:
        if field.kind is Kind.LINK:
            if raw is None or field.links_to is None:
                return ""
            return references.make(self.desk.register(field.links_to).prefix, raw)
        return from_column(field.kind, raw)

    def _titles(self, stored: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
        wanted: dict[str, set[int]] = {}
        for field in self.fields():
            if field.links_to and not field.sealed and field.kind in (Kind.LINK, Kind.LINKS):
                for row in stored:
                    wanted.setdefault(field.links_to, set()).update(_link_numbers(field, row))
        return {
            (register, number): title
            for register, numbers in wanted.items()
            for number, title in self.desk.service(register).titles(sorted(numbers)).items()
        }

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return what records are called in links, by number; personal names masked."""
        name = self.register.title_field
        if not name or not numbers:
            return {}
        field = self.field(name)
        if self._adds or not (field.sealed or name in self.table.c):
            return {row.id: str(row.values.get(name) or "") for row in self.rows(numbers)}
        with self.vault.reading():
            stored = self._stored(numbers, {name})
            slots = () if field.slot is None else (field.slot,)
            sealed = self._sealed(numbers, {field.audience}, slots)
        shown = (
            self._row(stored[n], sealed.get(n, {}), {}, False, (field,), work=False)
            for n in numbers
            if n in stored
        )
        return {row.id: str(row.values.get(name) or "") for row in shown}

    def _titles_of(
        self, register: str, refs: Sequence[str], titles: Mapping[tuple[str, int], str]
    ) -> str:
        return ", ".join(titles.get((register, references.number(r)), r) for r in refs)


def _and(row: Row, told: Mapping[int, Mapping[str, Any]]) -> Row:
    """Return a row with what is told of it besides."""
    more = told.get(row.id)
    return replace(row, values={**row.values, **more}) if more else row


def _may_hold(prefix: str, needle: str) -> bool:
    """Whether a reference with a prefix, such as M-000026-4, may hold a needle."""
    return set(needle) <= {*name_key(prefix), *"-0123456789"}


def _link_numbers(field: Field, row: Mapping[str, Any]) -> Sequence[int]:
    raw = row.get(field.name)
    if raw is None:
        return []
    if field.kind is Kind.LINK:
        return [raw]
    return _several(raw)


@lru_cache(4096)
def _several(raw: str) -> tuple[int, ...]:
    """Return the numbers that several links name; many records name the same ones."""
    return tuple(references.number(ref) for ref in from_text(Kind.LINKS, raw))


def _texts_of(row: Row) -> Iterator[str]:
    """Yield the texts of a row, as a search compares them."""
    yield name_key(row.ref)
    yield from (name_key(title) for title in row.titles.values())
    yield from (name_key(value) for value in row.values.values() if isinstance(value, str))
