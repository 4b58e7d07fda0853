"""Looking for values in the decrypted pages of files, quickly: a gigabyte in some seconds.

Few values are looked for byte by byte. Many are found by where values stand in a file:
between separators (list lines), around ``@`` (addresses), around a hyphen before digits
(telephone numbers). Large files are read by two processes, half of them each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from privdesk.core.beside import Beside
from privdesk.vault.pages import blocks, count
from privdesk.vault.search.lines import BETWEEN

EXACT = 4 << 30  # bytes times values up to which each value is looked for by itself
LARGE = 20_000  # pages from which a second process pays
STRIP = 512

Part = tuple[Path, bytes, int, int]  # file, key, first page, page behind the last
_SEPARATOR = BETWEEN.encode()
_HOST = re.compile(rb"@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LOCAL = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-"
_ONLY_LOCAL = bytes(c if c in _LOCAL else ord(" ") for c in range(256))
_PHONE = re.compile(rb"-\d{3,4}-\d{4}")
_SPECIAL = re.compile(rb"1\d{3}-\d{4}")
_ABROAD = re.compile(rb"\+\d[\d ]{6,18}\d")
_LONGEST_LOCAL = 64
_BEFORE_HYPHEN = (2, 3, 4)  # digits of an area or a mobile network


def met(files: Sequence[tuple[Path, bytes]], wanted: set[bytes]) -> set[bytes]:
    """Return which of the values stand in these files, given with their keys."""
    if not wanted:
        return set()
    ours, theirs = _halves([(path, key, 0, count(path)) for path, key in files])
    if not theirs:
        return look(ours, wanted)
    with Beside(_look_beside, theirs, wanted) as beside:
        found = look(ours, wanted)
        found |= beside.receive()
    return found


def look(parts: Sequence[Part], wanted: set[bytes]) -> set[bytes]:
    """Return which of the values stand in these parts of files."""
    size = sum(stop - first for _path, _key, first, stop in parts) << 12
    exact = len(wanted) * size <= EXACT
    found: set[bytes] = set()
    for path, key, first, stop in parts:
        for block in blocks(path, key, first, stop):
            if exact:
                found.update(value for value in wanted if value in block)
            else:
                found.update(wanted.intersection(_candidates(block)))
    return found


def _candidates(block: bytes) -> Iterator[bytes]:
    """Yield what could be a value, by where it stands."""
    yield from block.split(_SEPARATOR)
    yield from _ABROAD.findall(block)
    yield from _SPECIAL.findall(block)
    for found in _HOST.finditer(block):
        at = found.start()
        local = block[max(0, at - _LONGEST_LOCAL) : at].translate(_ONLY_LOCAL)
        yield local.rpartition(b" ")[2] + found[0]
    for found in _PHONE.finditer(block):
        at, end = found.span()
        for before in _BEFORE_HYPHEN:
            yield block[at - before : end]


def _halves(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Divide the files in strips, in turns; small files are not worth a second process."""
    if sum(stop for _path, _key, _first, stop in parts) < LARGE:
        return list(parts), []
    strips = [
        (path, key, at, min(at + STRIP, stop))
        for path, key, first, stop in parts
        for at in range(first, stop, STRIP)
    ]
    return strips[::2], strips[1::2]


def _look_beside(pipe: Connection, parts: Sequence[Part], wanted: set[bytes]) -> None:
    pipe.send(look(parts, wanted))
