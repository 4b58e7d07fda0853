"""When training is over, lapses or was missed: each rule on both sides of its border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from privdesk.core.findings import Severity
from privdesk.registers.attendances import rules
from privdesk.registers.sessions import rules as of_sessions
from privdesk.registers.trained import AHEAD, DUTY, SECURITY, Learner, must_train

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
A_YEAR_AGO = date(2025, 11, 23)
FACTS = rules.Facts(1, 2, TODAY, "held", '["duty"]', test=False, pass_mark=None, name="Course")


def learner(security: date | None, law: date | None, **more: object) -> Learner:
    days = {t: d for t, d in ((SECURITY, security), (DUTY, law)) if d is not None}
    told = {"staff": 7, "duty": "handler", "department": "Sales", **more}
    return Learner(days=days, **told)  # type: ignore[arg-type]


def found(*people: Learner, any_: bool = True) -> list[tuple[str, Severity]]:
    stand = rules.Stand(people, TODAY, any_, {7: "Kim"})
    return [(one.rule, one.severity) for one in rules.judge(stand)]


OVER, ENDS = [("42", Severity.BREACH)], [("42", Severity.WARNING)]


def test_training_is_current_for_twelve_months_to_the_day() -> None:
    assert found(learner(A_YEAR_AGO, A_YEAR_AGO)) == ENDS
    assert found(learner(A_YEAR_AGO - DAY, A_YEAR_AGO - DAY)) == OVER
    assert learner(A_YEAR_AGO, A_YEAR_AGO).current(TODAY)
    assert not learner(A_YEAR_AGO - DAY, TODAY).current(TODAY)


def test_the_older_of_the_two_topics_decides() -> None:
    assert found(learner(TODAY, TODAY)) == []
    assert found(learner(TODAY, A_YEAR_AGO - DAY)) == OVER
    assert found(learner(A_YEAR_AGO - DAY, TODAY)) == OVER


def test_one_topic_alone_is_not_enough() -> None:
    joined = TODAY - timedelta(days=31)

    assert found(learner(TODAY, None, joined=joined)) == OVER
    assert not learner(TODAY, None, joined=TODAY).current(TODAY)
    assert rules.lacks(learner(TODAY, None)) == (DUTY,)


def test_a_newcomer_has_thirty_days() -> None:
    assert found(learner(None, None, joined=TODAY - timedelta(days=30))) == ENDS
    assert found(learner(None, None, joined=TODAY - timedelta(days=31))) == OVER
    assert found(learner(None, None, joined=None)) == OVER


def test_it_is_said_thirty_days_before_training_ends() -> None:
    ends = A_YEAR_AGO + AHEAD  # a year later is thirty days from now

    assert found(learner(ends, ends)) == ENDS
    assert found(learner(ends + DAY, ends + DAY)) == []


@pytest.mark.parametrize(
    ("duty", "needed"),
    [("handler", True), ("cpo", True), ("manager", True), ("none", False), ("", False)],
)
def test_whoever_has_a_duty_in_privacy_is_trained(duty: str, needed: bool) -> None:
    assert must_train(duty) is needed
    assert found(learner(None, None, duty=duty)) == (OVER if needed else [])


def test_who_has_not_joined_or_has_left_is_nobodys_concern() -> None:
    assert found(learner(None, None, left=TODAY)) == OVER
    assert found(learner(None, None, left=TODAY - DAY)) == []
    assert found(learner(None, None, joined=TODAY + DAY)) == []


def test_an_office_without_any_training_on_record_is_to_set_up() -> None:
    assert found(learner(None, None), any_=False) == [("42", Severity.SETUP)]


def many(count: int) -> Sequence[Learner]:
    return [replace(learner(None, None), staff=n) for n in range(count)]


def test_many_people_are_one_finding_that_counts_them() -> None:
    each = rules.judge(rules.Stand(many(rules.EACH), TODAY))
    (one,) = rules.judge(rules.Stand(many(rules.EACH + 1), TODAY))

    assert len(each) == rules.EACH
    assert (one.count, one.values["step"]) == (rules.EACH + 1, "status")


def test_departments_and_who_lapses_first() -> None:
    soon = learner(A_YEAR_AGO + DAY, TODAY, staff=1)
    late = learner(A_YEAR_AGO + 20 * DAY, TODAY, staff=2, department="Call centre")
    never = learner(None, None, staff=3)
    stand = rules.Stand([late, soon, never, learner(TODAY, TODAY, staff=4)], TODAY)

    assert [one.staff for one in rules.by_lapse(stand, timedelta(days=90))] == [3, 1, 2]
    assert rules.by_department(stand) == [("Call centre", 1, 1), ("Sales", 3, 2)]
    told = rules.tally(stand)
    assert (told.needed, told.current, told.over, told.lapsing) == (4, 3, 1, 2)


def test_a_course_with_a_test_is_completed_by_its_points() -> None:
    tested = replace(FACTS, test=True)

    assert rules.state_of(None, None, FACTS) == "invited"
    assert rules.state_of("attended", None, FACTS) == "done"
    assert rules.state_of("attended", None, tested) == "test"
    assert rules.state_of("attended", 59, tested) == "failed"
    assert rules.state_of("attended", 60, tested) == "done"
    assert rules.state_of("attended", 79, replace(tested, pass_mark=80)) == "failed"
    assert rules.state_of("absent", None, tested) == "absent"


def test_attendance_is_recorded_on_the_day_and_until_the_session_is_closed() -> None:
    rules.require_markable(FACTS, "US-1", TODAY)
    with pytest.raises(rules.NotHeldYetError):
        rules.require_markable(replace(FACTS, on=TODAY + DAY), "US-1", TODAY)
    with pytest.raises(rules.SessionClosedError):
        rules.require_markable(replace(FACTS, state="closed"), "US-1", TODAY)


def plan(*held: date, **more: object) -> list[tuple[str, Severity]]:
    told: dict[str, object] = {"sessions_of_year": 1, "courses": 1, **more}
    sessions = [of_sessions.Held(n, day, "Course") for n, day in enumerate(held)]
    made = of_sessions.Plan(TODAY, sessions, **told)  # type: ignore[arg-type]
    return [(one.rule, one.severity) for one in of_sessions.judge(made)]


def test_a_session_is_closed_within_a_week() -> None:
    assert plan(TODAY) == []
    assert plan(TODAY - DAY) == [("S8.2②", Severity.WARNING)]
    assert plan(TODAY - of_sessions.ENTER) == [("S8.2②", Severity.WARNING)]
    assert plan(TODAY - of_sessions.ENTER - DAY) == [("S8.2②", Severity.BREACH)]


def test_the_year_is_planned_by_the_end_of_january() -> None:
    def said(today: date) -> int:
        return len(of_sessions.judge(of_sessions.Plan(today, [], 0, 1)))

    assert said(date(2026, 1, 31)) == 0
    assert said(date(2026, 2, 1)) == 1
    assert plan(sessions_of_year=0, courses=0) == []
    assert len(plan(missing=[(5, "Course", 3)])) == 1
