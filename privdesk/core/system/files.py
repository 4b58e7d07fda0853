"""Files that are whole or not there, closed to others, and never on somebody else's machine."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from privdesk.core.system.errors import (
    InsideVaultError,
    NetworkFolderError,
    OddFolderError,
    PathMissingError,
    PathTakenError,
    WeakFileSystemError,
    explained,
)
from privdesk.core.system.side import (
    file_system_kind,
    fsync_folder,
    open_without_following,
    set_mode,
)

_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph"),
        *("lustre", "gfs2", "ocfs2", "glusterfs", "davfs", "vboxsf", "vmhgfs", "prl_fs", "remote"),
        *("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.ceph"),
        *("fuse.ceph-fuse", "fuse.davfs", "fuse.davfs2", "fuse.s3fs", "fuse.vmhgfs-fuse"),
        *("fuse.smbnetfs", "fuse.goofys", "fuse.gcsfuse", "fuse.google-drive-ocamlfuse"),
    )
)
_WEAK = frozenset(
    ("vfat", "msdos", "umsdos", "fat", "fat32", "exfat", "fuse.exfat", "fuseblk.exfat")
)
_FAT = frozenset(("vfat", "msdos", "umsdos", "fat", "fat32"))
_FAT_LIMIT = 2**32 - 1  # bytes of a file
_KEEPS_NONE = frozenset((errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL))
_UNPORTABLE = re.compile(
    r'[<>:"/\\|?*\x00-\x1f]'
)  # which FAT, exFAT and NTFS do not take in a name
_LONGEST_NAME = 160  # bytes; what is put behind it has room


def refuse_unsafe(path: Path) -> None:
    """Refuse a place on a network, FAT or exFAT file system; ``path`` need not exist yet.

    Also one whose name is no text: the database engine could not tell it again.
    """
    if not _is_text(path.absolute()):
        raise OddFolderError
    kind = file_system_kind(_nearest(path))
    if kind in _NETWORK:
        raise NetworkFolderError(path=path, kind=kind)
    if kind in _WEAK:
        raise WeakFileSystemError(path=path, kind=kind)


def _is_text(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _nearest(path: Path) -> Path:
    return next(p for p in (path.absolute(), *path.absolute().parents) if p.exists())


def _shared(folder: Path) -> bool:
    """Whether a folder belongs to an office group: files in it take over its group."""
    mode = folder.stat().st_mode
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)


def file_mode(folder: Path) -> int:
    """Return the access rights of files made in ``folder``: 0660 for an office group, else 0600."""
    return 0o660 if _shared(folder) else 0o600


def folder_mode(parent: Path) -> int:
    """Return the access rights of folders made in ``parent``: 2770 or 0700."""
    return 0o2770 if _shared(parent) else 0o700


def make_folder(path: Path) -> Path:
    """Make a folder that only this account, or the office group of its parent, can open."""
    with explained(path):
        mode = folder_mode(path.parent)
        path.mkdir(mode=0o700)
        set_mode(path, mode)
    return path


def spoken(path: Path) -> str:
    """Return a file's name as text that can be stored, also one that is not UTF-8.

    Old archives and drives bring names in CP949, which no longer can be written as text.
    """
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "cp949"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def refuse_inside_vault(path: Path) -> None:
    """Refuse to write a list or a paper into the folder of any vault, also through a link."""
    for folder in path.expanduser().resolve().parents:
        if (folder / "vault.json").is_file():
            raise InsideVaultError(path=path)


def file_limit(folder: Path) -> int | None:
    """Return how many bytes a file may have on the drive of ``folder``; None for as many as fit."""
    return _FAT_LIMIT if file_system_kind(folder) in _FAT else None


def portable(name: str) -> str:
    """Return a name that every drive takes, also a stick: FAT and NTFS know no colon and the like.

    What is cut off at the end leaves room for more.
    """
    short = name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return _UNPORTABLE.sub("_", short).strip(" .") or "_"


def make_private(path: Path, mode: int = 0o600) -> None:
    """Set the access rights of a file that leaves the vault, where its drive keeps any.

    FAT, exFAT and some ways to mount NTFS keep none and may refuse; what is written there is
    sealed by itself.
    """
    try:
        set_mode(path, mode)
    except OSError as why:
        if why.errno not in _KEEPS_NONE:
            raise


def settle_folder(path: Path) -> None:
    """Return when the names in a folder are on the drive, whichever way that drive offers."""
    try:
        fsync_folder(path)
    except OSError as why:
        if why.errno not in _KEEPS_NONE:
            raise
        getattr(os, "sync", lambda: None)()  # some know no sync of a folder alone


def fsync_file(path: Path) -> None:
    """Return when the content of a file is on the disk."""
    with explained(path):
        fd = open_without_following(path, os.O_RDWR)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """Return the content of a file that is no link, at most ``limit`` bytes of it."""
    with explained(path):
        fd = open_without_following(path, os.O_RDONLY)
        with os.fdopen(fd, "rb") as stream:
            return stream.read() if limit is None else stream.read(limit)


def atomic_write(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file so that a crash leaves the old content or the new, never a mixture.

    The new content waits beside it as ``NAME.new``; one left by a crash is replaced, so
    that no forgotten copy of a secret gathers. Without ``mode`` the folder decides.
    """
    waiting = path.with_name(path.name + ".new")
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise PathTakenError(path=path)  # a device or a pipe would be replaced by a file
    with explained(path):
        rights = file_mode(path.parent) if mode is None else mode
        waiting.unlink(missing_ok=True)
        try:
            _write_new(waiting, data, rights)
            waiting.replace(path)
        except OSError:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
            raise
        settle_folder(path.parent)


def write_out(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file that leaves the vault; what is there already is never replaced.

    Raises:
        PathTakenError: the name is taken, be it by a file, a link, a folder or a device.
    """
    refuse_taken(path)
    atomic_write(path, data, mode)


def refuse_taken(path: Path) -> None:
    """Refuse a name under which anything lies already."""
    if os.path.lexists(path):
        raise PathTakenError(path=path)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    fd = open_without_following(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as stream:
        make_private(path, mode)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def file_size_limited() -> bool:
    """Whether this account may write files of a certain size only (``ulimit -f``)."""
    with suppress(ImportError):  # no such limit on Windows
        import resource

        return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
    return False


def replace_secret(new: Path, current: Path) -> None:
    """Rename ``new`` over ``current`` and overwrite what ``current`` held with zeros.

    A crash leaves either both files or the new one under the name; the old content is
    overwritten through a descriptor opened before the renaming.
    """
    with explained(current):
        old = open_without_following(current, os.O_WRONLY) if current.exists() else None
        try:
            new.replace(current)
            fsync_folder(current.parent)
            if old is not None:
                _overwrite(old)
        finally:
            if old is not None:
                os.close(old)


def _overwrite(fd: int) -> None:
    os.lseek(fd, 0, os.SEEK_SET)
    os.write(fd, bytes(os.fstat(fd).st_size))
    os.fsync(fd)


def overwrite_and_remove(path: Path) -> None:
    """Overwrite a small secret with zeros, then remove it; a missing file is fine.

    The overwriting reaches the same blocks on ordinary drives only; SSDs may keep older
    ones, which the papers say.
    """
    with suppress(PathMissingError), explained(path):
        fd = open_without_following(path, os.O_WRONLY)
        try:
            _overwrite(fd)
        finally:
            os.close(fd)
        path.unlink()
        fsync_folder(path.parent)
