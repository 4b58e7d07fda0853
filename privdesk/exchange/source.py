"""A list as it lies in a file: what text, workbook and JSON readers have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import TracebackType
from typing import Self

from privdesk.core.faults import Raw

CELL_LIMIT = 131_072
"""Characters a cell may hold; more is a missing quotation mark or an attack."""

Cells = Sequence[Raw]
Numbered = tuple[int, Cells]


@dataclass(frozen=True)
class Layout:
    """How a list was found to be laid out.

    ``header`` has a name for each column, unique. ``width`` is the number of cells a row
    has in the file, ``header_row`` the row of the names as a spreadsheet counts (from 1;
    0 where the format has none). ``above`` are the texts of the rows over it.
    """

    kind: str  # "text", "workbook" or "json"
    header: tuple[str, ...]
    width: int
    header_row: int
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    repeated: frozenset[str] = frozenset()  # names that occur more than once
    unnamed: frozenset[str] = frozenset()  # columns named by their position
    above: tuple[str, ...] = ()  # titles, and what stands beside them
    of_rejects: bool = False  # the rows of another list that had not gone in


class Source:
    """An opened list: its layout, a sample, and its rows, once or again.

    Subclasses give ``_records``: every record below the header with its row number.
    A source may be pickled; another process then reads the file itself.
    """

    def __init__(self, name: str, layout: Layout, sample: Sequence[Numbered]) -> None:
        self.name = name
        self.layout = layout
        self.sample = tuple(sample)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.layout.header

    @property
    def texts_only(self) -> bool:
        """Whether each cell is a ``str``."""
        return self.layout.kind == "text"

    @property
    def guarded(self) -> bool:
        """Whether apostrophes may stand before what a spreadsheet would run."""
        return self.layout.kind != "json"

    @property
    def size(self) -> int:
        """The size of the file in bytes as rows of text would have it; 0 when unknown."""
        return 0

    @property
    def progress(self) -> float:
        """How much of the file has been read, from 0 to 1."""
        return 0.0

    def rows(self) -> Iterator[Numbered]:
        """Yield (row number, cells) from the first row on; blank rows are left out."""
        for numbers, rows in self.blocks(1_000):
            yield from zip(numbers, rows, strict=True)

    def blocks(self, size: int) -> Iterator[tuple[list[int], list[Cells]]]:
        """Yield row numbers and rows, at most ``size`` at a time."""
        records = self._records()
        while block := list(islice(records, size)):
            yield [number for number, _ in block], [cells for _, cells in block]

    def _records(self) -> Iterator[Numbered]:
        raise NotImplementedError

    def close(self) -> None:
        """Give the file back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def is_blank(cells: Cells) -> bool:
    """Whether no cell of a row holds anything."""
    return not any(cell.strip() if isinstance(cell, str) else cell is not None for cell in cells)
