"""Opening a vault: nothing is written before everything has been checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from privdesk.core import system
from privdesk.vault import engine, handovers, header, hotjournals, slots
from privdesk.vault.engine import FILES, Connection
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    DamagedFileError,
    FilesDisagreeError,
    HeaderDamagedError,
    MissingFileError,
    NoEpochSecretError,
    RollElsewhereError,
    RollPendingError,
    StaleEpochError,
    StaleVaultError,
    VaultInUseError,
)
from privdesk.vault.header import PERSONAL, REGISTER, Header
from privdesk.vault.search import schema as search
from privdesk.vault.session import DECLARED, PERSONAL_FILES, Unlocked, Vault, facts_table, file_key

LOCK_FILE = "vault.lock"


@dataclass(frozen=True)
class Secrets:
    """The epoch secrets this account holds."""

    current: EpochSecret | None
    next: EpochSecret | None
    apart: EpochSecret | None = None  # of a declared restore that waits

    @classmethod
    def of(cls, store: EpochStore) -> Secrets:
        """Return what an account holds now."""
        return cls(store.current(), store.next(), store.apart())

    def all(self) -> list[EpochSecret]:
        """Return those there are, the present one first."""
        return [s for s in (self.current, self.next, self.apart) if s is not None]


def look(folder: Path) -> Header:
    """Return the head of a vault without opening it, refusing links and odd places."""
    folder = folder.absolute()
    if folder.is_symlink():
        raise system.SymlinkError(path=folder)
    head = header.read(folder)
    for entry in folder.iterdir():
        if entry.is_symlink():
            raise system.SymlinkError(path=entry)
    return head


def open_vault(folder: Path, name: str, passphrase: str) -> Vault:
    """Open a vault with a person's passphrase."""
    head = look(folder)
    return open_unlocked(folder, head, slots.unlock(head, name, passphrase))


def open_with_kit(folder: Path, secret: bytes) -> Vault:
    """Open a vault with the recovery kit; it may only enrol officers again."""
    head = look(folder)
    return open_unlocked(folder, head, slots.unlock_kit(head, secret))


