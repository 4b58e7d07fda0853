"""A last day and a leaver's pledge are not walked round; what was typed in is told apart."""

from __future__ import annotations

from datetime import date

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.findings import Severity
from privdesk.core.register import Query
from privdesk.flows import leaving
from privdesk.registers import striking
from privdesk.registers.access_rights import rules as of_rights
from privdesk.registers.departures import rules as of_leaving
from privdesk.registers.departures.findings import judge as judge_leaving
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import typed
from privdesk.registers.pledges.findings import judge as judge_pledges
from privdesk.registers.staff import rules as of_staff
from tests.desks import BORA
from tests.flows.test_leaving import DAY, TODAY, leaving_of, member, right
from tests.flows.test_leaving import desk as desk  # noqa: PLC0414


def days_later(desk: Desk, count: int) -> date:
    desk.clock = FixedClock(desk.clock.now() + count * DAY)
    return desk.today()


def test_a_last_day_that_was_past_moves_by_a_step_and_its_breach_stays(desk: Desk) -> None:
    who, staff = member(desk, "금나래"), desk.service("staff")
    right(desk, who, "Web shop")
    with pytest.raises(of_leaving.LastDayFarError):
        staff.act("leave", [who.ref], {"on": TODAY + 400 * DAY})
    staff.act("leave", [who.ref], {"on": TODAY})
    ref, departures = leaving_of(desk).ref, desk.service("departures")
    today = days_later(desk, 2)
    for day in (None, today + 30 * DAY):
        with pytest.raises(of_staff.LastDayError):
            staff.update(who.ref, {"left": day})
    with pytest.raises(InvalidValueError):
        departures.update(ref, {"last_day": today + 30 * DAY})
    with pytest.raises(InvalidValueError):
        departures.act("correct-day", [ref], {"on": today, "reason": "."})

    told = {"on": today + 30 * DAY, "reason": "Stays a month longer"}
    departures.act("correct-day", [ref], told)

    assert staff.get(who.ref).values["left"] == today + 30 * DAY
    (kept,) = judge_leaving(desk)
    assert (kept.severity, kept.due) == (Severity.BREACH, TODAY)


def test_a_leaving_that_is_none_is_struck_out_with_its_reason(desk: Desk) -> None:
    who, staff = member(desk, "금나래"), desk.service("staff")
    staff.act("leave", [who.ref], {"on": TODAY})
    ref = leaving_of(desk).ref
    desk.service("departures").act("withdraw", [ref], {"reason": "Wrong person chosen"})
    assert staff.get(who.ref).values["left"] is None
    assert desk.service("departures").get(ref).state == "void"
    assert striking.count(desk, ("departures",)) == 1


def test_who_has_rights_does_not_join_later(desk: Desk) -> None:
    who = member(desk, "금나래")
    right(desk, who, "Web shop")
    with pytest.raises(of_staff.JoinsLaterError):
        desk.service("staff").update(who.ref, {"joined": date(2030, 1, 1)})


def test_the_day_of_a_leavers_pledge_is_that_of_the_pledge(desk: Desk) -> None:
    who = member(desk, "금나래")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY - 2 * DAY})
    service = desk.service("departures")
    ref = service.find(Query())[0].ref
    desk.service("pledges").create({"staff": who.ref, "kind": "leaving", "signed_on": TODAY})
    with pytest.raises(of_leaving.PledgeDayError):
        service.act("pledge", [ref], {"on": TODAY - 2 * DAY})
    service.act("pledge", [ref], {})
    assert service.get(ref).values["pledge_on"] == TODAY


def test_a_leavers_right_ends_because_they_left(desk: Desk) -> None:
    who, other = member(desk, "금나래"), member(desk, "오누리")
    theirs, kept = right(desk, who, "Web shop"), right(desk, other, "Calls")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY})
    rights = desk.service("access-rights")
    rights.act("revoke", [theirs], {})
    rights.act("revoke", [kept], {})
    assert rights.get(theirs).values["ended_for"] == "left"
    assert rights.get(kept).values["ended_for"] == "needless"


def test_the_last_officer_but_one_is_missed(desk: Desk) -> None:
    who = member(desk, "최보라", login=BORA)
    desk.service("staff").act("leave", [who.ref], {"on": TODAY})
    told = leaving.take_access(desk, [leaving_of(desk).ref]).message
    assert "only one officer is left" in told


def test_a_right_typed_in_needs_what_the_act_needs_once_the_vault_is_in_use(desk: Desk) -> None:
    rights, who = desk.service("access-rights"), member(desk, "한가람")
    desk.service("places").create({"name": "Web shop", "kind": "system"})
    told = {"staff": who.ref, "place": "Web shop", "account": "saebom.do", "reason": "Calls"}
    today = days_later(desk, 3)
    with pytest.raises(of_rights.NotSwornError):
        rights.create({**told, "granted_on": today})
    with pytest.raises(of_rights.MixedLettersError):
        rights.create({**told, "account": "s\u0430ebom.do", "granted_on": TODAY - DAY})

    old = rights.create({**told, "granted_on": TODAY - DAY})

    assert old.values["taken_over"] is True
    other = {"staff": member(desk, "오누리").ref, "account": "ＳＡＥＢＯＭ.do"}
    with pytest.raises(of_rights.AccountTakenError):
        rights.create({**told, **other, "granted_on": TODAY - DAY})
    for name in ("requested_at", "approved_at"):
        with pytest.raises(of_rights.LedgerStandsError):
            rights.update(old.ref, {name: "1990-01-01 00:00"})
    rights.act("revoke", [old.ref], {})
    with pytest.raises(of_rights.LedgerStandsError):
        rights.update(old.ref, {"account": "another"})


def test_a_pledge_typed_in_once_the_vault_is_in_use_stays_to_be_proved(desk: Desk) -> None:
    pledges, who = desk.service("pledges"), member(desk, "탁예슬", joined=TODAY - DAY)
    told = {"staff": who.ref, "kind": "joining", "signed_on": TODAY - DAY}
    days_later(desk, 1)
    for note in ("", "."):
        with pytest.raises(typed.NoProofError):
            pledges.create({**told, "note": note})
    for kind in ("leaving", "yearly"):
        wrong = {**told, "kind": kind, "signed_on": TODAY - 2 * DAY, "note": "Sheet was lost"}
        with pytest.raises(typed.SignerDaysError):
            pledges.create(wrong)

    pledges.create({**told, "note": "Sheet was lost in the move"})

    assert [one.count for one in judge_pledges(desk) if "no sheet" in one.what_text()] == [1]
