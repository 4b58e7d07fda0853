"""Lists of processors as offices really keep them: CP949, titles, merged heads, spans of days."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from privdesk.core.dates import as_span
from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import copy_office, open_as

TITLE = ["2026년 개인정보 처리 수탁업체 현황"]
CSV = [
    TITLE,
    ["", "", "", "", "", "(2026.11.23 기준)"],
    ["연번", "수탁업체명", "위탁업무", "위탁 항목", "계약기간", "마케팅 여부"],
    ["1", "나래물산㈜", "고객 상담", "성명, 연락처, 이메일", "2025.01.01~2026.12.31", "N"],
    ["2", "(주)나래물산", "해피콜", "이름/휴대폰번호", "2025. 3. 1. ～ 2027. 2. 28.까지", "N"],
    ["3", "바람결", "소식지", "성함·전자우편", "2024-07-01 - 2026-06-30", "Y"],
    ["4", "다솜", "문서 파쇄", "성명", "2025.01.01~", "X"],
]  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def bring_in(desk: Desk, register: str, path: Path) -> Report:
    """Take a list into a register."""
    importer = importer_of(desk, register)
    with open_source(path, known=recogniser(importer.fields())) as source:
        mapping = plan(source, importer.fields())
        return importer.run(source, mapping, {}, Progress())


def as_cp949(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write rows as Excel on a Korean desk does."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("cp949"))
    return path


def works(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return the works by name."""
    rows = desk.service("consignments").find(Query())
    return {str(row.values["work"]): dict(row.values) for row in rows}


def test_one_column_with_both_days_of_a_contract_fills_both(desk: Desk) -> None:
    report = bring_in(desk, "consignments", as_cp949(desk.vault.folder.parent / "w.csv", CSV))
    assert (report.new, report.rejected) == (4, 0)
    told = works(desk)
    spans = {name: (one["since"], one["until"]) for name, one in told.items()}
    assert spans == {
        "고객 상담": (date(2025, 1, 1), date(2026, 12, 31)),
        "해피콜": (date(2025, 3, 1), date(2027, 2, 28)),
        "소식지": (date(2024, 7, 1), date(2026, 6, 30)),
        "문서 파쇄": (date(2025, 1, 1), None),
    }
    assert [told["소식지"]["marketing"], told["고객 상담"]["marketing"]] == [True, False]


def test_items_go_by_what_lists_call_them_and_companies_without_their_form(desk: Desk) -> None:
    bring_in(desk, "consignments", as_cp949(desk.vault.folder.parent / "w.csv", CSV))
    items = desk.service("items")
    named = {name: items.called_by(one["items"]) for name, one in works(desk).items()}
    assert named["고객 상담"] == ["Name", "Telephone", "E-mail"]
    assert named["해피콜"] == ["Name", "Telephone"]
    assert named["소식지"] == ["Name", "E-mail"]
    companies = {row.values["name"] for row in desk.service("processors").find(Query())}
    assert companies == {"나래물산㈜", "바람결", "다솜"}  # (주)나래물산 is the one there already


def test_heads_of_two_rows_and_cells_merged_downwards_are_read(desk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        TITLE,
        ["번호", "업체명", "위탁업무 내용", "개인정보 항목", "위탁기간", None, "담당부서"],
        [None, None, None, None, "시작일", "종료일", None],
        [1, "나래물산", "고객 상담", "성명", "2025.01.01", "2026.12.31", "상담팀"],
        [2, None, "해피콜", "연락처", "2025.03.01", "2027.02.28", "상담팀"],
        [3, "바람결", "소식지", "이메일", "2025.04.01", None, "마케팅팀"],
    ):
        sheet.append(row)
    for cells in ("A1:G1", "E2:F2", "B2:B3", "C2:C3", "B4:B5"):
        sheet.merge_cells(cells)
    path = desk.vault.folder.parent / "works.xlsx"
    book.save(path)

    report = bring_in(desk, "consignments", path)
    assert (report.rows, report.new, report.rejected) == (3, 3, 0)
    told = works(desk)
    assert told["해피콜"]["processor"] == told["고객 상담"]["processor"]
    assert told["해피콜"]["until"] == date(2027, 2, 28)
    assert told["소식지"]["until"] is None


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("2025.1.1~2026.12.31", ("2025.1.1", "2026.12.31")),
        ("2025-01-01 ~", ("2025-01-01", "")),
        ("~2026.12.31까지", ("", "2026.12.31")),
        ("2025년 1월 1일부터 2026년 12월 31일까지", ("2025년 1월 1일", "2026년 12월 31일")),
        ("2025-01-01", None),
        ("2025-01-01 - 2026-01-01 - 2027-01-01", None),
        ("상담 ~ 배송", None),
        (45_000, None),
    ],
)
def test_a_span_is_told_from_a_day(cell: Any, ends: tuple[str, str] | None) -> None:
    assert as_span(cell) == ends


def test_a_second_row_of_data_is_no_second_row_of_heads(desk: Desk) -> None:
    rows = [["업체명", "담당 부서", "", "담당자"], ["나래", "상담팀", "메모", "김예시"]]
    report = bring_in(desk, "processors", as_cp949(desk.vault.folder.parent / "p.csv", rows))
    assert (report.rows, report.new) == (1, 1)
