"""Bad files get a sentence: what happened, what is safe, what to do; and no traceback."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from privdesk.core.errors import DomainError
from privdesk.core.i18n import words
from privdesk.core.system.errors import PathMissingError
from privdesk.exchange import errors
from privdesk.exchange.containers import check_workbook
from privdesk.exchange.reading import open_source
from tests.exchange.people import take, write

HEAD = "name,phone\n"


def workbook() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["name", "phone"])
    book.active.append(["Kim", "010-1111-2222"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(part: str, content: bytes, *, level: int = 9) -> bytes:
    """Return a workbook with one part replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return stream.getvalue()


def sheet_xml(inside: str, before: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{inside}'
        "</sheetData></worksheet>"
    ).encode()


LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY a 'lol'>"
    + "".join(
        f"<!ENTITY {name} '{'&' + before + ';' * 1}{('&' + before + ';') * 9}'>"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def a_cell(text: str) -> str:
    return a_row(1, text)


def a_row(number: int, text: str) -> str:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'


FILES: dict[str, tuple[Callable[[], bytes], type[DomainError]]] = {
    "empty.csv": (lambda: b"", errors.EmptyFileError),
    "blank.csv": (lambda: b" \r\n\r\n\t", errors.EmptyFileError),
    "picture.csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), errors.NotATableError),
    "paper.csv": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", errors.NotATableError),
    "random.csv": (lambda: os.urandom(20_000), errors.NotATableError),
    "archive.xlsx": (lambda: _archive({"readme.txt": b"hello"}), errors.NotATableError),
    "text.docx": (lambda: _archive({"[Content_Types].xml": b"<x/>"}), errors.NotATableError),
    "web.xls": (lambda: b"<html><table><tr><td>name</td></tr></table>", errors.WebPageError),
    "data.xml": (lambda: b"<?xml version='1.0'?><people/>", errors.NotATableError),
    "broken.csv": (
        lambda: HEAD.encode() + "김하늘,1\n".encode() * 50 + b"\xed\x95\n",
        errors.DamagedTextError,
    ),
    "unknown.csv": (
        lambda: HEAD.encode() + b"\xff\xff\xfe\xfd,1\n" * 3,
        errors.UnknownEncodingError,
    ),
    "quote.csv": (lambda: HEAD.encode() + b'"Kim,1\nLee,2\n', errors.UnclosedQuoteError),
    "long.csv": (lambda: HEAD.encode() + b"x" * 1_000_000 + b",1\n", errors.CellTooLongError),
    "one-line.csv": (lambda: b"name," + b"x" * (20 << 20), errors.CellTooLongError),
    "legacy.xls": (lambda: OLE + "Workbook".encode("utf-16-le"), errors.LegacyWorkbookError),
    "locked.xlsx": (
        lambda: OLE + bytes(2 << 20) + "EncryptedPackage".encode("utf-16-le"),
        errors.PasswordProtectedError,
    ),
    "macro.xlsm": (lambda: changed("xl/vbaProject.bin", b"x"), errors.MacroWorkbookError),
    "binary.xlsb": (lambda: changed("xl/workbook.bin", b"x"), errors.OtherWorkbookError),
    "open.ods": (
        lambda: _archive(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
        ),
        errors.OtherWorkbookError,
    ),
    "cut.xlsx": (lambda: workbook()[:-300], errors.DamagedWorkbookError),
    "torn.xlsx": (
        lambda: changed(SHEET, sheet_xml('<row r="1"><c r="A1"')[:-40]),
        errors.DamagedWorkbookError,
    ),
    "no-workbook.xlsx": (
        lambda: changed("xl/workbook.xml", b"<workbook/>"),
        errors.DamagedWorkbookError,
    ),
    "no-parts.xlsx": (
        lambda: changed("[Content_Types].xml", b"<x/>"),
        errors.DamagedWorkbookError,
    ),
    "laughs.xlsx": (
        lambda: changed(SHEET, sheet_xml(a_cell("&i;"), LAUGHS)),
        errors.DangerousWorkbookError,
    ),
    "bomb.xlsx": (
        lambda: changed(SHEET, sheet_xml(" " * (64 << 20))),
        errors.DangerousWorkbookError,
    ),
    "long.xlsx": (
        lambda: changed(SHEET, sheet_xml(a_cell("x" * 1_000_000))),
        errors.CellTooLongError,
    ),
    "far.xlsx": (
        lambda: changed(
            SHEET, sheet_xml(a_cell("name") + a_row(2, "Kim") + a_row(999_999_999, "Lee"))
        ),
        errors.DamagedWorkbookError,
    ),
    "nested.json": (lambda: b"[" * 200_000, errors.DamagedJsonError),
    "number.json": (lambda: b"[1, 2]", errors.DamagedJsonError),
    "cut.json": (lambda: b'[{"name": "Kim"}, {"name": "Le', errors.DamagedJsonError),
    "none.json": (lambda: b"[]", errors.NoRowsError),
}


def _archive(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gets_a_sentence(tmp_path: Path, name: str) -> None:
    make, error = FILES[name]
    path = tmp_path / name
    path.write_bytes(make())

    with pytest.raises(error) as refused:
        take(path)

    for language in ("en", "ko"):
        sentence = refused.value.sentence(words(language))
        assert name in sentence
        assert "{" not in sentence
    assert "Nothing was imported" in refused.value.sentence(words("en")) or "nothing was" in str(
        refused.value
    )


def test_a_missing_file_a_folder_and_a_forbidden_file_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PathMissingError):
        open_source(tmp_path / "none.csv")
    with pytest.raises(DomainError):
        open_source(tmp_path)


def test_a_workbook_whose_sheets_hold_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    Workbook().save(path)

    with pytest.raises(errors.NoRowsError):
        open_source(path)


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path) -> None:
    xml = sheet_xml(a_cell("name") + a_row(2, "Kim"))
    for said in ("A1", "A1:XFD1048576"):
        lying = xml.replace(b"<sheetData>", f'<dimension ref="{said}"/><sheetData>'.encode())
        path = tmp_path / "list.xlsx"
        path.write_bytes(changed(SHEET, lying))

        assert [row["name"] for row in take(path)[0]] == ["Kim"]


