"""Appending to the journal, and reading it.

Reasons and other details are sealed as a payload of their own under a key in
keys-office.db; the leaf covers the SHA-256 of the ciphertext, so that destroying the
key (and the ciphertext) later leaves the tree whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from privdesk.core import system
from privdesk.core.register import Event
from privdesk.journal import checkpoint, telling
from privdesk.journal.actions import registered
from privdesk.journal.merkle import Frontier, leaf_hash
from privdesk.vault import crypto, engine
from privdesk.vault.errors import DamagedFileError
from privdesk.vault.payloads import OFFICE
from privdesk.vault.session import Vault

SLOT_DETAILS = 1
DIGEST = 32  # bytes of a row's hash
_AT_ONCE = 900
CLOCKS_DIFFER = timedelta(minutes=5)  # as far as the clocks of two workstations may differ
LONG_CLOSED = timedelta(days=31)  # that no vault in use is closed for
COLUMNS = (
    "number, at, person, workstation, action, register, record, ref, case_ref, fields, count,"
    " rows_digest, details, details_digest, leaf"
)


@dataclass(frozen=True)
class Note:
    """What a service wants journalled; ``fields`` are names of fields, never values.

    ``details`` (a reason and the like) are sealed. ``rows`` and ``rows_digest`` are for bulk
    work: one note for at most 10,000 rows that folds in a hash of each.
    """

    action: str
    register: str = ""
    record: int | None = None
    ref: str = ""
    case: str = ""
    fields: tuple[str, ...] = ()
    reason: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    count: int = 1
    rows_digest: str = ""


@dataclass(frozen=True)
class Entry:
    """One journal entry as stored."""

    number: int
    at: str
    person: int
    workstation: str
    action: str
    register: str
    record: int | None
    ref: str
    case: str
    fields: tuple[str, ...]
    count: int
    rows_digest: str
    details: int | None
    details_digest: str

    def canonical(self) -> bytes:
        """Return the bytes that the leaf hash covers: JSON, fixed order, no spaces, UTF-8."""
        values = [
            self.number,
            self.at,
            self.person,
            self.workstation,
            self.action,
            self.register,
            self.record,
            self.ref,
            self.case,
            list(self.fields),
            self.count,
            self.rows_digest,
            self.details,
            self.details_digest,
        ]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _move(action: str, by: timedelta) -> Note:
    return Note(action, reason=f"{by.total_seconds():.0f} s")


def row_digest(rows: Iterable[bytes]) -> str:
    """Return the hash that folds in a hash of each row, in hex."""
    return fold(b"".join([sha256(row).digest() for row in rows]))


def fold(digests: bytes) -> str:
    """Return the same of rows already hashed, ``DIGEST`` bytes each."""
    return sha256(digests).hexdigest()


class Journal:
    """The journal of an open vault. Appending happens inside the caller's transaction."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._workstation = system.workstation()
        self._told_back: datetime | None = None
        self._seen: tuple[datetime, float] | None = None  # clock and steady seconds, last time

    def last_at(self) -> datetime | None:
        """Return the time of the newest entry."""
        sql = "SELECT at FROM journal ORDER BY number DESC LIMIT 1"
        row = self._vault.raw.execute(sql).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def append(self, notes: Sequence[Note], now: datetime, steady: float | None = None) -> None:
        """Add entries and sign the new head; an entry is never earlier than its predecessor.

        A clock that was set back is itself an entry, once for each step back; and so is one that
        went forward by itself. ``steady`` are seconds that go on evenly, however it is set.
        """
        raw = self._vault.raw
        frontier = self.frontier()
        last = self.last_at()
        moved = self._moved(now, last, steady)
        if last is not None and now < last:
            moved = self._set_back(now, last)
            now = last
        notes = [*moved, *notes]
        at = now.astimezone(UTC).isoformat(timespec="microseconds")
        for note in notes:
            entry = self._entry(frontier.size + 1, at, note)
            leaf = leaf_hash(entry.canonical())
            frontier.add(leaf)
            self._write(entry, leaf)
        raw.execute(
            "INSERT INTO journal_frontier (id, body) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            (frontier.to_bytes(),),
        )
        self._sign(frontier)

    def _write(self, entry: Entry, leaf: bytes) -> None:
        """Add a row; a number that is there already is a page of the file from another time."""
        columns = f"INSERT INTO journal ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        try:
            self._vault.raw.execute(columns, (*_values(entry), leaf))
        except engine.IntegrityError as why:
            raise DamagedFileError(file=engine.FILES["main"]) from why

    def _set_back(self, now: datetime, last: datetime) -> list[Note]:
        if self._told_back is not None and now >= self._told_back:
            return []
        self._told_back = now
        return [_move("vault.clock", last - now)]

    def _moved(self, now: datetime, last: datetime | None, steady: float | None) -> list[Note]:
        """Return that the clock was moved since it was last looked at, by what goes on evenly.

        Nothing went on while the vault was closed; a month of that is told as a move too.
        """
        before, self._seen = self._seen, None if steady is None else (now, steady)
        if steady is None or last is None:
            return []
        if before is None:
            return [_move("vault.jump", now - last)] if now - last > LONG_CLOSED else []
        by = now - before[0] - timedelta(seconds=steady - before[1])
        if abs(by) <= CLOCKS_DIFFER:
            return []
        return [_move("vault.jump" if by > timedelta() else "vault.clock", abs(by))]

    def frontier(self) -> Frontier:
        """Return the stored Merkle frontier."""
        row = self._vault.raw.execute("SELECT body FROM journal_frontier").fetchone()
        return Frontier.from_bytes(row[0]) if row else Frontier()

    def checkpoint(self) -> checkpoint.Checkpoint:
        """Return the newest signed head."""
        row = self._vault.raw.execute(
            "SELECT size, root, person, signature FROM journal_heads ORDER BY size DESC LIMIT 1"
        ).fetchone()
        return checkpoint.Checkpoint(self._vault.id, row[0], row[1], row[2], row[3])

    def history(self, register: str, record: int) -> list[Event]:
        """Return what happened to a record, newest first."""
        rows = self._vault.raw.execute(
            f"SELECT {COLUMNS} FROM journal WHERE register = ? AND record = ? ORDER BY number DESC",
            (register, record),
        ).fetchall()
        return self.events([read_entry(row) for row in rows])

    def details_of(self, register: str, record: int, action: str) -> list[dict[str, str]]:
        """Return the details of a record's entries of one kind, oldest first."""
        rows = self._vault.raw.execute(
            f"SELECT {COLUMNS} FROM journal WHERE register = ? AND record = ? AND action = ?"
            " ORDER BY number",
            (register, record, action),
        ).fetchall()
        return [self.details(read_entry(row)) for row in rows]

    def entries(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Return entries in order, starting behind number ``after``."""
        rows = self._vault.raw.execute(
            f"SELECT {COLUMNS} FROM journal WHERE number > ? ORDER BY number LIMIT ?",
            (after, limit),
        ).fetchall()
        return [read_entry(row) for row in rows]

    def numbered(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Return the entries of these numbers, by number, as far as they are there."""
        found: dict[int, Entry] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            sql = f"SELECT {COLUMNS} FROM journal WHERE number IN ({marks})"
            for row in self._vault.raw.execute(sql, tuple(part)):
                found[row[0]] = read_entry(row)
        return found

    def first_at(self, moment: datetime) -> int:
        """Return the number of the first entry at or after a moment; behind the last: one more.

        No entry is earlier than the one before it, so a search by halves finds it.
        """
        return self._first(moment.astimezone(UTC).isoformat(timespec="microseconds"))

    def last_until(self, moment: datetime) -> int:
        """Return the number of the last entry at or before a moment; 0 where there is none."""
        just_after = moment + timedelta(microseconds=1)
        return self.first_at(just_after) - 1

    def _first(self, wanted: str) -> int:
        row = self._vault.raw.execute("SELECT max(number) FROM journal").fetchone()
        low, high = 1, int(row[0] or 0) + 1
        sql = "SELECT number, at FROM journal WHERE number >= ? ORDER BY number LIMIT 1"
        while low < high:
            middle = (low + high) // 2
            number, at = self._vault.raw.execute(sql, (middle,)).fetchone()
            low, high = (low, middle) if at >= wanted else (number + 1, high)
        return low

    def newest(self, limit: int = 200) -> list[Entry]:
        """Return the newest entries, newest first."""
        sql = f"SELECT {COLUMNS} FROM journal ORDER BY number DESC LIMIT ?"
        return [read_entry(row) for row in self._vault.raw.execute(sql, (limit,)).fetchall()]

    def events(self, entries: Sequence[Entry]) -> list[Event]:
        """Return entries as lines of a history, their reasons opened at once."""
        sealed = [entry.details for entry in entries if entry.details is not None]
        found = self._vault.payloads.read_many(OFFICE, sealed)
        return [self.event(one, _details(found.get(one.details or 0, {}))) for one in entries]

    def event(self, entry: Entry, details: Mapping[str, str] | None = None) -> Event:
        """Return an entry as a line of a history, its reason opened."""
        person = self._vault.header.by_id(entry.person)
        details = self.details(entry) if details is None else details
        return Event(
            number=entry.number,
            at=datetime.fromisoformat(entry.at),
            person=telling.name_of(person) if person else str(entry.person),
            action=entry.action,
            fields=entry.fields,
            reason=entry.case or details.get("reason", ""),
            told=telling.told(details),
        )

    def details(self, entry: Entry) -> dict[str, str]:
        """Return the sealed details of an entry; empty where they were destroyed."""
        if entry.details is None:
            return {}
        return _details(self._vault.payloads.read(OFFICE, entry.details))

    def _entry(self, number: int, at: str, note: Note) -> Entry:
        record, digest = self._seal_details(note)
        return Entry(
            number=number,
            at=at,
            person=self._vault.person.id,
            workstation=self._workstation,
            action=registered(note.action),
            register=note.register,
            record=note.record,
            ref=note.ref,
            case=note.case,
            fields=note.fields,
            count=note.count,
            rows_digest=note.rows_digest,
            details=record,
            details_digest=digest,
        )

    def _seal_details(self, note: Note) -> tuple[int | None, str]:
        details = dict(note.details)
        if note.reason:
            details["reason"] = note.reason
        if not details:
            return None, ""
        record = self._vault.new_ids()[0]
        text = json.dumps(details, ensure_ascii=False, sort_keys=True)
        self._vault.payloads.put(OFFICE, record, {SLOT_DETAILS: text})
        row = self._vault.raw.execute(
            "SELECT body FROM payloads WHERE id = ?", (record,)
        ).fetchone()
        return record, sha256(row[0]).hexdigest()

    def _sign(self, frontier: Frontier) -> None:
        root = frontier.root()
        keys = self._vault.unlocked.keys
        message = checkpoint.body(self._vault.id, frontier.size, root)
        signature = crypto.signer(keys.signing).sign(message)
        self._vault.raw.execute(
            "INSERT INTO journal_heads (size, root, person, signature) VALUES (?, ?, ?, ?)",
            (frontier.size, root, self._vault.person.id, signature),
        )


def _values(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.number,
        entry.at,
        entry.person,
        entry.workstation,
        entry.action,
        entry.register,
        entry.record,
        entry.ref,
        entry.case,
        json.dumps(list(entry.fields)),
        entry.count,
        entry.rows_digest,
        entry.details,
        entry.details_digest,
    )


def _details(values: Mapping[int, str]) -> dict[str, str]:
    found = values.get(SLOT_DETAILS)
    return dict(json.loads(found)) if found else {}


def read_entry(row: Sequence[Any]) -> Entry:
    """Return the entry of a row of ``COLUMNS``."""
    values: list[Any] = [*row[:9], tuple(json.loads(row[9])), *row[10:14]]
    return Entry(*values)
