"""Cutting the power: of what was asked of the disk, a part is lost.

A disk may keep what was not synced, or drop it, or keep a later write without an earlier one, or
half of one: POSIX promises contents after ``fsync`` of the file, and names after ``fsync`` of the
folder, and nothing else.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.faults.tracing import Call

SECTOR = 512  # what a disk writes whole
ACKS = "acks"  # the file into which work writes what it may rely on


@dataclass
class _File:
    sure: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    asked: list[Call] = field(default_factory=list)  # writes since the last sync

    def sync(self) -> None:
        self.sure, self.asked = bytes(self.now), []


_Names = dict[str, _File | None]  # None: a folder
_Change = tuple[Call, _File | None]
_Any = TypeVar("_Any")


class Disk:
    """What is on the medium for sure, and what was asked of it since."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._sure: _Names = {str(folder): None}
        for path in folder.rglob("*"):
            data = path.read_bytes() if path.is_file() else None
            self._sure[str(path)] = None if data is None else _File(data, bytearray(data))
        self._now = dict(self._sure)
        self._asked: list[_Change] = []  # changes of names
        self.acks: list[str] = []

    def do(self, call: Call) -> None:
        """Take one call."""
        if call.path == f"{self._folder}/{ACKS}":
            self.acks += [call.data.decode()] * bool(call.data)
        elif call.name == "sync":
            self._sync(call.path)
        elif call.name in ("write", "copy", "truncate"):
            self._write(call)
        elif call.name != "create" or call.path not in self._now:
            change = (call, _File() if call.name == "create" else self._now.get(call.path))
            _rename(self._now, *change)
            self._asked.append(change)

    def lay(self) -> None:
        """Put into the folder what the system holds now, synced or not: no more than that is left
        of a process that is killed.
        """
        shutil.rmtree(self._folder, ignore_errors=True)
        for name, file in sorted(self._now.items()):
            path = Path(name)
            if file is None:
                path.mkdir(mode=0o700)
            else:
                path.write_bytes(file.now)
                path.chmod(0o600)

    def _write(self, call: Call) -> None:
        if call.name == "copy":
            source = self._now[call.other]
            assert source is not None
            start, length = int.from_bytes(call.data[:8]), int.from_bytes(call.data[8:])
            call = Call("write", call.path, bytes(source.now[start : start + length]), call.at)
        file = self._now.get(call.path)
        if file is not None:  # else it has no name any more
            _write(file.now, call, len(call.data))
            file.asked.append(call)

    def _sync(self, path: str) -> None:
        file = self._now.get(path)
        if file is not None:
            file.sync()
            return
        rest: list[_Change] = []
        for change in self._asked:
            call = change[0]
            if path in {str(Path(name).parent) for name in (call.path, call.other) if name}:
                _rename(self._sure, *change)
            else:
                rest.append(change)
        self._asked = rest

    def cut(self, rng: random.Random) -> None:
        """Put into the folder what a medium might hold whose power is cut now."""
        names = dict(self._sure)
        for change in _kept(self._asked, rng):
            _rename(names, *change)
        shutil.rmtree(self._folder)
        for name, file in sorted(names.items()):
            path = Path(name)
            if file is None and (name == self._folder or path.parent.is_dir()):
                path.mkdir(mode=0o700)
            elif file is not None and path.parent.is_dir():  # else its folder's name was lost
                path.write_bytes(_survived(file, rng))
                path.chmod(0o600)


def _survived(file: _File, rng: random.Random) -> bytes:
    """Return contents of a file after the cut."""
    data = bytearray(file.sure)
    for call in _kept(file.asked, rng):
        length = len(call.data)
        torn = rng.random() < 0.3
        whole = SECTOR - call.at % SECTOR  # up to the end of the sector it begins in
        if torn and length > whole:
            length = whole + SECTOR * rng.randrange((length - whole) // SECTOR + 1)
        _write(data, call, length)
    return bytes(data)


def _kept(asked: Sequence[_Any], rng: random.Random) -> list[_Any]:
    """Return what a medium kept of what was not synced: nothing, the first, or any of it."""
    kind = rng.randrange(3)
    if kind == 0:
        return []
    if kind == 1:
        return list(asked[: rng.randrange(len(asked) + 1)])
    return [each for each in asked if rng.random() < 0.5]


def _write(data: bytearray, call: Call, length: int) -> None:
    """Change contents by a write, of which ``length`` bytes came through."""
    if call.name == "truncate":
        del data[call.at :]
        data.extend(bytes(call.at - len(data)))
        return
    data.extend(bytes(max(call.at - len(data), 0)))
    data[call.at : call.at + length] = call.data[:length]


def _rename(names: _Names, call: Call, file: _File | None) -> None:
    """Change the names: make one of a file, take it away, or move it with all that is below it."""
    if call.name in ("create", "mkdir"):
        names.setdefault(call.path, file)
        return
    below = [n for n in names if n.startswith(f"{call.path}/")]
    names.pop(call.path, None)
    if call.name == "rename":  # the file goes along even where its old name was never synced
        names[call.other] = file
        for name in below:
            names[call.other + name.removeprefix(call.path)] = names.pop(name)
