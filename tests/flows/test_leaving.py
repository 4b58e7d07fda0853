"""Leaving as one procedure, and handing work over with its open cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.findings import Severity
from privdesk.core.register import Query, Row
from privdesk.documents.preview import page_texts
from privdesk.flows import issuing, leaving
from privdesk.registers.checking import NotForThisError
from privdesk.registers.departures import REGISTER as DEPARTURES
from privdesk.registers.departures import rules as of_leaving
from privdesk.registers.departures.findings import judge as judge_leaving
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.handovers import rules as of_handover
from privdesk.registers.handovers.findings import judge as judge_handovers
from privdesk.registers.staff import rules as of_staff
from privdesk.window.planning import plan_of
from tests.copies import open_copy
from tests.desks import ALICE, BORA

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The open desk of an office with two officers."""
    made = open_copy(tmp_path)
    yield made
    made.vault.close()


def member(desk: Desk, name: str, **values: object) -> Row:
    """Enter somebody in contact with users."""
    found: Row = desk.service("staff").create({"name": name, "category": "a", **values})
    return found


def right(desk: Desk, who: Row, place: str) -> str:
    """Enter a right in force in a new system."""
    desk.service("places").create({"name": place, "kind": "system", "medium": "electronic"})
    told = {"staff": who.ref, "place": place, "account": who.ref, "reason": "Answers calls"}
    return str(desk.service("access-rights").create({**told, "granted_on": TODAY}).ref)


def leaving_of(desk: Desk) -> Row:
    found: list[Row] = desk.service("departures").find(Query(where={"state": "open"}))
    (row,) = found
    return row


def number_of(desk: Desk, name: str) -> int:
    """Return the number of a person of the vault."""
    person = desk.vault.header.person(name)
    assert person is not None
    return person.id


def to_do(desk: Desk) -> tuple[str, ...]:
    return tuple(leaving_of(desk).values["left_to_do"])


def test_a_leaver_goes_from_the_plan_to_the_last_step(desk: Desk) -> None:
    who, taker = member(desk, "최보라", login=BORA), member(desk, "오누리")
    witness = member(desk, "문새빛")
    web, calls = right(desk, who, "Web shop"), right(desk, who, "Call centre")

    plan = plan_of(desk, "leave", [who.ref], None)
    assert [ref for ref, _name in plan.choices] == [web, calls]
    desk.service("staff").act("leave", [who.ref], {"rights": (web,)})

    rights = desk.service("access-rights")
    assert (rights.get(web).state, rights.get(web).values["ended_for"]) == ("revoked", "left")
    assert rights.get(calls).state == "granted"
    assert to_do(desk) == ("rights", "devices", "pledge", "handover", "vault")
    assert leaving_of(desk).values["title"] == "최보라"
    departures, ref = desk.service("departures"), leaving_of(desk).ref
    with pytest.raises(of_leaving.StepsLeftError):
        departures.act("close", [ref], {})

    rights.act("revoke", [calls], {"why": "left"})
    departures.act("devices", [ref], {"what": "Laptop, badge"})
    departures.act("pledge", [ref], {})
    given = {"giver": who.ref, "taker": taker.ref, "witness": witness.ref, "duties": "Calls"}
    made = desk.service("handovers").create(given)
    desk.service("handovers").act("complete", [made.ref], {})
    assert to_do(desk) == ("vault",)
    departures.act("vault", [ref], {})
    assert desk.vault.header.person(BORA) is None
    departures.act("close", [ref], {})
    assert departures.get(ref).state == "done"


def test_several_people_leave_in_one_plan(desk: Desk) -> None:
    first, second = member(desk, "최보라", login=BORA), member(desk, "오누리")
    web, calls = right(desk, first, "Web shop"), right(desk, second, "Call centre")
    staff, rights = desk.service("staff"), desk.service("access-rights")

    plan = plan_of(desk, "leave", [first.ref, second.ref], [calls])
    assert [name.partition(" · ")[0] for _ref, name in plan.choices] == ["최보라", "오누리"]
    marks = [line.mark for line in plan.parts[0].lines]
    assert marks == ["to be done", "ended"]
    steps = {line.text: line.detail for line in plan.parts[1].lines}
    assert ("Access to this vault" in steps["최보라"], "Access" in steps["오누리"]) == (True, False)
    done = staff.act("leave", [first.ref, second.ref], {"rights": (calls,)})

    assert done.paper is None
    assert (rights.get(web).state, rights.get(calls).state) == ("granted", "revoked")
    begun = desk.service("departures").find(Query(where={"state": "open"}))
    assert {row.titles["staff"] for row in begun} == {"최보라", "오누리"}
    assert {staff.get(ref).values["left"] for ref in (first.ref, second.ref)} == {TODAY}


