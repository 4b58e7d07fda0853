"""Which rows are selected, as ranges: of a million selected rows none is touched."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection

from privdesk.core.register import Row, View

_AT_ONCE = 2_000


def ranges(selection: QItemSelection) -> tuple[tuple[int, int], ...]:
    """Return the selected positions as (first, one after the last), in order, merged."""
    parts = (selection.at(i) for i in range(selection.count()))
    found = sorted((part.top(), part.bottom() + 1) for part in parts)
    merged: list[tuple[int, int]] = []
    for first, after in found:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(after, merged[-1][1]))
        else:
            merged.append((first, after))
    return tuple(merged)


def size(selected: Iterable[tuple[int, int]]) -> int:
    """Return how many rows some ranges hold."""
    return sum(after - first for first, after in selected)


def rows_of(view: View, selected: Iterable[tuple[int, int]]) -> list[Row]:
    """Return the masked rows of some ranges; for the database thread."""
    return [
        row
        for first, after in selected
        for start in range(first, after, _AT_ONCE)
        for row in view.rows(start, min(start + _AT_ONCE, after))
    ]
