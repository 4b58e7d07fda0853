"""Reading a backup: every file of it, checked against the manifest, into a folder."""

from __future__ import annotations

import errno
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.vault.backup import KIND, MANIFEST
from privdesk.vault.engine import FILES
from privdesk.vault.errors import BackupDamagedError
from privdesk.vault.header import HEADER_FILE

_BLOCK = 1 << 20
_ALLOWED = {HEADER_FILE, *(name for schema, name in FILES.items() if schema != "search")}
_NO_ARCHIVE = (zipfile.BadZipFile, ValueError, KeyError, TypeError)
_LOCKED = 1  # the flag of a part under a password
_LONGEST_MANIFEST = 64 << 20


class NotABackupError(DomainError):
    """{file} is no backup of privdesk. Nothing was changed; choose a file that “privdesk backup”
    made.
    """


@dataclass(frozen=True)
class Backup:
    """A backup that was read whole: its file, what it says of itself, and a digest over that."""

    file: Path
    vault: str
    epoch: int
    made: datetime
    digest: str


@dataclass(frozen=True)
class Label:
    """What a backup says of itself, unchecked: its vault, when it was made, whose head it holds."""

    vault: str
    epoch: int
    made: datetime
    head: dict[str, Any]


def look(file: Path) -> Label:
    """Read what a backup says of itself, before anything of it is unpacked or checked."""
    with system.explained(file):
        if not file.exists():
            raise system.PathMissingError(path=file)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                if archive.getinfo(HEADER_FILE).file_size > _LONGEST_MANIFEST:
                    raise ValueError(HEADER_FILE)
                head = dict(json.loads(archive.read(HEADER_FILE)))
                made = datetime.fromisoformat(manifest["made"])
                return Label(str(manifest["vault"]), int(manifest["epoch"]), made, head)
        except (*_NO_ARCHIVE, RuntimeError, IsADirectoryError) as why:
            raise NotABackupError(file=file.name) from why


def unpack(
    file: Path, building: Path, tick: Callable[[float], None] = lambda _share: None
) -> Backup:
    """Write the files of a backup into a folder of the vault that is to be.

    ``tick`` is told the share that is done, and may raise to stop the work.

    Raises:
        NotABackupError: it is something else.
        BackupDamagedError: a file of it is not what it was.
    """
    with system.explained(file):
        if not file.exists():
            raise system.PathMissingError(path=file)
        if not file.is_file():
            raise NotABackupError(file=file.name)
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                files = {_safe(str(e)): str(digest) for e, digest in manifest["files"].items()}
                vault, epoch = str(manifest["vault"]), int(manifest["epoch"])
                made = datetime.fromisoformat(manifest["made"])
                total = sum(archive.getinfo(entry).file_size for entry in files)
                seen = _Counted(tick, max(total, 1))
                digest = _extract(archive, files, building, file.name, seen)
                return Backup(file, vault, epoch, made, digest)
        except (*_NO_ARCHIVE, AttributeError, RuntimeError) as why:
            raise NotABackupError(file=file.name) from why
        except OSError as why:
            if why.errno != errno.EINVAL:  # what a place outside the file gives
                raise
            raise NotABackupError(file=file.name) from why


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return what a backup says of itself; privdesk packs none of its files."""
    if any(part.compress_type or part.flag_bits & _LOCKED for part in archive.infolist()):
        raise ValueError
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError(MANIFEST)
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["kind"] != KIND:
        raise ValueError(KIND)
    return manifest


class _Counted:
    """Adds up the bytes that were read and tells of their share of all."""

    def __init__(self, tick: Callable[[float], None], total: int) -> None:
        self._tick, self._total, self._done = tick, total, 0

    def __call__(self, read: int) -> None:
        self._done += read
        self._tick(min(self._done / self._total, 1.0))


def _extract(
    archive: zipfile.ZipFile, files: dict[str, str], building: Path, name: str, seen: _Counted
) -> str:
    system.make_folder(building / "attachments")
    for entry, digest in files.items():
        target = building / entry
        try:
            with system.explained(building.parent), archive.open(entry) as source:
                found = _copied(source, target, seen)
        except (zipfile.BadZipFile, EOFError) as why:
            raise BackupDamagedError(file=name, cause=entry) from why
        target.chmod(system.file_mode(building))
        if found != digest:
            raise BackupDamagedError(file=name, cause=entry)
        system.fsync_file(target)
    if not all((building / each).is_file() for each in _ALLOWED):
        raise BackupDamagedError(file=name, cause=N_("a file of the vault is missing"))
    return sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _safe(entry: str) -> str:
    """Return a name that a backup may hold, or raise ValueError."""
    parts = PurePosixPath(entry).parts
    attachment = len(parts) == 2 and parts[0] == "attachments" and parts[1].isalnum()
    if entry not in _ALLOWED and not attachment:
        raise ValueError(entry)
    return entry


def _copied(source: IO[bytes], target: Path, seen: Callable[[int], None]) -> str:
    digest = sha256()
    with target.open("xb") as copy:
        while block := source.read(_BLOCK):
            digest.update(block)
            copy.write(block)
            seen(len(block))
    return digest.hexdigest()