def test_nothing_is_said_to_have_ended_before_the_last_day(desk: Desk) -> None:
    who = member(desk, "최보라", login=BORA)
    web = right(desk, who, "Web shop")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY + 3 * DAY, "rights": (web,)})

    assert desk.service("access-rights").get(web).state == "granted"
    with pytest.raises(of_leaving.NotYetGoneError):
        leaving.take_access(desk, [leaving_of(desk).ref])
    with pytest.raises(of_staff.LastDayError):
        desk.service("staff").act("leave", [who.ref], {"on": TODAY + 9 * DAY})
    moved = {"on": TODAY + 9 * DAY, "reason": "Asked to stay on"}
    desk.service("departures").act("correct-day", [leaving_of(desk).ref], moved)
    assert leaving_of(desk).values["last_day"] == TODAY + 9 * DAY  # the same leaving, later


def test_rights_of_others_are_never_ended_by_somebodys_leaving(desk: Desk) -> None:
    who, other = member(desk, "한가람"), member(desk, "오누리")
    theirs = right(desk, other, "Web shop")
    desk.service("staff").act("leave", [who.ref], {"rights": (theirs,)})
    assert desk.service("access-rights").get(theirs).state == "granted"


def test_a_step_that_does_not_apply_says_why_but_rights_always_end(desk: Desk) -> None:
    who = member(desk, "한가람")
    desk.service("staff").act("leave", [who.ref], {})
    ref, service = leaving_of(desk).ref, desk.service("departures")
    for step in ("devices", "pledge", "handover"):
        service.act("waive", [ref], {"step": step, "reason": f"no {step}"})
    assert leaving_of(desk).values["why"] == "no devices\nno pledge\nno handover"
    with pytest.raises(of_leaving.NotWaivedError):
        service.waive([ref], step="rights", reason="no")
    service.act("close", [ref], {})


def test_steps_left_are_told_a_week_before_and_late_the_day_after(desk: Desk) -> None:
    facts = of_leaving.LeavingFacts("ML-1", "x", TODAY, rights=1)
    assert of_leaving.judge(facts, TODAY - 8 * DAY) == ()
    (before,) = of_leaving.judge(facts, TODAY - 7 * DAY)
    (on_day,) = of_leaving.judge(facts, TODAY)
    (after,) = of_leaving.judge(facts, TODAY + DAY)
    told = [one.severity for one in (before, on_day, after)]
    assert told == [Severity.WARNING, Severity.WARNING, Severity.BREACH]

    desk.service("staff").act("leave", [member(desk, "한가람").ref], {})
    assert [one.due for one in judge_leaving(desk)] == [TODAY]


def test_open_cases_and_tasks_go_to_who_takes_over(desk: Desk) -> None:
    giver, taker = member(desk, "김하나", login=ALICE), member(desk, "최보라", login=BORA)
    witness = member(desk, "문새빛")
    case = desk.service("requests").create(
        {"kind": "inquiry", "channel": "email", "caller": "누군가", "handler": giver.ref}
    )
    findings = FindingsService(desk)
    task = next(t for tasks in findings.today().buckets.values() for t in tasks)
    findings.give(task.key, number_of(desk, ALICE))
    given = {"giver": giver.ref, "taker": taker.ref, "witness": witness.ref, "duties": "Calls"}
    made = desk.service("handovers").create(given)
    desk.service("handovers").act("complete", [made.ref], {})

    row = desk.service("handovers").get(made.ref)
    assert desk.service("requests").get(case.ref).values["handler"] == taker.ref
    assert (row.values["cases"], row.values["case_list"].split("\t")[0]) == (1, case.ref)
    passed = [t for tasks in findings.today().buckets.values() for t in tasks if t.given]
    assert {t.given.person for t in passed if t.given} == {number_of(desk, BORA)}
    with pytest.raises(of_handover.HandedOverError):
        desk.service("handovers").update(made.ref, {"duties": "Other"})


