"""Rollback journals of a moved folder.

SQLite journals hold absolute paths: a child journal names its super-journal at its
end, and the super-journal lists its children. After a crash and a move of the folder
those paths lead nowhere (or into another copy), and recovery tears silently. So
before SQLite opens anything, paths that point outside this folder are rewritten to it.

Layout (SQLite file format, pager.c): the last record of a child journal is the page
number of the lock byte, the super-journal's name, its length (4 bytes), the sum of
its bytes (4 bytes) and the journal magic (8 bytes), big-endian. The sum is over C's
``char``, which is signed or not by the machine; that matters for names beyond ASCII.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

MAGIC = bytes.fromhex("d9d505f920a163d7")
_TAIL = 16
_INTEL = ("x86_64", "amd64", "x86", "i386", "i586", "i686")
_SIGNED = sys.platform in ("win32", "darwin") or platform.machine().lower() in _INTEL


def repair(folder: Path) -> None:
    """Point every journal in ``folder`` at files of this folder."""
    folder = folder.resolve()
    for journal in sorted(folder.glob("*-journal")):
        _repair_child(journal, folder)
    for parent in super_journals(folder):
        _repair_super(parent, folder)


def super_journals(folder: Path) -> list[Path]:
    """Return the super-journals in ``folder`` (``register.db-mj…``)."""
    return sorted(folder.glob("*.db-mj*"))


def unfinished(folder: Path) -> bool:
    """Whether a journal says that a transaction was cut off, or is under way."""
    return any(not _cold(journal) for journal in folder.glob("*-journal"))


def sweep(folder: Path) -> None:
    """Remove journals that recovery has left over; call with all files attached.

    A journal whose first byte was not written yet says nothing and SQLite leaves it; one
    that still says something belongs to a file that this person cannot open.
    """
    for journal in folder.glob("*-journal"):
        if _cold(journal):
            journal.unlink()
    if any(folder.glob("*-journal")):
        return
    for parent in super_journals(folder):
        parent.unlink()


def _cold(journal: Path) -> bool:
    with journal.open("rb") as stream:
        return stream.read(1) in (b"", b"\0")


def _repair_child(journal: Path, folder: Path) -> None:
    size = journal.stat().st_size
    if size <= _TAIL:
        return
    with journal.open("r+b") as stream:
        stream.seek(size - _TAIL)
        tail = stream.read(_TAIL)
        length = int.from_bytes(tail[:4], "big")
        if tail[8:] != MAGIC or not 0 < length <= min(4096, size - _TAIL):
            return
        start = size - _TAIL - length
        stream.seek(start)
        name = stream.read(length)
        if int.from_bytes(tail[4:8], "big") not in (_sum(name, True), _sum(name, False)):
            return
        moved = _here(name, folder)
        if moved == name:
            return
        stream.seek(start)
        stream.write(moved + _tail(moved))
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())


def _tail(name: bytes) -> bytes:
    checksum = _sum(name, _SIGNED)
    return len(name).to_bytes(4, "big") + checksum.to_bytes(4, "big") + MAGIC


def _sum(name: bytes, signed: bool) -> int:
    beyond = sum(byte > 127 for byte in name)
    return (sum(name) - (256 * beyond if signed else 0)) & 0xFFFFFFFF


def _repair_super(parent: Path, folder: Path) -> None:
    names = [name for name in parent.read_bytes().split(b"\0") if name]
    moved = [_here(name, folder) for name in names]
    if moved == names:
        return
    with parent.open("r+b") as stream:
        stream.write(b"".join(name + b"\0" for name in moved))
        stream.truncate()
        stream.flush()
        os.fsync(stream.fileno())


def _here(name: bytes, folder: Path) -> bytes:
    path = Path(os.fsdecode(name))
    return name if path.parent == folder else os.fsencode(folder / path.name)
