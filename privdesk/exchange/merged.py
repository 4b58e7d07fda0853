"""Merged cells: what stands once over several rows is said of each, heads over several columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from privdesk.core.faults import Raw
from privdesk.core.normal import as_text
from privdesk.exchange.source import Cells, Numbered

MOST_BYTES = 20_000_000  # of a sheet whose merged cells are looked for; they stand at its end
_RANGE = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def spans_of(sheet: bytes) -> dict[int, list[tuple[int, int]]]:
    """Return which cells of a sheet's XML are merged downwards: (last row, column) by first row.

    Cells merged sideways as well are titles and say nothing of a single column.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for first, top, last, bottom in _RANGE.findall(sheet):
        if first == last and int(bottom) > int(top):
            found.setdefault(int(top), []).append((int(bottom), _column(first.decode())))
    return found


def filled_down(
    rows: Iterator[Numbered], spans: dict[int, list[tuple[int, int]]]
) -> Iterator[Numbered]:
    """Yield rows with what a merged cell holds in each row it covers."""
    open_: dict[int, tuple[int, Raw]] = {}  # by column: last row, value
    for number, cells in rows:
        told = list(cells)
        for column, (last, value) in list(open_.items()):
            if number > last:
                del open_[column]
            elif column < len(told) and told[column] in (None, ""):
                told[column] = value
        for last, column in spans.get(number, ()):
            if column < len(told):
                open_[column] = (last, told[column])
        yield number, told


def joined(above: Cells, below: Cells, known: Callable[[str], bool]) -> list[str] | None:
    """Return the names of columns whose heads take two rows; None where the second is no head.

    Under a head over several columns (“Contract period”) stand their own (“from”, “until”). A
    column is called by both; by its own alone where only that names a field, once.
    """
    width = max(len(above), len(below))
    upper, lower = ([_text(row, at) for at in range(width)] for row in (above, below))
    lower = ["" if low == up else low for up, low in zip(upper, lower, strict=True)]
    under = [at for at in range(width) if lower[at]]
    groups = {at: group for at in under if (group := _group(upper, at))}
    if len(under) < 2 or len(groups) < len(under) or lower[0] or all(upper[at] for at in under):
        return None
    times = Counter(lower[at] for at in under)
    names = list(upper)
    for at, group in groups.items():
        both = f"{group} {lower[at]}"
        alone = not known(both) and known(lower[at]) and times[lower[at]] == 1
        names[at] = lower[at] if alone else both
    return names


def _group(upper: Sequence[str], at: int) -> str:
    """Return the head that reaches over a column: its own where the next has none, else before."""
    if upper[at]:
        return upper[at] if at + 1 < len(upper) and not upper[at + 1] else ""
    return next((upper[left] for left in range(at - 1, -1, -1) if upper[left]), "")


def _text(row: Cells, at: int) -> str:
    return " ".join(as_text(row[at]).split()) if at < len(row) else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
