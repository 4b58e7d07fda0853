"""A file that is there whole or not at all, and only for this account."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from privdesk.core.system.errors import explained
from privdesk.core.system.files import refuse_inside_vault
from privdesk.core.system.side import fsync_folder

_RIGHTS = 0o600


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content appears under ``path`` when the block ends well.

    Until then it has no name where the system can do that (Linux), so that not even a
    kill leaves anything behind; elsewhere it waits beside, and goes when the block fails.
    A file of that name is replaced. Errors of the disk become sentences.
    """
    refuse_inside_vault(path)
    with explained(path):
        fd, waiting = _nameless(path) or _beside(path)
        try:
            with os.fdopen(fd, "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
                if waiting is None:
                    waiting = _name(stream.fileno(), path)
            if waiting != path:
                waiting.replace(path)
        except BaseException:
            if waiting is not None and waiting != path:
                with suppress(OSError):
                    waiting.unlink(missing_ok=True)
            raise
        fsync_folder(path.parent)


def _nameless(path: Path) -> tuple[int, None] | None:
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        return os.open(path.parent, os.O_TMPFILE | os.O_RDWR, _RIGHTS), None
    except OSError:  # the file system cannot; opening beside says what is wrong, if anything
        return None


def _name(fd: int, path: Path) -> Path:
    """Give a nameless file its name: at once where it is free, else a passing one beside."""
    own = os.open("/proc/self/fd", os.O_RDONLY | os.O_DIRECTORY)
    try:
        # with a folder descriptor, os.link follows the link that leads to the nameless file
        os.link(str(fd), path, src_dir_fd=own, follow_symlinks=True)
    except FileExistsError:
        waiting = _waiting(path)
        os.link(str(fd), waiting, src_dir_fd=own, follow_symlinks=True)
        return waiting
    finally:
        os.close(own)
    return path


def _beside(path: Path) -> tuple[int, Path]:
    waiting = _waiting(path)
    return os.open(waiting, os.O_RDWR | os.O_CREAT | os.O_EXCL, _RIGHTS), waiting


def _waiting(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
