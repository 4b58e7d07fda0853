"""Items: their names, their field names, and what may not be collected."""

from __future__ import annotations

import pytest

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.items.findings import judge
from privdesk.registers.items.rules import ResidentNumberError
from privdesk.registers.items.service import seed, slug
from privdesk.registers.named import NameTakenError, RecordInUseError


def test_an_office_starts_with_name_email_and_telephone(desk: Desk) -> None:
    rows = desk.service("items").find(Query())

    assert [row.values["key"] for row in rows] == ["name", "email", "phone"]
    assert rows[0].values["name"] == "이름"


def test_starting_twice_enters_nothing_twice(desk: Desk) -> None:
    seed(desk)

    assert desk.service("items").open_view(Query()).total == 3


def test_the_field_name_is_made_from_the_english_name(desk: Desk) -> None:
    items = desk.service("items")

    row = items.create({"name": "생년월일", "name_en": "Date of birth", "kind": "date"})
    same = items.create({"name": "생일", "name_en": "Date of birth", "kind": "date"})
    korean = items.create({"name": "차량번호"})

    assert row.values["key"] == "date_of_birth"
    assert same.values["key"] == "date_of_birth_2"
    assert korean.values["key"] == "item_6"


def test_the_field_name_and_the_kind_stay(desk: Desk) -> None:
    items = desk.service("items")
    row = items.create({"name": "주소", "key": "address"})

    for values in ({"key": "home"}, {"kind": "number"}):
        with pytest.raises(InvalidValueError, match="cannot be changed"):
            items.update(row.ref, values)
    assert items.update(row.ref, {"name": "집 주소"}).values["key"] == "address"


@pytest.mark.parametrize("key", ["Address", "1st", "two words", "주소", "email", "due_on", "place"])
def test_an_odd_or_taken_field_name_is_refused(desk: Desk, key: str) -> None:
    with pytest.raises(InvalidValueError):
        desk.service("items").create({"name": "주소", "key": key})


def test_two_items_of_one_name_are_refused(desk: Desk) -> None:
    with pytest.raises(NameTakenError, match="I-000001-3"):
        desk.service("items").create({"name": " 이 름 "})


def test_a_resident_number_needs_a_statute(desk: Desk) -> None:
    items = desk.service("items")
    values = {"name": "주민등록번호", "category": "주민등록번호", "key": "resident_number"}

    with pytest.raises(ResidentNumberError):
        items.create(values | {"category": "resident_number"})
    row = items.create(values | {"category": "resident_number", "statute": "소득세법 제164조"})
    with pytest.raises(ResidentNumberError):
        items.update(row.ref, {"statute": ""})


def test_an_item_that_a_purpose_needs_stays(desk: Desk) -> None:
    items, purposes = desk.service("items"), desk.service("purposes")
    purpose = purposes.create({"name": "Parcels", "required_items": "이름"})

    with pytest.raises(RecordInUseError, match=purpose.ref):
        items.void(["I-000001-3"])
    purposes.update(purpose.ref, {"required_items": ""})
    items.void(["I-000001-3"], reason="no longer collected")

    assert items.get("I-000001-3").state == "void"


def test_what_was_taken_out_of_use_stays_as_it_is(desk: Desk) -> None:
    items = desk.service("items")
    items.void(["I-000003-7"])

    with pytest.raises(DomainError, match="taken out of use"):
        items.update("I-000003-7", {"name": "전화"})


def test_an_item_that_no_purpose_needs_is_found(desk: Desk) -> None:
    desk.service("purposes").create({"name": "Parcels", "required_items": ["I-000001-3"]})
    desk.service("items").update("I-000001-3", {"in_policy": False})

    found = {(one.rule, one.ref) for one in judge(desk)}

    assert found == {("S1.1", "I-000002-1"), ("S1.1", "I-000003-7"), ("S1.2", "I-000001-3")}


def test_items_are_found_by_either_name(desk: Desk) -> None:
    assert desk.service("items").called("telephone") == desk.service("items").called("전화 번호")


def test_a_slug_has_no_signs() -> None:
    assert slug("Date of birth (solar)") == "date_of_birth_solar"
    assert slug("2nd name") == ""
    assert slug("이름") == ""


def test_lists_are_narrowed_by_reference_text_and_sealed_note(desk: Desk) -> None:
    items = desk.service("items")
    items.update("I-000002-1", {"note": "asked for in May"})

    def refs(text: str = "", **where: object) -> list[str]:
        return [row.ref for row in items.find(Query(text=text, where=where))]

    assert refs(ref="I-000003-7") == ["I-000003-7"]
    assert refs(text="전 화") == ["I-000003-7"]
    assert refs(note="asked for in may") == ["I-000002-1"]
    assert refs(key=("name", "phone")) == ["I-000001-3", "I-000003-7"]
    assert refs(statute="") == refs()
