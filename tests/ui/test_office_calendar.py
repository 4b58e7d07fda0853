"""The office calendar's page: a year, the office's own days, and what a change moves first."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPointF, QTime
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from privdesk.ui.office.calendar import CalendarPage, MovesDialog
from privdesk.ui.office.ports import MovedDay
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.ui.fakeoffice import FakeOffice

TODAY = date(2026, 11, 23)
MOVE = MovedDay("R-000001-7 · Answer", date(2026, 12, 24), date(2026, 12, 28))


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, theme: Theme, office: FakeOffice) -> CalendarPage:
    return shown(qtbot, tasks, office)


def shown(qtbot: QtBot, tasks: Tasks, office: FakeOffice) -> CalendarPage:
    made = CalendarPage(office, tasks, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activated()
    qtbot.waitUntil(lambda: made.known is not None)
    return made


def enter(page: CalendarPage, day: str, name: str) -> None:
    page.closures.day.set_raw(day)
    page.closures.name_line.setText(name)
    page.closures.add.click()


def test_a_year_shows_its_holidays_and_turns(qtbot: QtBot, page: CalendarPage) -> None:
    christmas = page.grid._boxes[date(2026, 12, 25)].center()
    assert page.grid.day_at(QPointF(christmas)) == date(2026, 12, 25)
    assert page.grid.name(date(2026, 12, 25)) == "Christmas"
    assert page.grid.name(date(2026, 12, 3)) == "창립기념일"

    page.after.click()

    qtbot.waitUntil(lambda: page.grid.year == 2027)
    assert page.year_name.text() == "2027"
    page.this.click()
    qtbot.waitUntil(lambda: page.grid.year == 2026)


def test_a_change_that_moves_nothing_is_kept_at_once(
    qtbot: QtBot, page: CalendarPage, office: FakeOffice
) -> None:
    enter(page, "2026. 12. 24.", "재고 조사")

    qtbot.waitUntil(lambda: office.days.closures.get(date(2026, 12, 24)) == "재고 조사")
    qtbot.waitUntil(lambda: page.flash.text() == "Kept; no due day moved.")
    qtbot.waitUntil(lambda: len(page.closures.list.rows) == 2)
    assert page.closures.name_line.text() == ""
    assert page.dialog is None


def test_what_moves_is_asked_before_it_is_kept(
    qtbot: QtBot, page: CalendarPage, office: FakeOffice
) -> None:
    office.moving = [MOVE] * 12
    enter(page, "2026-12-24", "재고 조사")
    qtbot.waitUntil(lambda: page.dialog is not None)
    dialog = page.dialog
    assert isinstance(dialog, MovesDialog)

    words = [cell.text() for cell in dialog.list.rows[0] if isinstance(cell, QLabel)]
    assert dialog.heading.text() == "12 due days move"
    assert words == ["R-000001-7 · Answer", "24 Dec → 28 Dec"]
    assert (len(dialog.list.rows), dialog.more.text()) == (10, "and 2 more")
    assert date(2026, 12, 24) not in office.days.closures

    dialog.go.click()

    qtbot.waitUntil(lambda: date(2026, 12, 24) in office.days.closures)
    qtbot.waitUntil(lambda: page.flash.text() == "12 due days moved.")


def test_a_change_that_is_cancelled_changes_nothing(
    qtbot: QtBot, page: CalendarPage, office: FakeOffice
) -> None:
    before = office.days
    office.moving = [MOVE]
    page.still.click()
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert page.dialog is not None
    page.dialog.cancel.click()

    qtbot.waitUntil(page.still.isChecked)
    assert office.days == before


def test_hours_are_kept(qtbot: QtBot, page: CalendarPage, office: FakeOffice) -> None:
    page.opens.setTime(QTime(8, 30))
    page.opens.editingFinished.emit()

    qtbot.waitUntil(lambda: office.days.opens == time(8, 30))
    assert office.days.closes == time(17)


def test_a_day_that_cannot_be_used_is_explained_beneath_it(
    qtbot: QtBot, page: CalendarPage, office: FakeOffice
) -> None:
    page.holidays.day.set_raw("1900-01-01")
    page.holidays.name_line.setText("Long ago")
    page.holidays.add.click()

    qtbot.waitUntil(lambda: "outside the calendar" in page.holidays.on.error.text())
    assert page.holidays.name_line.text() == "Long ago"
    assert not office.days.holidays


def test_a_day_is_taken_out_again(qtbot: QtBot, page: CalendarPage, office: FakeOffice) -> None:
    remove = page.closures.list.rows[0][2]
    assert remove.accessibleName() == "Remove 창립기념일"
    assert isinstance(remove, QToolButton)
    remove.click()

    qtbot.waitUntil(lambda: not office.days.closures)


def test_who_may_not_change_it_can_read_it(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    made = shown(qtbot, tasks, FakeOffice(may_change=False))

    assert made.closures.foot.isHidden()
    assert not made.opens.isEnabled()
    assert not made.still.isEnabled()
