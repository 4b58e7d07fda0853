"""Ctrl+K finds people by part of a name, records by name or number, pages and commands."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from privdesk.ui.palette import Line
from tests.window.rooms import PURPOSE, Room

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
    QTest.keyClick(room.shell.top.search.line, Qt.Key.Key_Return, NONE)
    room.settle()
    assert room.shell.current == "subjects"


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
