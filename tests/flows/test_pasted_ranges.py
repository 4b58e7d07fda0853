"""A range copied in a spreadsheet goes into the registers of staff and partners by Ctrl+V."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.report import Report
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.importing.pasted import open_pasted
from privdesk.ui.progress import Progress
from tests.copies import copy_office, open_as

RANGES = {
    "staff": (
        "성명\t사번\t부서\t역할\t사내전화\t휴대전화\n"
        "오누리\tG-9\t감사실\tmanager\t02-111-2222\t010-1111-2222\n"
    ),
    "processors": (
        "수탁사\t사업자등록번호\t담당자\t연락처\n다솜콜\t000-81-00519\t김예시\t02-123-4567\n"
    ),
    "consignments": "수탁업체\t위탁업무\t계약기간\n바람결\t소식지\t2025.01.01~2026.12.31\n",
    "access-rights": (
        "성명\t시스템명\t계정(ID)\t권한\t사유\t승인자\t부여일\n"
        "한가람\t상담 시스템\than01\t조회\t상담\t김팀장\t2026.01.05\n"
    ),
    "attendances": "사번\t교육명\t이수여부\n한가람\tYearly · 2026-11-23\t이수\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    who = {"name": "한가람", "category": "a", "joined": "2025-03-03"}
    member = made.service("staff").create(who)
    place = {"name": "상담 시스템", "kind": "system", "medium": "electronic"}
    made.service("places").create(place)
    told = {"staff": member.ref, "kind": "joining"}
    pledge = made.service("pledges").create(told)
    made.service("pledges").act("sign-paper", [pledge.ref], {"on": "2026-01-02"})
    yield made
    made.vault.close()


def paste(desk: Desk, register: str, text: str, *asked: str) -> Report:
    """Take a pasted range in, as the import page does."""
    importer = importer_of(desk, register)
    source = open_pasted(text, recogniser(importer.fields()))
    mapping = plan(source, importer.fields(), asked=asked)
    return importer.run(source, mapping, {}, Progress())


@pytest.mark.parametrize("register", ["staff", "processors", "consignments"])
def test_a_range_with_its_heads_goes_in(desk: Desk, register: str) -> None:
    report = paste(desk, register, RANGES[register])
    assert (report.new, report.rejected) == (1, 0), report.text()


def test_access_rights_go_in_by_names_of_people_and_systems(desk: Desk) -> None:
    report = paste(desk, "access-rights", RANGES["access-rights"])
    assert (report.new, report.rejected) == (1, 0), report.text()
    (right,) = desk.service("access-rights").find(Query())
    assert (right.values["level"], right.values["account"]) == ("look", "han01")


def test_attendances_go_in_by_person_and_session(desk: Desk) -> None:
    course = desk.service("courses").create({"name": "Yearly", "topics": ("security", "duty")})
    held = desk.service("sessions").create({"course": course.ref, "on": desk.today()})
    title = str(desk.service("sessions").get(held.ref).values["title"])
    text = RANGES["attendances"].replace("Yearly · 2026-11-23", title)
    report = paste(desk, "attendances", text)
    assert (report.new, report.rejected) == (1, 0), report.text()


def test_a_range_without_heads_is_mapped_by_letters(desk: Desk) -> None:
    text = "다솜콜\t상담\t김예시\n바람결\t연락처\t박보기\n"
    report = paste(desk, "processors", text, "A=name", "B=department", "C=contact")
    assert (report.new, report.rejected) == (2, 0)


def test_one_word_called_like_a_column_makes_no_head_of_a_row_of_values(desk: Desk) -> None:
    first = "다솜콜\t연락처\t김예시\t상담팀\n"
    for text in (first, first + "바람결\t-\t박보기\t마케팅팀\n"):
        source = open_pasted(text, recogniser(importer_of(desk, "processors").fields()))
        assert source.header == ("A", "B", "C", "D")
