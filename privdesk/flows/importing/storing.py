"""Writing the people of an import: sealed, listed, journalled, all in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core.fields import Field, Kind
from privdesk.core.values import to_text
from privdesk.flows.importing.places import Target
from privdesk.journal.log import row_digest
from privdesk.registers.desk import Change, Desk
from privdesk.registers.holdings import rules
from privdesk.registers.subjects.fields import SLOT_BEFORE, SLOT_NOTE, SLOT_SOURCES
from privdesk.registers.subjects.service import pack_sources
from privdesk.vault.payloads import PEOPLE
from privdesk.vault.sealing import Sealer
from privdesk.vault.search.index import Bulk

JOURNAL_ROWS = 10_000
IDENTIFYING = (Kind.PHONE, Kind.EMAIL)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A row as it will be stored: sealed values by slot, keyed hash, target and days."""

    values: list[tuple[int, str]]
    source_id: str
    digest: tuple[int, bytes] | None
    target: Target
    collected_on: date | None
    ended_on: date | None

    @classmethod
    def of(
        cls,
        items: Sequence[tuple[int, Kind, Any]],
        row: Mapping[str, Any],
        target: Target,
        subjects: Any,
    ) -> NewPerson:
        """Return the person of a row."""
        values = [(slot, to_text(kind, value)) for slot, kind, value in items]
        source_id = str(row.get("source_id") or "")
        if source_id:
            digest = (
                max(target.place, 0),
                subjects.digest(max(target.place, 0), "id:" + source_id),
            )
        elif any(kind is Kind.NAME for _, kind, _ in items) and any(
            kind in IDENTIFYING for _, kind, _ in items
        ):
            text = "row:" + "\x1f".join(f"{slot}={text}" for slot, text in sorted(values))
            digest = (0, subjects.digest(0, text))
        else:
            digest = None
        if row.get("note"):
            values.append((SLOT_NOTE, str(row["note"])))
        return cls(values, source_id, digest, target, row.get("collected_on"), row.get("ended_on"))


class Store:
    """Gathers a chunk's people and writes them with few statements."""

    def __init__(self, desk: Desk, change: Change, fields: Sequence[Field], expected: int) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._raw = desk.vault.raw
        self._change = change
        self._fields = fields
        self._subjects = desk.service("subjects")
        self._now = desk.now().isoformat()
        self._bulk = Bulk(self._raw, expected)
        self._sealer = Sealer(bytes.fromhex(desk.vault.id), large=expected >= 50_000)
        self._next = int(self._vault.meta("next_id") or 1)
        self.first = self._next
        self._people: list[tuple[int, NewPerson]] = []
        self._holdings: list[tuple[Any, ...]] = []
        self._digests: list[bytes] = []
        self._rows = 0

    @property
    def stop(self) -> int:
        """The number behind the last record made so far."""
        return self._next

    def add(self, person: NewPerson) -> int:
        """Take a new person; return her number."""
        number = self._next
        self._next += 1
        self._people.append((number, person))
        if person.target.purpose:
            self.hold(number, person)
        return number

    def hold(self, subject: int, person: NewPerson) -> None:
        """Take a holding of a person for the row's purpose."""
        number = self._next
        self._next += 1
        target = person.target
        assert person.collected_on is not None
        due = rules.day_due(target.terms, person.collected_on, person.ended_on)
        self._holdings.append(
            (
                *(number, "active", self._now, self._now, subject, target.file, target.purpose),
                *(person.collected_on.isoformat(), _iso(person.ended_on), _iso(due)),
            )
        )
        if not self._people or self._people[-1][0] != subject:
            self._change.relist("subjects", subject)

    def change(self, subject: int, before: Mapping[int, str], values: Mapping[int, str]) -> None:
        """Correct values of a known person; the old ones are kept until the next import."""
        old = json.dumps({slot: before.get(slot, "") for slot in values}, ensure_ascii=False)
        self._vault.payloads.put(PEOPLE, subject, {**values, SLOT_BEFORE: old})
        self._vault.keys_wait(self._now)
        names = tuple(f.name for f in self._fields if f.slot in values)
        self._change.note("record.changed", "subjects", subject, fields=names)
        self._change.relist("subjects", subject)

    def create(self, register: str, values: Mapping[str, Any]) -> int:
        """Create a purpose, place or file that the list names."""
        self._vault.set_meta("next_id", str(self._next))
        number = self._desk.service(register).insert(self._change, values)
        self._next = int(self._vault.meta("next_id") or 1)
        return int(number)

    def flush(self) -> None:
        """Write what was gathered."""
        if self._people:
            self._write_people()
        if self._holdings:
            self._raw.executemany(
                "INSERT INTO holdings (id, state, created_at, changed_at, subject, file, purpose,"
                " collected_on, ended_on, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                self._holdings,
            )
            self._holdings.clear()
        self._journal(least=JOURNAL_ROWS)

    def finish(self) -> None:
        """Write the rest, the search index and the record numbers."""
        self.flush()
        self._write_sealed(self._sealer.finish())
        self._journal(least=1)
        self._bulk.finish()
        self._vault.set_meta("next_id", str(self._next))

    def close(self) -> None:
        """End the sealing process."""
        self._sealer.close()

    def _write_people(self) -> None:
        self._raw.executemany(
            "INSERT INTO subjects (id, state, created_at, changed_at) VALUES (?, 'living', ?, ?)",
            [(number, self._now, self._now) for number, _ in self._people],
        )
        rows = [(number, self._sealed_values(person)) for number, person in self._people]
        self._write_sealed(self._sealer.seal(rows))
        self._bulk.add(self._line(number, person) for number, person in self._people)
        self._people.clear()

    def _sealed_values(self, person: NewPerson) -> list[tuple[int, str]]:
        if not person.source_id:
            return person.values
        place = self._desk.ref("places", person.target.place) if person.target.place > 0 else ""
        sources = pack_sources({place: person.source_id})
        return [*person.values, (SLOT_SOURCES, sources)]

    def _write_sealed(self, sealed: Sequence[tuple[int, bytes, bytes]]) -> None:
        if not sealed:
            return
        self._raw.executemany(
            "INSERT INTO keys_people.keys (id, body) VALUES (?, ?)", [(n, k) for n, k, _ in sealed]
        )
        self._raw.executemany(
            "INSERT INTO main.payloads (id, body) VALUES (?, ?)", [(n, b) for n, _, b in sealed]
        )
        self._digests += [body for _, _, body in sealed]
        self._rows += len(sealed)

    def _line(self, number: int, person: NewPerson) -> Any:
        values = dict(person.values)
        if person.source_id:
            values[SLOT_SOURCES] = "\t" + person.source_id
        target, collected = person.target, person.collected_on
        due = None
        if collected is not None and target.purpose:
            due = rules.day_due(target.terms, collected, person.ended_on)
        return self._subjects.line(number, self._fields, values, "living", collected, due)

    def _journal(self, least: int) -> None:
        while len(self._digests) >= least and self._digests:
            part, self._digests = self._digests[:JOURNAL_ROWS], self._digests[JOURNAL_ROWS:]
            self._change.note(
                "import.rows", "subjects", count=len(part), rows_digest=row_digest(part)
            )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
