"""One opener at a time, kept by the kernel: a crash or a kill gives the lock back."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from privdesk.core.i18n import _
from privdesk.core.system.errors import HeldError, explained
from privdesk.core.system.files import file_mode
from privdesk.core.system.side import (
    open_folder,
    open_without_following,
    set_mode,
    try_lock,
    unlock,
)

_LONGEST_HOLDER = 400


class FileLock:
    """An exclusive lock on a file, whose content says who holds it, and on its folder.

    The file stays after release. Somebody else may delete it all the same, and a second
    opener would then lock another file of the same name: so the folder is locked first.
    """

    def __init__(self, path: Path, holder: str) -> None:
        """Take the lock at once, or raise ``HeldError`` with the other holder's words."""
        self.path = path
        self._fd = -1
        with explained(path):
            self._folder = open_folder(path.parent)
        try:
            self._take(holder)
        except BaseException:
            self._shut()
            raise

    def _take(self, holder: str) -> None:
        if self._folder >= 0 and not try_lock(self._folder):
            raise self._held()
        with explained(self.path):
            self._fd = open_without_following(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if not try_lock(self._fd):
            raise self._held()
        with explained(self.path):
            self._own(holder)

    def _held(self) -> HeldError:
        """Return the refusal, with what the file says of the holder where it is still there."""
        told = ""
        with suppress(OSError):
            fd = open_without_following(self.path, os.O_RDONLY)
            try:
                told = self._read(fd)
            finally:
                os.close(fd)
        return HeldError(path=self.path, holder=told or _("another program"))

    def _own(self, holder: str) -> None:
        """Write who holds the lock; only the file's owner may set its rights."""
        if os.fstat(self._fd).st_size == 0:
            with suppress(PermissionError):
                set_mode(self.path, file_mode(self.path.parent))
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, holder.encode()[:_LONGEST_HOLDER])

    @staticmethod
    def _read(fd: int) -> str:
        told = os.read(fd, _LONGEST_HOLDER).decode(errors="ignore")
        return "".join(c for c in told if c.isprintable())

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._fd < 0:
            return
        os.ftruncate(self._fd, 0)
        unlock(self._fd)
        self._shut()

    def _shut(self) -> None:
        """Close what is open, which gives the folder back too."""
        for fd in (self._fd, self._folder):
            if fd >= 0:
                os.close(fd)
        self._fd = self._folder = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


class FolderLock(FileLock):
    """The same exclusion where nothing can be written: it does not say who holds it."""

    def __init__(self, path: Path) -> None:
        """Take the lock of the folder in which ``path`` may lie."""
        super().__init__(path, "")

    def _take(self, holder: str) -> None:
        if self._folder >= 0 and not try_lock(self._folder):
            raise self._held()

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        self._shut()
