"""The Windows side of the operating system. Written to the documentation; not tested on Windows."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

assert sys.platform == "win32"

import msvcrt  # noqa: E402

_LOCKED_AT = 1 << 30  # far behind the text, which a second opener must be able to read
_NO_ERROR_BOXES = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
_DRIVE_REMOTE = 4
_REPARSE_POINT = 0x400
_ELOOP = 40


def try_lock(fd: int) -> bool:
    """Take the exclusive lock on an open file; False when another opener has it."""
    os.lseek(fd, _LOCKED_AT, os.SEEK_SET)
    try:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    finally:
        os.lseek(fd, 0, os.SEEK_SET)
    return True


def open_folder(path: Path) -> int:
    """Return no folder to lock: Windows does not delete a file that somebody has open."""
    return -1


def unlock(fd: int) -> None:
    """Give the lock back."""
    os.lseek(fd, _LOCKED_AT, os.SEEK_SET)
    msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)


def no_core_dumps() -> None:
    """Keep this process out of Windows error reports."""
    ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOXES)
    ctypes.windll.wer.WerAddExcludedApplication(sys.executable, False)


def replace_process(argv: Sequence[str]) -> NoReturn:
    """Start a fresh process and end this one; Windows cannot replace a process in place."""
    subprocess.Popen(list(argv), close_fds=True)
    os._exit(0)


def open_without_following(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open a file and return its descriptor; a link or junction is refused with ELOOP."""
    if path.exists() and path.lstat().st_file_attributes & _REPARSE_POINT:
        raise OSError(_ELOOP, "symbolic link", str(path))
    return os.open(path, flags | os.O_BINARY | os.O_NOINHERIT, mode)


def clear_folder(folder: Path, gone: Callable[[str], bool]) -> int:
    """Remove the files of a folder, no link or junction, whose names are ``gone``; return how many.

    A folder that is being listed cannot be replaced by another one here.
    """
    if folder.lstat().st_file_attributes & _REPARSE_POINT:
        raise OSError(_ELOOP, "symbolic link", str(folder))
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if gone(entry.name)]
        for name in names:
            (folder / name).unlink(missing_ok=True)
    return len(names)


def fsync_folder(path: Path) -> None:
    """Do nothing: NTFS journals names by itself."""


def set_mode(path: Path, mode: int) -> None:
    """Do nothing: the access list of the folder is inherited."""


def disk_of(path: Path) -> str:
    """Return a name of the volume that ``path``, which exists, lies on."""
    return f"volume {path.stat().st_dev}"


def file_system_kind(path: Path) -> str:
    """Return the volume's file system in small letters, ``remote`` for a network drive."""
    kernel = ctypes.windll.kernel32
    volume, name = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
    if not kernel.GetVolumePathNameW(str(path.resolve()), volume, 261):
        return ""
    if kernel.GetDriveTypeW(volume) == _DRIVE_REMOTE:
        return "remote"
    known = kernel.GetVolumeInformationW(volume, None, 0, None, None, None, name, 261)
    return name.value.lower() if known else ""
