"""An open vault: one connection, the keys that the person's slot gave, transactions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection as SqlConnection

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.vault import crypto, engine, lineage
from privdesk.vault.crypto import KeyPair
from privdesk.vault.engine import Connection
from privdesk.vault.epoch import Dropped, EpochSecret, EpochStore
from privdesk.vault.errors import NoEpochSecretError, UnknownPersonError
from privdesk.vault.header import (
    ADMIN,
    HEADER_FILE,
    PERSONAL,
    REGISTER,
    Header,
    Person,
    open_roles,
)
from privdesk.vault.payloads import PEOPLE, Payloads

KEYS_WAIT = "keys_wait_since"
DROPPED = "dropped"  # in meta: see ``epoch.Dropped``
DECLARED = "declared"  # in meta: a restore that waits for its approval
GENERATION = "register_generation"  # of the role key under which register.db stands
PERSONAL_FILES = ("keys_people", "search")


@dataclass(frozen=True)
class Unlocked:
    """Who opened the vault and with which keys; ``failed`` passphrases were wrong before."""

    person: Person
    keys: KeyPair
    roles: dict[str, bytes]
    failed: int = 0


def file_key(
    schema: str,
    vault: str,
    roles: dict[str, bytes],
    epoch: EpochSecret | None,
    generation: str = "",
) -> bytes:
    """Return the SQLCipher key of a file, 32 bytes.

    register.db: HKDF(REGISTER); keys-office.db: HKDF(REGISTER ‖ epoch secret); keys-people.db
    and search.db: HKDF(PERSONAL ‖ epoch secret). ``generation`` (``":2"``) picks a role key
    other than the newest.
    """
    role = roles[(PERSONAL if schema in PERSONAL_FILES else REGISTER) + generation]
    if schema == "main":
        return crypto.derive(role, f"privdesk register.db|{vault}")
    assert epoch is not None
    info = f"privdesk {engine.FILES[schema]}|{vault}|{epoch.epoch}"
    return crypto.derive(role + epoch.secret, info)


class Vault:
    """An open vault. Made by ``opening.open_vault``; use from one thread only."""

    def __init__(
        self,
        folder: Path,
        head: Header,
        unlocked: Unlocked,
        connection: Connection,
        epochs: EpochStore,
        lock: system.FileLock,
        key: bytes,
    ) -> None:
        self.folder = folder
        self.header = head
        self.unlocked = unlocked
        self.raw = connection
        self.file_keys = {"main": key}  # under which the open files stand
        self.epochs = epochs
        self.engine = engine.engine_over(connection)
        self.payloads = Payloads(connection, head.vault)
        self.search_stale = False
        self.hidden: range | None = None  # record numbers of an import under way
        self.taken_handover = False
        self.opened_with: EpochSecret | None = None  # of those that the account holds
        self.closed_to_others = 0  # files and folders whose rights this opening had to mend
        self.reads_only = False
        self._lock = lock
        self._open: SqlConnection | None = None
        self._dropped_at = ""  # in the open transaction

    @property
    def id(self) -> str:
        """The vault's id, 32 hex digits."""
        return self.header.vault

    @property
    def person(self) -> Person:
        """Who opened it."""
        return self.unlocked.person

    @property
    def role(self) -> str:
        """The role of who opened it."""
        return self.unlocked.person.role

    def is_me(self, number: int) -> bool:
        """Whether a number is whoever sits at the desk, also under the keys she had before."""
        return self.header.same(number, self.person.id)

    @property
    def sees_people(self) -> bool:
        """Whether this slot has PERSONAL and the keys file is attached."""
        return PERSONAL in self.unlocked.roles and PEOPLE in engine.attached(self.raw)

    def attach(self, schema: str, key: bytes, *, create: bool = False) -> None:
        """Open another of the files on the connection."""
        path = self.folder / engine.FILES[schema]
        engine.attach(self.raw, schema, path, key, create=create)
        self.file_keys[schema] = key

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._open is not None

    @contextmanager
    def transaction(self) -> Iterator[SqlConnection]:
        """One atomic change over all attached files; advances their counters.

        Inside another transaction it joins that one.
        """
        if self._open is not None:
            yield self._open
            return
        dropped = None
        with self.engine.begin() as sql:
            self._open, self._dropped_at = sql, ""
            try:
                yield sql
                self._advance()
                dropped = self._note_dropped()
            finally:
                self._open = None
        if dropped is not None:  # behind the commit: the account must never know of more
            with suppress(OSError, DomainError):  # else the next opening tells it
                self.epochs.keep_dropped(dropped)

    @contextmanager
    def reading(self) -> Iterator[SqlConnection]:
        """A consistent read; joins an open transaction."""
        if self._open is not None:
            yield self._open
            return
        with self.engine.execution_options(**{engine.READING: True}).begin() as sql:
            self._open = sql
            try:
                yield sql
            finally:
                self._open = None

    def secret(self) -> EpochSecret:
        """Return the epoch secret under which the files stand, also while a roll is unfinished."""
        found = self.epochs.of(int(self.meta("epoch") or 1))
        if found is None:
            raise NoEpochSecretError
        return found

    @property
    def next_id(self) -> int:
        """The number that the next record will have."""
        return int(self.meta("next_id") or 1)

    def new_ids(self, count: int = 1) -> range:
        """Take the next record numbers; call inside a transaction."""
        first = self.next_id
        self.set_meta("next_id", str(first + count))
        return range(first, first + count)

    def meta(self, name: str) -> str | None:
        """Return a single value of register.db."""
        row = self.raw.execute("SELECT value FROM main.meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Store a single value of register.db; call inside a transaction."""
        self.raw.execute(
            "INSERT INTO main.meta (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def keys_wait(self, since: str) -> None:
        """Note that a dropped key still stands in older copies, until the next roll.

        Called inside the transaction that corrects or withdraws a personal value; the
        first ``since`` (ISO 8601) counts.
        """
        self.keys_dropped(since)
        if not self.meta(KEYS_WAIT):
            self.set_meta(KEYS_WAIT, since)

    def keys_dropped(self, at: str) -> None:
        """Have the account know that keys were dropped: an older file would bring them back."""
        self._dropped_at = at

    def counters(self) -> dict[str, int]:
        """Return how far the keys files are that are open, by schema."""
        files = [schema for schema in engine.attached(self.raw) if schema.startswith("keys_")]
        sql = "SELECT value FROM {}.meta WHERE name = 'counter'"
        rows = {schema: self.raw.execute(sql.format(schema)).fetchone() for schema in files}
        return {schema: int(row[0]) for schema, row in rows.items() if row is not None}

    def people_meta(self, name: str) -> bytes | None:
        """Return a single value of keys-people.db (such as the matching key)."""
        sql = "SELECT value FROM keys_people.meta WHERE name = ?"
        row = self.raw.execute(sql, (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def set_people_meta(self, name: str, value: bytes) -> None:
        """Store a single value of keys-people.db, where only officers write; in a transaction."""
        sql = f"INSERT OR REPLACE INTO {PEOPLE}.meta (name, value) VALUES (?, ?)"
        self.raw.execute(sql, (name, value))

    def store_header(self, head: Header) -> None:
        """Replace vault.json; its text and digest go into the open transaction first.

        A crash between commit and rename leaves the previous header; the next opening
        knows it by its digest and writes the committed one.
        """
        if PERSONAL in self.unlocked.roles:
            head = lineage.extended(head, self.unlocked.keys)
        signed = (
            head.signed_by(self.unlocked.roles[ADMIN]) if ADMIN in self.unlocked.roles else head
        )
        self.set_meta("header_previous", self.header.digest())
        self.set_meta("header", signed.digest())
        self.set_meta("header_text", signed.text().decode())
        self._pin_officers(signed)
        self._new_header = signed

    def note_officers(self) -> bool:
        """Have the person at the desk sign for the officers there are, where there are others.

        Inside a transaction; return whether the header has to be published.
        """
        if not lineage.behind(self.header, self.person.slot):
            self._pin_officers(self.header)
            return False
        self.store_header(lineage.seen(self.header, self.person, self.unlocked.keys))
        return True

    def publish_header(self) -> None:
        """Write the header stored by the last transaction; call after its commit."""
        self.publish(self._new_header)

    def publish(self, head: Header) -> None:
        """Write a committed header; raise where it no longer knows the person at the desk."""
        path = self.folder / HEADER_FILE
        system.atomic_write(path, head.text(), system.file_mode(self.folder))
        self.header = head
        person = head.by_id(self.person.id)
        if person is None or not person.active:
            raise UnknownPersonError(name=self.person.name)
        keys = self.unlocked.keys
        self.unlocked = Unlocked(person, keys, open_roles(head, person, keys))

    def replace_register(self, fresh: Path, schemas: list[str]) -> None:
        """Put ``fresh`` in the place of register.db and open all files under the newest keys.

        The connection is another one afterwards; whoever needs it asks ``raw`` anew.
        """
        secret = self.secret()
        self.engine.dispose()
        self.raw.close()
        path = self.folder / engine.FILES["main"]
        os.replace(fresh, path)
        system.fsync_folder(self.folder)
        roles = self.unlocked.roles
        self.file_keys = {"main": file_key("main", self.id, roles, None)}
        self.raw = engine.connect(path, self.file_keys["main"])
        for schema in schemas:
            self.attach(schema, file_key(schema, self.id, roles, secret))
        self.engine = engine.engine_over(self.raw)
        self.payloads = Payloads(self.raw, self.id)

    def close(self) -> None:
        """Close the files and release the lock."""
        self.engine.dispose()
        self.raw.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _pin_officers(self, head: Header) -> None:
        """Keep the newest link where only officers write: no older slot leads past it."""
        if PEOPLE in engine.attached(self.raw) and self.people_meta(lineage.PIN) != lineage.pin(
            head
        ):
            self.set_people_meta(lineage.PIN, lineage.pin(head))

    def _note_dropped(self) -> Dropped | None:
        """Write down that this transaction dropped keys, for accounts that open the vault later."""
        if not self._dropped_at:
            return None
        told = Dropped(int(self.meta("epoch") or 1), self._dropped_at, self.counters())
        self.set_meta(DROPPED, told.text())
        return told

    def _advance(self) -> None:
        for schema in engine.attached(self.raw):
            if schema == "main":
                continue
            facts = facts_table(schema)
            self.raw.execute(
                f"UPDATE {facts} SET value = CAST(value AS INTEGER) + 1 WHERE name = 'counter'"
            )
            row = self.raw.execute(
                f"SELECT (SELECT value FROM {facts} WHERE name = 'epoch'),"
                f" (SELECT value FROM {facts} WHERE name = 'counter')"
            ).fetchone()
            self.raw.execute(
                "INSERT INTO main.file_counters (name, epoch, counter) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch,"
                " counter = excluded.counter",
                (schema, int(row[0]), int(row[1])),
            )


def facts_table(schema: str) -> str:
    """Return the table in which a file keeps vault id, epoch and counter."""
    return "search.about" if schema == "search" else f"{schema}.meta"


def stamp(connection: Connection, schema: str, vault: str, epoch: int) -> None:
    """Write vault id, epoch and counter into a new keys file."""
    sql = f"INSERT OR REPLACE INTO {schema}.meta (name, value) VALUES (?, ?)"
    connection.executemany(sql, [("vault", vault), ("epoch", epoch), ("counter", 0)])
