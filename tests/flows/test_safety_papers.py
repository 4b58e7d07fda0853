"""The papers of audits, safeguards and emergency updates, and the lists that offices bring in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.register import Query, Row
from privdesk.documents.preview import page_texts
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.flows import attached, issuing
from privdesk.flows.importing import books
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import MANAGER, copy_of, copy_office, open_as, switch_to

GUARDS = """조치 항목,분야,책임자,점검 주기,적용 시스템,근거
백신 일일 갱신,백신,다온 담당,1,Web shop,S8.1②
취약점 점검,침입 차단·취약점 점검,다온 담당,12,,S8.1④
비밀번호 잠금,비밀번호·암호화·파일 잠금,다온 담당,30,,S8.1①
"""
FOUND = """감사,지적사항,조항,등급,조치 담당자,조치기한
First half,대장 서명 누락,S2.2,경미,다온 담당,2026-12-24
"""


def _audited(folder: Path) -> Desk:
    """Make an office with an audit that has a finding, a safeguard, and an emergency update."""
    desk = open_as(copy_office(folder))
    staff, audits = desk.service("staff"), desk.service("audits")
    owner = staff.create({"name": "다온 담당", "department": "Sales", "duty": "none"}).ref
    shop = desk.service("places").create({"name": "Web shop", "kind": "system"}).ref
    audit = audits.create(
        {"name": "First half", "scope": "S1 to S10", "outside": "Nari Audit Ltd.",
         "planned_on": date(2026, 11, 16)}
    ).ref  # fmt: skip
    rows = desk.service("audit-answers").of(audits.number(audit))
    told = {"finding": "<b>12</b> people & more", "severity": "major", "owner": owner}
    desk.service("audit-answers").act("no", [rows[3].ref], {**told, "due": date(2026, 12, 20)})
    audits.act("all-yes", [audit], {"evidence": "Seen on the spot"})
    audits.act(
        "finish",
        [audit],
        {
            "on": date(2026, 11, 20),
            "opinion": "Kept, but for one.",
            "unproved": "Its paper is on its way.",
        },
    )
    guard = desk.service("safeguards").take_over("ko").refs[0]
    desk.service("safeguards").act("check", [guard], {"result": "good", "seen": "Looked at it"})
    at = desk.now() - timedelta(hours=3)
    worm = {"name": "Worm", "bulletin": "B-7", "places": (shop,), "received_at": at}
    alert = desk.service("virus-alerts").create(worm).ref
    desk.service("virus-alerts").act("updated", [alert], {"how": "Engine 4.2", "at": at})
    return desk


@dataclass
class Office:
    """The office, and how its papers read."""

    desk: Desk

    def text(self, code: str, ref: str | None = None, language: str = "en") -> str:
        """Issue a paper and return its words."""
        data = issuing.issue(self.desk, code, ref, language).data
        return " ".join(" ".join(page_texts(data)).split())

    def one(self, register: str) -> Row:
        """Return the only record of a register."""
        rows: list[Row] = self.desk.service(register).find(Query())
        (row,) = rows
        return row

    def bring_in(self, register: str, text: str) -> list[Row]:
        """Take a list in; return the records that are there then."""
        path = self.desk.vault.folder.parent / "list.csv"
        path.write_text(text, encoding="utf-8")
        importer = importer_of(self.desk, register)
        with open_source(path, known=recogniser(importer.fields())) as source:
            importer.run(source, plan(source, importer.fields()), {}, Progress())
        rows: list[Row] = self.desk.service(register).find(Query())
        return rows


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(open_as(copy_of(_audited, tmp_path)))
    yield made
    made.desk.vault.close()


def test_the_report_tells_questions_findings_and_opinion(office: Office) -> None:
    told = office.text("audit-report")
    assert "Nari Audit Ltd." in told
    assert "Yes 31 · No 1 · N/A 0" in told
    assert "<b>12</b> people & more" in told  # text of people is never markup
    assert "Kept, but for one." in told
    assert "Is personal data destroyed within 5 days" in told
    assert "보유기간이 지난 개인정보를 5일 안에 파기하는가" in office.text(
        "audit-report", language="ko"
    )


def test_the_plan_has_the_year_and_what_is_planned_of_the_next(office: Office) -> None:
    told = {"name": "Next spring", "scope": "S8", "outside": "Nari", "planned_on": "2027-03-02"}
    office.desk.service("audits").create(told)
    text = office.text("audit-plan")
    assert "Audits of 2026" in text
    assert "Audits of 2027" in text
    assert "Next spring" in text


def test_asking_for_corrective_action_is_entered_and_the_result_follows(office: Office) -> None:
    findings, ref = office.desk.service("audit-findings"), office.one("audit-findings").ref
    told = office.text("audit-request", ref)
    assert "Sales · 다온 담당" in told
    assert office.one("audit-findings").values["requested_on"] == date(2026, 11, 23)
    findings.act("done", [ref], {"action": "Destroyed", "on": date(2026, 11, 23)})
    findings.act("verify", [ref], {"seen": "The certificate"})
    told = office.text("audit-result", ref)
    assert "23 November 2026" in told
    assert "The certificate" in told


def test_the_sheet_to_fill_in_asks_every_question(office: Office) -> None:
    told = office.text("audit-sheet", language="ko")
    assert told.count("□예") == 32


def test_the_list_of_safeguards_says_how_each_stands(office: Office) -> None:
    told = office.text("safeguard-list")
    assert "Password rules and lockout" in told
    assert "Looked at it" in told
    assert "Not checked yet" in told
    assert office.text("safeguard-sheet", language="ko").count("개선 필요") == 17


def test_the_record_of_an_emergency_update_says_how_long_it_took(office: Office) -> None:
    told = office.text("virus-alert")
    assert "Engine 4.2" in told
    assert "0 hours" in told


def test_a_manager_prints_what_the_board_asks_for(office: Office) -> None:
    office.desk = switch_to(office.desk, MANAGER)
    for code in ("audit-report", "audit-plan", "safeguard-list", "virus-alert"):
        assert office.text(code)


def test_evidence_that_is_missing_is_named(office: Office, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF- a scan")
    told = {"what": "report", "file": str(scan)}
    office.desk.service("audits").act("attach", [office.one("audits").ref], told)
    paper = office.one("safety-papers")
    sql = "SELECT file FROM safety_papers"
    (name,) = office.desk.vault.raw.execute(sql).fetchone()
    (office.desk.vault.folder / "attachments" / name).unlink()
    (found,) = attached.damaged(office.desk)
    assert (found.ref, found.missing) == (paper.ref, True)


def test_the_list_an_office_keeps_of_its_safeguards_comes_in(office: Office) -> None:
    rows = {row.values["name"]: row for row in office.bring_in("safeguards", GUARDS)}
    row = rows["백신 일일 갱신"]
    assert (row.values["area"], row.values["months"]) == ("antivirus", 1)
    assert (row.titles["owner"], row.titles["places"]) == ("다온 담당", "Web shop")
    assert "비밀번호 잠금" not in rows  # 30 months are too long
    books.undo(office.desk)
    left = {row.values["name"] for row in office.desk.service("safeguards").find(Query())}
    assert left == rows.keys() - {"백신 일일 갱신", "취약점 점검"}


def test_findings_of_an_older_list_come_in_and_open_their_audit_again(office: Office) -> None:
    findings = office.desk.service("audit-findings")
    first = office.one("audit-findings").ref
    findings.act("done", [first], {"action": "Destroyed"})
    findings.act("verify", [first], {"seen": "The certificate"})
    assert office.one("audits").state == "closed"
    rows = office.bring_in("audit-findings", FOUND)
    assert {row.values["clause"] for row in rows} == {"S2.1", "S2.2"}
    assert office.one("audits").state == "findings"
    books.undo(office.desk)
    assert office.one("audit-findings").ref == first
    assert office.one("audits").state == "closed"
