from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.findings import Severity
from privdesk.core.i18n import words
from privdesk.registers.staff.rules import (
    Category,
    CategoryMissingError,
    Duty,
    LeftBeforeJoinedError,
    MayNotActError,
    StaffFacts,
    WrongCategoryError,
    check,
    judge,
    judge_all,
    may_act,
    require_acting,
    works_on,
)

TODAY = date(2026, 11, 23)
CLERK = StaffFacts("T-1", "Kim", since=date(2026, 1, 5), until=date(2026, 11, 23))
HANDLER = replace(CLERK, handles=True, category=Category.UNAVOIDABLE)


@pytest.mark.parametrize(
    "person",
    [
        replace(CLERK, handles=True),
        replace(CLERK, duty=Duty.HANDLER),
        replace(CLERK, duty=Duty.CPO),
        replace(CLERK, role="officer"),
    ],
)
def test_whoever_handles_personal_data_needs_a_category(person: StaffFacts) -> None:
    with pytest.raises(CategoryMissingError):
        check(person)
    check(replace(person, category=Category.PRIVACY))
    assert [found.rule for found in judge(person, TODAY)] == ["S8.2①"]


@pytest.mark.parametrize("person", [CLERK, replace(CLERK, role="manager"), HANDLER])
def test_nobody_else_needs_one(person: StaffFacts) -> None:
    check(person)
    assert judge(person, TODAY) == ()


@pytest.mark.parametrize("duty", [Duty.CPO, Duty.PRIVACY_STAFF])
def test_privacy_people_belong_to_category_b(duty: Duty) -> None:
    check(replace(CLERK, duty=duty, category=Category.PRIVACY))
    with pytest.raises(WrongCategoryError):
        check(replace(CLERK, duty=duty, category=Category.MARKETING))


def test_nobody_leaves_before_joining() -> None:
    check(replace(CLERK, until=CLERK.since))
    with pytest.raises(LeftBeforeJoinedError):
        check(replace(CLERK, until=date(2026, 1, 4)))


@pytest.mark.parametrize(
    ("day", "works"),
    [("2026-01-04", False), ("2026-01-05", True), ("2026-11-23", True), ("2026-11-24", False)],
)
def test_first_and_last_day_of_work_count(day: str, works: bool) -> None:
    assert works_on(CLERK, date.fromisoformat(day)) is works
    assert may_act(HANDLER, date.fromisoformat(day)) is works


def test_open_ends_are_open() -> None:
    assert works_on(replace(CLERK, since=None, until=None), date(1990, 1, 1))


def test_only_people_who_work_here_may_act() -> None:
    require_acting(HANDLER, TODAY)
    with pytest.raises(MayNotActError, match="2026-11-24"):
        require_acting(HANDLER, date(2026, 11, 24))
    with pytest.raises(CategoryMissingError):
        require_acting(replace(HANDLER, category=None), TODAY)


def test_access_after_the_last_day_is_found_on_the_next() -> None:
    officer = replace(HANDLER, role="officer")

    assert judge(officer, date(2026, 11, 23)) == ()
    (found,) = judge(officer, date(2026, 11, 24))
    assert (found.rule, found.due) == ("44", date(2026, 11, 23))
    assert judge(HANDLER, date(2026, 11, 24)) == ()


CPO = StaffFacts("T-2", "Lee", duty=Duty.CPO, category=Category.PRIVACY, role="officer")
SECOND = StaffFacts("T-3", "Park", category=Category.PRIVACY, role="officer")


def test_an_office_is_set_up_with_a_cpo_and_two_officers() -> None:
    assert judge_all([CPO, SECOND], TODAY) == ()
    assert [f.rule for f in judge_all([CPO], TODAY)] == ["D6"]
    assert [f.rule for f in judge_all([SECOND, replace(SECOND, ref="T-4")], TODAY)] == ["S5.1"]
    gone = replace(SECOND, until=date(2026, 11, 22))
    (found,) = judge_all([CPO, gone], TODAY)
    assert found.severity is Severity.SETUP


def test_two_people_never_share_an_account() -> None:
    people = [replace(CPO, officer="lee"), replace(SECOND, officer="lee")]
    (found,) = judge_all(people, TODAY)

    assert found.rule == "46"
    assert found.what_text(words("en")) == "2 people share the account “lee”."
    assert judge_all([replace(CPO, officer="lee"), replace(SECOND, officer="park")], TODAY) == ()