def test_three_people_hand_over_and_on_a_possible_day(desk: Desk) -> None:
    giver, taker = member(desk, "한가람"), member(desk, "오누리")
    gone = member(desk, "진아름", left=TODAY - DAY)
    service = desk.service("handovers")
    given = {"giver": giver.ref, "taker": taker.ref, "duties": "Calls"}
    with pytest.raises(of_handover.SameHandsError):
        service.create({**given, "witness": taker.ref})
    made = service.create(given)
    with pytest.raises(of_handover.WitnessMissingError):
        service.act("complete", [made.ref], {})
    with pytest.raises(of_handover.TakerGoneError):
        service.update(made.ref, {"witness": gone.ref})
    with pytest.raises(of_handover.TakerGoneError):
        service.create({**given, "taker": gone.ref})
    with pytest.raises(of_handover.BasisToComeError):
        service.create({**given, "basis_on": TODAY + DAY})
    service.update(made.ref, {"witness": member(desk, "문새빛").ref})
    with pytest.raises(of_handover.DayOfHandoverError):
        service.act("complete", [made.ref], {"on": TODAY + DAY})


def test_a_handover_is_late_on_the_fourth_day(desk: Desk) -> None:
    giver, taker = member(desk, "한가람"), member(desk, "오누리")
    desk.service("handovers").create({"giver": giver.ref, "taker": taker.ref, "duties": "Calls"})
    start = desk.clock.now()
    desk.clock = FixedClock(start + 3 * DAY)
    assert [one.severity for one in judge_handovers(desk)] == [Severity.WARNING]
    desk.clock = FixedClock(start + 4 * DAY)
    assert [one.severity for one in judge_handovers(desk)] == [Severity.BREACH]


def test_the_last_day_of_a_handover_moves_off_weekends_and_holidays() -> None:
    calendar = OfficeCalendar()
    assert of_handover.due(date(2026, 11, 24), calendar) == date(2026, 11, 27)
    assert of_handover.due(date(2026, 11, 25), calendar) == date(2026, 11, 30)
    assert of_handover.due(date(2026, 12, 22), calendar) == date(2026, 12, 28)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_papers_of_leaving_rights_and_handover_are_issued(desk: Desk, language: str) -> None:
    giver, taker = member(desk, "한가람"), member(desk, "오누리")
    right(desk, giver, "Web shop")
    desk.service("staff").act("leave", [giver.ref], {})
    desk.service("handovers").create({"giver": giver.ref, "taker": taker.ref, "duties": "Calls"})
    for code in ("d17", "d18", "rights-review", "handlers", "staff-gaps", "leaving"):
        assert issuing.issue(desk, code, None, language).data.startswith(b"%PDF"), code


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_check_sheet_proves_its_steps_and_agrees_with_the_pledge(
    desk: Desk, language: str
) -> None:
    def told(code: str, ref: str) -> str:
        texts = page_texts(issuing.draft(desk, code, ref, language).data)
        return "".join(" ".join(texts).split())

    who, taker, witness = (member(desk, name) for name in ("한가람", "오누리", "문새빛"))
    one = right(desk, who, "Web shop")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY - 3 * DAY})
    (begun,), pledges = desk.service("departures").find(Query()), desk.service("pledges")
    leaving_ref = begun.ref
    sheet = pledges.create({"staff": who.ref, "kind": "leaving"}).ref
    desk.service("departures").act("devices", [leaving_ref], {"what": "노트북 1대"})
    assert "노트북1대" in told("d12", sheet)  # what the leaving records stands on the sheet
    late = "3dayslate" if language == "en" else "3일지연"
    assert late not in told("leaving", leaving_ref)

    desk.service("access-rights").act("revoke", [one], {"why": "left"})
    pledges.act("sign-paper", [sheet], {"on": TODAY})
    work = {"giver": who.ref, "taker": taker.ref, "witness": witness.ref, "duties": "Calls"}
    handover = desk.service("handovers").create({**work, "basis_on": TODAY - 3 * DAY}).ref
    desk.service("handovers").act("complete", [handover], {"on": TODAY - DAY})
    checked = told("leaving", leaving_ref)
    assert [word in checked for word in (late, sheet, handover, "2026-11-22")] == [True] * 4
    day = "22November2026" if language == "en" else "2026년11월22일"
    assert told("d17", handover).count(day) == 1  # and no day beside an empty signature

    pledges.update(sheet, {"returned": "출입증 1매"})
    both = told("leaving", leaving_ref)
    assert "노트북1대" in both
    assert "출입증1매" in both


def test_the_check_sheet_of_a_leaving_that_is_only_entered_prints(desk: Desk) -> None:
    who = member(desk, "한가람")
    ref = desk.service("departures").create({"staff": who.ref, "last_day": TODAY + DAY}).ref
    (words,) = page_texts(issuing.draft(desk, "leaving", ref, "en").data)
    assert "under way" in words
    assert words.count("(signature or seal)") == 4


