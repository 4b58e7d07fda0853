"""The visit book in the window: entered, signed on the screen, out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from privdesk.core.register import Query, Row
from privdesk.flows.opening import open_desk
from privdesk.registers.reading import HIDDEN
from tests.window.rooms import WHO, Room


@pytest.fixture
def guarded(room: Room, office: Path) -> Room:
    """A window over an office with a server room."""
    room.enter(office)
    room.desk.service("zones").create({"name": "Server room", "since": "2026-01-05"})
    return room


def visits(room: Room) -> list[Row]:
    found: list[Row] = room.desk.service("visits").find(Query(sort="id"))
    return found


def test_a_visitor_is_entered_signs_and_leaves(guarded: Room) -> None:
    page = guarded.open("visits")
    guarded.waited(lambda: page.strip.told.text() == "Nobody is inside")
    page.new()
    boxes = page.form.form.boxes
    boxes["zone"].editor.set_value("Server room")
    boxes["name"].editor.set_value("나들이")
    boxes["phone"].editor.set_value("010-2345-6789")
    page.form.form.foot.save.click()
    guarded.waited(lambda: page.strip.told.text() == "1 person inside now")
    assert page.strip.without.text() == "1 without right"

    page.open_ref(visits(guarded)[0].ref)
    guarded.waited(lambda: page.strip.sign.isEnabled())
    page.strip.sign.click()
    dialog = page.signing
    guarded.waited(lambda: dialog.heading.text() == "Server room")
    assert "나*이" in dialog.who.text()
    assert not dialog.go.isEnabled()
    _write(dialog.pad)
    dialog.go.click()
    guarded.kept(lambda: visits(guarded)[0].values["signed"] == "screen")

    guarded.waited(lambda: page.strip.leave.isEnabled() and not page.strip.sign.isEnabled())
    page.strip.leave.click()
    guarded.waited(lambda: page.actor.dialog is not None)
    page.actor.dialog.form.foot.save.click()
    guarded.waited(lambda: page.strip.told.text() == "Nobody is inside")
    assert visits(guarded)[0].state == "left"


def _write(pad: QWidget) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 40))
    for x in range(30, 400, 30):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))


def test_a_manager_sees_no_visitor(room: Room, office: Path) -> None:
    desk = open_desk(office, *WHO["officer"])
    desk.service("zones").create({"name": "Server room", "since": "2026-01-05"})
    made = {"zone": "Server room", "name": "나들이", "phone": "010-2345-6789"}
    desk.service("visits").create(made)
    desk.vault.close()

    room.enter(office, "manager")
    page = room.open("visits")
    room.waited(lambda: page.list.model.row_at(0) is not None)

    row = page.list.model.row_at(0)
    assert row.titles["zone"] == "Server room"
    assert (row.values["name"], row.values["phone"]) == (HIDDEN, HIDDEN)
    assert not page.context.writes
