"""The ledgers of staff, training, rights, zones and safeguards as offices keep them today.

Titles above the header, merged cells, a line of totals, days as Excel writes them, staff number
and name side by side: each comes in, and what cannot is told in a sentence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing.importers import importer_of
from privdesk.flows.importing.listed import minutes_of, months_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import open_copy

NOBODY = "임직원에 그런 기록이 없습니다."
Rows = Sequence[Sequence[Any]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with a system."""
    made = open_copy(tmp_path)
    made.service("places").create({"name": "온라인 쇼핑몰", "kind": "system"})
    yield made
    made.vault.close()


@pytest.fixture
def staffed(desk: Desk, tmp_path: Path) -> Desk:
    """The same with its staff, whom the other lists name."""
    bring(desk, "staff", book(tmp_path / "staff.xlsx", STAFF, "A1:I1", "A2:I2"))
    return desk


def at(hour: int, minute: int) -> datetime:
    """Return a time of 20 November as a spreadsheet has it."""
    return datetime.combine(date(2026, 11, 20), time(hour, minute))


def bring(desk: Desk, register: str, path: Path) -> Report:
    """Take a list into a register."""
    importer = importer_of(desk, register)
    with open_source(path, known=recogniser(importer.fields())) as source:
        return importer.run(source, plan(source, importer.fields()), {}, Progress())


def cp949(path: Path, rows: Rows) -> Path:
    """Write rows as Excel on a Korean desk saves CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("cp949"))
    return path


def book(path: Path, rows: Rows, *merged: str) -> Path:
    """Write a workbook with merged cells."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    for area in merged:
        made.active.merge_cells(area)
    made.save(path)
    return path


def told(desk: Desk, register: str, *names: str) -> list[tuple[Any, ...]]:
    """Return what is recorded, links by name, in the order of entry."""
    rows = desk.service(register).find(Query(sort="id"))
    return [tuple(row.titles.get(n) or row.values[n] for n in names) for row in rows]


def refused(report: Report) -> dict[int, str]:
    """Return why rows were refused, by their number in the file."""
    return {one.row: one.cause.text() for one in report.examples}


STAFF: Rows = [
    ["2026년 11월 임직원 명부"],
    ["(작성: 인사팀, 2026.11.25.)"],
    ["No", "사번", "성명", "부서명", "직급", "입사일", "개인정보취급자 여부", "구분", "연락처"],
    [1, "20190312", "표가온", "물류팀", "과장", date(2019, 3, 12), "O", "a", "02-555-1234"],
    [2, "20220701", "표나래", "상담팀", "대리", date(2022, 7, 1), "", "", "01077778888"],
    [3, "20260901", "표나래", "총무팀", "사원", 46266, "X", "", ""],
    ["합계", "", "3명"],
]


def test_the_list_of_the_staff_puts_mobile_numbers_behind_a_mask(
    desk: Desk, tmp_path: Path
) -> None:
    report = bring(desk, "staff", book(tmp_path / "s.xlsx", STAFF, "A1:I1", "A2:I2"))

    assert (report.new, report.rejected) == (3, 1)
    assert "totals" in refused(report)[7]
    assert [note.text() for note in report.notes if not isinstance(note, str)] == [
        "Mobile numbers taken as private telephone numbers: 1."
    ]
    assert told(desk, "staff", "name", "duty", "joined", "phone", "mobile") == [
        ("표가온", "handler", date(2019, 3, 12), "02-555-1234", ""),
        ("표나래", "undecided", date(2022, 7, 1), "", "010-****-8888"),
        ("표나래", "none", date(2026, 9, 1), "", ""),
    ]
    again = bring(desk, "staff", book(tmp_path / "t.xlsx", STAFF, "A1:I1", "A2:I2"))
    assert (again.new, told(desk, "staff", "mobile")[1]) == (0, ("010-****-8888",))


def test_pledges_of_staff_and_of_people_of_other_companies(staffed: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["개인정보 보안서약서 징구 대장"],
        [],
        ["연번", "사번", "이름", "소속", "서약 종류", "서약서 제출일"],
        ["1", "20190312", "표가온", "물류팀", "입사", "2019.3.12"],
        ["2", "20220701", "표나래", "상담팀", "입사", "22.07.01"],
        ["3", "", "김외주", "㈜다솜콜", "외부인력", "2026. 1. 5."],
        ["계", "", "3명", "", "", ""],
    ]
    report = bring(staffed, "pledges", cp949(tmp_path / "p.csv", rows))

    assert "two digits" in refused(report)[5]
    assert told(staffed, "pledges", "who", "kind", "signed_on") == [
        ("표가온", "joining", date(2019, 3, 12)),
        ("김외주 (㈜다솜콜)", "outside", date(2026, 1, 5)),
    ]