def permit(desk: Desk, who: Row, zone: str) -> str:
    """Put somebody on the list of a new protected zone."""
    desk.service("zones").create({"name": zone, "since": TODAY - 90 * DAY})
    told = {"zone": zone, "staff": who.ref, "reason": "Runs it", "approver": "황보라"}
    return str(desk.service("zone-permits").create({**told, "since": TODAY - 60 * DAY}).ref)


def test_leaving_takes_somebody_off_the_lists_of_zones(desk: Desk) -> None:
    who, other = member(desk, "한가람"), member(desk, "오누리")
    own, theirs = permit(desk, who, "Server room"), permit(desk, other, "Archive")

    plan = plan_of(desk, "leave", [who.ref], None)
    assert "Off the lists of protected zones: Server room" in [
        line.text for part in plan.parts for line in part.lines
    ]
    desk.service("staff").act("leave", [who.ref], {"on": TODAY - DAY})

    permits = desk.service("zone-permits")
    row = permits.get(own)
    assert (row.state, row.values["ended_for"]) == ("ended", "left")
    assert row.values["until"] == TODAY - DAY
    assert permits.get(theirs).state == "granted"


def test_a_last_day_to_come_lets_the_permit_run_out_on_it(desk: Desk) -> None:
    who = member(desk, "한가람")
    ref = permit(desk, who, "Server room")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY + 3 * DAY})

    row = desk.service("zone-permits").get(ref)
    assert (row.state, row.values["until"]) == ("granted", TODAY + 3 * DAY)


def test_a_leaving_says_by_its_state_that_it_is_late_and_leads_to_its_steps(desk: Desk) -> None:
    who = member(desk, "최보라")
    web, calls = right(desk, who, "Web shop"), right(desk, who, "Call centre")
    staff, departures = desk.service("staff"), desk.service("departures")
    staff.act("leave", [who.ref], {"on": TODAY})
    (row,) = departures.find(Query(where={"state": "open"}))
    assert _next(row) == "rights"
    desk.clock = FixedClock(desk.clock.now() + DAY)

    assert departures.find(Query(where={"state": "open"})) == []
    (late,) = departures.find(Query(where={"state": "late"}))
    assert (late.ref, late.state) == (row.ref, "late")
    departures.act("rights", [late.ref], {})
    rights = desk.service("access-rights")
    for ref in (web, calls):
        assert (rights.get(ref).state, rights.get(ref).values["ended_for"]) == ("revoked", "left")
    assert _next(departures.get(late.ref)) == "devices"
    with pytest.raises(NotForThisError):
        departures.act("rights", [late.ref], {})
    departures.act("devices", [late.ref], {"what": "Badge"})
    assert _next(departures.get(late.ref)) == ""
    for step in ("pledge", "handover"):
        departures.act("waive", [late.ref], {"step": step, "reason": "Never began"})
    assert _next(departures.get(late.ref)) == "close"


def _next(row: Row) -> str:
    """Return the step that the screen puts in front."""
    fitting = [a for a in DEPARTURES.actions if a.fits(row)]
    return next((a.name for a in fitting if a.is_next(row)), "")


def test_steps_of_leaving_have_possible_days_and_reasons_in_words(desk: Desk) -> None:
    who = member(desk, "최보라")
    desk.service("staff").act("leave", [who.ref], {"on": TODAY})
    departures, ref = desk.service("departures"), leaving_of(desk).ref

    for on in (TODAY + DAY, date(1900, 1, 1)):
        for action, told in (("devices", {"what": "Badge"}), ("pledge", {})):
            with pytest.raises(of_leaving.LeavingDayError):
                departures.act(action, [ref], {**told, "on": on})
    with pytest.raises(InvalidValueError):
        departures.act("waive", [ref], {"step": "handover", "reason": "."})
    departures.act("waive", [ref], {"step": "handover", "reason": "Never began"})
    departures.act("devices", [ref], {"what": "Badge", "on": TODAY - DAY})
    departures.act("pledge", [ref], {"on": TODAY})
    for on, why in ((TODAY + DAY, of_leaving.LeavingDayError),
                    (TODAY - DAY, of_leaving.NotOverError)):  # fmt: skip
        with pytest.raises(why):
            departures.act("close", [ref], {"on": on})
    departures.act("close", [ref], {})
    assert departures.get(ref).state == "done"
