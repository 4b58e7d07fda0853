"""An ordered snapshot of a register by record numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Protocol

from privdesk.core import references
from privdesk.core.register import Row


class RowSource(Protocol):
    """What gives rows by number."""

    def rows(self, numbers: Sequence[int], *, reveal: bool = False) -> list[Row]:
        """Return records by number, in the order asked for."""


class Listing:
    """Numbers in order (8 bytes each); rows are read when a window asks for them."""

    def __init__(self, source: RowSource, numbers: Iterable[int], total: int) -> None:
        self._source = source
        self._numbers = array("q", numbers)
        self.total = total

    @property
    def count(self) -> int:
        """How many records match."""
        return len(self._numbers)

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the masked rows of positions ``start`` to ``stop`` (exclusive)."""
        return self._source.rows(self._numbers[start:stop].tolist())

    def position(self, ref: str) -> int | None:
        """Return where a record stands, or None."""
        try:
            return self._numbers.index(references.number(ref))
        except ValueError:
            return None

    def numbers(self) -> Sequence[int]:
        """Return the numbers in order."""
        return self._numbers

    def close(self) -> None:
        """Give the snapshot back."""
        self._numbers = array("q")
