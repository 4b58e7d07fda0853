"""The page *Today*, used as an officer would, over a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from privdesk.core.findings import Bucket, Finding
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.findings.view import TodayPage
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.copies import MANAGER, copy_of, copy_office, open_as, open_copy, switch_to
from tests.desks import BORA, make_desk
from tests.registers import fillings
from tests.ui.sweeping import swept  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
OVERDUE, WEEK = Bucket.OVERDUE.value, Bucket.WEEK.value


class Window:
    """The page in its surroundings, and where it led."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.went: list[tuple[str, str, str]] = []
        self.service = FindingsService(desk)
        self.explained: list[Finding] = []
        self.written: list[str] = []
        self.page = TodayPage(
            self.service,
            tasks,
            lambda *where: self.went.append(where),
            desk.clock,
            explain=self.explained.append,
            write=lambda: self.written.append("ics"),
        )
        qtbot.addWidget(self.page)
        self.page.resize(1232, 830)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activated()
        qtbot.waitUntil(lambda: self.page.board is not None)

    def menu(self, section: str, number: int = 0) -> dict[str, QAction]:
        """Open the menu of a task; return its lines, those below *Give to* among them."""
        row = self.page.sections[section].rows[number]
        self.page.sections[section].menu_asked.emit(row.line.key, QPoint(0, 0))
        menu = self.page.menu
        assert isinstance(menu, QMenu)
        below = [a for sub in menu.findChildren(QMenu) for a in sub.actions()]
        found = {a.text(): a for a in [*menu.actions(), *below]}
        menu.hide()
        return found

    def told(self, sentence: str) -> None:
        """Wait until the page says so."""
        self.qtbot.waitUntil(lambda: self.page.flash.text() == sentence)


