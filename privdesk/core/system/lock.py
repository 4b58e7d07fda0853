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
from privdesk.core.system.side import open_without_following, set_mode, try_lock, unlock

_LONGEST_HOLDER = 400


class FileLock:
    """An exclusive lock on a file whose content says who holds it.

    The file stays after release: unlinking it would let two openers lock two files of
    the same name.
    """

    def __init__(self, path: Path, holder: str) -> None:
        """Take the lock at once, or raise ``HeldError`` with the other holder's words."""
        self.path = path
        with explained(path):
            self._fd = open_without_following(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not try_lock(self._fd):
            told = self._read()
            os.close(self._fd)
            raise HeldError(path=path, holder=told or _("another program"))
        with explained(path):
            self._own(holder)

    def _own(self, holder: str) -> None:
        """Write who holds the lock; only the file's owner may set its rights."""
        if os.fstat(self._fd).st_size == 0:
            with suppress(PermissionError):
                set_mode(self.path, file_mode(self.path.parent))
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, holder.encode()[:_LONGEST_HOLDER])

    def _read(self) -> str:
        os.lseek(self._fd, 0, os.SEEK_SET)
        told = os.read(self._fd, _LONGEST_HOLDER).decode(errors="ignore")
        return "".join(c for c in told if c.isprintable())

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._fd < 0:
            return
        os.ftruncate(self._fd, 0)
        unlock(self._fd)
        os.close(self._fd)
        self._fd = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
