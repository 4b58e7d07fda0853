"""Finding the encoding and the delimiter of a text file."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from privdesk.core.i18n import _
from privdesk.exchange.errors import (
    CellTooLongError,
    DamagedTextError,
    NotATableError,
    UnknownEncodingError,
)
from privdesk.exchange.source import CELL_LIMIT

DELIMITERS = (",", "\t", ";", "|")

_BLOCK = 1 << 20
_LONGEST_LINE = 8 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b")) + b"\x7f"


def find_encoding(path: Path, head: bytes) -> str:
    """Return the encoding with which the whole of the file can be read.

    The file is read once to its end, so that an import does not stop half-way.
    """
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return _checked(path, encoding)
    wide = _wide(head)
    if wide:
        return _checked(path, wide)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) // 100 and controls > 2:
        raise NotATableError(file=path.name, found=_("binary data"))
    utf8_fails = _first_failure(path, "utf-8")
    if utf8_fails is None:
        return "utf-8"
    cp949_fails = _first_failure(path, "cp949")
    if _mostly_utf8(path, utf8_fails):
        raise DamagedTextError(file=path.name, line=utf8_fails)
    if cp949_fails is None:
        return "cp949"
    raise UnknownEncodingError(file=path.name, line=cp949_fails)


def _checked(path: Path, encoding: str) -> str:
    line = _first_failure(path, encoding)
    if line is not None:
        raise UnknownEncodingError(file=path.name, line=line)
    return encoding


def _wide(head: bytes) -> str | None:
    """Return UTF-16 without a mark when every second byte of delimiters and digits is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    least = max(2, len(head) // 50)
    if odd >= least and odd > 8 * even:
        return "utf-16-le"
    if even >= least and even > 8 * odd:
        return "utf-16-be"
    return None


def _first_failure(path: Path, encoding: str) -> int | None:
    """Return the line at which the file stops being text in this encoding, or None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    run = 0
    with path.open("rb") as stream:
        while True:
            block = stream.read(_BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as failure:
                return lines + block[: failure.start].count(b"\n")
            if not block:
                return None
            run = _run(path, block, run, lines)
            lines += block.count(b"\n")


def _run(path: Path, block: bytes, run: int, line: int) -> int:
    """Return how long the last line is so far; refuse one that would fill the memory."""
    last = max(block.rfind(b"\n"), block.rfind(b"\r"))
    run = run + len(block) if last < 0 else len(block) - 1 - last
    if run > _LONGEST_LINE:
        raise CellTooLongError(file=path.name, row=line, limit=f"{CELL_LIMIT:,}")
    return run


def _mostly_utf8(path: Path, line: int) -> bool:
    """Whether the text around ``line`` is UTF-8 with a few bytes spoiled, and not CP949."""
    with path.open("rb") as stream:
        sample = stream.read(_BLOCK)
    text = sample.decode("utf-8", errors="replace")
    spoiled = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - spoiled
    return sound > 8 * max(spoiled, 1) or (line > sample.count(b"\n") + 1 and sound > 20)


def find_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that cuts the sample into rows of one width."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        score = _score(lines, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    try:
        records = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(row) for row in records if len(row) > 1)
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return times / len(records), width
