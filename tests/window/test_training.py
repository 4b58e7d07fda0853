"""Training in the window: how the office stands, the sheet that is ticked, pasted lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from privdesk.core.register import Query, Row
from tests.registers.fillings import TODAY
from tests.window.rooms import Room

PEOPLE = ("가온", "나래", "다솜")


@pytest.fixture
def staffed(room: Room, office: Path) -> Room:
    """A window over an office with three people who handle data, invited to a session of today."""
    room.enter(office)
    desk = room.desk
    for number, name in enumerate(PEOPLE):
        told: dict[str, object] = {"name": name, "staff_no": f"G-{number}"}
        told["department"] = f"Team {number % 2}"
        desk.service("staff").create({**told, "category": "a", "joined": "2020-11-02"})
    of = {"name": "Yearly training", "topics": ("security", "duty"), "test": True}
    course = desk.service("courses").create(of)
    held = desk.service("sessions").create({"course": course.ref, "on": TODAY})
    desk.service("sessions").act("invite", [held.ref], {"who": "everybody"})
    return room


def states(room: Room) -> dict[str, tuple[str, Any]]:
    room.settle()  # the window counts anew meanwhile; one connection serves one at a time
    rows: list[Row] = room.desk.service("attendances").find(Query())
    return {row.titles["staff"]: (row.state, row.values["score"]) for row in rows}


def ticking(room: Room) -> Any:
    page = room.open("sessions")
    ref = room.desk.service("sessions").find(Query())[0].ref
    page.open_ref(ref)
    room.waited(lambda: page.list.current() is not None)
    page.strip.tick.click()
    room.waited(lambda: page.ticking is not None)
    return page


def test_the_strip_tells_how_the_office_stands(staffed: Room) -> None:
    page = staffed.open("sessions")
    staffed.waited(lambda: page.counts is not None)

    assert page.strip.told.text() == "0 of 3 are trained"
    assert page.strip.over.text() == "3 without training"
    assert page.strip.lapsing.isHidden()


def test_who_is_ticked_was_there_and_who_is_unticked_was_not(staffed: Room) -> None:
    page = ticking(staffed)
    sheet = page.ticking
    assert [one.name for one in sheet.people] == ["가온", "다솜", "나래"]
    sheet.table.setCurrentCell(2, 1)
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    assert sheet.count.text() == "1 of 3 were there"
    QTest.keyClick(sheet.table, Qt.Key.Key_Space)
    sheet.search.setText("team 0")
    sheet.tick_all()
    sheet.table.item(0, 4).setText("80")
    sheet.save.click()
    staffed.waited(lambda: page.ticking is None)
    assert states(staffed) == {
        "가온": ("done", 80),
        "다솜": ("test", None),
        "나래": ("invited", None),
    }

    sheet = ticking(staffed).ticking
    assert sheet.table.item(0, 0).checkState() is Qt.CheckState.Checked
    assert sheet.table.item(0, 4).text() == "80"
    sheet.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    sheet.save.click()
    staffed.waited(lambda: page.ticking is None)
    assert states(staffed)["가온"] == ("absent", None)


def test_pasted_lines_tick_and_what_is_not_understood_is_told(staffed: Room) -> None:
    staffed.desk.service("staff").create({"name": "라온", "staff_no": "G-9", "category": "a"})
    page = ticking(staffed)
    sheet = page.ticking
    QApplication.clipboard().setText("G-0\tO\t90\nG-9\tO\t70\nG-77\tO\n")
    sheet.paste()
    staffed.waited(lambda: len(sheet.people) == 4)
    assert "G-77" in sheet.flash.text()

    sheet.save.click()
    staffed.waited(lambda: page.ticking is None)
    assert states(staffed)["라온"] == ("done", 70)
    assert states(staffed)["가온"] == ("done", 90)


def test_ticks_that_were_not_recorded_are_there_again(staffed: Room) -> None:
    page = ticking(staffed)
    page.ticking.table.item(1, 0).setCheckState(Qt.CheckState.Checked)
    page.ticking.table.item(1, 4).setText("75")
    page.ticking.shut.click()
    staffed.open("staff")

    sheet = ticking(staffed).ticking
    assert sheet.count.text() == "1 of 3 were there"
    assert "not recorded yet" in sheet.flash.text()
    sheet.save.click()
    staffed.waited(lambda: page.ticking is None)
    assert states(staffed)["다솜"] == ("done", 75)
    assert ticking(staffed).ticking.flash.text() == ""
