"""Staff: categories, accounts, the chief privacy officer of a day, leaving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.staff.findings import judge
from privdesk.registers.staff.rules import (
    CategoryMissingError,
    LeftBeforeJoinedError,
    WrongCategoryError,
)
from privdesk.registers.staff.service import LoginTakenError, ReasonMissingError, SecondCpoError
from tests.desks import ALICE, BORA

CPO = {"name": "정다온", "duty": "cpo", "joined": "2020-03-02", "phone": "02 123 4567"}


def test_names_and_contacts_are_sealed(desk: Desk) -> None:
    row = desk.service("staff").create(CPO | {"department": "Privacy Office"})

    assert row.values["phone"] == "02-123-4567"
    stored = desk.vault.raw.execute("SELECT * FROM staff WHERE id = ?", (row.id,)).fetchone()
    assert not {"정다온", "02-123-4567"} & {str(value) for value in stored}
    assert [r.ref for r in desk.service("staff").find(Query(text="다온"))] == [row.ref]


def test_who_handles_data_has_a_category(desk: Desk) -> None:
    staff = desk.service("staff")

    with pytest.raises(CategoryMissingError, match="한가람"):
        staff.create({"name": "한가람", "duty": "handler"})
    with pytest.raises(ReasonMissingError):
        staff.create({"name": "한가람", "category": "c"})
    row = staff.create({"name": "한가람", "category": "c", "reason": "Delivers the parcels"})
    manager = staff.create({"name": "오누리", "duty": "manager"})

    assert row.values["category"] == "c"
    assert manager.values["category"] == ""
    with pytest.raises(CategoryMissingError):
        staff.update(row.ref, {"category": ""})


def test_privacy_officers_are_in_category_b(desk: Desk) -> None:
    staff = desk.service("staff")

    assert staff.create(CPO).values["category"] == "b"
    with pytest.raises(WrongCategoryError):
        staff.create({"name": "한가람", "duty": "privacy_staff", "category": "a"})


def test_the_chief_privacy_officer_of_a_day(desk: Desk) -> None:
    staff = desk.service("staff")
    old = staff.create(CPO | {"relieved": "2026-06-30"})
    new = staff.create({"name": "한가람", "duty": "cpo", "appointed": "2026-07-01"})

    assert staff.cpo(date(2020, 3, 1)) is None
    assert staff.cpo(date(2026, 6, 30)).ref == old.ref
    assert staff.cpo(date(2026, 7, 1)).ref == new.ref
    with pytest.raises(SecondCpoError, match=new.ref):
        staff.create({"name": "오누리", "duty": "cpo", "appointed": "2026-11-01"})
    assert staff.update(new.ref, {"department": "Law"}).values["department"] == "Law"


def test_leaving_ends_with_the_last_day(desk: Desk) -> None:
    staff, clock = desk.service("staff"), desk.clock
    row = staff.create(CPO)

    staff.act("leave", [row.ref], {})
    assert staff.get(row.ref).values["left"] == date(2026, 11, 23)
    assert staff.get(row.ref).state == "active"

    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(days=1))
    assert staff.get(row.ref).state == "left"
    assert staff.cpo(desk.today()) is None
    assert staff.on(desk.today()) == []


def test_nobody_leaves_before_joining(desk: Desk) -> None:
    with pytest.raises(LeftBeforeJoinedError):
        desk.service("staff").create(CPO | {"left": "2020-03-01"})


def test_an_account_belongs_to_one_person(desk: Desk) -> None:
    staff = desk.service("staff")
    row = staff.create(CPO | {"login": ALICE})

    assert staff.of_login("alice example").ref == row.ref
    with pytest.raises(LoginTakenError, match=row.ref):
        staff.create({"name": "한가람", "category": "a", "login": ALICE.upper()})
    assert staff.update(row.ref, {"login": ALICE, "fax": "02-123-4568"}).ref == row.ref


def test_an_office_without_chief_privacy_officer_is_told(desk: Desk) -> None:
    assert [one.rule for one in judge(desk)] == ["S5.1"]

    desk.service("staff").create(CPO)

    assert judge(desk) == []


def test_who_left_and_can_still_open_the_vault_is_found(desk: Desk) -> None:
    staff = desk.service("staff")
    staff.create(CPO)
    row = staff.create({"name": "한가람", "category": "a", "login": BORA, "left": "2026-11-20"})

    found = {(one.rule, one.ref) for one in judge(desk)}

    assert ("44", row.ref) in found
