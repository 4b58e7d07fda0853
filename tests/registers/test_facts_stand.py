"""What was found, held or due is not taken back by entering something else later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.register import Query
from privdesk.flows import issuing
from privdesk.registers.attendances.rules import BeforeJoiningError
from privdesk.registers.desk import Desk
from privdesk.registers.inspections.rules import BeforeContractError, UnprovedError
from privdesk.registers.processors import bounds, findings
from privdesk.registers.processors.rules import CLAUSE_LABELS, ContractEndedError, DayToComeError
from privdesk.registers.sessions.rules import ClosedStaysError
from privdesk.registers.striking import StillNeededError
from tests.copies import copy_office, open_as
from tests.registers.fillings import TODAY
from tests.scans import scanned

YEAR = timedelta(days=366)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk over an office of five people."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def made(desk: Desk, register: str, **values: object) -> str:
    return str(desk.service(register).create(values).ref)


def act(desk: Desk, register: str, ref: str, action: str, **values: object) -> str:
    return str(desk.service(register).act(action, [ref], values).message)


def said(desk: Desk, rule: str) -> list[str]:
    return [one.what_text() for one in findings.judge(desk) if one.rule == rule]


def picture(folder: Path) -> str:
    path = scanned(folder / "contract.png")
    return str(path)


# -- training


def held(desk: Desk, joined: date | None = None) -> tuple[str, str, str, str]:
    """Close a session with one who failed and one whose test has no points."""
    name = f"정기교육 {joined}" if joined else "정기교육"
    course = made(desk, "courses", name=name, topics=("security", "duty"), test=True, minutes=90)
    session = made(desk, "sessions", course=course, on=TODAY - timedelta(days=1))
    marks = []
    for called, told in (("가온", {"score": 55}), ("나래", {})):
        who = made(desk, "staff", name=called, duty="handler", category="a", joined=joined)
        mark = made(desk, "attendances", session=session, staff=who)
        act(desk, "attendances", mark, "attend", **told)
        marks.append(mark)
    return (course, session, *marks)  # type: ignore[return-value]


def test_a_closed_session_stays_as_it_was_held(desk: Desk) -> None:
    course, session, failed, _untested = held(desk)
    message = act(desk, "sessions", session, "close")
    assert message == "1 session closed; the test of 1 person has no points yet"

    for values in ({"on": TODAY}, {"minutes": 1}, {"place": "elsewhere"}):
        with pytest.raises(ClosedStaysError):
            desk.service("sessions").update(session, values)
    with pytest.raises(StillNeededError, match=session):
        desk.service("attendances").void([failed], reason="entered wrongly")

    desk.service("courses").update(course, {"test": False, "name": "다른 이름"})
    act(desk, "sessions", session, "reopen", reason="The points were mixed up")
    act(desk, "attendances", failed, "attend", score=55)
    assert desk.service("attendances").get(failed).state == "failed"
    act(desk, "attendances", failed, "attend", score=60)
    act(desk, "sessions", session, "close")
    row = desk.service("sessions").get(session)
    assert (row.values["held_name"], row.values["minutes"]) == ("정기교육", 90)


def test_the_ledger_and_make_up_tell_tests_without_points_from_absence(desk: Desk) -> None:
    from privdesk.documents.preview import page_texts

    course, session, failed, _untested = held(desk)
    act(desk, "sessions", session, "close")
    act(desk, "sessions", session, "reopen", reason="The points were mixed up")
    act(desk, "sessions", session, "close")
    desk.service("courses").update(course, {"name": "다른 이름"})

    text = "\n".join(page_texts(issuing.draft(desk, "d14", None, "en").data))
    flat = " ".join(text.split())
    assert "Test without points: 나래" in flat
    assert "The points were mixed up" in flat
    assert "정기교육" in flat
    assert "다른 이름" not in flat
    act(desk, "sessions", session, "make-up", on=TODAY + timedelta(days=5))
    (again,) = desk.service("attendances").find(Query(where={"state": "invited"}))
    assert again.titles["staff"] == "가온"
    assert failed


def test_nobody_was_trained_before_joining(desk: Desk) -> None:
    with pytest.raises(BeforeJoiningError):
        held(desk, joined=TODAY)
    _course, session, *_marks = held(desk, joined=TODAY - timedelta(days=1))
    with pytest.raises(BeforeJoiningError):
        desk.service("sessions").update(session, {"on": TODAY - timedelta(days=2)})


# -- processors


def consigned(desk: Desk, folder: Path, **values: object) -> tuple[str, str]:
    """Enter a processor of two years ago, and its work with a contract that was checked."""
    of = made(desk, "processors", name="Dasom Call", since=TODAY - 2 * YEAR)
    told = {"processor": of, "work": "Call centre", "since": TODAY - 2 * YEAR, **values}
    work = made(desk, "consignments", **told)
    act(desk, "consignments", work, "attach", what="contract", file=picture(folder))
    act(desk, "consignments", work, "tick", clauses=tuple(CLAUSE_LABELS))
    return of, work


def test_the_first_day_of_a_processor_moves_no_duty(desk: Desk, tmp_path: Path) -> None:
    of, work = consigned(desk, tmp_path)
    before = said(desk, "32")
    assert len(before) == 2
    for register, ref in (("processors", of), ("consignments", work)):
        for day in (TODAY, None):
            with pytest.raises(bounds.LaterStartError):
                desk.service(register).update(ref, {"since": day})
    desk.service("processors").update(of, {"since": TODAY - 2 * YEAR - timedelta(days=1)})
    assert said(desk, "32") == before


def test_a_first_day_entered_later_than_the_first_work_moves_nothing(desk: Desk) -> None:
    of = made(desk, "processors", name="Dasom Call")
    made(desk, "consignments", processor=of, work="Call centre", since=TODAY - 2 * YEAR)
    assert len(said(desk, "32")) == 2
    desk.service("processors").update(of, {"since": TODAY})
    assert len(said(desk, "32")) == 2


def test_consent_lies_between_the_contract_above_and_today(desk: Desk) -> None:
    above = made(desk, "processors", name="Dasom Call", since=TODAY - YEAR)
    below = made(desk, "processors", name="Below", parent=above, since=TODAY - timedelta(days=9))
    service = desk.service("processors")
    with pytest.raises(bounds.BeforeItsTimeError):
        service.update(below, {"consent_on": TODAY - 2 * YEAR})
    with pytest.raises(DayToComeError):
        service.update(below, {"consent_on": TODAY + timedelta(days=1)})
    service.update(below, {"consent_on": TODAY - YEAR})


def test_what_a_contract_is_about_cannot_change_unseen(desk: Desk, tmp_path: Path) -> None:
    _of, work = consigned(desk, tmp_path, people=12_000)
    assert said(desk, "28") == []
    desk.service("consignments").update(work, {"work": "Something else"})
    assert said(desk, "28") == [
        "“Something else” by Dasom Call changed after its contract was checked."
    ]
    act(desk, "consignments", work, "tick", clauses=tuple(CLAUSE_LABELS))
    assert said(desk, "28") == []
    desk.service("consignments").update(work, {"people": 1})
    assert len(said(desk, "28")) == 1


def test_the_end_of_a_contract_moves_by_renewing_it(desk: Desk, tmp_path: Path) -> None:
    _of, work = consigned(desk, tmp_path, until=TODAY)
    service = desk.service("consignments")
    for until in (TODAY + YEAR, None):
        with pytest.raises(bounds.RenewError):
            service.update(work, {"until": until})
    with pytest.raises(bounds.FarEndError):
        act(desk, "consignments", work, "renew", until=date(2099, 12, 31))
    act(desk, "consignments", work, "renew", until=TODAY + YEAR)


def test_a_notice_to_fewer_people_leaves_the_rest(desk: Desk, tmp_path: Path) -> None:
    _of, work = consigned(desk, tmp_path, people=12_000, marketing=True)
    desk.set_setting("profile", {"marketing": True})
    with pytest.raises(bounds.MoreThanThereAreError):
        act(desk, "consignments", work, "notified", way="email", count=12_001)
    with pytest.raises(bounds.BeforeItsTimeError):
        act(desk, "consignments", work, "notified", way="email", count=9, on=date(2020, 1, 1))
    act(desk, "consignments", work, "notified", way="email", count=11_990)
    (what,) = said(desk, "30")
    assert "people have not been told" in what
    act(desk, "consignments", work, "notified", way="post", count=10)
    assert said(desk, "30") == []
    assert desk.service("consignments").get(work).values["notified"] == 12_000


def test_a_work_does_not_go_on_at_a_processor_that_ended(desk: Desk, tmp_path: Path) -> None:
    of, work = consigned(desk, tmp_path)
    act(desk, "consignments", work, "end")
    act(desk, "processors", of, "end")
    with pytest.raises(ContractEndedError):
        act(desk, "consignments", work, "resume", reason="It goes on")


def test_the_training_of_a_processor_needs_a_proof(desk: Desk, tmp_path: Path) -> None:
    of, _work = consigned(desk, tmp_path)
    told = {"processor": of, "kind": "training", "topics": "Secrecy", "people": 3}
    with pytest.raises(BeforeContractError):
        made(desk, "inspections", **told, held_on=date(2020, 1, 1), note="List in the binder")
    training = made(desk, "inspections", **told, held_on=TODAY)
    assert desk.service("inspections").get(training).state == "planned"
    assert len(said(desk, "32")) == 2
    with pytest.raises(UnprovedError):
        act(desk, "inspections", training, "finish")
    act(desk, "inspections", training, "attach", what="evidence", file=picture(tmp_path))
    act(desk, "inspections", training, "finish")
    assert len(said(desk, "32")) == 1


def test_a_posted_list_that_names_a_processor_that_ended_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    from privdesk.flows.publishing import html

    def rule() -> list[str]:
        from privdesk.registers.publications.findings import judge

        return [one.what for one in judge(desk)]

    of, work = consigned(desk, tmp_path)
    first = made(desk, "publications", address="https://example.test/list")
    act(desk, "publications", first, "posted", file=picture(tmp_path))
    assert rule() == ["The saved page of the posted list of processors is still missing."]
    page = tmp_path / "page.html"
    page.write_text(html(desk, first, "ko"), encoding="utf-8")
    assert "문의처" not in page.read_text(encoding="utf-8")
    act(desk, "publications", first, "prove", file=str(page))
    assert rule() == []

    act(desk, "consignments", work, "end")
    act(desk, "processors", of, "end")
    assert len(rule()) == 1
    last = made(desk, "publications")
    page.write_text(html(desk, last, "ko"), encoding="utf-8")
    act(desk, "publications", last, "posted", file=str(page))
    assert rule() == []
    assert issuing.draft(desk, "d7", last, "ko").data.startswith(b"%PDF")


# -- visits, access, reports


def test_a_visit_that_is_over_is_corrected_with_a_reason_only(desk: Desk) -> None:
    from privdesk.registers.visits.findings import judge
    from privdesk.registers.visits.rules import VisitStandsError

    zone = made(desk, "zones", name="전산실")
    visits = desk.service("visits")
    one = made(desk, "visits", zone=zone, name="나그네", entered="00:00")
    visits.update(one, {"name": "나그네1"})
    act(desk, "visits", one, "leave", media_out="하드디스크 1개")
    for name, value in (("name", "딴사람"), ("on", TODAY - YEAR), ("purpose", "other")):
        with pytest.raises(VisitStandsError):
            visits.update(one, {name: value})

    texts = [finding.what_text() for finding in judge(desk)]
    assert any("without anybody’s approval" in text for text in texts)
    told = {"media_by": "감미르", "reason": "The slip of the approval was found"}
    act(desk, "visits", one, "correct", **told)
    texts = [finding.what_text() for finding in judge(desk)]
    assert not any("without anybody’s approval" in text for text in texts)
    (kept,) = desk.journal.details_of("visits", visits.number(one), "visit.corrected")
    assert kept["media_by"] == "– → 감미르"


def test_one_person_applies_once_for_a_right(desk: Desk) -> None:
    from privdesk.registers.access_rights.rules import AppliedTwiceError
    from tests.registers import fillings

    place = fillings.place(desk, "Customer system").ref
    who = made(desk, "staff", name="가온", duty="handler", category="a")
    told = {"staff": who, "place": place, "reason": "Calls of customers"}
    made(desk, "access-rights", **told, level="read")
    with pytest.raises(AppliedTwiceError):
        made(desk, "access-rights", **told, level="read")
    made(desk, "access-rights", **told, level="admin")


def test_months_that_have_not_begun_have_no_figures(desk: Desk) -> None:
    from privdesk.core import figures
    from privdesk.flows import figuring
    from privdesk.registers.reports.rules import ReportedBeforeError, SpanToComeError

    with pytest.raises(SpanToComeError):
        figuring.board(desk, figures.parse("2026-12"))
    report = made(desk, "reports", kind="monthly", span="2026-11")
    with pytest.raises(ReportedBeforeError):
        act(desk, "reports", report, "reported", to="head", on=TODAY - timedelta(days=1))