def open_unlocked(
    folder: Path, head: Header, unlocked: Unlocked, store: EpochStore | None = None
) -> Vault:
    """Open the files with a person's keys; one opener at a time.

    The epoch secret comes from ``store``, or from where this account keeps it.
    """
    folder = folder.absolute()
    system.refuse_unsafe(folder)
    lock = _locked(folder, f"{unlocked.person.name} · ")
    try:
        return _open(folder, head, unlocked, lock, store or EpochStore(head.vault))
    except BaseException:
        lock.release()
        raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep everybody from opening a vault for the length of the block."""
    lock = _locked(folder)
    try:
        yield
    finally:
        lock.release()


def _locked(folder: Path, who: str = "") -> system.FileLock:
    try:
        return system.FileLock(
            folder / LOCK_FILE, f"{who}{system.account()}@{system.workstation()}"
        )
    except system.HeldError as why:
        raise VaultInUseError(**why.details) from why


def _open(
    folder: Path, head: Header, unlocked: Unlocked, lock: system.FileLock, store: EpochStore
) -> Vault:
    hotjournals.repair(folder)
    connection, key = _open_register(folder, head, unlocked)
    try:
        vault = Vault(folder, head, unlocked, connection, store, lock, key)
        _check_header(vault)
        _attach_keys(vault)
        _attach_search(vault)
        hotjournals.sweep(folder)
        _check_counters(vault)
    except BaseException:
        connection.close()
        raise
    return vault


def _generations(unlocked: Unlocked, role: str) -> list[str]:
    found = [name.partition(":")[2] for name in unlocked.roles if name.startswith(role + ":")]
    return [f":{g}" for g in sorted(found, key=int, reverse=True)]


def _open_register(folder: Path, head: Header, unlocked: Unlocked) -> tuple[Connection, bytes]:
    path = folder / FILES["main"]
    if not path.is_file():
        raise MissingFileError(file=path.name)
    for generation in _generations(unlocked, REGISTER):
        key = file_key("main", head.vault, unlocked.roles, None, generation)
        try:
            connection = engine.connect(path, key)
        except engine.DatabaseError:
            continue
        except DamagedFileError:
            continue
        row = connection.execute("SELECT value FROM meta WHERE name = 'vault'").fetchone()
        if row is None or row[0] != head.vault:
            connection.close()
            raise DamagedFileError(file=path.name)
        return connection, key
    raise DamagedFileError(file=path.name)


def _check_header(vault: Vault) -> None:
    """Refuse a head that the journal does not know; finish writing one that a crash cut off."""
    found = vault.header.digest()
    if found == vault.meta("header"):
        return
    committed = vault.meta("header_text")
    if found != vault.meta("header_previous") or committed is None:
        raise HeaderDamagedError(cause="it is not the one the vault's journal knows")
    newer = header.parse(committed.encode())
    if newer.digest() != vault.meta("header"):
        raise HeaderDamagedError(cause="the vault's journal knows another one")
    vault.publish(newer)


def _keys_for(vault: Vault, schema: str, secrets: Secrets) -> Iterator[tuple[EpochSecret, bytes]]:
    role = PERSONAL if schema in PERSONAL_FILES else REGISTER
    for secret in secrets.all():
        for generation in _generations(vault.unlocked, role):
            yield secret, file_key(schema, vault.id, vault.unlocked.roles, secret, generation)


def _attach_keys(vault: Vault) -> None:
    secrets = _secrets(vault)
    wanted = ["keys_office"] + (["keys_people"] if PERSONAL in vault.unlocked.roles else [])
    for schema in wanted:
        path = vault.folder / FILES[schema]
        if not path.is_file():
            raise MissingFileError(file=path.name)
        for _secret, key in _keys_for(vault, schema, secrets):
            try:
                vault.attach(schema, key)
            except (engine.DatabaseError, DamagedFileError):
                continue
            break
        else:
            raise _why_not(vault, schema, secrets)
    roll = vault.meta("roll") or "done"
    if roll != "done" and not vault.sees_people:
        raise RollPendingError
    if roll == "done":
        epoch = int(vault.meta("epoch") or 1)
        vault.epochs.settle(epoch)
        if not vault.meta(DECLARED):
            vault.epochs.take_apart(epoch)


def _secrets(vault: Vault) -> Secrets:
    store = vault.epochs
    secrets = Secrets.of(store)
    if not secrets.all():
        raise NoEpochSecretError
    taken = _take_handovers(vault, secrets)
    return Secrets.of(store) if taken else secrets


def _take_handovers(vault: Vault, secrets: Secrets) -> bool:
    """Follow handovers forward from the secret held; return whether one was taken."""
    held = secrets.current or secrets.next
    epoch = int(vault.meta("epoch") or 1)
    if held is None or epoch <= max(s.epoch for s in secrets.all()):
        return False
    handovers.take(vault, held)
    return True


def _why_not(vault: Vault, schema: str, secrets: Secrets) -> Exception:
    if (vault.meta("roll") or "done") != "done" and vault.epochs.next() is None:
        return RollElsewhereError() if PERSONAL in vault.unlocked.roles else RollPendingError()
    held = max(s.epoch for s in secrets.all())
    epoch = int(vault.meta("epoch") or 1)
    if held > epoch:
        return StaleVaultError(name=vault.folder.name, vault=epoch, held=held)
    if held < epoch:
        return StaleEpochError(held=held, vault=epoch)
    return DamagedFileError(file=FILES[schema])


def _attach_search(vault: Vault) -> None:
    if not vault.sees_people:
        return
    path = vault.folder / FILES["search"]
    secrets = Secrets.of(vault.epochs)
    if path.is_file():
        for _secret, key in _keys_for(vault, "search", secrets):
            try:
                vault.attach("search", key)
            except (engine.DatabaseError, DamagedFileError):
                continue
            if _tells_of_itself(vault):
                return
            engine.detach(vault.raw, "search")
            break
    vault.search_stale = True


def _tells_of_itself(vault: Vault) -> bool:
    """Whether what search.db says of itself can be read; a damaged one is made anew."""
    try:
        return search.about(vault.raw) is not None
    except engine.DatabaseError:
        return False


def _check_counters(vault: Vault) -> None:
    for name, epoch, counter in vault.raw.execute(
        "SELECT name, epoch, counter FROM file_counters"
    ).fetchall():
        if name not in engine.attached(vault.raw):
            continue
        sql = f"SELECT name, value FROM {facts_table(name)}"
        found = dict(vault.raw.execute(sql).fetchall())
        same = found.get("vault") == vault.id and int(found.get("counter", -1)) == counter
        if not same and name == "search":
            vault.search_stale = True
        elif not same or (
            (vault.meta("roll") or "done") == "done" and int(found.get("epoch", 0)) != epoch
        ):
            raise FilesDisagreeError(file=FILES[name])
