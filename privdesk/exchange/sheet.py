"""Writing .xlsx as a stream: no temporary files, no memory that grows with the list."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from types import TracebackType
from typing import IO, BinaryIO, Self
from xml.sax.saxutils import escape

from privdesk.exchange.errors import TextTooLongForSheetError, TooManyRowsError
from privdesk.exchange.heads import column_letter

SHEET_ROWS = 1_048_576
SHEET_TEXT = 32_767

Cell = str | int | float | date | None

_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count a 29 February that never was
_DATE_STYLE, _HEAD_STYLE = 1, 2
_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="3"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="164" {_PLAIN} xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class SheetBook:
    """A workbook being written, one sheet after the other."""

    def __init__(self, stream: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._titles: list[str] = []

    @contextmanager
    def sheet(self, title: str, head: Sequence[str], widths: Sequence[int]) -> Iterator[Sheet]:
        """Give a sheet with a row of bold names that stays in sight."""
        self._titles.append(_title(title, self._titles))
        part = f"xl/worksheets/sheet{len(self._titles)}.xml"
        with self._archive.open(_entry(part), "w", force_zip64=True) as stream:
            sheet = Sheet(stream, head, widths)
            yield sheet
            sheet.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write what binds the sheets together."""
        if error is not None:
            with suppress(OSError):
                self._archive.close()
            return
        for part, content in _bindings(self._titles):
            self._archive.writestr(_entry(part), content)
        self._archive.close()


class Sheet:
    """One sheet; rows go in from top to bottom."""

    def __init__(self, stream: IO[bytes], head: Sequence[str], widths: Sequence[int]) -> None:
        self._stream = stream
        self._row = 0
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{max(6, width / 7):.1f}" customWidth="1"/>'
            for at, width in enumerate(widths, 1)
        )
        freeze = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        self._write(
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            f"{freeze}</sheetView></sheetViews>"
            f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
        )
        self.add(head, style=_HEAD_STYLE)

    def add(self, cells: Iterable[Cell], style: int = 0) -> None:
        """Write a row."""
        self._row += 1
        if self._row > SHEET_ROWS:
            raise TooManyRowsError(limit=f"{SHEET_ROWS:,}")
        inside = "".join(
            _cell(cell, f"{column_letter(at)}{self._row}", style, self._row)
            for at, cell in enumerate(cells)
        )
        self._write(f'<row r="{self._row}">{inside}</row>')

    def end(self) -> None:
        """Close the sheet."""
        self._write("</sheetData></worksheet>")

    def _write(self, text: str) -> None:
        self._stream.write(text.encode("utf-8"))


def _cell(cell: Cell, place: str, style: int, row: int) -> str:
    if cell is None or cell == "":
        return ""
    styled = f' s="{style}"' if style else ""
    if isinstance(cell, (int, float)):
        return f'<c r="{place}"{styled}><v>{cell}</v></c>'
    if isinstance(cell, date):
        if cell >= _FIRST_DAY:
            return f'<c r="{place}" s="{_DATE_STYLE}"><v>{(cell - _EPOCH).days}</v></c>'
        cell = cell.isoformat()
    if len(cell) > SHEET_TEXT:
        raise TextTooLongForSheetError(row=row, limit=f"{SHEET_TEXT:,}")
    text = escape(_ESCAPES.sub(_escape, cell))
    return f'<c r="{place}" t="inlineStr"{styled}><is><t xml:space="preserve">{text}</t></is></c>'


def _escape(found: re.Match[str]) -> str:
    """Write what XML cannot hold, and what would read like it, as spreadsheets do: ``_x000D_``."""
    return f"_x{ord(found.group()):04X}_"


def _title(title: str, taken: Sequence[str]) -> str:
    clean = re.sub(r"[\\/*?:\[\]']", " ", title).strip()[:31] or "List"
    return clean if clean not in taken else f"{clean[:27]} ({len(taken) + 1})"


def _entry(part: str) -> zipfile.ZipInfo:
    """Return an archive entry without a clock: equal lists make equal files."""
    entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _bindings(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(titles) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
            f"{overrides}</Types>"
        ),
    )
    yield (
        "_rels/.rels",
        (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
    )
    sheets = "".join(
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="{n}" r:id="rId{n}"/>'
        for n, title in zip(numbers, titles, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}'
            f'<Relationship Id="rId{len(titles) + 1}" Type="{_OFFICE}/styles" '
            'Target="styles.xml"/></Relationships>'
        ),
    )
    yield "xl/styles.xml", _STYLES
