"""Data subjects: fields by the office's items, list lines, source numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Integer, String, literal_column, select
from sqlalchemy import text as raw_sql

from privdesk.core.categories import Category
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import current
from privdesk.core.masking import mask
from privdesk.core.register import Query, Row
from privdesk.registers.conditions import condition
from privdesk.registers.desk import Change
from privdesk.registers.freezing import USE, frozen, labels, require_free
from privdesk.registers.reading import HIDDEN
from privdesk.registers.records import Records
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.lines import digest, line_of, unpack_sources
from privdesk.registers.subjects.listing import by_lines, view
from privdesk.vault.header import PERSONAL
from privdesk.vault.payloads import PEOPLE
from privdesk.vault.search import index
from privdesk.vault.search.lines import Line

KINDS = {
    "name": Kind.NAME,
    "email": Kind.EMAIL,
    "phone": Kind.PHONE,
    "date": Kind.DATE,
    "text": Kind.TEXT,
    "number": Kind.INTEGER,
}


class NobodyError(DomainError):
    """Nothing here says who this person is. Nothing was saved; fill in at least one item, such as
    the name or the telephone number.
    """


class Subjects(Records):
    """Service of the data subjects."""

    _known_items: list[Row] | None = None

    def fields(self) -> tuple[Field, ...]:
        """Return one field for each item the office collects, then the declared ones."""
        return self.item_fields() + self.register.fields

    def item_fields(self) -> tuple[Field, ...]:
        """Return the items as fields; an item's slot is its rank, which never changes."""
        return tuple(_item_field(rank, row) for rank, row in enumerate(self._items(), 1))

    def forget_items(self) -> None:
        """Have the items read again: one of them changed."""
        self._known_items = None

    def read_items(self) -> None:
        """Read the items again, on the thread of the database."""
        self.forget_items()
        self._items()

    def _items(self) -> list[Row]:
        """Return the office's items; kept, because the screen asks from its own thread."""
        if self._known_items is None:
            self._known_items = self.desk.service("items").find(Query(sort="id"))
        return self._known_items

    def slots(self) -> dict[int, int]:
        """Return the slot of each item by the item's number."""
        return {row.id: rank for rank, row in enumerate(self._items(), 1)}

    def fields_of_items(self) -> dict[int, Field]:
        """Return the field of each item by the item's number."""
        return dict(zip(self.slots(), self.item_fields(), strict=True))

    # -- lines

    def write_line(self, number: int) -> None:
        """Write the list line of a person again, inside the transaction."""
        index.replace_lines(self.vault.raw, self.lines([number]))

    def lines(self, numbers: Sequence[int]) -> list[Line]:
        """Return the list lines of people, from their sealed values."""
        fields = self.item_fields()
        sealed = self.vault.payloads.read_many(PEOPLE, numbers)
        dates = self.dates(numbers)
        found = []
        for number, state in self._states(numbers):
            if state == "destroyed":
                continue
            values = sealed.get(number, {})
            collected, due, held = dates.get(number, (None, None, False))
            shown = "held" if held and state == "living" else state
            found.append(line_of(number, fields, values, shown, collected, due))
        return found

    def all_lines(self) -> Iterable[Line]:
        """Return every line, for building the index anew."""
        sql = "SELECT id FROM subjects WHERE state <> 'destroyed' ORDER BY id"
        numbers = [row[0] for row in self.vault.raw.execute(sql).fetchall()]
        for start in range(0, len(numbers), 5000):
            yield from self.lines(numbers[start : start + 5000])

    def relist_due(self, change: Change) -> None:
        """Bring the days in all list lines up to date after many holdings moved."""
        due = (
            "(SELECT CAST(julianday(min(h.due_on)) - 1721424.5 AS INTEGER) FROM main.holdings h"
            " WHERE h.subject = search.lines.id AND h.state IN ('active', 'law'))"
        )
        self.vault.raw.execute(
            f"UPDATE search.lines SET due = {due} WHERE due IS NOT {due}"
            " AND register = (SELECT code FROM search.registers WHERE name = 'subjects')"
        )

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a person of whom nothing is known, and to empty the last that is."""
        if not self._known(values) and (before is None or self._known(before)):
            raise NobodyError
        return {}

    def amend(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Change a person, save what is disputed: that waits for its result (rule 23).

        Raises ``FrozenError`` where a value under a freeze would become another.
        """
        known = {field.name: item for item, field in self.fields_of_items().items()}
        named = [name for name in values if name in known]
        if named and frozen(self.desk, [number]):
            (before,) = self.rows([number], reveal=True)
            typed = self.checked({name: values[name] for name in named}, whole=False)
            other = [known[n] for n, v in typed.items() if (before.values[n] or "") != (v or "")]
            if other:
                require_free(self.desk, [number], USE, other)
        super().amend(change, number, values)

    def correct(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Give what is disputed the value that its correction came to, freeze or not."""
        super().amend(change, number, values)

    def _known(self, values: Mapping[str, Any]) -> bool:
        """Whether values say who somebody is: an item, or a number at a place."""
        names = ("source_ids", *(field.name for field in self.item_fields()))
        return any(values.get(name) not in (None, "") for name in names)

    # -- source numbers

    @cached_property
    def match_key(self) -> bytes:
        """The vault's matching key."""
        found = self.vault.people_meta("match")
        if found is None:
            raise ForbiddenError(role=self.vault.role)
        return found

    def digest(self, place: int, text: str) -> bytes:
        """Return the keyed hash of a source's number at a place, 16 bytes."""
        return digest(self.match_key, place, text)

    def sources(self, number: int) -> dict[str, str]:
        """Return a person's numbers by reference of the place."""
        return self.sources_of([number]).get(number, {})

    def sources_of(self, numbers: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return the numbers of several people by reference of the place."""
        sealed = self.vault.payloads.read_many(PEOPLE, numbers)
        return {n: unpack_sources(values.get(SLOT_SOURCES, "")) for n, values in sealed.items()}

    # -- reading

    def between(self, query: Query) -> bool:
        """Whether the list may be read while an import is under way: its people are hidden.

        Asked on any thread; touches no file.
        """
        return PERSONAL in self.vault.unlocked.roles and by_lines(query)

    def open_view(self, query: Query) -> Any:
        """Return a snapshot over the list lines; quick at a million."""
        if not self.vault.sees_people:
            return super().open_view(Query(where=query.where))
        return view(self, query)

    def stored(self, query: Query) -> list[int]:
        """Return the numbers of tombstones and other people by their stored state."""
        return self._matching(Query(where=query.where, sort="id", descending=query.descending))

    def total(self) -> int:
        """Return how many people there are or were."""
        return self._total()

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return people with the days of their holdings."""
        rows = super().rows(numbers, reveal=reveal)
        dates = self.dates(numbers)
        held = self.frozen(numbers)
        return [
            self._dated(row, dates.get(row.id, (None, None, False)), held.get(row.id, ""))
            for row in rows
        ]

    def frozen(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return what is frozen of those of these people who dispute something, in words."""
        found = frozen(self.desk, numbers)
        return {number: labels(self.desk, items) for number, items in found.items()}

    def row_of_line(
        self,
        line: Any,
        fields: Sequence[Field],
        today: date,
        dates: tuple[date | None, date | None, bool],
        frozen: str = "",
    ) -> Row:
        """Return a masked row from a list line, without opening a payload."""
        values: dict[str, Any] = {"source_ids": mask(Kind.TEXT, line.values[0])}
        masked = {"source_ids"}
        for field, text in zip(fields, line.values[1:], strict=False):
            values[field.name] = mask(field.kind, text) if text else ""
            masked.add(field.name)
        values["collected"], values["due"] = dates[:2]
        values["frozen"] = frozen
        state = _state(line.state, dates[1], today)
        return Row(line.id, line.ref, values, state, frozenset(masked))

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return masked names for links."""
        if not self.vault.sees_people or not numbers:
            return dict.fromkeys(numbers, HIDDEN)
        slot = next((f.slot for f in self.item_fields() if f.kind is Kind.NAME), 0)
        sealed = self.vault.payloads.read_many(PEOPLE, numbers)
        return {n: mask(Kind.NAME, values.get(slot or 0, "")) for n, values in sealed.items()}

    def called(self, title: str) -> list[int]:
        """Never by name: people of one name are many."""
        return []

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the people of an import with their lines and the marks of their numbers."""
        raw, span = self.vault.raw, (first, stop)
        rows = raw.execute("SELECT id FROM subjects WHERE id >= ? AND id < ?", span).fetchall()
        index.delete_lines(raw, [number for (number,) in rows])
        raw.execute("DELETE FROM source_ids WHERE subject >= ? AND subject < ?", span)
        super().unmake(change, first, stop)

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Write the list line again."""
        change.relist("subjects", number)

    def _opened(
        self,
        field: Field,
        sealed: Mapping[Audience, Mapping[int, str]],
        reveal: bool,
        masked: set[str],
    ) -> Any:
        """Show source numbers as numbers, each with its place once revealed."""
        if field.slot != SLOT_SOURCES or not self.vault.sees_people:
            return super()._opened(field, sealed, reveal, masked)
        sources = unpack_sources(sealed.get(Audience.PERSONAL, {}).get(SLOT_SOURCES, ""))
        if reveal:
            return "; ".join(f"{place} {number}".strip() for place, number in sources.items())
        if sources:
            masked.add(field.name)
        return "; ".join(mask(Kind.TEXT, number) for number in sources.values())

    def _dated(self, row: Row, dates: tuple[date | None, date | None, bool], frozen: str) -> Row:
        collected, due, held = dates
        state = "held" if held and row.state == "living" else row.state
        values = {**row.values, "collected": collected, "due": due, "frozen": frozen}
        return replace(row, values=values, state=_state(state, due, self.desk.today()))

    def dates(self, numbers: Sequence[int]) -> dict[int, tuple[date | None, date | None, bool]]:
        """Return first collection, next due day and whether something is held, by person."""
        found: dict[int, tuple[date | None, date | None, bool]] = {}
        sql = (
            "SELECT subject, min(collected_on), min(CASE WHEN state <> 'held' THEN due_on END),"
            " max(state = 'held') FROM holdings WHERE subject IN ({marks})"
            " AND +state IN ('active', 'held', 'law') GROUP BY subject"  # by subject, not by state
        )
        for start in range(0, len(numbers), 900):
            part = list(numbers[start : start + 900])
            marks = ",".join("?" * len(part))
            for subject, collected, due, held in self.vault.raw.execute(
                sql.format(marks=marks), part
            ):
                found[subject] = (_date(collected), _date(due), bool(held))
        return found

    def dated(self, where: Mapping[str, Any]) -> list[int]:
        """Return the people whose first collection or next due day is as wanted."""
        kept = "+state IN ('active', 'held', 'law')"
        days = (
            "SELECT subject, min(collected_on) AS collected,"
            " min(CASE WHEN state <> 'held' THEN due_on END) AS due"
            f" FROM holdings WHERE {kept} GROUP BY subject"
        )
        asked = [
            condition(self.desk, literal_column(name, String), self.field(name), wanted)
            for name, wanted in where.items()
        ]
        people = raw_sql(f"({days})")
        statement = select(literal_column("subject", Integer)).select_from(people).where(*asked)
        with self.vault.reading() as sql:
            return list(sql.execute(statement).scalars())

    def _states(self, numbers: Sequence[int]) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for start in range(0, len(numbers), 900):
            part = list(numbers[start : start + 900])
            marks = ",".join("?" * len(part))
            sql = f"SELECT id, state FROM subjects WHERE id IN ({marks}) ORDER BY id"
            found += [(row[0], row[1]) for row in self.vault.raw.execute(sql, part)]
        return found


def _item_field(rank: int, row: Row) -> Field:
    values = row.values
    return Field(
        name=str(values["key"]),
        label=str((current() == "en" and values.get("name_en")) or values["name"]),
        kind=KINDS.get(str(values["kind"]), Kind.TEXT),
        audience=Audience.PERSONAL,
        slot=rank,
        width=160 if values["kind"] == "email" else 130,
        aliases=_aliases(values),
        resident=values.get("category") == Category.RESIDENT_NUMBER.value,
    )


def _aliases(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a list may call an item: its names in both languages, and its aliases."""
    names = (str(values.get(name) or "") for name in ("name", "name_en"))
    told = [*names, *str(values.get("aliases") or "").split(",")]
    return tuple(text.strip() for text in told if text.strip())


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _state(state: str, due: date | None, today: date) -> str:
    return "due" if state == "living" and due is not None and due <= today else state
