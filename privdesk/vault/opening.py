"""Opening a vault: nothing is written before everything has been checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from privdesk.core import system
from privdesk.core.clock import office_date
from privdesk.core.i18n import N_
from privdesk.vault import attachments, engine, header, hotjournals, lineage, slots
from privdesk.vault.account import Secrets, generations, keys_for, secrets_of, settle, why_not
from privdesk.vault.engine import FILES, Connection
from privdesk.vault.epoch import Dropped, EpochSecret, EpochStore
from privdesk.vault.errors import (
    DamagedFileError,
    FilesDisagreeError,
    ForeignVaultError,
    HeaderDamagedError,
    HeaderOfOtherEpochError,
    MissingFileError,
    OlderCopyError,
    ReadOnlyVaultError,
    RollPendingError,
    VaultInUseError,
)
from privdesk.vault.header import PERSONAL, REGISTER, Header
from privdesk.vault.search import schema as search
from privdesk.vault.session import (
    DROPPED,
    Unlocked,
    Vault,
    facts_table,
    file_key,
)

LOCK_FILE = "vault.lock"


def look(folder: Path) -> Header:
    """Return the head of a vault without opening it, refusing links and odd places."""
    folder = folder.absolute()
    if folder.is_symlink():
        raise system.SymlinkError(path=folder)
    _refuse_unreadable(folder)
    head = header.read(folder)
    for entry in folder.iterdir():
        if entry.is_symlink():
            raise system.SymlinkError(path=entry)
    return head


def _refuse_unreadable(folder: Path) -> None:
    """Refuse a folder, or a head in it, that another account keeps to itself."""
    for path in (folder, folder / header.HEADER_FILE):
        if os.path.lexists(path) and not system.readable(path) and not path.is_symlink():
            raise ForeignVaultError(path=path, owner=system.owner(path))


def parts(folder: Path) -> list[Path]:
    """Return the folder and those of its files and folders that an opening writes."""
    names = (*FILES.values(), header.HEADER_FILE, LOCK_FILE, attachments.FOLDER)
    return [folder, *(path for path in (folder / name for name in names) if path.exists())]


def _refuse_unwritable(folder: Path) -> None:
    """Refuse what cannot be written before anything is: no opening goes without its entry."""
    for path in parts(folder):
        if system.writable(path):
            continue
        if system.is_own(path) or system.on_read_only_medium(path):
            raise ReadOnlyVaultError(name=folder.name)
        raise ForeignVaultError(path=path, owner=system.owner(path))


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
    _refuse_unwritable(folder)
    lock = _locked(folder, f"{unlocked.person.name} · ")
    try:
        store = store or EpochStore(head.vault)
        mended = [*system.close_to_others(folder), *store.close_to_others()]
        vault = _open(folder, head, unlocked, lock, store)
        vault.closed_to_others = len(mended)
        return vault
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


def lock_to_read(folder: Path) -> system.FolderLock:
    """Keep everybody from opening a vault that is read in a place that cannot be written."""
    with _in_use():
        return system.FolderLock(folder / LOCK_FILE)


def _locked(folder: Path, who: str = "") -> system.FileLock:
    with _in_use():
        return system.FileLock(
            folder / LOCK_FILE, f"{who}{system.account()}@{system.workstation()}"
        )


@contextmanager
def _in_use() -> Iterator[None]:
    """Say of a lock that somebody else has that the vault is open."""
    try:
        yield
    except system.HeldError as why:
        raise VaultInUseError(**why.details) from why


def _open(
    folder: Path, head: Header, unlocked: Unlocked, lock: system.FileLock, store: EpochStore
) -> Vault:
    hotjournals.repair(folder)
    connection, key = open_register(folder, head, unlocked)
    try:
        vault = Vault(folder, head, unlocked, connection, store, lock, key)
        _check_header(vault)
        used = _attach_keys(vault)
        _check_officers(vault)
        settle(vault, used, done=(vault.meta("roll") or "done") == "done")
        _attach_search(vault)
        hotjournals.sweep(folder)
        _check_counters(vault)
        _check_dropped(vault)
    except BaseException:
        connection.close()
        raise
    return vault


def open_register(
    folder: Path, head: Header, unlocked: Unlocked, *, read_only: bool = False
) -> tuple[Connection, bytes]:
    """Return the connection on register.db, and its key, with whichever generation fits."""
    path = folder / FILES["main"]
    if not path.is_file():
        raise MissingFileError(file=path.name)
    for generation in generations(unlocked, REGISTER):
        key = file_key("main", head.vault, unlocked.roles, None, generation)
        try:
            connection = engine.connect(path, key, read_only=read_only)
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
    head = committed_head(vault)
    if head is not vault.header:
        vault.publish(head)


def committed_head(vault: Vault) -> Header:
    """Return the head that the journal knows, where a crash left the one before it in the folder.

    Raises:
        HeaderDamagedError: the one in the folder is neither.
    """
    found = vault.header.digest()
    if found == vault.meta("header"):
        return vault.header
    committed = vault.meta("header_text")
    known = int(vault.meta("epoch") or 1)
    if found != vault.meta("header_previous") and vault.header.epoch != known:
        raise HeaderOfOtherEpochError(found=vault.header.epoch, known=known)
    if found != vault.meta("header_previous") or committed is None:
        raise HeaderDamagedError(cause=N_("it is not the one the vault's journal knows"))
    newer = header.parse(committed.encode())
    if newer.digest() != vault.meta("header"):
        raise HeaderDamagedError(cause=N_("the vault's journal knows another one"))
    return newer


def _attach_keys(vault: Vault) -> EpochSecret:
    """Open the keys files; return the secret that fits."""
    secrets = secrets_of(vault)
    wanted = ["keys_office"] + (["keys_people"] if PERSONAL in vault.unlocked.roles else [])
    for schema in wanted:
        path = vault.folder / FILES[schema]
        if not path.is_file():
            raise MissingFileError(file=path.name)
        for secret, key in keys_for(vault, schema, secrets):
            try:
                vault.attach(schema, key)
            except (engine.DatabaseError, DamagedFileError):
                continue
            used = secret
            break
        else:
            raise why_not(vault, schema, secrets)
    if (vault.meta("roll") or "done") != "done" and not vault.sees_people:
        raise RollPendingError
    return used


def _attach_search(vault: Vault) -> None:
    if not vault.sees_people:
        return
    path = vault.folder / FILES["search"]
    secrets = Secrets.of(vault.epochs)
    if path.is_file():
        for _secret, key in keys_for(vault, "search", secrets):
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


def _check_officers(vault: Vault) -> None:
    """Refuse a head whose line lacks the link that officers have kept in their own file."""
    if vault.sees_people and not lineage.contains(vault.header, vault.people_meta(lineage.PIN)):
        raise HeaderDamagedError(
            cause=N_("the line of its officers is not the one kept in the vault")
        )


def _check_dropped(vault: Vault) -> None:
    """Refuse files from before keys were dropped, as far as this account knows; learn what is new.

    That is a folder copy or a backup of the same epoch; one of an older epoch does not open at all.
    What the vault tells is learnt as far as its own files, open now, bear it out: whoever has
    REGISTER could write more.
    """
    known, epoch = vault.epochs.dropped(), int(vault.meta("epoch") or 1)
    if known is not None and known.undone_in(epoch, vault.counters()):
        day = office_date(datetime.fromisoformat(known.at))
        raise OlderCopyError(name=vault.folder.name, day=day)
    told = Dropped.parse(vault.meta(DROPPED))
    if told is not None and told.epoch == epoch:
        vault.epochs.keep_dropped(told.as_far_as(vault.counters()))


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
