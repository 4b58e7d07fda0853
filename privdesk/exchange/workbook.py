"""Lists as .xlsx workbooks, read row by row."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privdesk.core.faults import Raw
from privdesk.core.i18n import _
from privdesk.core.system.files import spoken
from privdesk.exchange.containers import check_workbook
from privdesk.exchange.errors import (
    CellTooLongError,
    DamagedWorkbookError,
    DangerousWorkbookError,
    NoRowsError,
    NoSheetError,
)
from privdesk.exchange.heads import SAMPLE, Known, lay_out
from privdesk.exchange.merged import MOST_BYTES, filled_down, spans_of
from privdesk.exchange.source import CELL_LIMIT, Layout, Numbered, Source, is_blank

if TYPE_CHECKING:
    from openpyxl import Workbook

NOTE_SHEET = "privdesk"
"""The sheet an export adds to say what it is; never taken for a list."""

_LAST_ROW = 1_048_576
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    SyntaxError,  # what the XML parsers raise
    TypeError,
    ValueError,
)


class WorkbookSource(Source):
    """One sheet of a workbook."""

    def __init__(self, path: Path, book: _Book, layout: Layout, sample: Sequence[Numbered]) -> None:
        super().__init__(spoken(path), layout, sample)
        self._path = path
        self._book = book
        self._row = 0
        self._rows = book.declared_rows(layout.sheet)

    @property
    def progress(self) -> float:
        """How much of the sheet has been read, from 0 to 1; 0 where its size is not known."""
        return min(1.0, self._row / self._rows) if self._rows else 0.0

    def _records(self) -> Iterator[Numbered]:
        for number, cells in self._book.rows(self.layout.sheet):
            self._row = number
            if number > self.layout.header_row:
                yield number, cells

    def close(self) -> None:
        """Give the file back."""
        self._book.close()

    def __reduce__(self) -> tuple[object, ...]:
        return _reopened, (self._path, self.layout, self.sample)


def _reopened(path: Path, layout: Layout, sample: Sequence[Numbered]) -> WorkbookSource:
    return WorkbookSource(path, _Book(path), layout, sample)


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the sheets of a workbook that may hold lists, in order."""
    check_workbook(path)
    with closing(_Book(path)) as book:
        return book.names


def open_workbook(path: Path, sheet: str | None, known: Known) -> WorkbookSource:
    """Open one sheet of a workbook: the named one, or the first visible one that holds rows."""
    check_workbook(path)
    book = _Book(path)
    try:
        return _open(path, book, sheet, known)
    except BaseException:
        book.close()
        raise


def _open(path: Path, book: _Book, sheet: str | None, known: Known) -> WorkbookSource:
    if sheet is not None and sheet not in book.names:
        listed = ", ".join(f"“{name}”" for name in book.names)
        raise NoSheetError(file=path.name, sheet=sheet, sheets=listed)
    if not book.names:
        raise DamagedWorkbookError(file=path.name, found=_("no sheets"))
    for name in (sheet,) if sheet is not None else book.visible:
        records = list(islice(book.rows(name), SAMPLE))
        if records:
            layout = Layout("workbook", (), 0, 0, sheet=name, sheets=book.names)
            layout, below = lay_out(path.name, records, layout, known)
            return WorkbookSource(path, book, layout, below)
    raise NoRowsError(file=path.name)


class _Book:
    """An open workbook whose every fault comes out as a sentence."""

    def __init__(self, path: Path) -> None:
        from openpyxl import load_workbook  # slow to load

        # openpyxl warns of styles and extensions it leaves out; only values matter here
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        self._name = path.name
        self._stream = path.open("rb")
        try:
            with _damage_explained(path.name):
                self._book: Workbook = load_workbook(
                    self._stream, read_only=True, data_only=True, keep_links=False
                )
        except BaseException:
            self._stream.close()
            raise
        sheets = [sheet for sheet in self._book.worksheets if sheet.title != NOTE_SHEET]
        self._declared = {sheet.title: int(sheet.max_row or 0) for sheet in sheets}
        self.names = tuple(sheet.title for sheet in sheets)
        self.visible = tuple(s.title for s in sheets if s.sheet_state == "visible") or self.names

    def declared_rows(self, sheet: str) -> int:
        """Return how many rows the sheet says it has; good enough to show progress."""
        return self._declared[sheet]

    def rows(self, sheet: str) -> Iterator[Numbered]:
        """Yield rows that hold something, numbered; what the sheet says of its size is ignored."""
        worksheet: Any = self._book[sheet]
        worksheet.reset_dimensions()
        with _damage_explained(self._name):
            rows = self._rows(worksheet)
            spans = self._merged(worksheet)
            yield from filled_down(rows, spans) if spans else rows

    def _rows(self, worksheet: Any) -> Iterator[Numbered]:
        for number, cells in enumerate(worksheet.iter_rows(values_only=True), 1):
            if number > _LAST_ROW:
                found = _("more rows than a sheet can have")
                raise DamagedWorkbookError(file=self._name, found=found)
            if not is_blank(cells):
                yield number, [_cell(cell, number, self._name) for cell in cells]

    def _merged(self, worksheet: Any) -> dict[int, list[tuple[int, int]]]:
        """Return what is merged downwards; of a sheet too long to be anybody's layout, nothing."""
        with worksheet._get_source() as stream:  # noqa: SLF001 - openpyxl tells merges only whole
            xml = stream.read(MOST_BYTES + 1)
        return spans_of(xml) if len(xml) <= MOST_BYTES else {}

    def close(self) -> None:
        """Give the file back."""
        self._book.close()
        self._stream.close()


def _cell(value: Any, row: int, name: str) -> Raw:
    if type(value) is str:
        if len(value) > CELL_LIMIT:
            raise CellTooLongError(row=row, file=name, limit=f"{CELL_LIMIT:,}")
        return _ESCAPED.sub(_letter, value) if "_x" in value else value
    if isinstance(value, (int, float)) or value is None:
        return value
    return value if hasattr(value, "isoformat") else str(value)


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


@contextmanager
def _damage_explained(name: str) -> Iterator[None]:
    from defusedxml.common import DefusedXmlException

    try:
        yield
    except DefusedXmlException as why:
        raise DangerousWorkbookError(file=name, found=_("entities")) from why
    except _DAMAGE as why:
        raise DamagedWorkbookError(file=name, found=type(why).__name__) from why
    except OSError as why:
        if why.errno is not None:
            raise
        raise DamagedWorkbookError(file=name, found=_("no workbook in it")) from why
