"""A compiled catalogue (.mo) that reads a text when it is asked for.

Python's own reader decodes all of some thousand texts at once; the program's first page speaks
fifty, and somebody waits for it.
"""

from __future__ import annotations

import struct

_HEAD = struct.Struct("<7I")
_MAGIC = 0x950412DE


class Catalogue:
    """Translations by message id; the layout is that of GNU gettext, little-endian.

    Raises ValueError for what is no such file. Korean has one plural form: the first of a
    text's forms counts whatever the number.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD.size:
            raise ValueError("too short")
        magic, _version, count, ids, texts, _size, _hashes = _HEAD.unpack_from(data)
        if magic != _MAGIC or max(ids, texts) + 8 * count > len(data):
            raise ValueError("not a catalogue")
        table = struct.Struct(f"<{2 * count}I")
        self._data = data
        where, self._texts = table.unpack_from(data, ids), table.unpack_from(data, texts)
        if sum(self._texts[-2:]) > len(data):
            raise ValueError("cut off")
        data[max(ids, texts) + 8 * count :].decode()  # damage shows here, not in a later text
        self._places = {
            data[where[n + 1] : where[n + 1] + where[n]].partition(b"\0")[0]: n
            for n in range(0, 2 * count, 2)
        }
        self._known: dict[str, str] = {}

    def text(self, message: str) -> str | None:
        """Return the translation of a message, or None."""
        found = self._known.get(message)
        if found is None:
            place = self._places.get(message.encode())
            if place is None:
                return None
            length, start = self._texts[place : place + 2]
            found = self._data[start : start + length].partition(b"\0")[0].decode()
            self._known[message] = found
        return found