def test_an_archive_of_thousands_of_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    path.write_bytes(_archive({f"xl/{n}.xml": b"<x/>" for n in range(6_000)}))

    with pytest.raises(errors.DangerousWorkbookError):
        check_workbook(path)


def test_zero_bytes_spoil_their_row_only(tmp_path: Path) -> None:
    rows = "".join(f"Kim {n},010-1111-2222\n" for n in range(100))
    path = write(tmp_path / "list.csv", f"{HEAD}Le\0e,\n{rows}")

    taken, rejects = take(path)

    assert len(taken) == 100
    assert [reject.row for reject in rejects] == [2]
    assert "U+0000" in rejects[0].faults[0].cause.text(words("en"))


def test_a_long_cell_far_down_stops_the_import_with_its_row(tmp_path: Path) -> None:
    rows = "".join(f"Kim {n},010-1111-2222\n" for n in range(10_000))
    path = write(tmp_path / "list.csv", f"{HEAD}{rows}{'x' * 200_000},1\n{rows}")

    with pytest.raises(errors.CellTooLongError) as refused:
        take(path)

    assert refused.value.details["row"] == 10_002


def test_an_unclosed_quotation_far_down_does_not_swallow_rows_unseen(tmp_path: Path) -> None:
    rows = "".join(f"Kim {n},010-1111-2222\n" for n in range(10_000))
    path = write(tmp_path / "list.csv", f'{HEAD}{rows}"Lee,1\nPark,2\n')

    with pytest.raises(errors.UnclosedQuoteError) as refused:
        take(path)

    assert refused.value.details["row"] == 10_002