def office(folder: Path) -> Desk:
    """Return an office in which two people are overdue and one is due this week."""
    made = make_desk(folder)
    news, shop = fillings.purpose(made), fillings.place(made)
    customers = fillings.file(made, news, shop)
    for day in (date(2024, 9, 1), date(2024, 10, 1), date(2024, 11, 20)):
        fillings.holding(made, customers, news, day)
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return its desk."""
    made = open_as(copy_of(office, tmp_path))
    yield made
    made.vault.close()


@pytest.fixture
def window(qtbot: QtBot, tasks: Tasks, theme: Theme, desk: Desk) -> Iterator[Window]:
    """Return the page of this office; nothing is asked any more once the vault is closed."""
    yield Window(qtbot, tasks, desk)
    tasks.close()


def test_tasks_stand_in_their_sections_with_chip_clause_and_button(window: Window) -> None:
    assert list(window.page.sections) == [OVERDUE, WEEK, Bucket.LATER.value]
    row = window.page.sections[OVERDUE].rows[0]

    assert row.line.chip == "D+77"
    assert row.line.tone == "overdue"
    assert row.clause.text() == "S2.1"
    assert row.height() == 44
    assert "2 people in “Customers”" in row.accessibleName()
    assert row.go.accessibleName().startswith("Request destruction: 2 people")


def test_the_button_goes_there(window: Window) -> None:
    window.page.sections[OVERDUE].rows[0].go.click()

    ((register, ref, action),) = window.went
    assert (register, ref) == ("destructions", "")
    assert action.startswith("request-due:F-")


def test_later_is_folded_until_it_is_opened(window: Window) -> None:
    later = window.page.sections[Bucket.LATER.value]
    assert later.rows == []

    later.toggle.click()

    assert len(later.rows) == 2  # two items that no purpose needs
    assert later.toggle.text() == "Show less"


def test_a_task_is_given_from_its_menu(window: Window) -> None:
    window.menu(OVERDUE)[BORA].trigger()

    window.told(f"Given to {BORA}")
    window.qtbot.waitUntil(lambda: window.page.sections[OVERDUE].rows[0].line.who == BORA)


def test_a_task_with_a_day_explains_it(window: Window) -> None:
    window.menu(OVERDUE)["Why this day?"].trigger()

    (one,) = window.explained
    assert one.term is not None
    assert one.due is not None


def test_a_task_without_a_day_has_nothing_to_explain(window: Window) -> None:
    window.page.sections[Bucket.LATER.value].toggle.click()

    assert "Why this day?" not in window.menu(Bucket.LATER.value)


def test_the_due_days_go_into_a_calendar_file(window: Window) -> None:
    window.page.export.click()

    assert window.written == ["ics"]


def test_a_task_is_put_off_with_day_and_reason(window: Window) -> None:
    window.menu(OVERDUE)["Put off…"].trigger()
    dialog = window.page.dialog
    assert dialog is not None
    form = dialog.form
    form.boxes["until"].editor.set_value(date(2026, 12, 4))
    form.boxes["reason"].editor.set_value("The system is being moved")
    form.submit()

    window.told("Recorded")
    window.qtbot.waitUntil(lambda: OVERDUE not in window.page.sections)
    later = window.page.sections[Bucket.LATER.value]
    later.toggle.click()
    line = later.rows[0].line
    assert (line.note, line.detail) == ("Put off to 4 Dec", "The system is being moved")
    assert line.chip == "D+77"  # the legal day stays what it is


def test_a_refused_day_stays_in_the_form_with_its_sentence(window: Window) -> None:
    window.menu(OVERDUE)["Put off…"].trigger()
    dialog = window.page.dialog
    assert dialog is not None
    dialog.form.boxes["until"].editor.set_value(fillings.TODAY)
    dialog.form.boxes["reason"].editor.set_value("Later")
    dialog.form.submit()

    window.qtbot.waitUntil(lambda: "not after today" in dialog.form.foot.notice.text())
    assert dialog.isVisible()
    assert OVERDUE in window.page.sections
    dialog.close()


def test_who_asked_for_an_exception_cannot_approve_it_from_the_menu(window: Window) -> None:
    key = window.page.sections[OVERDUE].rows[0].line.key
    window.service.except_(key, date(2027, 1, 31), "The authority asked us")
    window.page.refresh()
    window.qtbot.waitUntil(
        lambda: window.page.sections[OVERDUE].rows[0].line.note == "Exception asked for"
    )

    lines = window.menu(OVERDUE)

    assert not lines["Approve the exception"].isEnabled()
    assert "Take the request back…" in lines
    assert "Put off…" not in lines


def test_another_officer_approves_and_the_task_is_excepted(
    qtbot: QtBot, tasks: Tasks, theme: Theme, desk: Desk
) -> None:
    service = FindingsService(desk)
    task = service.today().buckets[Bucket.OVERDUE][0]
    service.except_(task.key, date(2027, 1, 31), "The authority asked us")
    other = switch_to(desk, BORA)
    window = Window(qtbot, tasks, other)

    window.menu(OVERDUE)["Approve the exception"].trigger()

    window.told("Exception approved")
    qtbot.waitUntil(lambda: "excepted" in window.page.sections)
    assert OVERDUE not in window.page.sections
    section = window.page.sections["excepted"]
    section.toggle.click()
    assert section.rows[0].line.note == "Excepted until 31 Jan 2027"
    tasks.close()
    other.vault.close()


def test_nothing_due_is_told_with_what_comes_next(
    qtbot: QtBot, tasks: Tasks, theme: Theme, tmp_path: Path
) -> None:
    desk = open_copy(tmp_path)
    news, shop = fillings.purpose(desk), fillings.place(desk)
    fillings.holding(desk, fillings.file(desk, news, shop), news, date(2024, 12, 12))
    window = Window(qtbot, tasks, desk)

    assert window.page.nothing.isVisible()
    sentence = "Nothing is due. Next: 12 Dec, retention sweep."
    assert window.page.nothing.heading.text() == sentence
    assert OVERDUE not in window.page.sections
    tasks.close()
    desk.vault.close()


def test_the_set_up_list_stands_apart_and_its_steps_lead_there(window: Window) -> None:
    page = window.page
    assert page.set_up.isVisible()
    assert page.set_up.ring.accessibleName().endswith("/ 12")

    page.set_up.step_asked.emit("cpo")

    assert window.went == [("staff", "", "new")]
    assert all("privacy officer" not in r.line.what for r in page.sections[OVERDUE].rows)


def test_the_epoch_folder_is_confirmed_on_the_page_itself(window: Window) -> None:
    page = window.page
    before = page.set_up.ring.accessibleName()
    page.set_up.step_asked.emit("epoch_folder")
    assert page.dialog is not None

    page.dialog.form.submit()

    window.told("Recorded")
    window.qtbot.waitUntil(lambda: page.set_up.ring.accessibleName() != before)


def test_the_page_speaks_korean_at_once(window: Window, theme: Theme) -> None:
    theme.speak("ko")

    window.qtbot.waitUntil(lambda: window.page.headline.text() == "2026년 11월 23일 월요일")
    window.qtbot.waitUntil(lambda: "파기했어야" in window.page.sections[OVERDUE].rows[0].line.what)
    assert window.page.sections[OVERDUE].heading.text() == "기한 경과"


def test_the_fortnight_tells_of_its_days(window: Window) -> None:
    cells = window.page.board.fortnight if window.page.board else ()

    assert [c.day.day for c in cells if c.tasks] == [25]
    assert "25 Nov 2026 · 1 task" in window.page.fortnight.accessibleName()


@pytest.mark.parametrize("width", [1048, 1232, 1712])
def test_a_sentence_is_never_cut_without_a_sign(window: Window, width: int) -> None:
    window.page.resize(width, 800)
    words = window.page.sections[OVERDUE].rows[0].words
    window.qtbot.waitUntil(lambda: words.width() > 100)

    lines = words.lines()

    assert 1 <= len(lines) <= 4
    row = window.page.sections[OVERDUE].rows[0]
    window.qtbot.waitUntil(lambda: row.height() >= 17 * len(words.lines()) + 4)
    whole = window.page.sections[OVERDUE].rows[0].line.what
    assert " ".join(lines) == whole or lines[-1].endswith("…")
    assert whole in words.toolTip()


def test_a_running_term_counts_down_to_over(window: Window) -> None:
    desk, page = window.desk, window.page
    with desk.change() as change:
        change.note("destruction.executed")
        desk.vault.set_meta("roll", "pending")
    page.refresh()
    window.qtbot.waitUntil(page.clocks.isVisible)
    item = page.clocks.body.itemAt(1)
    face = item.widget() if item is not None else None
    assert face is not None
    assert face.accessibleName().endswith(": 72:00")

    page.clocks.tick(desk.clock.now() + timedelta(hours=72, minutes=1))

    assert face.accessibleName().endswith(": over")


def test_who_only_looks_is_told_to_do_nothing(
    qtbot: QtBot, tasks: Tasks, theme: Theme, tmp_path: Path
) -> None:
    officer = open_as(copy_office(tmp_path))
    news, shop = fillings.purpose(officer), fillings.place(officer)
    file = fillings.file(officer, news, shop)
    fillings.holding(officer, file, news, date(2024, 9, 1))
    desk = switch_to(officer, MANAGER)
    window = Window(qtbot, tasks, desk)
    row = window.page.sections[OVERDUE].rows[0]
    assert row.go.text() == "Open"
    assert row.line.detail.startswith("Officers: ")  # no order to who only looks
    row.go.click()
    assert window.went == [("files", file.ref, "open")]
    assert window.page.set_up.isHidden()
    tasks.close()
    desk.vault.close()
