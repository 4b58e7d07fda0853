"""The Linux side of the operating system; this is the side that is tested."""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import resource
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

assert sys.platform != "win32"

_PR_SET_DUMPABLE = 4
_MOUNTS = Path("/proc/self/mountinfo")
_BLOCKS = Path("/sys/dev/block")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def try_lock(fd: int) -> bool:
    """Take the kernel's exclusive lock on an open file; False when another opener has it."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_folder(path: Path) -> int:
    """Open a folder to lock it: unlike a file in it, it is not replaced by deleting a name."""
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


def unlock(fd: int) -> None:
    """Give the lock back."""
    fcntl.flock(fd, fcntl.LOCK_UN)


def no_core_dumps() -> None:
    """Keep this process's memory out of core dumps and away from other processes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def replace_process(argv: Sequence[str]) -> NoReturn:
    """Become a fresh process; nothing of this one's memory is left, locks are given back."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(argv[0], list(argv))  # noqa: S606


def open_without_following(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open a file and return its descriptor; a symbolic link is refused with ELOOP."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, mode)


def clear_folder(folder: Path, gone: Callable[[str], bool]) -> int:
    """Remove the files of a folder whose names are ``gone``; return how many.

    The folder is opened once: nobody has another one cleared by putting a link in its place.
    """
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        names = [entry.name for entry in os.scandir(fd) if gone(entry.name)]
        for name in names:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=fd)
    finally:
        os.close(fd)
    return len(names)


def fsync_folder(path: Path) -> None:
    """Return when the names in a folder are on the disk."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def set_mode(path: Path, mode: int) -> None:
    """Set the access rights of a file or folder."""
    path.chmod(mode)


def file_system_kind(path: Path) -> str:
    """Return the type of the file system below ``path``, as the kernel names it; "" unknown."""
    return kind_in(_mount_table(), path.resolve())


def kind_in(table: str, path: Path) -> str:
    """Return the file system type of ``path`` by a mount table of ``/proc/self/mountinfo``."""
    return _mounted(table, path)[0]


def disk_of(path: Path) -> str:
    """Return a name of the disk that ``path``, which exists, lies on.

    Two partitions of a disk give the same name, also under encryption; where the kernel tells of
    no disk, as in memory, each file system has a name of its own.
    """
    number = path.stat().st_dev
    source = Path(_mounted(_mount_table(), path.resolve())[1])
    if not os.major(number) and source.is_block_device():  # of btrfs each part has its own number
        number = source.stat().st_rdev
    found = _BLOCKS / f"{os.major(number)}:{os.minor(number)}"
    return _whole(found.resolve()) if found.exists() else f"file system {number}"


def _whole(block: Path) -> str:
    """Return the disk below a partition, or below an encrypted or composed volume."""
    below = block / "slaves"
    first = min(below.iterdir(), default=None) if below.is_dir() else None
    if first is not None:
        return _whole(first.resolve())
    return str(block.parent if (block / "partition").exists() else block)


def _mount_table() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return ""


def _mounted(table: str, path: Path) -> tuple[str, str]:
    """Return type and source of the file system that ``path`` lies in, by a mount table."""
    found, longest = ("", ""), -1
    for line in table.splitlines():
        mount, _dash, source = line.partition(" - ")
        point = Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), mount.split(" ")[4]))
        depth = len(point.parts)
        if depth >= longest and path.is_relative_to(point):
            found, longest = (source.split(" ")[0], source.split(" ")[1]), depth
    return found
