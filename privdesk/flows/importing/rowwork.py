"""What is done to the rows of a list without a database: read, hashed, sealed, indexed.

It runs in the process that has the vault open, or for a long list in one beside it.
Chunks go through it twice: ``read`` says by keyed hash who the rows are, and ``build``,
once somebody has decided which of them are new, gives what is to be written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import compress
from typing import Any

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.reasons import reason
from privdesk.core.values import to_text
from privdesk.exchange.mapping import Mapping as Columns
from privdesk.exchange.rows import Chunk, Options, Reject, read_chunks
from privdesk.exchange.source import Source
from privdesk.flows.importing.targets import Asked, Names, Target
from privdesk.registers.holdings.rules import day_due
from privdesk.registers.subjects.fields import SLOT_NOTE, SLOT_SOURCES
from privdesk.registers.subjects.lines import digest, line, pack_sources
from privdesk.vault.payloads import seal_rows
from privdesk.vault.search.index import Prepared, prepared

CHUNK = 5_000
_MEMO = 50_000
EMPTY = reason(N_("The row says nothing about a person."))
IDENTIFYING = (Kind.PHONE, Kind.EMAIL)

Key = tuple[int, bytes]  # place and keyed hash
Resolve = Callable[[list[Asked]], list[Target]]


@dataclass(frozen=True)
class Brief:
    """What has to be known for it: the list, the fields, the vault's id and matching key.

    ``items`` are the office's items as fields.
    """

    source: Source
    mapping: Columns
    fields: Sequence[Field]
    options: Options
    items: Sequence[Field]
    vault: bytes
    match_key: bytes


@dataclass(frozen=True, slots=True)
class Heads:
    """Who the rows of a chunk are: keyed hash and number of the target, by row.

    ``targets`` are numbers in the order in which targets were asked for. ``rows`` counts
    those of the file, ``progress`` how much of it has been read, 0 to 1.
    """

    rows: int
    rejects: list[Reject]
    keys: list[Key | None]
    targets: list[int]
    progress: float


@dataclass(frozen=True, slots=True)
class Decision:
    """By row the number of a new person, 0 for one who is not; and rows wanted as they are.

    A new person's holding has the number behind hers.
    """

    numbers: Sequence[int]
    wanted: Sequence[int] = ()
    store: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A row as it would be stored, with what the file holds for it."""

    row: int
    values: list[tuple[int, str]]
    key: Key | None
    target: int
    collected_on: date | None
    ended_on: date | None
    as_rejected: Reject


@dataclass(frozen=True, slots=True)
class Built:
    """What is to be written of a chunk's new people, column by column."""

    people: Sequence[int] = ()
    keys: Sequence[bytes] = ()
    bodies: Sequence[bytes] = ()
    digests: bytes = b""  # SHA-256 of each body, one behind the other
    holdings: Sequence[tuple[Any, ...]] = ()
    lines: Prepared | None = None
    wanted: Sequence[Person] = ()


@dataclass(slots=True)
class _Rows:
    """The sound rows of a chunk, column by column."""

    chunk: Chunk
    places: list[int]  # in the chunk
    targets: list[int]
    columns: dict[int, list[str]]  # by slot, empty for none
    source_ids: list[str]
    collected: list[date | None]
    ended: list[date | None]
    keys: list[Key | None]


