"""Folders in which a backup or a restored vault is built, and what a killed process left of them.

A backup is built in ``.privdesk-ID-…`` beside its target, where ID begins the vault's id; nobody
but who has the vault open builds one, so any other is a leftover. A vault is restored in
``.privdesk-restore-…`` beside its place, which is locked as long as somebody works in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError

_RESTORE = ".privdesk-restore-"
_LOCK = "lock"
_ID = 12  # characters of a vault's id in the names of folders


@contextmanager
def for_backup(parent: Path, vault: str) -> Iterator[Path]:
    """A folder for building a backup of a vault, which this process has open."""
    sweep_backups(parent, vault)
    path = Path(tempfile.mkdtemp(prefix=_of(vault), dir=parent))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def sweep_backups(parent: Path, vault: str) -> None:
    """Remove what killed processes left of backups of a vault; call with the vault open."""
    for path in _found(parent, _of(vault)):
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def for_restore(parent: Path) -> Iterator[Path]:
    """A folder for building a vault, closed to others and gone afterwards."""
    sweep_restores(parent)
    path, lock = _locked(parent)
    try:
        yield path
    finally:
        lock.release()
        shutil.rmtree(path, ignore_errors=True)


def sweep_restores(parent: Path) -> None:
    """Remove what killed processes left of vaults that were being restored in a folder."""
    for path in _found(parent, _RESTORE):
        with suppress(DomainError):  # somebody works in it
            system.FileLock(path / _LOCK, "").release()
            shutil.rmtree(path, ignore_errors=True)


def is_being_restored(folder: Path) -> bool:
    """Whether a vault has not got its place yet."""
    return folder.parent.name.startswith(_RESTORE)


def _of(vault: str) -> str:
    return f".privdesk-{vault[:_ID]}-"


def _found(parent: Path, prefix: str) -> list[Path]:
    with suppress(OSError):
        found = [path for path in parent.iterdir() if path.name.startswith(prefix)]
        return [path for path in found if path.is_dir() and not path.is_symlink()]
    return []


def _locked(parent: Path) -> tuple[Path, system.FileLock]:
    """Make a folder and lock it; one that is swept in between is made again."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_RESTORE, dir=parent))
        system.set_mode(path, system.folder_mode(parent))
        with suppress(system.HeldError, system.PathMissingError):
            return path, system.FileLock(path / _LOCK, system.account())
