"""A search among sealed texts: what was folded once is never found again after it changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.i18n import speaking
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.vault.payloads import OFFICE
from tests.copies import MANAGER, copy_office, open_as, switch_to


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def found(desk: Desk, text: str, register: str = "staff") -> list[str]:
    return [row.ref for row in desk.service(register).find(Query(text=text))]


def member(desk: Desk, name: str) -> str:
    told = {"name": name, "department": "Calls", "category": "a", "staff_no": f"E-{name}"}
    return str(desk.service("staff").create(told).ref)


def test_a_changed_name_is_found_by_the_new_one_alone(desk: Desk) -> None:
    ref, other = member(desk, "한가람"), member(desk, "오누리")
    assert found(desk, "가람") == [ref]
    desk.service("staff").update(ref, {"name": "한바다", "staff_no": "E-2"})
    assert (found(desk, "가람"), found(desk, "바다")) == ([], [ref])
    assert found(desk, "ㅎㅂㄷ") == []  # lists do not know initials, before as now
    assert found(desk, "e-오누리") == [other]


def _named_and_taken_back(desk: Desk, ref: str) -> None:
    service = desk.service("staff")
    with desk.change() as change:
        service.amend(change, service.number(ref), {"name": "한바다"})
        assert found(desk, "바다") == [ref]
        raise RuntimeError


def test_what_was_taken_back_is_found_as_it_was(desk: Desk) -> None:
    ref = member(desk, "한가람")
    assert found(desk, "가람") == [ref]
    with pytest.raises(RuntimeError):
        _named_and_taken_back(desk, ref)
    assert (found(desk, "가람"), found(desk, "바다")) == ([ref], [])


def test_what_lost_its_key_is_not_found(desk: Desk) -> None:
    ref = member(desk, "한가람")
    number = desk.service("staff").number(ref)
    assert found(desk, "가람") == [ref]
    with desk.change() as change:
        desk.vault.payloads.drop(OFFICE, number)
        change.note("record.changed", "staff", number)
    assert found(desk, "가람") == []


def test_a_text_does_not_run_over_from_one_field_to_the_next(desk: Desk) -> None:
    ref = member(desk, "가나")  # its number is E-가나
    assert found(desk, "가나") == [ref]
    assert found(desk, "나e") == found(desk, "가나e") == []


def test_references_are_found_whole_in_part_and_by_a_link(desk: Desk) -> None:
    ref = member(desk, "한가람")
    desk.service("places").create({"name": "Web shop", "kind": "system"})
    told = {"staff": ref, "place": "Web shop", "account": "garam", "reason": "Calls"}
    right = desk.service("access-rights").create({**told, "granted_on": date(2026, 1, 5)}).ref
    digits = ref.split("-")[1]
    assert found(desk, ref) == found(desk, digits) == found(desk, ref.lower()) == [ref]
    for text in (right, ref, digits, "GARAM", "web shop", "한가람"):
        assert right in found(desk, text, "access-rights"), text
    assert found(desk, "Q-000001", "access-rights") == []


def test_who_may_not_see_visitors_does_not_find_by_them(desk: Desk) -> None:
    zone = {"name": "Server room", "since": date(2026, 1, 5)}
    desk.service("zones").create(zone)
    told = {"zone": "Server room", "name": "나들이", "entered": "00:10", "purpose": "Repairs"}
    ref = desk.service("visits").create({**told, "on": date(2026, 11, 20)}).ref
    assert found(desk, "나들이", "visits") == found(desk, "repairs", "visits") == [ref]
    manager = switch_to(desk, MANAGER)
    assert found(manager, "나들이", "visits") == []
    assert found(manager, "repairs", "visits") == [ref]
    manager.vault.close()


def test_a_list_is_sorted_by_the_names_that_are_shown(desk: Desk) -> None:
    names = {"가온상담": "zeta Calls", "나래물류": "Alpha Freight", "하늘정보": ""}
    for name, english in names.items():
        desk.service("processors").create({"name": name, "name_en": english})

    def told(*, descending: bool = False) -> list[str]:
        query = Query(sort="name", descending=descending)
        return [str(row.values["name"]) for row in desk.service("processors").find(query)]

    with speaking("en"):
        shown = told(), told(descending=True)
    with speaking("ko"):
        korean = told()
    assert shown[0] == ["나래물류", "가온상담", "하늘정보"]
    assert shown[1] == shown[0][::-1]
    assert korean == list(names)
