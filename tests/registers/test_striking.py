"""What took effect ends by its own step; a slip of the pen is struck out and never unseen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.flows import issuing
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from privdesk.registers.records import NotVoidableError
from privdesk.registers.reports import rules as reports
from privdesk.registers.striking import STRUCK, StillNeededError
from tests.registers.fillings import paper_text

TODAY = date(2026, 11, 23)
SLIP = "Entered twice by mistake"
OF_THE_ORDER = ("staff", "partners", "safety")


def test_each_register_of_staff_partners_and_safety_says_what_may_be_taken_out() -> None:
    told = [one for one in REGISTERS if one.group in OF_THE_ORDER]
    told += [one for one in REGISTERS if one.name in ("reports", "templates", "log-reviews")]
    silent = [one.name for one in told if one.void_states is None]
    assert set(silent) <= {"corrections"}
    both = [one.name for one in told if set(one.void_states or ()) & set(one.struck_states)]
    assert not both
    known = {one.name: {state.key for state in one.states} for one in told}
    for one in told:
        assert {*(one.void_states or ()), *one.struck_states} <= known[one.name], one.name
        assert not {"void", "destroyed"} & {*(one.void_states or ()), *one.struck_states}


def test_somebody_with_a_right_in_force_is_not_struck_out(desk: Desk) -> None:
    staff, rights = desk.service("staff"), desk.service("access-rights")
    who = staff.create({"name": "한가람", "duty": "handler", "category": "a"})
    place = desk.service("places").create({"name": "Web", "kind": "system"})
    told = {"staff": who.ref, "place": place.ref, "account": "garam", "reason": "Calls"}
    right = rights.create({**told, "granted_on": TODAY, "approver": "오누리"})

    with pytest.raises(StillNeededError, match=right.ref):
        staff.void([who.ref], reason=SLIP)
    rights.act("revoke", [right.ref], {})
    for reason in ("", ".", "x"):
        with pytest.raises(InvalidValueError):
            staff.void([who.ref], reason=reason)
    staff.void([who.ref], reason=SLIP)

    assert staff.get(who.ref).state == "void"
    (struck,) = [one for one in staff.history(who.ref) if one.action == STRUCK]
    assert struck.reason == SLIP
    with pytest.raises(NotVoidableError):
        staff.void([who.ref], reason=SLIP)


def test_an_officer_with_a_key_to_the_vault_is_not_struck_out(desk: Desk) -> None:
    login = desk.vault.person.name
    told = {"name": "나하람", "duty": "privacy_staff", "login": login}
    who = desk.service("staff").create(told)
    with pytest.raises(StillNeededError):
        desk.service("staff").void([who.ref], reason=SLIP)


def test_a_training_that_is_struck_out_no_longer_counts_for_its_processor(desk: Desk) -> None:
    processors, inspections = desk.service("processors"), desk.service("inspections")
    firm = processors.create({"name": "다솜콜", "since": TODAY - timedelta(days=500)})
    told = {"processor": firm.ref, "kind": "training", "held_on": TODAY - timedelta(days=5)}
    held = inspections.create(
        {**told, "topics": "Duties", "people": 3, "inspector": "오누리", "manager": "한가람"}
    )
    before = processors.get(firm.ref).values
    assert before["trained_on"] == TODAY - timedelta(days=5)
    with pytest.raises(StillNeededError, match=held.ref):
        processors.void([firm.ref], reason=SLIP)
    inspections.void([held.ref], reason=SLIP)
    assert processors.get(firm.ref).values["trained_on"] is None
    processors.void([firm.ref], reason=SLIP)


@pytest.mark.parametrize(("language", "words"), [("en", "mistake: 1"), ("ko", "뺀 기록: 1건")])
def test_papers_count_what_was_struck_out(desk: Desk, language: str, words: str) -> None:
    staff = desk.service("staff")
    staff.create({"name": "오누리", "duty": "handler", "category": "a"})
    twice = staff.create({"name": "오누리", "duty": "handler", "category": "a"})
    assert words not in paper_text(issuing.draft(desk, "handlers", None, language).data)
    staff.void([twice.ref], reason=SLIP)
    assert words in paper_text(issuing.draft(desk, "handlers", None, language).data)


def test_today_tells_of_it_until_a_monthly_report_has(desk: Desk) -> None:
    from privdesk.registers.reports.findings import judge

    staff = desk.service("staff")
    assert judge(desk) == []
    staff.void([staff.create({"name": "오누리", "duty": "none"}).ref], reason=SLIP)
    (found,) = judge(desk)
    assert found.count == 1
    assert reports.judge_struck([TODAY], TODAY)
    assert not reports.judge_struck([TODAY], TODAY + timedelta(days=1))


def test_a_visit_is_struck_out_only_after_it_has_ended(desk: Desk) -> None:
    zone = desk.service("zones").create({"name": "Server room", "since": TODAY})
    visits = desk.service("visits")
    told = {"zone": zone.ref, "name": "손님", "organisation": "한빛", "purpose": "Repair"}
    visit = visits.create({**told, "on": TODAY, "entered": "09:00"})
    with pytest.raises(NotVoidableError):
        visits.void([visit.ref], reason=SLIP)
    with pytest.raises(DomainError):
        desk.service("zones").void([zone.ref], reason=SLIP)