class RowWork:
    """The work on one list; ``resolve`` is asked where rows with new names go."""

    def __init__(self, brief: Brief, resolve: Resolve) -> None:
        self._brief = brief
        self._resolve = resolve
        self._chunks = read_chunks(brief.source, brief.mapping, brief.fields, brief.options, CHUNK)
        self._known: dict[Names, int] = {}
        self._targets: list[Target] = []
        self._read: deque[_Rows] = deque()
        self._due: dict[tuple[int, date | None, date | None], date | None] = {}

    def read(self) -> Heads | None:
        """Read the next chunk; None behind the last."""
        chunk = next(self._chunks, None)
        if chunk is None:
            return None
        rows, refused = self._without_refused(self._columns(chunk))
        rejects = sorted([*chunk.rejects, *refused], key=lambda r: r.row)
        self._read.append(rows)
        count = len(chunk.rows) + len(chunk.rejects)
        return Heads(count, rejects, rows.keys, rows.targets, self._brief.source.progress)

    def build(self, decision: Decision) -> Built:
        """Return what is to be written of the oldest chunk that was read."""
        rows = self._read.popleft()
        wanted = [self._person(rows, at) for at in decision.wanted]
        if not decision.store:
            return Built(wanted=wanted)
        numbers = list(decision.numbers)
        if not all(numbers):
            rows = _chosen(rows, list(map(bool, numbers)))
            numbers = [number for number in numbers if number]
        return self._built(rows, numbers, wanted)

    # -- reading

    def _columns(self, chunk: Chunk) -> _Rows:
        at = dict(zip(chunk.names, zip(*chunk.rows, strict=True), strict=False))
        count = len(chunk.rows)

        def column(name: str) -> Sequence[Any]:
            return at.get(name) or (None,) * count

        columns = {
            item.slot or 0: _texts(item.kind, at[item.name])
            for item in self._brief.items
            if item.name in at
        }
        source_ids = [str(value or "") for value in column("source_id")]
        targets = self._targets_of(column)
        keys = self._keys(columns, source_ids, targets)
        columns[SLOT_NOTE] = [str(value or "") for value in column("note")]
        collected, ended = list(column("collected_on")), list(column("ended_on"))
        places = list(range(count))
        return _Rows(chunk, places, targets, columns, source_ids, collected, ended, keys)

    def _targets_of(self, column: Callable[[str], Sequence[Any]]) -> list[int]:
        """Return by row the number of its target; asks once for all names not seen before."""
        names = [
            (purpose or "", place or "", file or "")
            for purpose, place, file in zip(
                column("purpose"), column("place"), column("file"), strict=True
            )
        ]
        if set(names) - self._known.keys():
            asked: dict[Names, Asked] = {}
            for own, retention in zip(names, column("retention"), strict=True):
                if own not in self._known and own not in asked:
                    asked[own] = Asked(own, retention)
            first = len(self._targets)
            self._targets += self._resolve(list(asked.values()))
            self._known.update({own: first + n for n, own in enumerate(asked)})
        return list(map(self._known.__getitem__, names))

    def _keys(
        self, columns: Mapping[int, Sequence[str]], source_ids: list[str], targets: list[int]
    ) -> list[Key | None]:
        """Return the keyed hash of each row: of its source number, else of its values.

        The places that a rehearsal would make are told apart by their negative numbers.
        """
        key = self._brief.match_key
        places = [target.place for target in self._targets]
        found: list[Key | None] = []
        for at, (source_id, target) in enumerate(zip(source_ids, targets, strict=True)):
            if source_id:
                place = places[target]
                found.append((place, digest(key, max(place, 0), "id:" + source_id)))
            else:
                text = self._by_values(columns, at)
                found.append((0, digest(key, 0, text)) if text else None)
        return found

    def _by_values(self, columns: Mapping[int, Sequence[str]], at: int) -> str:
        """Return what tells a person without a source number apart; empty if too little does."""
        items = ((item.kind, columns.get(item.slot or 0)) for item in self._brief.items)
        given = {kind for kind, texts in items if texts and texts[at]}
        if Kind.NAME not in given or not given.intersection(IDENTIFYING):
            return ""
        told = sorted((slot, texts[at]) for slot, texts in columns.items() if texts[at])
        return "row:" + "\x1f".join(f"{slot}={text}" for slot, text in told)

    def _without_refused(self, rows: _Rows) -> tuple[_Rows, list[Reject]]:
        """Take out the rows that cannot go anywhere or are about nobody."""
        items = (texts for slot, texts in rows.columns.items() if slot != SLOT_NOTE)
        told = list(map(any, zip(*items, rows.source_ids, strict=True)))
        if all(told) and not any(self._targets[n].fault for n in set(rows.targets)):
            return rows, []
        refused = []
        sound = []
        for at, (number, something) in enumerate(zip(rows.targets, told, strict=True)):
            target = self._targets[number]
            if target.fault is not None:
                refused.append(rows.chunk.reject(at, target.fault, target.column))
            elif not something:
                refused.append(rows.chunk.reject(at, EMPTY))
            sound.append(target.fault is None and something)
        return _chosen(rows, sound), refused

    def _person(self, rows: _Rows, at: int) -> Person:
        return Person(
            at,
            [(slot, texts[at]) for slot, texts in rows.columns.items() if texts[at]],
            rows.keys[at],
            rows.targets[at],
            rows.collected[at],
            rows.ended[at],
            rows.chunk.reject(rows.places[at], EMPTY),
        )

    # -- building

    def _built(self, rows: _Rows, numbers: list[int], wanted: list[Person]) -> Built:
        if not numbers:
            return Built(wanted=wanted)
        targets = [self._targets[n] for n in rows.targets]
        sources = [
            pack_sources({target.place_ref: number}) if number else ""
            for number, target in zip(rows.source_ids, targets, strict=True)
        ]
        columns = {**rows.columns, SLOT_SOURCES: sources}
        keys, bodies = seal_rows(self._brief.vault, numbers, columns)
        due = list(map(self._day_due, rows.targets, rows.collected, rows.ended))
        return Built(
            numbers,
            keys,
            bodies,
            b"".join([sha256(body).digest() for body in bodies]),
            self._holdings(rows, numbers, targets, due),
            prepared(self._lines(rows, numbers, due)),
            wanted,
        )

    def _day_due(self, target: int, collected: date | None, ended: date | None) -> date | None:
        key = (target, collected, ended)
        if key not in self._due:
            if len(self._due) > _MEMO:
                self._due.clear()
            found = self._targets[target]
            due = None
            if collected is not None and found.purpose:
                due = day_due(found.terms, collected, ended)
            self._due[key] = due
        return self._due[key]

    def _holdings(
        self, rows: _Rows, numbers: list[int], targets: list[Target], due: list[date | None]
    ) -> list[tuple[Any, ...]]:
        return [
            (number + 1, number, target.file, target.purpose,
             _iso(collected), _iso(ended), _iso(until))
            for number, target, collected, ended, until in zip(
                numbers, targets, rows.collected, rows.ended, due, strict=True
            )
            if target.purpose
        ]  # fmt: skip

    def _lines(self, rows: _Rows, numbers: list[int], due: list[date | None]) -> list[Any]:
        none = [""] * len(numbers)
        items = self._brief.items
        texts = [rows.columns.get(item.slot or 0, none) for item in items]
        names = next((t for i, t in zip(items, texts, strict=True) if i.kind is Kind.NAME), none)
        whole = list(zip(*texts, strict=True)) if texts else [()] * len(numbers)
        return [
            line(number, source_id, own, name, "living", collected, until)
            for number, source_id, own, name, collected, until in zip(
                numbers, rows.source_ids, whole, names, rows.collected, due, strict=True
            )
        ]


def _texts(kind: Kind, values: Sequence[Any]) -> list[str]:
    """Return values as they are sealed, empty for none."""
    if all(type(value) is str or value is None for value in values):
        return [value or "" for value in values]
    return [to_text(kind, value) for value in values]


def _chosen(rows: _Rows, sound: Sequence[bool]) -> _Rows:
    """Return some of the rows."""

    def some(values: Sequence[Any]) -> list[Any]:
        return list(compress(values, sound))

    return _Rows(
        rows.chunk,
        some(rows.places),
        some(rows.targets),
        {slot: some(texts) for slot, texts in rows.columns.items()},
        some(rows.source_ids),
        some(rows.collected),
        some(rows.ended),
        some(rows.keys),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
