"""QR codes as vector paths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno

_ONE_MASK = 3  # any mask is valid; trying all eight costs five times the time


@dataclass(frozen=True)
class Code:
    """A QR code: modules along a side, the quiet zone left out, and its PDF path."""

    modules: int
    path: str


@lru_cache(maxsize=64)
def code(text: str, *, careful: bool = False) -> Code:
    """Return the code of ``text``; ``careful`` for what must survive creases (level M)."""
    made = (
        segno.make(text, error="m", micro=False)
        if careful
        else segno.make(text, error="l", micro=False, boost_error=False, mask=_ONE_MASK)
    )
    rows = [bytes(row) for row in made.matrix]
    return Code(len(rows), " ".join(_rectangles(rows)))


def _rectangles(rows: list[bytes]) -> list[str]:
    """Return one rectangle for each run of dark modules."""
    found = []
    for above, row in enumerate(reversed(rows)):
        start = row.find(1)
        while start >= 0:
            end = row.find(0, start)
            end = len(row) if end < 0 else end
            found.append(f"{start} {above} {end - start} 1 re")
            start = row.find(1, end)
    return found
