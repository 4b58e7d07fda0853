"""The rows a table holds at a time: whole windows, the least recently used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence

from privdesk.core.register import Row

WINDOW = 200  # rows fetched at a time
KEEP = 24  # windows held: 4,800 rows, some screens each way


class Windows:
    """Rows by position, in windows of ``size``; at most ``keep`` windows at once."""

    def __init__(self, size: int = WINDOW, keep: int = KEEP) -> None:
        self.size = size
        self._keep = keep
        self._held: OrderedDict[int, list[Row]] = OrderedDict()

    def number(self, position: int) -> int:
        """Return the window a position falls into."""
        return position // self.size

    def bounds(self, number: int, count: int) -> tuple[int, int]:
        """Return the first position of a window and the one after its last."""
        start = number * self.size
        return start, min(start + self.size, count)

    def row(self, position: int) -> Row | None:
        """Return the row at a position, or None while its window is not held."""
        number, offset = divmod(position, self.size)
        rows = self._held.get(number)
        if rows is None or offset >= len(rows):
            return None
        self._held.move_to_end(number)
        return rows[offset]

    def holds(self, number: int) -> bool:
        """Whether a window is here."""
        return number in self._held

    def put(self, number: int, rows: Sequence[Row]) -> None:
        """Keep a window that has been fetched; the oldest one makes room."""
        self._held[number] = list(rows)
        self._held.move_to_end(number)
        while len(self._held) > self._keep:
            self._held.popitem(last=False)

    def drop(self, number: int) -> None:
        """Forget a window, so that it is fetched anew."""
        self._held.pop(number, None)

    def replace(self, row: Row) -> int | None:
        """Put a saved row in place of the one with its reference; return the position."""
        for number, rows in self._held.items():
            for offset, held in enumerate(rows):
                if held.ref == row.ref:
                    rows[offset] = row
                    return number * self.size + offset
        return None

    def __iter__(self) -> Iterator[Row]:
        for rows in self._held.values():
            yield from rows

    def __len__(self) -> int:
        return len(self._held)

    def clear(self) -> None:
        """Forget everything."""
        self._held.clear()
