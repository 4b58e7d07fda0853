"""A vault that cannot be written, such as a copy on a disc: opened to be proved, no more.

No opening and no look can be written down there. So register.db alone is opened, which holds
the journal and no personal value that opens without the keys files. No epoch secret is asked
for: an old copy can be proved too, with the passphrase of anybody who had a place in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from privdesk.core import system
from privdesk.vault import hotjournals, migrate, opening, slots
from privdesk.vault.epoch import EpochStore
from privdesk.vault.errors import UnfinishedCopyError, UnknownPersonError
from privdesk.vault.header import Header
from privdesk.vault.session import Unlocked, Vault


def is_read_only(folder: Path) -> bool:
    """Whether a vault lies on a read-only medium, or in files of ours that must not be written."""
    parts = [path for path in opening.parts(folder) if not system.writable(path)]
    return any(system.is_own(p) or system.on_read_only_medium(p) for p in parts)


@contextmanager
def opened(folder: Path, name: str, passphrase: str) -> Iterator[Vault]:
    """Open register.db to be read; nothing is written into the folder, not even a lock.

    Raises:
        UnfinishedCopyError: a transaction was cut off, and only a writer could roll it back.
        VaultInUseError: the same folder is open in another place where it can be written.
    """
    folder = folder.absolute()
    head = opening.look(folder)
    unlocked = slots.unlock(head, name, passphrase)
    lock = opening.lock_to_read(folder)
    try:
        if hotjournals.unfinished(folder):
            raise UnfinishedCopyError(name=folder.name)
        connection, key = opening.open_register(folder, head, unlocked, read_only=True)
        vault = Vault(folder, head, unlocked, connection, EpochStore(head.vault), lock, key)
        try:
            vault.reads_only = True
            _take_committed_head(vault)
            with vault.reading() as sql:
                migrate.is_current(sql, may_migrate=False)
            yield vault
        finally:
            vault.close()
    finally:
        lock.release()


def glance(folder: Path, head: Header, unlocked: Unlocked, *names: str) -> list[str | None]:
    """Return single values of register.db, which needs no epoch secret, and close it again.

    The folder may be written: what a crash cut off is rolled back.
    """
    with opening.locked(folder):
        hotjournals.repair(folder)
        connection, _key = opening.open_register(folder, head, unlocked)
        try:
            sql = "SELECT value FROM meta WHERE name = ?"
            rows = [connection.execute(sql, (name,)).fetchone() for name in names]
        finally:
            connection.close()
    return [None if row is None else str(row[0]) for row in rows]


def _take_committed_head(vault: Vault) -> None:
    """Go by the head that the journal knows, without writing it where a crash left another."""
    vault.header = opening.committed_head(vault)
    person = vault.header.by_id(vault.person.id)
    if person is None or not person.active:
        raise UnknownPersonError(name=vault.person.name)
