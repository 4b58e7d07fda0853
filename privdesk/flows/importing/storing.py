"""Writing the people of an import: sealed, listed, journalled, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any

from privdesk.core.fields import Field
from privdesk.flows.importing.rowwork import Built, Person
from privdesk.flows.importing.targets import Target
from privdesk.journal.log import DIGEST, fold
from privdesk.registers.desk import Change, Desk
from privdesk.registers.holdings import rules
from privdesk.vault.indexes import LEAN_KIB, Postponed, caches
from privdesk.vault.payloads import PEOPLE
from privdesk.vault.search.index import Bulk, replace_lines
from privdesk.vault.search.order import NO_END

JOURNAL_ROWS = 10_000
MANY = 50_000  # rows from which another process, other indexes and smaller caches pay
RELISTED = 5_000
SCATTERED = ("ix_holdings_due", "ix_source_ids_subject")
_HOLDING = (
    "INSERT INTO holdings (id, state, subject, file, purpose,"
    " collected_on, ended_on, due_on) VALUES (?, 'active', ?, ?, ?, ?, ?, ?)"
)


class Store:
    """Writes a chunk's people with few statements; ``close`` in any case."""

    def __init__(self, desk: Desk, change: Change, fields: Sequence[Field], expected: int) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._raw = desk.vault.raw
        self._change = change
        self._fields = fields
        self.now = desk.now().isoformat()
        self.large = expected >= MANY
        self._postponed: Postponed | None = None
        self._caches = ExitStack()
        if self.large:
            self._caches.enter_context(caches(self._raw, LEAN_KIB))
            if expected >= self._holdings():
                self._postponed = Postponed(self._raw, SCATTERED)
        self._bulk = Bulk(self._raw, expected)
        self.next = int(self._vault.meta("next_id") or 1)
        self.first = self.next
        self._vault.hidden = range(self.first, NO_END)
        self._digests = bytearray()
        self._relisted: set[int] = set()

    def write(self, built: Built) -> None:
        """Write a chunk's new people."""
        if not built.people or built.lines is None:
            return
        people, raw = built.people, self._raw
        raw.executemany("INSERT INTO subjects (id, state) VALUES (?, 'living')", zip(people))
        raw.executemany(_HOLDING, built.holdings)
        raw.executemany(
            "INSERT INTO keys_people.keys (id, body) VALUES (?, ?)",
            zip(people, built.keys, strict=True),
        )
        raw.executemany(
            "INSERT INTO main.payloads (id, body) VALUES (?, ?)",
            zip(people, built.bodies, strict=True),
        )
        self._bulk.put(built.lines)
        self._digests += built.digests
        self._journal(least=JOURNAL_ROWS)

    def hold(self, subject: int, person: Person, target: Target) -> None:
        """Write a further holding of a person for a row's purpose."""
        assert person.collected_on is not None
        due = rules.day_due(target.terms, person.collected_on, person.ended_on)
        days = (person.collected_on, person.ended_on, due)
        values = (self.next, subject, target.file, target.purpose)
        self._raw.execute(_HOLDING, (*values, *map(_iso, days)))
        self.next += 1
        self._relisted.add(subject)

    def change(self, subject: int, before: Mapping[int, str], values: Mapping[int, str]) -> None:
        """Correct values of a known person; each gets a new key, the old ones are gone."""
        self._vault.payloads.put(PEOPLE, subject, dict(values))
        if any(before.get(slot) for slot in values):
            self._vault.keys_wait(self.now)
        names = tuple(f.name for f in self._fields if f.slot in values)
        self._change.note("record.changed", "subjects", subject, fields=names)
        self._relisted.add(subject)

    def create(self, register: str, values: Mapping[str, Any]) -> int:
        """Create a purpose, place or file that the list names."""
        self._vault.set_meta("next_id", str(self.next))
        number = self._desk.service(register).insert(self._change, values)
        self.next = int(self._vault.meta("next_id") or 1)
        return int(number)

    def finish(self) -> None:
        """Write the indexes, the lines of people who were known, and the record numbers."""
        self._journal(least=1)
        if self._postponed is not None:
            self._postponed.make()
        self._bulk.finish()
        again = sorted(self._relisted)
        for start in range(0, len(again), RELISTED):
            lines = self._desk.service("subjects").lines(again[start : start + RELISTED])
            replace_lines(self._raw, lines)
        self._vault.set_meta("next_id", str(self.next))

    def close(self) -> None:
        """Give the page caches back their size; the new people are not hidden any more."""
        self._vault.hidden = None
        self._caches.close()

    def _holdings(self) -> int:
        return int(self._raw.execute("SELECT count(*) FROM holdings").fetchone()[0])

    def _journal(self, least: int) -> None:
        while len(self._digests) >= least * DIGEST:
            part = bytes(self._digests[: JOURNAL_ROWS * DIGEST])
            del self._digests[: len(part)]
            count = len(part) // DIGEST
            self._change.note("import.rows", "subjects", count=count, rows_digest=fold(part))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
