"""The vault as one file: an uncompressed ZIP of the encrypted files with a manifest.

Written beside the target, opened and checked with the person's keys, then renamed.
search.db is never in it; it is rebuilt. The epoch secret is never in it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, cast

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.vault import attachments, engine, scaffold
from privdesk.vault.attachments import Broken
from privdesk.vault.engine import FILES
from privdesk.vault.errors import BackupDamagedError, DamagedFileError
from privdesk.vault.header import HEADER_FILE
from privdesk.vault.session import Vault

MANIFEST = "manifest.json"
KIND = "privdesk backup 1"
_BLOCK = 1 << 20
_COPIED, _CHECKED, _PACKED, _GOOD = 0.3, 0.6, 0.9, 0.95  # shares of the whole work
_GLANCE = 0.05  # seconds between two looks at how far the packing is

Tick = Callable[[float], None]


class TooLargeForDriveError(DomainError):
    """A backup of this vault is larger than {path} takes in one file; a drive formatted as FAT ends
    at 4 GiB. Nothing was left there; format it as exFAT or NTFS, or choose another drive.
    """


class _StoppedError(Exception):
    """The packing was told to stop: what it was for has failed or was cancelled."""


@dataclass(frozen=True)
class Made:
    """A backup found good: where, how large, its SHA-256 and the epoch it needs.

    ``broken`` are the sealed files that were missing or damaged in the vault already: the
    backup is written all the same, because it may be the last copy of everything else.
    """

    path: Path
    bytes: int
    digest: str
    epoch: int
    broken: tuple[Broken, ...] = ()


def write(
    vault: Vault,
    target: Path,
    now: datetime,
    tick: Tick = lambda _part: None,
    *,
    ends_roll: bool = False,
) -> Made:
    """Write a backup to ``target``; on any failure nothing is left there.

    ``ends_roll`` is for the one that a roll makes itself: in it that roll is done. ``tick`` is
    told the share that is done and may raise to stop the work; it is not called any more once the
    file has its name.
    """
    target = target.absolute()
    with system.explained(target), _small_enough(target):
        _refuse_too_large(vault, target)
        fresh = not target.parent.exists()
        target.parent.mkdir(exist_ok=True)
        try:
            with scaffold.for_backup(target.parent, vault.id) as staging:
                return _write(vault, target, staging, now, tick, ends_roll=ends_roll)
        finally:
            if fresh:
                with suppress(OSError):  # where nothing came of it, no empty folder is left
                    target.parent.rmdir()


def _refuse_too_large(vault: Vault, target: Path) -> None:
    """Refuse a drive that cannot hold the file before it is filled."""
    limit = system.file_limit(target.parent)
    if limit is not None and sum(p.stat().st_size for p in _sources(vault) if p.exists()) > limit:
        raise TooLargeForDriveError(path=target.parent)


@contextmanager
def _small_enough(target: Path) -> Iterator[None]:
    """Say in words that a file met the limit of its drive."""
    try:
        yield
    except OSError as why:
        if why.errno != errno.EFBIG:
            raise
        raise TooLargeForDriveError(path=target.parent) from why


def _write(
    vault: Vault, target: Path, staging: Path, now: datetime, tick: Tick, *, ends_roll: bool
) -> Made:
    _copy_all(vault, staging, tick)
    connection = _open_copy(vault, staging)
    packed, stop = staging / "backup", threading.Event()
    try:
        if ends_roll:
            connection.execute("UPDATE meta SET value = 'done' WHERE name = 'roll'")
        row = connection.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()
        epoch = int(row[0])
        with ThreadPoolExecutor(1) as beside:  # hashing and reading leave this thread its core
            packing = beside.submit(_pack, vault, staging, packed, epoch, now, stop)
            try:
                _check_pages(vault, connection)
                broken = _check_attachments(vault, connection, staging, tick)
                digest = _awaited(packing, packed, staging, tick)
            except BaseException:
                stop.set()
                raise
    finally:
        connection.close()
    if digest != _digest(packed):
        raise BackupDamagedError(file=target.name, cause=N_("it reads back differently"))
    system.make_private(packed)
    system.fsync_file(packed)
    tick(_GOOD)
    os.replace(packed, target)
    system.settle_folder(target.parent)
    return Made(target, target.stat().st_size, digest, epoch, broken)


def _copy_all(vault: Vault, staging: Path, tick: Tick) -> None:
    """Copy the files of one moment; short reads may be let in between two of them."""
    with vault.reading():
        sources = _sources(vault)
        for number, path in enumerate(sources):
            tick(_COPIED * number / len(sources))
            copy = staging / path.relative_to(vault.folder)
            copy.parent.mkdir(exist_ok=True)
            _copy(path, copy, needed=path.parent == vault.folder)
    tick(_COPIED)


def _awaited(packing: Future[str], packed: Path, staging: Path, tick: Tick) -> str:
    """Wait for the packing and say how far it is; return the digest."""
    total = sum(p.stat().st_size for p in staging.rglob("*") if p.is_file() and p != packed)
    while not packing.done():
        done = packed.stat().st_size / max(total, 1) if packed.exists() else 0.0
        tick(_CHECKED + (_PACKED - _CHECKED) * min(done, 1.0))
        wait([packing], timeout=_GLANCE)
    tick(_PACKED)
    return packing.result()


def _sources(vault: Vault) -> list[Path]:
    names = [HEADER_FILE, *(n for schema, n in FILES.items() if schema != "search")]
    attached = attachments.files(vault.folder)
    for link in filter(Path.is_symlink, attached):
        raise system.SymlinkError(path=link)
    return [vault.folder / name for name in names] + attached


def _copy(path: Path, copy: Path, *, needed: bool) -> None:
    """Copy a file; one that its disk does not give any more is left out unless it is needed."""
    try:
        shutil.copyfile(path, copy)
    except OSError:
        if needed or _readable(path):
            raise
        copy.unlink(missing_ok=True)


def _readable(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            while stream.read(_BLOCK):
                pass
    except OSError:
        return False
    return True


def _open_copy(vault: Vault, staging: Path) -> engine.Connection:
    """Open the copies with the keys under which the vault's own files stand.

    While a roll is unfinished, those may be of two epochs.
    """
    connection = engine.connect(staging / FILES["main"], vault.file_keys["main"])
    try:
        for schema in ("keys_office", *(["keys_people"] if vault.sees_people else [])):
            engine.attach(connection, schema, staging / FILES[schema], vault.file_keys[schema])
    except BaseException:
        connection.close()
        raise
    return connection


def _check_pages(vault: Vault, connection: engine.Connection) -> None:
    """Refuse damaged pages; where the vault has them itself, that is what is told."""
    for schema in engine.attached(connection):
        faults = engine.check_pages(connection, schema)
        if faults and engine.check_pages(vault.raw, schema):
            raise DamagedFileError(file=FILES[schema])
        if faults:
            raise BackupDamagedError(file=FILES[schema], cause=faults[0])


def _check_attachments(
    vault: Vault, connection: engine.Connection, staging: Path, tick: Tick
) -> tuple[Broken, ...]:
    """Return the sealed files that do not open; refuse those that do so in the vault itself."""
    total = connection.execute("SELECT coalesce(sum(bytes), 0) FROM attachments").fetchone()[0]
    looked = 0

    def seen(size: int) -> None:
        nonlocal looked
        looked += size
        tick(_COPIED + (_CHECKED - _COPIED) * min(looked / max(total, 1), 1.0))

    found = attachments.broken(connection, vault.id, staging, seen)
    if found:
        there = {one.name for one in attachments.broken(connection, vault.id, vault.folder)}
        for one in found:
            if one.name not in there:
                file = f"attachments/{one.name}"
                raise BackupDamagedError(file=file, cause=N_("it was copied differently"))
    return tuple(found)


class _Hashed:
    """A file that is written from front to back, and hashed on the way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


def _pack(
    vault: Vault, staging: Path, packed: Path, epoch: int, now: datetime, stop: threading.Event
) -> str:
    """Write the copies and their digests into one file; return its digest."""
    files = sorted(p for p in staging.rglob("*") if p.is_file())
    digests: dict[str, str] = {}
    with packed.open("wb") as stream:
        hashed = _Hashed(stream)
        with zipfile.ZipFile(cast("IO[bytes]", hashed), "w", zipfile.ZIP_STORED) as archive:
            for path in files:
                name = str(path.relative_to(staging))
                digests[name] = _put(archive, name, path, stop)
            manifest = {
                "kind": KIND,
                "vault": vault.id,
                "epoch": epoch,
                "made": now.isoformat(),
                "files": digests,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return hashed.digest.hexdigest()


def _put(archive: zipfile.ZipFile, name: str, path: Path, stop: threading.Event) -> str:
    """Write a file into the archive and return its digest."""
    digest = sha256()
    with path.open("rb") as stream, archive.open(name, "w", force_zip64=True) as member:
        while block := stream.read(_BLOCK):
            if stop.is_set():
                raise _StoppedError
            digest.update(block)
            member.write(block)
    return digest.hexdigest()


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
