"""A backup becomes a vault again, as long as the account's epoch secret still opens it.

A backup from before the last change of the epoch secret holds people who were destroyed
since; it does not open, and nothing here makes it open.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.registers.desk import Desk
from privdesk.vault.backup import KIND, MANIFEST
from privdesk.vault.engine import FILES
from privdesk.vault.errors import BackupDamagedError, StaleVaultError, VaultExistsError
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


class LiveRestoreError(DomainError):
    """A backup from before the last change of the epoch secret cannot be restored by this release.
    Nothing was changed; restore a backup made since, or keep working in the living vault.
    """


class StaleBackupError(DomainError):
    """The backup {file} is of epoch {backup}, this account is at epoch {held}: people were
    destroyed since, and it does not open any more. Nothing was changed; restore a backup made
    since.
    """


def restore(file: Path, folder: Path, open_it: Callable[[Path], Desk]) -> None:
    """Unpack a backup beside ``folder``, open it, and only then give it that name.

    ``open_it`` opens the vault in a folder; the search index is built on opening.
    """
    folder = folder.absolute()
    if folder.exists() or folder.is_symlink():
        raise VaultExistsError(path=folder)
    system.refuse_unsafe(folder.parent)
    building = folder.with_name(f".{folder.name}.restore-{os.getpid()}")
    with system.explained(folder):
        system.make_folder(building)
        try:
            digest = _unpack(file, building)
            _prove(file, digest, _opened(file, building, open_it))
            os.rename(building, folder)
            system.fsync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise


def _opened(file: Path, building: Path, open_it: Callable[[Path], Desk]) -> Desk:
    try:
        return open_it(building)
    except StaleVaultError as why:
        told = why.details
        raise StaleBackupError(file=file.name, backup=told["vault"], held=told["held"]) from why


def _prove(file: Path, digest: str, desk: Desk) -> None:
    try:
        with desk.change() as change:
            name = system.spoken(file)
            details = {"file": name, "sha256": digest}
            change.note("vault.opened", reason=f"restored from {name}", details=details)
    finally:
        desk.vault.close()


def _unpack(file: Path, building: Path) -> str:
    with system.explained(file):
        if not file.exists():
            raise system.PathMissingError(path=file)
        if not file.is_file():
            raise NotABackupError(file=file.name)
        try:
            with zipfile.ZipFile(file) as archive:
                files = _listed(archive)
                return _extract(archive, files, building, file.name)
        except (*_NO_ARCHIVE, AttributeError, RuntimeError) as why:
            raise NotABackupError(file=file.name) from why
        except OSError as why:
            if why.errno != errno.EINVAL:  # what a place outside the file gives
                raise
            raise NotABackupError(file=file.name) from why


def _listed(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the files of a backup with their digests; privdesk packs none of them."""
    if any(part.compress_type or part.flag_bits & _LOCKED for part in archive.infolist()):
        raise ValueError
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise ValueError(MANIFEST)
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["kind"] != KIND:
        raise ValueError(KIND)
    return {_safe(str(entry)): str(digest) for entry, digest in manifest["files"].items()}


def _extract(archive: zipfile.ZipFile, files: dict[str, str], building: Path, name: str) -> str:
    system.make_folder(building / "attachments")
    for entry, digest in files.items():
        target = building / entry
        try:
            with system.explained(building.parent), archive.open(entry) as source:
                found = _copied(source, target)
        except (zipfile.BadZipFile, EOFError) as why:
            raise BackupDamagedError(file=name, cause=entry) from why
        target.chmod(system.file_mode(building))
        if found != digest:
            raise BackupDamagedError(file=name, cause=entry)
        system.fsync_file(target)
    if not all((building / each).is_file() for each in _ALLOWED):
        raise BackupDamagedError(file=name, cause="a file of the vault is missing")
    return sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _safe(entry: str) -> str:
    """Return a name that a backup may hold, or raise ValueError."""
    parts = PurePosixPath(entry).parts
    attachment = len(parts) == 2 and parts[0] == "attachments" and parts[1].isalnum()
    if entry not in _ALLOWED and not attachment:
        raise ValueError(entry)
    return entry


def _copied(source: IO[bytes], target: Path) -> str:
    digest = sha256()
    with target.open("xb") as copy:
        while block := source.read(_BLOCK):
            digest.update(block)
            copy.write(block)
    return digest.hexdigest()
