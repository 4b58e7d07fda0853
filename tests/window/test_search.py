"""Ctrl+K finds people by part of a name, records by name or number, pages and commands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from privdesk.ui.palette import Line
from tests.window.rooms import PURPOSE, Room

SEARCHED = "record.searched"
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def offered(room: Room, text: str) -> list[Line]:
    """Type into the search box and return what is offered."""
    line = room.shell.top.search.line
    room.session.window.activateWindow()
    room.waited(room.session.window.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or room.shell, Qt.Key.Key_K, CTRL)
    room.waited(line.hasFocus)
    line.setText(text)
    room.settle()
    room.waited(room.shell.palette_list.isVisible)
    return [found for found in room.shell.palette_list.lines() if found.go is not None]


def test_a_person_is_found_by_part_of_a_name_and_shown_masked(room: Room, office: Path) -> None:
    room.enter(office)

    found = offered(room, "ampl")

    assert found[0].right.startswith("S-")
    assert "ample" not in found[0].title
    before = room.desk.journal.frontier().size
    QTest.keyClick(room.shell.top.search.line, Qt.Key.Key_Return, NONE)
    room.settle()
    assert room.shell.current == "subjects"
    room.kept(lambda: [e.action for e in room.desk.journal.entries(before)] == [SEARCHED])


def test_a_purpose_is_found_by_its_name(room: Room, office: Path) -> None:
    room.enter(office)

    found = offered(room, PURPOSE[:6])

    assert [line.title for line in found if line.right.startswith("P-")] == [PURPOSE]
    assert next(line for line in found if line.title == PURPOSE).subtitle.startswith("Purposes")


def test_a_record_is_found_by_its_number(room: Room, office: Path) -> None:
    room.enter(office)
    (number,) = room.desk.service("purposes").called(PURPOSE)
    ref = room.desk.ref("purposes", number)

    found = offered(room, ref)

    assert found[0].right == ref


def test_a_manager_finds_records_but_nobody(room: Room, office: Path) -> None:
    room.enter(office, "manager")

    assert not [line for line in offered(room, "ampl") if line.right.startswith("S-")]
    assert [line for line in offered(room, PURPOSE) if line.right.startswith("P-")]


def test_pages_and_commands_are_called_by_name(room: Room, office: Path) -> None:
    room.enter(office)

    assert "Back up now" in [line.title for line in offered(room, "back up")]
    QTest.keyClick(room.shell.top.search.line, Qt.Key.Key_Escape, NONE)
    assert "Safety" in [line.title for line in offered(room, "safe")]


THIRTY = [(1960 + n % 6, n // 6) for n in range(30)]


def thirty(room: Room) -> None:
    """Enter thirty people of one name, with years of birth and numbers that tell them apart."""
    for item in (
        {"key": "born", "name": "Born", "kind": "date"},
        {"key": "address", "name": "Address", "kind": "text"},
    ):
        room.desk.service("items").create(item)
    subjects = room.desk.service("subjects")
    for number, (year, digits) in enumerate(THIRTY):
        subjects.create(
            {
                "name": "김민수",
                "born": date(year, 5, 17),
                "phone": f"010-{3000 + number}-77{digits:02}",
                "address": f"한빛로 {900 + number}",
            }
        )


def test_thirty_people_of_one_name_are_told_apart_by_no_more_than_needed(
    room: Room, office: Path
) -> None:
    room.enter(office)
    thirty(room)

    people = [line for line in offered(room, "김민수") if line.right.startswith("S-")]

    assert {line.title for line in people} == {"김*수"}
    assert len({line.subtitle for line in people}) == len(people) == 12
    assert all("-" not in line.subtitle and "5-17" not in line.subtitle for line in people)


def test_a_caller_is_found_by_address_digits_and_consonants(room: Room, office: Path) -> None:
    room.enter(office)
    thirty(room)

    for typed, found in (("한빛로 917", 1), ("7704", 6), ("ㄱㅁㅅ", 12), ("3029", 1)):
        people = [line for line in offered(room, typed) if line.right.startswith("S-")]
        assert len(people) == found, typed
        QTest.keyClick(room.shell.top.search.line, Qt.Key.Key_Escape, NONE)


def test_of_somebody_alone_neither_year_nor_digits_are_shown(room: Room, office: Path) -> None:
    room.enter(office)
    thirty(room)

    (line,) = [one for one in offered(room, "한빛로 917") if one.right.startswith("S-")]

    assert line.subtitle == "Data subjects · 0 holdings"


def test_the_last_line_begins_a_case_for_whoever_is_not_listed(room: Room, office: Path) -> None:
    room.enter(office)

    assert [line.title for line in offered(room, "zz unknown")].count("New request") == 1


def test_pledges_are_found_by_name_and_rights_by_account(room: Room, office: Path) -> None:
    room.enter(office)
    desk = room.desk
    who = desk.service("staff").create({"name": "한가람", "category": "a"}).ref
    signed = {"staff": who, "kind": "joining", "signed_on": date(2020, 1, 2)}
    pledge = desk.service("pledges").create(signed).ref
    place = {"name": "Parcel desk", "kind": "system", "medium": "electronic"}
    at = desk.service("places").create(place).ref
    told = {"staff": who, "place": at, "account": "garam77", "reason": "Calls"}
    right = desk.service("access-rights").create(told).ref

    by_name = {line.right: line.title for line in offered(room, "가람")}
    (by_account,) = [line for line in offered(room, "ram77") if line.right]

    assert by_name[pledge].startswith("한가람 · ")
    assert by_name[right] == "한가람 · Parcel desk"
    assert by_account.right == right