def test_courses_sessions_and_who_was_there(staffed: Desk, tmp_path: Path) -> None:
    courses = [
        ["과정명", "교육주제", "교육방법", "교육기관", "교육시간", "실시월"],
        ["보호 기본", "개인정보 보호, 보안", "사내", "", "1시간 30분", "3월, 9월"],
        ["수탁사 과정", "개인정보보호", "위탁", "한국정보교육원", "2시간", "5"],
    ]
    sessions = [
        ["교육명", "교육일시", "교육장소", "교육시간"],
        ["보호 기본", "2026-03-12 14:00~15:30", "본사 대강당", "90"],
        ["보호 기본", "2026.09.10(목) 10:00", "온라인", "1.5시간"],
        ["합계", "2회", "", ""],
    ]
    there: Rows = [
        ["교육 이수 현황"],
        ["교육명", "교육일자", "사번", "성명", "이수여부"],
        ["보호 기본", date(2026, 3, 12), "20190312", "표가온", "이수"],
        [None, None, "20220701", "표나래", "미이수"],
        ["총 2명"],
    ]
    bring(staffed, "courses", book(tmp_path / "c.xlsx", courses))
    bring(staffed, "sessions", cp949(tmp_path / "s.csv", sessions))
    report = bring(staffed, "attendances", book(tmp_path / "a.xlsx", there, "A3:A4", "B3:B4"))

    assert told(staffed, "courses", "topics", "way", "minutes", "months") == [
        (("duty", "security"), "in_house", 90, ("03", "09")),
        (("duty",), "outside", 120, ("05",)),
    ]
    days = [(date(2026, 3, 12), 90), (date(2026, 9, 10), 90)]
    assert told(staffed, "sessions", "on", "minutes") == days
    assert (report.new, list(refused(report))) == (2, [5])
    assert told(staffed, "attendances", "staff", "on", "result") == [
        ("표가온", date(2026, 3, 12), "attended"),
        ("표나래", date(2026, 3, 12), "absent"),
    ]


def test_the_ledger_of_access_rights_has_two_rows_of_heads(staffed: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["개인정보처리시스템 접근권한 관리대장"],
        ["시스템", "사용자", "", "ID", "권한", "권한부여", "", "권한말소", ""],
        ["", "성명", "사번", "", "", "신청일", "부여일", "말소일", "말소사유"],
        *(["온라인 쇼핑몰", *row] for row in (
            ["표가온", "20190312", "gaon", "조회", "2026.01.02", "2026.01.05", "", ""],
            ["표나래", "20220701", "narae", "조회", "2022.07.04", "2022.07.05", "2026.06.30", ""],
            ["표마루", "20300101", "maru", "조회", "2026.01.02", "2026.01.05", "", ""],
        )),
        ["계", "3건"],
    ]  # fmt: skip
    merged = ("A1:I1", "A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:G2", "H2:I2")
    report = bring(staffed, "access-rights", book(tmp_path / "r.xlsx", rows, *merged))

    assert list(refused(report)) == [7, 6]
    assert told(staffed, "access-rights", "staff", "granted_on", "revoked_on", "reason") == [
        ("표가온", date(2026, 1, 5), None, "Taken over from the earlier ledger."),
        ("표나래", date(2022, 7, 5), date(2026, 6, 30), "Taken over from the earlier ledger."),
    ]


