"""Reports to head and board: counted from open data, held on to, printed, put into a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from privdesk.core.board import packed, unpacked
from privdesk.core.clock import FixedClock
from privdesk.core.errors import ForbiddenError
from privdesk.core.figures import Nature, month, parse
from privdesk.documents.preview import page_texts
from privdesk.flows import figuring, issuing, reporting
from privdesk.registers.desk import Desk
from privdesk.registers.reports.rules import (
    DraftThereError,
    NotAMonthError,
    ReportedError,
    ReportedLaterError,
    SpanToComeError,
)
from tests.copies import AUDITOR, MANAGER, copy_of, copy_office, open_as, switch_to
from tests.desks import ALICE, NOON
from tests.flows import folk

TODAY = date(2026, 11, 23)
SECRET = "옥별뷁"  # of somebody whom nobody else is called


def _with_secrets(folder: Path) -> Desk:
    """Return an office with people, a case, a consent and a provision that name somebody."""
    desk = open_as(copy_office(folder))
    folk.fill(desk)
    ref = desk.service("subjects").create({"name": SECRET, "phone": "010-4321-8765"}).ref
    told = {"kind": "access", "subject": ref, "note": f"{SECRET}님 요청"}
    desk.service("requests").create(told)
    values = {"subject": ref, "purpose": "Newsletter", "at": TODAY, "note": SECRET}
    desk.service("consents").create(values)
    staff = {"name": "한가람", "department": "콜센터", "duty": "handler", "category": "a"}
    desk.service("staff").create(staff)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_of(_with_secrets, tmp_path), MANAGER)
    holder = [made]
    yield made
    holder[0].vault.close()


def report(desk: Desk, kind: str = "monthly", span: str = "2026-11", **values: object) -> str:
    ref: str = desk.service("reports").create({"kind": kind, "span": span, **values}).ref
    return ref


def plain(text: str) -> str:
    return "".join(text.split())


def names(desk: Desk) -> set[str]:
    found = {one.name for one in (*folk.DUE, *folk.LIVING, folk.BOTH)} | {SECRET}
    return found | {one.phone for one in folk.LIVING} | {"010-4321-8765"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_manager_prints_both_reports_and_saves_tables_that_name_nobody(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    assert not desk.vault.sees_people
    pages = ""
    for code, kind, span in (("d20", "monthly", "2026-11"), ("board-report", "board", "2026-Q4")):
        issued = issuing.issue(desk, code, report(desk, kind, span, remarks="Plan: 3"), language)
        pages += "".join(page_texts(issued.data))
        assert issued.data.startswith(b"%PDF")
    book = tmp_path / "tables.xlsx"
    desk.service("reports").act(
        "tables",
        [desk.ref("reports", desk.service("reports").newest("board"))],
        {"file": str(book)},
    )
    cells = {
        str(cell)
        for sheet in load_workbook(book)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    told = plain(pages) + plain("".join(sorted(cells)))

    assert [name for name in names(desk) if plain(name) in told] == []
    assert "S-0" not in told  # nor by a reference
    assert "Plan:3" in told
    wanted = (
        ("법정기한안에", "담당", "승인")
        if language == "ko"
        else ("withinthelegaldays", "Draftedby")
    )
    assert [text for text in wanted if text not in told] == []


def test_the_board_counts_what_lies_in_the_registers(desk: Desk) -> None:
    found = figuring.board(desk, month(TODAY))

    assert found.span.running
    people = found.pair("holdings.people")
    assert people is not None
    assert people.now.value == len(folk.DUE) + len(folk.LIVING) + 2
    assert people.before is None
    given = found.pair("consents.given")
    assert given is not None
    assert (given.now.value, given.before.value if given.before else None) == (1, 0)
    breaches = found.pair("findings.breaches")
    assert breaches is not None
    assert sum(row.value for row in breaches.now.rows) == breaches.now.value > 0
    order = [group.key for group in found.groups]
    assert order.index("holdings") < order.index("requests") < order.index("rules")
    late = found.group("destruction")
    assert late is not None
    assert late.pairs[0].now.key == "holdings.due"


def test_a_month_just_over_says_how_things_stand_today_and_an_older_one_does_not(
    desk: Desk,
) -> None:
    last = figuring.board(desk, parse("2026-10"))
    people = last.pair("holdings.people")
    assert people is not None
    assert people.as_of == TODAY

    older = figuring.board(desk, parse("2026-08"))
    assert older.pair("holdings.people") is None
    assert older.pair("requests.received") is not None


def test_how_things_stood_comes_from_the_report_of_then(desk: Desk) -> None:
    issuing.issue(desk, "d20", report(desk), "en")
    _move(desk, date(2026, 12, 2))

    people = figuring.board(desk, parse("2026-12")).pair("holdings.people")
    assert people is not None
    assert people.before is not None
    assert people.before_as_of == TODAY
    assert people.before.value == people.now.value

    with desk.change() as change:  # one made long after its span says nothing of its end
        service = desk.service("reports")
        number = service.newest("monthly")
        late = service.kept(number)
        moved = unpacked(packed(late).replace('"told_on":"2026-11-23"', '"told_on":"2026-12-15"'))
        service.keep(change, number, moved)
        change.note("record.changed", "reports", number)
    again = figuring.board(desk, parse("2026-12")).pair("holdings.people")
    assert again is not None
    assert again.before is None


def test_what_falls_due_next_is_counted_and_lies_ahead(desk: Desk) -> None:
    coming = figuring.coming(desk, month(TODAY))

    access = [one for one in coming if one.rule in ("17", "21")]
    assert [(one.count, one.register) for one in access] == [(1, "Requests")]
    assert all(TODAY < one.due <= date(2026, 12, 31) for one in coming)
    assert figuring.coming(desk, parse("2026-01")) == ()


def test_a_report_that_was_made_stays_as_it_was(desk: Desk) -> None:
    service, ref = desk.service("reports"), report(desk, remarks="As it was.")
    first = "".join(page_texts(issuing.issue(desk, "d20", ref, "en").data))
    service.act("reported", [ref], {"to": "both"})
    row = service.get(ref)
    assert (row.state, row.values["reported_on"]) == ("reported", TODAY)
    with pytest.raises(ReportedError):
        service.update(ref, {"remarks": "Otherwise."})
    service.update(ref, {"note": "Filed."})

    officer = switch_to(desk, ALICE)
    try:
        officer.service("subjects").create({"name": "Somebody New"})
        again = "".join(page_texts(issuing.issue(officer, "d20", ref, "en").data))
        before = officer.service("reports").kept(officer.service("reports").number(ref))
        people = before.board.pair("holdings.people").now.value
        now = figuring.board(officer, month(TODAY)).pair("holdings.people")
        assert now is not None
        assert now.now.value == people + 1
        assert "Asitwas." in plain(again)
        (row,) = officer.service("reports").rows([officer.service("reports").number(ref)])
        assert reporting.told(officer, row) == before
        assert f"nameornumber{people}" in plain(first)
        assert f"nameornumber{people}" in plain(again)
        reprinted = issuing.reprint(officer, _newest_document(officer))
        assert page_texts(reprinted.data) == page_texts(
            issuing.reprint(officer, _newest_document(officer)).data
        )
    finally:
        officer.vault.close()


def test_a_draft_counts_anew_each_time(desk: Desk) -> None:
    ref = report(desk)
    issuing.issue(desk, "d20", ref, "en")
    with pytest.raises(ForbiddenError):
        desk.service("consents").create({})
    officer = switch_to(desk, ALICE)
    try:
        officer.service("subjects").create({"name": "Somebody New"})
        issuing.issue(officer, "d20", ref, "en")
        kept = officer.service("reports").kept(officer.service("reports").number(ref))
        people = kept.board.pair("holdings.people").now.value
        assert people == len(folk.DUE) + len(folk.LIVING) + 3
    finally:
        officer.vault.close()


def test_a_report_needs_a_span_of_its_own(desk: Desk) -> None:
    with pytest.raises(NotAMonthError):
        report(desk, span="2026-Q4")
    with pytest.raises(SpanToComeError):
        report(desk, span="2026-12")
    ref = report(desk)
    with pytest.raises(DraftThereError, match=ref):
        report(desk)
    report(desk, "board", "2026-q4")
    with pytest.raises(ReportedLaterError):
        reporting.report(desk, [ref], to="head", on=TODAY + timedelta(days=1))
    desk.service("reports").act("reported", [ref], {"to": "head"})
    report(desk)  # what was reported is put right by another one


def test_an_auditor_reads_reports_and_writes_none(tmp_path: Path) -> None:
    desk = open_as(copy_of(_with_secrets, tmp_path), AUDITOR)
    try:
        with pytest.raises(ForbiddenError):
            report(desk)
        assert figuring.board(desk, month(TODAY)).pair("requests.received") is not None
    finally:
        desk.vault.close()


def test_what_a_report_holds_on_to_comes_back_as_it_was(desk: Desk) -> None:
    told = figuring.told(desk, month(TODAY))
    again = unpacked(packed(told))

    assert again.coming == told.coming
    assert again.spans == told.spans
    assert dict(again.course or {}) == dict(told.course or {})
    assert len(told.spans) == 6
    stripped = [
        [(pair.now.key, pair.now.value, pair.now.of, pair.now.rows) for pair in group.pairs]
        for group in told.board.groups
    ]
    assert stripped == [
        [(pair.now.key, pair.now.value, pair.now.of, pair.now.rows) for pair in group.pairs]
        for group in again.board.groups
    ]
    states = {p.now.key for g in told.board.groups for p in g.pairs if p.now.when is Nature.STATE}
    assert {"holdings.due", "training.current", "findings.breaches"} <= states


def _move(desk: Desk, day: date) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = NOON + (day - TODAY)


def _newest_document(desk: Desk) -> str:
    sql = "SELECT max(id) FROM documents WHERE code = 'd20'"
    return desk.ref("documents", desk.vault.raw.execute(sql).fetchone()[0])
