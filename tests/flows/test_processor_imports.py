"""The spreadsheets that offices keep of processors today come in as they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import copy_office, open_as

WORKS = """수탁자,위탁업무,위탁 항목,계약 시작일,계약 종료일,홍보·판매 권유,건수,연락처
다솜콜 주식회사,고객 상담,"이름, 전화번호",2026-01-05,2027-01-04,N,8200,02-0000-0001
다솜콜 주식회사,만족도 조사,전화번호,2026-03-01,,N,300,02-0000-0001
바람편지,소식지 발송,전자우편,2025.6.1,2027.5.31,Y,"5,400",02-0000-0002
"""
HELD = """수탁자,구분,점검일,점검자
다솜콜 주식회사,점검,2026-04-02,김점검
다솜콜 주식회사,점검,2026-10-02,김점검
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def bring_in(desk: Desk, register: str, text: str, *, rehearse: bool = False) -> Report:
    """Take a list into a register."""
    path = desk.vault.folder.parent / "list.csv"
    path.write_text(text, encoding="utf-8")
    importer = importer_of(desk, register)
    with open_source(path, known=recogniser(importer.fields())) as source:
        mapping = plan(source, importer.fields())
        if rehearse:
            return importer.dry_run(source, mapping, {}, Progress())
        return importer.run(source, mapping, {}, Progress())


def test_a_list_of_works_brings_its_companies_along_once(desk: Desk) -> None:
    assert bring_in(desk, "consignments", WORKS, rehearse=True).new == 3
    assert desk.service("processors").find(Query()) == []  # only rehearsed

    assert bring_in(desk, "consignments", WORKS).new == 3
    rows = desk.service("processors").find(Query())
    found = {row.values["name"]: row.values["works"] for row in rows}
    assert found == {"다솜콜 주식회사": 2, "바람편지": 1}
    (news,) = desk.service("consignments").find(Query(where={"work": "소식지 발송"}))
    assert news.values["marketing"] is True
    assert (news.values["people"], news.values["since"]) == (5400, date(2025, 6, 1))
    again = bring_in(desk, "consignments", WORKS)
    assert (again.new, again.unchanged) == (0, 3)


def test_two_inspections_of_a_year_are_two_and_answers_find_their_questions(desk: Desk) -> None:
    bring_in(desk, "consignments", WORKS)
    assert bring_in(desk, "inspections", HELD).new == 2
    first, second = desk.service("inspections").find(Query(sort="id"))
    assert [row.values["held_on"].month for row in (first, second)] == [4, 10]
    answers = (
        "점검,항목 번호,결과,증빙,미흡사항,조치기한\n"
        f"{second.ref},1,예,계약서,,\n"
        f"{second.ref},2,아니오,,보호조치 조항 없음,2026-12-01\n"
        f"{second.ref},99,예,,,\n"
    )
    report = bring_in(desk, "inspection-answers", answers)
    assert (report.changed, report.rejected) == (2, 1)
    rows = desk.service("inspection-answers").of_inspection(second.id)
    assert [row.values["answer"] for row in rows[:3]] == ["yes", "no", ""]
    untouched = desk.service("inspection-answers").of_inspection(first.id)
    assert not any(row.values["answer"] for row in untouched)
