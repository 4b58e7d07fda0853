"""The staff by how they stand: sworn and trained, one click each, and on paper by department."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.findings import Severity
from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.access_rights.findings import judge as judge_rights
from privdesk.registers.attendances.findings import judge as judge_training
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.findings import judge as judge_pledges
from privdesk.registers.staff.rules import LeftBeforeJoinedError
from privdesk.registers.trained import DUTY, SECURITY, Learner
from tests.registers.fillings import TODAY, paper_text, place

DAY = timedelta(days=1)


def member(desk: Desk, name: str, department: str = "콜센터", **values: object) -> Row:
    told = {"name": name, "department": department, "category": "a", "joined": "2020-03-02"}
    found: Row = desk.service("staff").create({**told, **values})
    return found


def train(desk: Desk, who: Row, on: date = TODAY) -> None:
    """Have somebody trained in both topics on a day."""
    courses = desk.service("courses")
    if not courses.called("Duties"):
        courses.create({"name": "Duties", "topics": "security,duty"})
    held = desk.service("sessions").create({"course": "Duties", "on": on})
    told = {"session": held.ref, "staff": who.ref, "result": "attended"}
    desk.service("attendances").create(told)


def begin_today(desk: Desk) -> None:
    """Let the office be one that keeps these registers from today on."""
    desk.vault.raw.execute("DELETE FROM settings WHERE name = 'begun'")


def sign(desk: Desk, who: Row, on: date = TODAY) -> None:
    desk.service("pledges").create({"staff": who.ref, "kind": "joining", "signed_on": on})


def renamed_in_vain(desk: Desk, who: Row) -> None:
    """Rename somebody in a change that comes to nothing."""
    staff = desk.service("staff")
    with desk.change():
        staff.update(who.ref, {"name": "헛온"})
        assert staff.titles([who.id]) == {who.id: "헛온"}
        staff.update(who.ref, {"left": "2019-01-01"})


def viewed(desk: Desk, label: str) -> list[str]:
    """Return the names that a ready view of the staff lists."""
    staff = desk.service("staff")
    (view,) = [one for one in staff.register.views if one.label == label]
    where = {name: list(wanted) for name, wanted in view.where}
    return [str(row.values["name"]) for row in staff.find(Query(where=where, sort="name"))]


@pytest.mark.parametrize(
    ("days", "word"),
    [(0, "current"), (334, "current"), (335, "ending"), (365, "ending"), (366, "over")],
)
def test_training_is_current_ending_or_over(days: int, word: str) -> None:
    on = TODAY - days * DAY  # a year later is 2027-11-23 less as many days

    assert Learner(1, "handler", days=dict.fromkeys((SECURITY, DUTY), on)).word(TODAY) == word


def test_a_newcomer_is_not_yet_over_and_who_needs_none_is_free() -> None:
    assert Learner(1, "handler", joined=TODAY).word(TODAY) == "ending"
    assert Learner(1, "handler", joined=date(2020, 1, 2)).word(TODAY) == "over"
    assert Learner(1, "handler").word(TODAY) == "over"
    assert Learner(1, "none").word(TODAY) == "free"


def test_who_is_not_trained_is_one_click(desk: Desk) -> None:
    fresh, old = member(desk, "가온"), member(desk, "나래")
    member(desk, "다솜")
    member(desk, "라온", left=TODAY - DAY)
    member(desk, "마루", duty="none")
    train(desk, fresh)
    train(desk, old, date(2025, 11, 30))

    assert viewed(desk, "Not trained") == ["다솜"]
    assert viewed(desk, "Training is due soon") == ["나래"]
    staff = desk.service("staff")
    both = {"pledge": "missing", "training": ["over", "ending"], "state": "active"}
    assert len(staff.find(Query(where=both))) == 2
    assert staff.find(Query(where={**both, "ref": [fresh.ref]})) == []
    words = [row.values["training"] for row in staff.find(Query(sort="training"))]
    assert words == sorted(words)


def test_a_changed_name_is_found_at_once(desk: Desk) -> None:
    staff, who = desk.service("staff"), member(desk, "가온")
    train(desk, who)
    attendances = desk.service("attendances")
    assert len(attendances.find(Query(text="가온"))) == 1

    staff.update(who.ref, {"name": "새온"})
    assert staff.titles([who.id]) == {who.id: "새온"}
    assert len(attendances.find(Query(text="새온"))) == 1
    assert attendances.find(Query(text="가온")) == []
    with pytest.raises(LeftBeforeJoinedError):
        renamed_in_vain(desk, who)
    assert staff.titles([who.id]) == {who.id: "새온"}


def test_gaps_print_by_department(desk: Desk) -> None:
    done = member(desk, "가온")
    sign(desk, done)
    train(desk, done)
    sign(desk, member(desk, "나래"))
    member(desk, "다솜", "영업팀")

    told = " ".join(paper_text(issuing.issue(desk, "staff-gaps", None, "en").data).split())

    assert "of 3 people who handle personal data: pledge not signed 1, not trained 2" in told
    assert told.index("영업팀") < told.index("다솜") < told.index("콜센터") < told.index("나래")
    assert "가온" not in told


def test_who_has_not_signed_is_told_once_with_or_without_access(desk: Desk) -> None:
    sign(desk, member(desk, "나래"))
    who, at = member(desk, "가온"), place(desk)
    told = {"staff": who.ref, "place": at.ref, "account": "gaon", "reason": "Calls"}
    desk.service("access-rights").create({**told, "granted_on": TODAY - DAY})

    def found() -> list[str]:
        both = (*judge_rights(desk), *judge_pledges(desk))
        return [one.what_text() for one in both if one.rule == "43"]

    assert len(found()) == 1
    sign(desk, who)
    assert found() == ["가온 got access to Web shop before signing a pledge."]


def test_a_finding_that_names_people_has_their_names(desk: Desk) -> None:
    sign(desk, member(desk, "나래", joined="2026-11-23"))
    for at in range(60):  # far more than are named, of another kind
        member(desk, f"손님{at}")
    newcomer = member(desk, "다솜", joined=TODAY + 2 * DAY)
    trained = member(desk, "라온", duty="handler")
    train(desk, trained, date(2025, 11, 30))

    told = [one for one in (*judge_pledges(desk), *judge_training(desk)) if one.count == 1]

    assert all(one.values["name"] for one in told if "name" in one.values), told
    assert [one.what_text() for one in told if one.ref == newcomer.ref][:1] == [
        "다솜 joins on 2026-11-25 and has not signed the pledge."
    ]
    fresh = next(one for one in told if "나래" in one.what_text() and one.rule == "42")
    assert "has not been trained yet; newcomers are trained by" in fresh.what_text()


def test_a_sheet_that_waits_moves_with_the_day_of_joining(desk: Desk) -> None:
    who = member(desk, "가온", joined="2026-12-01")
    pledge = desk.service("pledges").create({"staff": who.ref, "kind": "joining"})
    assert pledge.values["due_on"] == date(2026, 12, 1)

    desk.service("staff").update(who.ref, {"joined": "2026-11-28"})

    assert desk.service("pledges").get(pledge.ref).values["due_on"] == date(2026, 11, 28)


def test_a_newcomer_tells_step_by_step_what_is_left_before_the_first_access(desk: Desk) -> None:
    staff = desk.service("staff")
    told = {"name": "봄누리", "joined": TODAY, "duty": "undecided"}
    who, old = staff.create(told), member(desk, "오누리", duty="handler")
    apply = staff.register.action("apply")

    def left() -> tuple[str, ...]:
        row = staff.get(who.ref)
        assert apply.is_next(row) is (row.values["way_in"] in (("access",), ()))
        return tuple(row.values["way_in"])

    assert left() == ("duty", "pledge", "training", "access")
    staff.update(who.ref, {"duty": "handler", "category": "a"})
    assert left() == ("pledge", "training", "access")
    sign(desk, who)
    assert left() == ("training", "access")
    train(desk, who)
    assert left() == ("access",)
    right = {"staff": who.ref, "place": place(desk).ref, "account": "b1", "reason": "Calls"}
    desk.service("access-rights").create({**right, "granted_on": TODAY})
    assert left() == ()
    assert staff.get(old.ref).values["way_in"] == ()  # not new: Today tells of what is missing


def test_whom_the_office_takes_over_on_its_first_day_is_due_from_that_day(desk: Desk) -> None:
    begin_today(desk)
    old = member(desk, "가온", joined="2010-01-23")
    moved = desk.service("staff").create({"name": "나래", "joined": "2012-05-01", "duty": "none"})
    new = member(desk, "다솜", joined=TODAY)

    assert old.values["counted_from"] == TODAY
    assert new.values["counted_from"] is None
    sheets = [
        desk.service("pledges").create({"staff": who.ref, "kind": "joining"}) for who in (old, new)
    ]
    assert [row.values["due_on"] for row in sheets] == [TODAY + 30 * DAY, TODAY]
    told = {one.ref: (one.severity, one.due) for one in judge_pledges(desk)}
    assert told == {
        sheets[0].ref: (Severity.SETUP, TODAY + 30 * DAY),
        sheets[1].ref: (Severity.BREACH, TODAY),
    }
    train(desk, new)
    (late,) = [one for one in judge_training(desk) if one.ref == old.ref]
    assert (late.severity, late.due) == (Severity.WARNING, TODAY + 30 * DAY)
    gaps = " ".join(paper_text(issuing.draft(desk, "staff-gaps", None, "en").data).split())
    assert "pledge not signed 2, not trained 0" in gaps
    assert "not yet" in gaps
    desk.service("pledges").act("sign-paper", [sheets[0].ref], {"on": TODAY})
    assert desk.service("staff").get(old.ref).values["pledge"] == "signed"
    # a duty that somebody gets later counts from that day
    again = desk.service("staff").update(moved.ref, {"duty": "handler", "category": "a"})
    assert again.values["counted_from"] == TODAY


def test_a_pledge_of_before_the_office_began_is_judged_by_the_day_of_joining(desk: Desk) -> None:
    begin_today(desk)
    who = member(desk, "가온", joined="2010-01-23")

    late = desk.service("pledges").create({"staff": who.ref, "signed_on": "2015-03-02"})

    assert late.values["in_time"] is False
    assert desk.service("staff").get(who.ref).values["pledge"] == "late"
