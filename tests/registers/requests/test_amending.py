"""What of a case may be changed once somebody has acted on it."""

from __future__ import annotations

from datetime import date

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.i18n import _
from privdesk.registers.desk import Desk
from privdesk.registers.requests import amending, rules, steps
from privdesk.registers.requests import service as cases
from tests.registers.requests.cases import act, identified, now, take, wait


def person(desk: Desk, name: str) -> str:
    ref: str = desk.service("subjects").create({"name": name}).ref
    return ref


def test_another_person_is_identified_anew(desk: Desk) -> None:
    first, second = person(desk, "홍길동"), person(desk, "한가람")
    row = identified(desk, subject=first)

    desk.service("requests").update(row.ref, {"subject": first, "note": "same person"})
    assert now(desk, row).state == "identified"

    desk.service("requests").update(row.ref, {"subject": second})
    changed = now(desk, row)
    assert changed.state == "received"
    assert changed.values["identified_at"] is None
    told = [one.action for one in desk.service("requests").history(row.ref)]
    assert _("Identity to be checked again") in told or "request.identity-lapsed" in told
    with pytest.raises(rules.NotIdentifiedError), desk.change() as change:
        steps.answer(change, row.id, "granted")


def test_an_agent_who_turns_up_later_is_identified_too(desk: Desk) -> None:
    row = identified(desk)
    desk.service("requests").update(row.ref, {"by_agent": True, "agent": "나대리"})
    assert now(desk, row).state == "received"


def test_an_inquiry_that_becomes_a_correction_waits_for_the_identity(desk: Desk) -> None:
    row = act(desk, take(desk, "inquiry"), "start")
    desk.service("requests").update(row.ref, {"kind": "correction"})
    assert now(desk, row).state == "received"


def test_person_and_kind_stay_once_something_is_frozen_for_them(desk: Desk) -> None:
    row = identified(desk, "correction", subject=person(desk, "홍길동"))
    values = {"subject": row.values["subject"], "reason": "disputed", "request": row.ref}
    desk.service("freezes").create(values)

    for change in ({"subject": person(desk, "한가람")}, {"kind": "access"}):
        with pytest.raises(amending.ActedOnError):
            desk.service("requests").update(row.ref, change)
    assert desk.service("requests").update(row.ref, {"note": "called again"}).state == "identified"


def test_an_extended_term_is_not_carried_to_another_kind_or_day(desk: Desk) -> None:
    row = act(desk, identified(desk), "extend", until=date(2026, 12, 20), reason="much")
    with pytest.raises(amending.TermToldError):
        desk.service("requests").update(row.ref, {"kind": "deletion"})
    assert now(desk, row).values["due_on"] == date(2026, 12, 20)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 11, 24), date(2030, 1, 1)])
def test_a_proposal_comes_between_receipt_and_today(desk: Desk, day: date) -> None:
    row = take(desk, "mediation")  # received on 23 November, which is today
    with pytest.raises(cases.ProposalDayError):
        desk.service("requests").update(row.ref, {"proposal_on": day})
    changed = desk.service("requests").update(row.ref, {"proposal_on": date(2026, 11, 23)})
    assert changed.values["due_on"] == date(2026, 12, 8)  # 23 November + 15 days


def test_nobody_who_has_left_is_given_a_case(desk: Desk) -> None:
    values = {
        "name": "Past Example",
        "duty": "handler",
        "category": "b",
        "joined": date(2020, 1, 2),
    }
    gone = desk.service("staff").create(values)
    desk.service("staff").act("leave", [gone.ref], {"on": date(2026, 11, 20)})

    with pytest.raises(steps.NoColleagueError):
        take(desk, handler=gone.ref)
    with pytest.raises(steps.NoColleagueError):
        desk.service("requests").update(take(desk).ref, {"handler": gone.ref})


def test_nothing_is_turned_down_for_want_of_a_mandate_that_nobody_needs(desk: Desk) -> None:
    row = identified(desk)
    with pytest.raises(rules.FormHeldError):
        act(desk, row, "refuse", code="mandate", reason="missing")
    assert now(desk, row).state == "identified"
    assert act(desk, row, "refuse", code="identity", reason="another person").state == "refused"


def test_an_inquiry_is_not_extended_after_its_clock_ran_out(desk: Desk) -> None:
    row = take(desk, "inquiry")  # Monday 11:00, due on Tuesday 11:00
    wait(desk, days=1, hours=2)
    with pytest.raises(rules.TermOverError):
        act(desk, row, "extend", until=date(2026, 12, 1), reason="much")


def test_a_destroyed_person_takes_nothing_new(desk: Desk) -> None:
    ref = person(desk, "홍길동")
    people = desk.service("subjects")
    with desk.change() as change:
        people.set_state(change, people.number(ref), "destroyed")
        change.note("record.changed", "subjects", people.number(ref))
    with pytest.raises(InvalidValueError, match="destroyed"):
        take(desk, subject=ref)
