"""Lists as JSON: one array of flat objects, read object by object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from privdesk.core.faults import Raw
from privdesk.core.i18n import _
from privdesk.core.system.files import spoken
from privdesk.exchange.errors import (
    CellTooLongError,
    DamagedJsonError,
    DamagedTextError,
    NoRowsError,
)
from privdesk.exchange.heads import SAMPLE
from privdesk.exchange.source import CELL_LIMIT, Cells, Layout, Numbered, Source

_BLOCK = 1 << 18
_LONGEST_OBJECT = 4 << 20
_SPACE = " \t\r\n"


class JsonSource(Source):
    """A JSON list; its columns are the keys of the first objects."""

    def __init__(self, path: Path, layout: Layout, sample: Sequence[Numbered]) -> None:
        super().__init__(spoken(path), layout, sample)
        self._path = path
        self._size = max(1, path.stat().st_size)
        self._stream: TextIO | None = None

    @property
    def progress(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        stream = self._stream
        return stream.buffer.tell() / self._size if stream and not stream.closed else 0.0

    def _records(self) -> Iterator[Numbered]:
        with self._path.open("r", encoding=self.layout.encoding) as self._stream:
            for number, entry in enumerate(_objects(self._stream, self.name), 1):
                if entry:
                    yield number, _cells(entry, self.layout.header, number, self.name)

    def close(self) -> None:
        """Give the file back."""
        if self._stream:
            self._stream.close()

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_stream": None}


def open_json(path: Path, head: bytes) -> JsonSource:
    """Open a JSON list."""
    encoding = json.detect_encoding(head)
    with path.open("r", encoding=encoding) as stream:
        entries = list(islice(_objects(stream, path.name), SAMPLE))
    header = tuple(dict.fromkeys(key for entry in entries for key in entry))
    if not header:
        raise NoRowsError(file=path.name)
    sample = [
        (number, _cells(entry, header, number, path.name))
        for number, entry in enumerate(entries, 1)
        if entry
    ]
    return JsonSource(path, Layout("json", header, len(header), 0, encoding=encoding), sample)


def _cells(entry: dict[str, Any], header: Sequence[str], number: int, name: str) -> Cells:
    """Return the values in the order of the columns; unheard-of keys follow behind."""
    cells = [_cell(entry.get(key), number, name) for key in header]
    if not entry.keys() <= set(header):
        cells += [_cell(entry[key], number, name) for key in entry if key not in header]
    return cells


def _cell(value: Any, number: int, name: str) -> Raw:
    if isinstance(value, (list, tuple)):
        return tuple(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and len(value) > CELL_LIMIT:
        raise CellTooLongError(row=number, file=name, limit=f"{CELL_LIMIT:,}")
    plain: Raw = value
    return plain


def _objects(stream: TextIO, name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of an array without holding more than one block of text."""
    text = _Text(stream, name)
    text.expect("[")
    if text.next_character() == "]":
        return
    while True:
        value = text.value()
        if not isinstance(value, dict):
            raise text.damaged(_("an entry that is no object"))
        yield value
        if text.expect(",]") == "]":
            return


class _Text:
    """The text not yet understood, and where it begins in the file."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._text = ""
        self._at = 0
        self._before = 0
        self._decoder = json.JSONDecoder()

    def next_character(self) -> str:
        """Return the next character that is no space, and stay before it."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def expect(self, characters: str) -> str:
        """Step over one of ``characters``."""
        found = self.next_character()
        if not found or found not in characters:
            raise self.damaged(_("“{expected}” is missing").format(expected=characters[0]))
        self._at += 1
        return found

    def value(self) -> Any:
        """Return the next value."""
        self.next_character()
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as why:
                if isinstance(why, RecursionError) or not self._more():
                    raise self.damaged(_("a value that cannot be read")) from why
                if len(self._text) - self._at > _LONGEST_OBJECT:
                    raise self.damaged(_("an object that does not end")) from why
            else:
                return value

    def _more(self) -> bool:
        try:
            block = self._stream.read(_BLOCK)
        except UnicodeDecodeError as why:
            raise DamagedTextError(file=self._name, line="?") from why
        self._before += self._at
        self._text = self._text[self._at :] + block
        self._at = 0
        return bool(block)

    def damaged(self, found: str) -> DamagedJsonError:
        """Return the refusal, with the place."""
        return DamagedJsonError(file=self._name, found=found, position=self._before + self._at)
