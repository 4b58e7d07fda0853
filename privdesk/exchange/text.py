"""Lists as text: comma, tab, semicolon or bar between cells, in any usual encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from pathlib import Path
from typing import BinaryIO

from privdesk.core.system.files import spoken
from privdesk.exchange.encodings import DELIMITERS, find_delimiter, find_encoding
from privdesk.exchange.errors import CellTooLongError, UnclosedQuoteError
from privdesk.exchange.heads import SAMPLE, Known, lay_out
from privdesk.exchange.source import CELL_LIMIT, Cells, Layout, Numbered, Source

_SAMPLE_CHARACTERS = 1 << 18
_END = "\0end of the list"


class TextSource(Source):
    """A text file; memory does not grow with it."""

    def __init__(self, path: Path, layout: Layout, sample: Sequence[Numbered]) -> None:
        super().__init__(spoken(path), layout, sample)
        self._path = path
        self._size = max(1, path.stat().st_size)
        self._stream: BinaryIO | None = None

    @property
    def size(self) -> int:
        """The size of the file in bytes."""
        return self._size

    @property
    def progress(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        stream = self._stream
        return stream.tell() / self._size if stream and not stream.closed else 0.0

    def blocks(self, size: int) -> Iterator[tuple[list[int], list[Cells]]]:
        """Yield row numbers and rows, at most ``size`` at a time."""
        for first, rows in self._read(size):
            if first <= self.layout.header_row:
                skipped = self.layout.header_row - first + 1
                first, rows = first + skipped, rows[skipped:]
            filled = list(map(any, rows))
            if all(filled):
                yield list(range(first, first + len(rows))), rows
            else:
                yield (
                    list(compress(range(first, first + len(rows)), filled)),
                    list(compress(rows, filled)),
                )

    def _read(self, size: int) -> Iterator[tuple[int, list[Cells]]]:
        with self._path.open("rb") as self._stream:
            text = io.TextIOWrapper(self._stream, self.layout.encoding, newline="")
            reader = _reader(text, self.layout.delimiter)
            first = 1
            while True:
                rows = _take(reader, size, first, self.name)
                if not rows:
                    return
                if rows[-1] == [_END]:
                    yield first, rows[:-1]
                    return
                if _swallowed(rows[-1]):
                    raise UnclosedQuoteError(row=first + len(rows) - 1, file=self.name)
                yield first, rows
                first += len(rows)

    def close(self) -> None:
        """Give the file back."""
        if self._stream:
            self._stream.close()

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_stream": None}


def open_text(path: Path, head: bytes, known: Known) -> TextSource:
    """Find out how a text file is written and laid out."""
    encoding = find_encoding(path, head)
    with path.open("r", encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE_CHARACTERS)
        whole = not stream.read(1)
    lines = io.StringIO(sample, newline="").readlines()
    if not whole and len(lines.pop()) > CELL_LIMIT:
        raise CellTooLongError(row=len(lines) + 1, file=path.name, limit=f"{CELL_LIMIT:,}")
    delimiter, hinted = _hint(lines)
    if not hinted:
        delimiter = find_delimiter(lines)
    layout = Layout("text", (), 0, 0, encoding=encoding, delimiter=delimiter)
    records = _sample(lines, delimiter, path.name, whole=whole)
    layout, below = lay_out(path.name, records[hinted:], layout, known)
    return TextSource(path, layout, below)


def _hint(lines: Sequence[str]) -> tuple[str, int]:
    """Return the delimiter that a first line ``sep=;`` names, and how many lines that takes."""
    first = lines[0].strip("\r\n\"'") if lines else ""
    if len(first) == 5 and first.lower().startswith("sep=") and first[4] in DELIMITERS:
        return first[4], 1
    if first.lower() == "sep=\t":
        return "\t", 1
    return ",", 0


def _sample(lines: Sequence[str], delimiter: str, name: str, *, whole: bool) -> list[Numbered]:
    reader = _reader(lines, delimiter)
    rows = _take(reader, SAMPLE, 1, name)
    if rows and _swallowed(rows[-1]):
        unclosed = rows.pop() != [_END]
        if unclosed and whole:
            raise UnclosedQuoteError(row=len(rows) + 1, file=name)
    return list(enumerate(rows, 1))


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(_ended(lines), delimiter=delimiter, skipinitialspace=delimiter != "\t")


def _ended(lines: Iterable[str]) -> Iterator[str]:
    """Put a last line behind the file; in an unclosed quotation it is swallowed, and so seen."""
    yield from lines
    yield _END


def _swallowed(row: Cells) -> bool:
    return bool(row) and isinstance(row[-1], str) and _END in row[-1]


def _take(reader: Iterator[list[str]], size: int, first: int, name: str) -> list[Cells]:
    rows: list[Cells] = []
    append = rows.append
    try:
        for row in islice(reader, size):
            append(row)
    except csv.Error as why:
        row_number = first + len(rows)
        raise CellTooLongError(row=row_number, file=name, limit=f"{CELL_LIMIT:,}") from why
    return rows