def test_zones_permits_and_the_visit_book(staffed: Desk, tmp_path: Path) -> None:
    zones = [
        ["보호구역 지정 현황"],
        ["관리번호", "구역명", "구역구분", "관리책임자", "지정일자", "검토주기"],
        ["Z-101", "제2 전산실", "통제구역", "표가온", "2024.05.01", "반기"],
    ]
    permits = [
        ["구역", "성명", "소속", "출입기간", "출입사유", "승인자"],
        ["제2 전산실", "표가온", "물류팀", "2025.01.01~2026.12.31", "서버 점검", "박본부장"],
        ["제2 전산실", "이기사", "가온설비", "2026.11.01 ~ 2026.11.30", "정비", "박본부장"],
    ]
    visits: Rows = [
        ["보호구역 출입자 관리대장"],
        ["출입구역", "출입일시", "", "방문자", "", "", "방문목적", "동행자"],
        ["", "입실", "퇴실", "성명", "소속", "연락처", "", ""],
        ["제2 전산실", at(9, 30), at(11, 0), "나들이",
         "가온설비", "010-2345-6789", "정비", "표가온"],
        ["제2 전산실", "2026.11.20 14:10", "15:20", "모람이", "한빛전자", "", "점검", "표가온"],
        ["제2 전산실", "오전", "", "오누리", "한빛전자", "", "점검", "표가온"],
        ["합계 3명"],
    ]  # fmt: skip
    bring(staffed, "zones", cp949(tmp_path / "z.csv", zones))
    bring(staffed, "zone-permits", cp949(tmp_path / "p.csv", permits))
    merged = ("A1:H1", "A2:A3", "B2:C2", "D2:F2", "G2:G3", "H2:H3")
    report = bring(staffed, "visits", book(tmp_path / "v.xlsx", visits, *merged))

    assert told(staffed, "zones", "code", "name", "manager", "review_months") == [
        ("Z-101", "제2 전산실", "표가온", "6")
    ]
    ends = (date(2026, 12, 31), date(2026, 11, 30))
    until = told(staffed, "zone-permits", "who", "until")
    assert until == [("표가온", ends[0]), ("이기사", ends[1])]
    assert told(staffed, "visits", "on", "entered", "left_at", "phone") == [
        (date(2026, 11, 20), "09:30", "11:00", "010-****-6789"),
        (date(2026, 11, 20), "14:10", "15:20", ""),
    ]
    assert "such as 14:05" in refused(report)[6]


def test_safeguards_say_how_often_in_words(staffed: Desk, tmp_path: Path) -> None:
    rows: Rows = [
        ["분야", "점검항목", "점검주기", "담당자"],
        ["백신", "백신 최신 업데이트", "월 1회", "표가온"],
        ["내부 관리계획", "계획 재검토", "연 1회", "표가온"],
        ["암호화", "암호화", "가끔", "표가온"],
    ]
    report = bring(staffed, "safeguards", cp949(tmp_path / "g.csv", rows))

    assert told(staffed, "safeguards", "area", "months") == [("antivirus", 1), ("plan", 12)]
    assert "monthly" in refused(report)[4]


def test_handovers_the_plan_of_audits_and_virus_alerts(staffed: Desk, tmp_path: Path) -> None:
    for name in ("한누리", "오솔길", "박입회"):
        staffed.service("staff").create({"name": name, "duty": "none"})
    hands = [
        ["업무 인계인수 대장"],
        ["연번", "인계자", "인수자", "입회자", "인계일", "인계업무", "미결사항"],
        ["1", "한누리", "오솔길", "박입회", "2026.11.20", "상담 이력 관리", "열람 요구 1건"],
    ]
    audits = [
        ["2026년 감사 계획"],
        ["감사명", "감사구분", "감사범위", "감사기간", "감사인"],
        ["하반기 정기 감사", "정기", "처리방침 전 조항", "2026.12.01~2026.12.04", "오솔길"],
    ]
    alerts = [
        ["제목", "발령일시", "대상시스템", "내용"],
        ["랜섬웨어 경보", "2026-11-20 09:00", "온라인 쇼핑몰", "백신 긴급 업데이트"],
        ["랜섬웨어 경보 2", "2026-11-21 09:00", "없는 시스템", "백신 긴급 업데이트"],
    ]
    for register, rows in (("handovers", hands), ("audits", audits), ("virus-alerts", alerts)):
        path = cp949(tmp_path / "list.csv", rows)
        assert bring(staffed, register, path).new == 1
        assert bring(staffed, register, path).unchanged == 1

    assert told(staffed, "handovers", "giver", "taker", "witness", "basis_on") == [
        ("한누리", "오솔길", "박입회", date(2026, 11, 20))
    ]
    days = (date(2026, 12, 1), date(2026, 12, 4))
    assert told(staffed, "audits", "name", "planned_on", "planned_until") == [
        ("하반기 정기 감사", *days)
    ]
    assert "없는 시스템" in refused(bring(staffed, "virus-alerts", path))[3]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("12", 12),
        ("6개월", 6),
        ("반기 1회", 6),
        ("분기", 3),
        ("매월", 1),
        ("연 1회", 12),
        ("?", None),
    ],
)
def test_how_often_is_read_from_words(text: str, months: int | None) -> None:
    assert months_of(text) == months


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("2시간", 120), ("1시간 30분", 90), ("14:00~16:00", 120), ("하루", None)],
)
def test_how_long_is_read_from_words(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes
