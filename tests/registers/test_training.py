"""Courses, sessions and attendances: invited, held, closed, made up for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.attendances import findings
from privdesk.registers.attendances.rules import (
    AttendsAlreadyError,
    NoTestError,
    NotHeldYetError,
    SessionClosedError,
)
from privdesk.registers.courses.service import ProviderMissingError
from privdesk.registers.desk import Desk
from privdesk.registers.expiring import KeptStillError
from privdesk.registers.incoming import NoSheetError
from privdesk.registers.named import RecordInUseError
from privdesk.registers.sessions import findings as plans
from privdesk.registers.sessions.rules import SessionToComeError
from privdesk.registers.sessions.service import (
    DepartmentMissingError,
    NobodyAttendedError,
    NobodyToInviteError,
    SheetMissingError,
)
from privdesk.registers.trained import standing, trained
from tests.registers.fillings import TODAY

NEXT = TODAY + timedelta(days=1)


def member(desk: Desk, name: str, department: str = "콜센터", **values: object) -> Row:
    told = {"name": name, "department": department, "duty": "handler", "category": "a", **values}
    found: Row = desk.service("staff").create(told)
    return found


def course(desk: Desk, **values: object) -> Row:
    told = {"name": "개인정보 보호 교육", "topics": ("security", "duty"), "minutes": 90, **values}
    found: Row = desk.service("courses").create(told)
    return found


def session(desk: Desk, of: Row, on: date = TODAY, **values: object) -> Row:
    found: Row = desk.service("sessions").create({"course": of.ref, "on": on, **values})
    return found


def act(desk: Desk, of: Row, action: str, **values: object) -> tuple[str, ...]:
    outcome = desk.service("sessions").act(action, [of.ref], values)
    refs: tuple[str, ...] = outcome.refs
    return refs


def sheet(desk: Desk, of: Row) -> dict[str, Row]:
    rows = desk.service("attendances").find(Query(where={"session": of.ref}))
    return {row.titles["staff"]: row for row in rows}


def test_a_session_from_invitation_to_close(desk: Desk) -> None:
    for name in ("가온", "나래", "다솜"):
        member(desk, name)
    member(desk, "라온", duty="none")
    held = session(desk, course(desk))
    act(desk, held, "invite", who="everybody")
    people = sheet(desk, held)
    assert sorted(people) == ["가온", "나래", "다솜"]

    desk.service("attendances").act("attend", [people["가온"].ref], {})
    desk.service("attendances").act("excuse", [people["나래"].ref], {})
    assert desk.service("sessions").get(held.ref).state == "held"
    act(desk, held, "close")

    states = {name: row.state for name, row in sheet(desk, held).items()}
    assert states == {"가온": "done", "나래": "excused", "다솜": "absent"}
    now = desk.service("sessions").get(held.ref)
    assert (now.state, now.values["closed_on"]) == ("closed", TODAY)
    assert [now.values[n] for n in ("invited", "done", "missing")] == [3, 1, 2]
    with pytest.raises(SessionClosedError):
        desk.service("attendances").act("attend", [people["다솜"].ref], {})
    act(desk, held, "reopen", reason="He was there.")
    desk.service("attendances").act("attend", [people["다솜"].ref], {})
    assert sheet(desk, held)["다솜"].state == "done"


def test_nobody_is_invited_twice(desk: Desk) -> None:
    one = member(desk, "가온")
    held = session(desk, course(desk))
    act(desk, held, "invite", who="everybody")
    member(desk, "나래")

    act(desk, held, "invite", who="everybody")
    assert len(sheet(desk, held)) == 2
    with pytest.raises(NobodyToInviteError):
        act(desk, held, "invite", who="everybody")
    with pytest.raises(AttendsAlreadyError):
        desk.service("attendances").create({"session": held.ref, "staff": one.ref})


def test_one_department_or_whose_training_ends_is_invited(desk: Desk) -> None:
    fresh, late = member(desk, "가온", "영업팀"), member(desk, "나래")
    of = course(desk)
    first = session(desk, of)
    desk.service("attendances").create(
        {"session": first.ref, "staff": fresh.ref, "result": "attended"}
    )
    second, third = session(desk, of), session(desk, of)

    act(desk, second, "invite", who="due")
    act(desk, third, "invite", who="department", department="영업팀")

    assert list(sheet(desk, second)) == ["나래"]
    assert list(sheet(desk, third)) == ["가온"]
    assert late.id not in trained(desk, [fresh.id, late.id], TODAY)
    with pytest.raises(DepartmentMissingError):
        act(desk, third, "invite", who="department", department="없는팀")


def test_a_make_up_session_invites_who_missed_it_once(desk: Desk) -> None:
    names = ("가온", "나래", "다솜")
    for name in names:
        member(desk, name)
    held = session(desk, course(desk, test=True, pass_mark=70))
    act(desk, held, "invite", who="everybody")
    people = sheet(desk, held)
    marks = desk.service("attendances")
    marks.act("attend", [people["가온"].ref], {"score": 70})
    marks.act("attend", [people["나래"].ref], {"score": 69})
    act(desk, held, "close")

    (ref,) = act(desk, held, "make-up", on=NEXT)
    made = desk.service("sessions").get(ref)

    assert sorted(sheet(desk, made)) == ["나래", "다솜"]
    assert made.values["makes_up"] == held.ref
    with pytest.raises(NobodyToInviteError):
        act(desk, held, "make-up", on=NEXT)


def test_what_is_trained_is_known_by_topic_and_newest_day(desk: Desk) -> None:
    one, other = member(desk, "가온"), member(desk, "나래")
    security = course(desk, name="보안기술", topics=("security",))
    marks = desk.service("attendances")
    for of, on in ((security, TODAY - timedelta(days=9)), (security, TODAY), (course(desk), TODAY)):
        held = session(desk, of, on)
        result = "absent" if of is not security else "attended"
        marks.create({"session": held.ref, "staff": one.ref, "result": result})
    past = TODAY - timedelta(days=1)

    assert trained(desk, [one.id, other.id], TODAY) == {one.id: {"security": TODAY}}
    assert trained(desk, [one.id], past) == {one.id: {"security": TODAY - timedelta(days=9)}}
    assert {x.staff: dict(x.days) for x in standing(desk, TODAY)}[other.id] == {}


def test_the_rule_is_judged_on_the_office_as_it_is(desk: Desk) -> None:
    for name in ("가온", "나래"):
        member(desk, name, joined="2020-01-02")
    assert [f.severity.value for f in findings.judge(desk)] == ["setup"]
    held = session(desk, course(desk))
    who = desk.service("staff").find(Query(text="가온"))[0]
    desk.service("attendances").create(
        {"session": held.ref, "staff": who.ref, "result": "attended"}
    )

    (one,) = findings.judge(desk)
    assert (one.rule, one.severity.value) == ("42", "breach")
    assert "나래" in one.what_text()


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    one, of = member(desk, "가온"), course(desk)
    marks = desk.service("attendances")
    later = session(desk, of, NEXT)
    told = {"session": later.ref, "staff": one.ref}
    with pytest.raises(NotHeldYetError):
        marks.create({**told, "result": "attended"})
    row = marks.create(told)
    with pytest.raises(NotHeldYetError):
        marks.act("attend", [row.ref], {})
    with pytest.raises(SessionToComeError):
        act(desk, later, "close")
    now = session(desk, of)
    with pytest.raises(NoTestError):
        marks.create({"session": now.ref, "staff": one.ref, "result": "attended", "score": 90})
    with pytest.raises(ProviderMissingError):
        course(desk, name="외부", way="outside")
    with pytest.raises(RecordInUseError):
        desk.service("courses").void([of.ref])
    with pytest.raises(InvalidValueError):
        session(desk, of, starts="25:00")
    act(desk, now, "invite", who="everybody")
    with pytest.raises(NobodyAttendedError):
        act(desk, now, "close")


def test_the_day_of_a_session_is_that_of_its_attendances(desk: Desk) -> None:
    one = member(desk, "가온")
    held = session(desk, course(desk), TODAY - timedelta(days=3))
    desk.service("attendances").create(
        {"session": held.ref, "staff": one.ref, "result": "attended"}
    )

    desk.service("sessions").update(held.ref, {"on": TODAY - timedelta(days=1)})

    assert trained(desk, [one.id], TODAY)[one.id]["duty"] == TODAY - timedelta(days=1)
    with pytest.raises(SessionToComeError):
        desk.service("sessions").update(held.ref, {"on": NEXT})


def test_attendances_are_found_and_sorted_by_whose_they_are(desk: Desk) -> None:
    for name, department in (("나래", "영업팀"), ("가온", "콜센터")):
        member(desk, name, department, staff_no=f"N-{name}")
    held = session(desk, course(desk))
    act(desk, held, "invite", who="everybody")
    service = desk.service("attendances")

    def names(**asked: object) -> list[str]:
        return [row.titles["staff"] for row in service.find(Query(**asked))]  # type: ignore[arg-type]

    assert names(text="나래") == ["나래"]
    assert names(text="n-가온") == ["가온"]
    assert names(text="영업") == ["나래"]
    assert len(names(text="개인정보 보호")) == 2
    assert names(text="없음") == []
    assert names(sort="staff") == ["가온", "나래"]
    assert names(sort="staff", descending=True) == ["나래", "가온"]


def test_the_signed_sheet_is_kept_with_the_session(desk: Desk, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    one, path = member(desk, "가온"), tmp_path / "sheet.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(60, 60, "signed")
    canvas.save()
    held = session(desk, course(desk))
    desk.service("attendances").create(
        {"session": held.ref, "staff": one.ref, "result": "attended"}
    )
    with pytest.raises(SheetMissingError):
        act(desk, held, "show-sheet")
    (tmp_path / "list.txt").write_text("no scan")
    with pytest.raises(NoSheetError):
        act(desk, held, "file-sheet", file=str(tmp_path / "list.txt"))

    act(desk, held, "file-sheet", file=str(path))
    act(desk, held, "file-sheet", file=str(path))

    shown = desk.service("sessions").act("show-sheet", [held.ref], {}).shown
    assert shown.data == path.read_bytes()
    assert len(list((desk.vault.folder / "attachments").iterdir())) == 1


def test_a_person_is_found_by_staff_number_before_the_name(desk: Desk) -> None:
    first = member(desk, "가온", staff_no="N-1")
    member(desk, "N-1", staff_no="N-2")
    staff = desk.service("staff")
    held = session(desk, course(desk))

    row = desk.service("attendances").create({"session": held.ref, "staff": "N-1"})

    assert row.values["staff"] == first.ref
    staff.update(first.ref, {"staff_no": "N-9"})
    assert [desk.ref("staff", n) for n in staff.called("n-9")] == [first.ref]
    staff.void([first.ref], reason="Entered twice")
    assert staff.called("N-9") == []


def test_names_read_in_a_transaction_that_is_taken_back_are_forgotten(desk: Desk) -> None:
    staff, one = desk.service("staff"), member(desk, "가온")

    def renamed() -> None:
        with desk.change():
            staff.update(one.ref, {"name": "나래"})
            assert staff.called("나래") == [one.id]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        renamed()
    assert staff.called("나래") == []
    assert staff.called("가온") == [one.id]


def test_a_planned_month_without_a_session_is_told_once_it_is_over(desk: Desk) -> None:
    of = course(desk, months=("11", "10"))  # entered in November: October is no breach
    session(desk, of, date(2026, 11, 20))
    assert [f.what for f in plans.judge(desk) if f.register == "courses"] == []
    sql = "UPDATE journal SET at = '2026-10-05T00:00:00+00:00' WHERE register = 'courses'"
    desk.vault.raw.execute(sql)

    (one,) = [f for f in plans.judge(desk) if f.register == "courses"]
    assert (one.ref, one.values["month"]) == (of.ref, 10)
    open_ = [f for f in plans.judge(desk) if f.register == "sessions"]
    assert [f.severity.value for f in open_] == ["warning"]


def kept_too_long(desk: Desk) -> list[str]:
    rows = desk.service("attendances").find(Query(where={"over": True}))
    return [row.titles["staff"] for row in rows]


def at_day(desk: Desk, on: date) -> None:
    """Let it be noon of another day."""
    desk.clock = FixedClock(desk.clock.now() + (on - desk.today()))


def test_training_of_who_left_ends_three_years_after_the_session(
    desk: Desk, tmp_path: Path
) -> None:
    left, here = member(desk, "가온"), member(desk, "나래")
    held = session(desk, course(desk))
    for who in (left, here):
        told = {"session": held.ref, "staff": who.ref, "result": "attended", "note": "late"}
        desk.service("attendances").create(told)
    people, service = sheet(desk, held), desk.service("attendances")
    act(desk, held, "close")
    (tmp_path / "scan.pdf").write_bytes(issuing.issue(desk, "d13", None, "en").data)
    act(desk, held, "file-sheet", file=str(tmp_path / "scan.pdf"))
    desk.service("staff").update(left.ref, {"left": TODAY})

    at_day(desk, date(2029, 11, 23))  # three years to the day
    assert kept_too_long(desk) == []
    with pytest.raises(KeptStillError):
        service.act("expunge", [people["가온"].ref], {})
    at_day(desk, date(2029, 11, 24))
    assert kept_too_long(desk) == ["가온"]
    assert [one.count for one in findings.judge(desk) if one.rule == "S2.1"] == [1]
    with pytest.raises(KeptStillError):  # works here
        service.act("expunge", [people["나래"].ref], {})
    service.act("expunge", [people["가온"].ref], {})

    gone = service.get(people["가온"].ref)
    assert (gone.state, gone.values["staff"], gone.values["note"]) == ("destroyed", "", "")
    now = desk.service("sessions").get(held.ref)
    assert (now.values["invited"], now.values["done"]) == (2, 2)
    assert now.values["file"]  # the other one stands on it too
    for code in ("d14", "attendance-sheet"):
        assert issuing.issue(desk, code, None, "ko").data.startswith(b"%PDF")
    desk.service("staff").update(here.ref, {"left": date(2029, 11, 23)})
    service.act("expunge", [people["나래"].ref], {})
    assert not desk.service("sessions").get(held.ref).values["file"]
    assert desk.vault.raw.execute("SELECT count(*) FROM attachments").fetchone()[0] <= 3
