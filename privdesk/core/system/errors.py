"""What the operating system refuses, in sentences for the user."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from privdesk.core.errors import DomainError


class DiskFullError(DomainError):
    """There is no room left where {path} is kept. What was saved before is safe; free some space
    and try again.
    """


class ReadOnlyError(DomainError):
    """{path} cannot be written: it is read-only for this account. Nothing was changed; ask for
    write access or choose another folder.
    """


class PathMissingError(DomainError):
    """{path} does not exist. Nothing was changed; check the spelling and whether the drive is
    connected.
    """


class PathTakenError(DomainError):
    """{path} exists already. Nothing was changed; choose another name."""


class SymlinkError(DomainError):
    """{path} is a link to another place, which privdesk never follows. Nothing was changed; give
    the true path.
    """


class InsideVaultError(DomainError):
    """{path} lies inside a vault. Nothing was written there; choose another folder."""


class StorageError(DomainError):
    """{path} could not be read or written ({cause}). Nothing was changed; check the drive and try
    again.
    """


class HeldError(DomainError):
    """{path} is in use already: {holder}. Nothing was changed; close it there first, or wait until
    it is closed.
    """


class NetworkFolderError(DomainError):
    """{path} lies on a network or shared file system ({kind}), where a vault can be torn. Nothing
    was changed; choose a folder on a local drive.
    """


class WeakFileSystemError(DomainError):
    """{path} lies on a file system without access rights or safe renaming ({kind}). Nothing was
    changed; choose a folder on a local drive that is not FAT or exFAT.
    """


class OpenFolderError(DomainError):
    """Every account of this computer can get at {path}, which belongs to {owner}. Nothing was
    changed; have {owner} open it once, or close it to others (on Linux: chmod o-rwx).
    """


class OddFolderError(DomainError):
    """The name of this folder holds signs that are no letters of any alphabet, as names on old
    drives do. Nothing was changed; rename the folder, or choose another one.
    """


_CAUSES: dict[int, type[DomainError]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EROFS: ReadOnlyError,
    errno.EACCES: ReadOnlyError,
    errno.EPERM: ReadOnlyError,
    errno.ENOENT: PathMissingError,
    errno.EEXIST: PathTakenError,
    errno.ELOOP: SymlinkError,
}


def explain(why: OSError, path: Path) -> DomainError:
    """Return the refusal that an operating-system error stands for."""
    error = _CAUSES.get(why.errno or 0)
    if error is None:
        return StorageError(path=path, cause=why.strerror or type(why).__name__)
    return error(path=path)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn operating-system errors inside the block into sentences about ``path``."""
    try:
        yield
    except OSError as why:
        raise explain(why, path) from why
