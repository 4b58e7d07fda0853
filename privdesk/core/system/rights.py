"""Who on this computer may read and write a folder: looked at, and closed to others."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from privdesk.core.system.errors import OpenFolderError, explained
from privdesk.core.system.side import set_mode

_TOUCHED = stat.S_IROTH | stat.S_IWOTH


def writable(*paths: Path) -> bool:
    """Whether this account may write all of these; False also on a read-only medium."""
    return all(os.access(path, os.W_OK) for path in paths)


def on_read_only_medium(path: Path) -> bool:
    """Whether what a file lies on takes no writing from anybody."""
    if not hasattr(os, "statvfs"):
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def readable(path: Path) -> bool:
    """Whether this account may read a file, or look into a folder."""
    return os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0))


def is_own(path: Path) -> bool:
    """Whether a file belongs to this account, as far as the system has such a thing."""
    return not hasattr(os, "geteuid") or path.lstat().st_uid == os.geteuid()


def owner(path: Path) -> str:
    """Return the name of the account that a file belongs to, or its number."""
    try:
        return path.owner()
    except (KeyError, NotImplementedError):
        return str(path.lstat().st_uid)


def close_to_others(folder: Path, *, alone: bool = False) -> list[Path]:
    """Take from a folder, and from what lies in it, the rights nobody else should have.

    A folder in which a group may write belongs to an office group, unless it is told to be one
    account's ``alone``: 2770 and 0660. Any other is its owner's: 0700 and 0600. Only its owner, or
    root, can change that. Inside a folder that is closed, files of other accounts are left as they
    are.

    Return what was changed. Windows takes rights from the folder above, so there it is nothing.

    Raises:
        OpenFolderError: everybody can get at what belongs to another account.
    """
    if os.name == "nt":
        return []
    with explained(folder):
        office = bool(folder.stat().st_mode & stat.S_IWGRP) and not alone
        mended = _set([folder], office)
        within = [path for path in folder.iterdir() if not path.is_symlink()]
        found = _set(within, office)
        if mended or any(path.is_dir() for path in found):
            deeper = (p for one in within if one.is_dir() for p in one.iterdir())
            found += _set((path for path in deeper if not path.is_symlink()), office)
        _refuse_open(folder, within)
    return mended + found


def _refuse_open(folder: Path, within: list[Path]) -> None:
    """Refuse a folder that others may change, or in which they may read or change a file."""
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH:
        raise OpenFolderError(path=folder, owner=owner(folder))
    for path in within if mode & stat.S_IXOTH else ():
        if path.stat().st_mode & _TOUCHED:
            raise OpenFolderError(path=path, owner=owner(path))


def _set(paths: Iterable[Path], office: bool) -> list[Path]:
    """Set the rights of those that have others and may be changed; return them."""
    mended = []
    for path in paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = _wanted(mode, path.is_dir(), office)
        if mode != wanted and (is_own(path) or os.geteuid() == 0):
            set_mode(path, wanted)
            mended.append(path)
    return mended


def _wanted(mode: int, is_folder: bool, office: bool) -> int:
    """Return what a file's rights ought to be; what its owner took from herself stays so."""
    own = mode & (0o700 if is_folder else 0o600)
    if not office:
        return own
    return own | own >> 3 | (stat.S_ISGID if is_folder else 0)
