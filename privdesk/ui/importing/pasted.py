"""A range from a spreadsheet as a list: from the clipboard, never through a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from privdesk.core.i18n import N_, _
from privdesk.exchange.errors import CellTooLongError, NoRowsError
from privdesk.exchange.heads import SAMPLE, column_letter, lay_out
from privdesk.exchange.source import CELL_LIMIT, Layout, Numbered, Source, is_blank

CLIPBOARD = N_("Clipboard")


class PastedSource(Source):
    """Rows held in memory; without a row of known names the columns are called A, B, C …"""

    def __init__(self, name: str, layout: Layout, records: Sequence[Numbered]) -> None:
        super().__init__(name, layout, records[:SAMPLE])
        self._all = tuple(records)

    def _records(self) -> Iterator[Numbered]:
        return iter(self._all)


def open_pasted(text: str, known: Callable[[str], bool]) -> PastedSource:
    """Return what was copied in a spreadsheet; raises a ``DomainError`` when it is no range."""
    name = _(CLIPBOARD)
    records = _records(name, text)
    filled = [(number, cells) for number, cells in records if not is_blank(cells)]
    if not filled:
        raise NoRowsError(file=name)
    width = len(filled[0][1])
    blank = Layout("text", (), width, 1, "utf-8", "\t")
    if _is_head(filled, known):
        layout, below = lay_out(name, filled, blank, known)
        return PastedSource(name, layout, below)
    header = tuple(column_letter(at) for at in range(width))
    return PastedSource(name, Layout("text", header, width, 0, "utf-8", "\t"), filled)


def _is_head(filled: Sequence[Numbered], known: Callable[[str], bool]) -> bool:
    """Whether the first row names columns: half of it at least, and something stands below.

    A single word of a row of values may be called like a column (“attended”, “manager”).
    """
    cells = [str(cell).strip() for cell in filled[0][1] if str(cell).strip()]
    named = sum(known(cell) for cell in cells)
    return len(filled) > 1 and named > 0 and 2 * named >= len(cells)


def _records(name: str, text: str) -> list[Numbered]:
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as why:
        raise CellTooLongError(row=len(lines) + 1, file=name, limit=f"{CELL_LIMIT:,}") from why
    width = max(map(len, lines), default=0)
    return [(at, [*line, *[""] * (width - len(line))]) for at, line in enumerate(lines, 1)]
