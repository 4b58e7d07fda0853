"""The desk: pages, rail, search, commands, lock, long work, status."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from privdesk.ui.lockclock import LockClock
from privdesk.ui.matching import matches
from privdesk.ui.parts import Command, Entry, Group, Officer, Status
from privdesk.ui.progress import Progress
from privdesk.ui.rail import Rail
from privdesk.ui.settings import SettingsPage
from privdesk.ui.shell import Shell
from privdesk.ui.statusbar import StatusBar
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.window import Window
from tests.ui.offices import FakeFinder, MemoryStore, Page, groups

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A shell in its window, with what was asked of the app."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
        self.made: list[str] = []
        self.locks = 0
        self.entries = 1204
        self.ran: list[str] = []
        self.finder = FakeFinder()
        self.window = Window()
        self.shell = Shell(
            groups(self.made),
            tasks=tasks,
            theme=theme,
            officer=Officer("김서연", "Privacy officer"),
            office="(주)예시상사",
            lock=self.lock,
            finder=self.finder,
            commands=[Command("Back up now", lambda: self.ran.append("backup"))],
            status=lambda: Status(journal_entries=self.entries, today=date(2026, 11, 23)),
        )
        self.window.show_page(self.shell, "(주)예시상사")
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.shell.start()

    def lock(self) -> None:
        self.locks += 1

    def page(self, name: str) -> Page:
        page = self.shell.page(name)
        assert isinstance(page, Page)
        return page

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL) -> None:
        focused = self.window.focusWidget() or self.shell
        QTest.keyClick(focused, key, modifiers)

    def shown(self) -> list[str]:
        return [line.title for line in self.shell.palette_list.lines()]


@pytest.fixture
def desk(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Desk:
    return Desk(qtbot, tasks, theme)


def test_a_page_is_made_when_it_is_first_shown_and_kept(desk: Desk) -> None:
    assert desk.made == ["today"]
    desk.shell.open("items")
    desk.shell.open("today")
    desk.shell.open("items")
    assert desk.made == ["today", "items"]
    assert desk.page("items").asked.count("activated") == 2


def test_a_page_opens_at_a_record(desk: Desk) -> None:
    desk.shell.open("subjects", "P-1")
    assert desk.page("subjects").asked == ["activated", "open P-1"]


def test_ctrl_and_a_figure_open_a_group_where_one_was(desk: Desk) -> None:
    desk.key(Qt.Key.Key_3)
    assert desk.shell.current == "purposes"
    desk.shell.open("holdings")
    desk.key(Qt.Key.Key_1)
    assert desk.shell.current == "today"
    desk.key(Qt.Key.Key_3)
    assert desk.shell.current == "holdings"


def test_the_rail_counts_what_is_due(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.open("holdings")
    life_cycle = desk.shell.rail._boxes[2]
    qtbot.waitUntil(lambda: life_cycle.head.count() == 313)
    assert life_cycle.items["holdings"].count() == 312
    assert life_cycle.items["holdings"].accessibleName() == "Holdings, 312 due"


def test_what_belongs_to_another_page_stands_in_the_rail_only_while_it_is_open(
    qtbot: QtBot, theme: Theme
) -> None:
    entries = (
        Entry("requests", "Requests", QWidget),
        Entry("enclosures", "Attachments", QWidget, aside=True),
    )
    rail = Rail([Group("people", "People", "people", entries)])
    qtbot.addWidget(rail)
    attachments = rail._boxes[0].items["enclosures"]
    rail.mark("requests")
    assert attachments.isHidden()
    rail.mark("enclosures")
    assert not attachments.isHidden()


def test_the_rail_folds_in_a_narrow_window(desk: Desk) -> None:
    assert desk.shell.rail.width() == 208
    desk.window.resize(1100, 700)
    assert desk.shell.rail.width() == 52
    assert desk.shell.rail.folded


def test_a_page_with_unsaved_work_may_stay(desk: Desk) -> None:
    desk.page("today").stays = True
    desk.shell.open("items")
    assert desk.shell.current == "today"


def test_esc_steps_back_in_the_page_first_then_to_the_page_before(desk: Desk) -> None:
    desk.shell.open("items")
    desk.page("items").setFocus()
    desk.page("items").steps_back = True
    desk.key(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert desk.shell.current == "items"
    desk.page("items").steps_back = False
    desk.key(Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert desk.shell.current == "today"


def test_f5_asks_the_page_to_look_again(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    assert "refresh" in desk.page("today").asked


def test_search_finds_a_person_and_opens_her(qtbot: QtBot, desk: Desk) -> None:
    desk.key(Qt.Key.Key_K)
    qtbot.waitUntil(lambda: desk.shell.top.search.line.hasFocus())
    desk.shell.top.search.line.setText("4821")
    qtbot.waitUntil(lambda: desk.shown() == ["Records", "김○연"])

    QTest.keyClick(desk.shell.top.search.line, Qt.Key.Key_Return)

    assert desk.shell.current == "subjects"
    assert "open P-7F2K-9" in desk.page("subjects").asked
    assert desk.shell.top.search.line.text() == ""
    assert not desk.shell.palette_list.isVisible()


def test_an_older_search_never_overwrites_a_newer_one(
    qtbot: QtBot, desk: Desk, tasks: Tasks
) -> None:
    gate = threading.Event()
    tasks.run(desk.shell, gate.wait)
    desk.shell.top.search.line.setFocus()
    for text in ("김", "김서", "없는"):
        desk.shell.top.search.line.setText(text)
    gate.set()
    qtbot.waitUntil(lambda: desk.shown() == ["Nothing is found for “없는”."])
    assert desk.finder.asked == ["없는"]


def test_commands_are_found_by_a_part_of_their_name_and_run(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.top.search.line.setFocus()
    desk.shell.top.search.line.setText("back up")
    qtbot.waitUntil(lambda: desk.shown() == ["Commands", "Back up now"])
    QTest.keyClick(desk.shell.top.search.line, Qt.Key.Key_Return)
    assert desk.ran == ["backup"]


def test_arrow_keys_choose_among_the_results(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.top.search.line.setFocus()
    desk.shell.top.search.line.setText("switch to")
    qtbot.waitUntil(lambda: len(desk.shown()) == 3)
    QTest.keyClick(desk.shell.top.search.line, Qt.Key.Key_Down)
    assert desk.shell.palette_list.list.currentIndex().row() == 2
    QTest.keyClick(desk.shell.top.search.line, Qt.Key.Key_Down)
    assert desk.shell.palette_list.list.currentIndex().row() == 1


def test_esc_leaves_the_search(qtbot: QtBot, desk: Desk) -> None:
    desk.shell.top.search.line.setFocus()
    qtbot.waitUntil(lambda: desk.shell.palette_list.isVisible())
    QTest.keyClick(desk.shell.top.search.line, Qt.Key.Key_Escape)
    assert not desk.shell.palette_list.isVisible()
    assert desk.shell.current == "today"


@pytest.mark.parametrize(
    ("typed", "label"),
    [("lock", "Lock the desk"), ("ㅎㅁㅈㄱ", "화면 잠그기"), ("화면잠", "화면 잠그기")],
)
def test_labels_match_parts_and_initial_consonants(typed: str, label: str) -> None:
    assert matches(typed, label)
    assert not matches(typed, "Purposes")


def test_ctrl_l_locks(desk: Desk) -> None:
    desk.key(Qt.Key.Key_L)
    assert desk.locks == 1


def test_the_language_switches_everywhere(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    desk.shell.speak("ko")
    qtbot.waitUntil(lambda: desk.shell.top.search.line.placeholderText() == "이름·번호·명령")
    qtbot.waitUntil(lambda: desk.shell.status.journal.label.text() == "활동 기록 1,204건")


class Time:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_idle_lock_counts_down_and_goes_off_once(qtbot: QtBot) -> None:
    time, gone, left = Time(), [], []  # type: Time, list[int], list[int]
    clock = LockClock(10, time)
    clock.expired.connect(lambda: gone.append(1))
    clock.ticked.connect(left.append)

    for second in (0, 599, 600, 601):
        time.now = second
        clock.tick()

    assert left == [600, 1, 0, 0]
    assert gone == [1]


def test_a_key_or_the_pointer_starts_the_countdown_again(qtbot: QtBot) -> None:
    time = Time()
    clock = LockClock(10, time)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    clock.watch(window.windowHandle())
    handle = window.windowHandle()
    touches: list[Callable[[], object]] = [
        lambda: QTest.keyClick(handle, Qt.Key.Key_A),
        lambda: QTest.mouseMove(handle, QPoint(5, 5)),
    ]
    for touch in touches:
        time.now += 100
        assert clock.left < 600
        touch()
        qtbot.waitUntil(lambda: clock.left == 600)


def test_a_sleeping_machine_locks_when_it_wakes(qtbot: QtBot) -> None:
    time = Time()
    clock = LockClock(10, time)
    time.now = 3600
    with qtbot.waitSignal(clock.expired):
        clock.tick()


def test_long_work_shows_stage_and_share_and_holds_the_lock(
    qtbot: QtBot, desk: Desk, tasks: Tasks
) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        progress.stage("Sealing", 100)
        progress.at(37)
        gate.wait()

    tasks.long(desk.shell, work, title="Import")
    qtbot.waitUntil(lambda: desk.shell.long.isVisible())
    (line,) = desk.shell.long.lines
    qtbot.waitUntil(lambda: line.share.text() == "37%")
    assert line.stage.text() == "Sealing"
    desk.shell.clock.set_minutes(0)
    desk.shell.clock.tick()
    assert desk.locks == 0
    desk.shell.clock.set_minutes(10)
    gate.set()
    qtbot.waitUntil(lambda: not desk.shell.long.isVisible())


def test_after_long_work_the_status_bar_shows_what_it_changed(
    qtbot: QtBot, desk: Desk, tasks: Tasks
) -> None:
    journal = desk.shell.status.journal.label
    qtbot.waitUntil(lambda: "1,204" in journal.text())

    def work(_progress: Progress) -> None:
        desk.entries = 1311

    tasks.long(desk.shell, work, title="Import")

    qtbot.waitUntil(lambda: "1,311" in journal.text())


def test_cancel_is_gone_after_the_point_of_no_return(
    qtbot: QtBot, desk: Desk, tasks: Tasks
) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        progress.no_return()
        gate.wait()

    tasks.long(desk.shell, work, title="Destruction")
    (line,) = desk.shell.long.lines
    qtbot.waitUntil(lambda: line.cancel.text() == "Cannot be stopped now")
    assert not line.cancel.isEnabled()
    gate.set()
    qtbot.waitUntil(lambda: not desk.shell.long.lines)


def test_the_status_bar_says_what_needs_care(qtbot: QtBot, theme: Theme) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_status(
        Status(
            journal_entries=1,
            journal_sound=False,
            backup_at=datetime(2026, 11, 1, tzinfo=UTC),
            custody_copies=0,
            today=date(2026, 11, 22),
        )
    )
    assert bar.journal.label.text() == "Journal: check it now"
    assert bar.backup.label.text() == "Backup: 21 days ago"
    assert bar.custody.label.text() == "No custody copy"
    assert bar.calendar.label.text() == "Sunday 22 Nov 2026 · closed"


def test_an_older_custody_copy_is_not_told_as_a_new_one_that_is_due(
    qtbot: QtBot, theme: Theme
) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)

    bar.show_status(Status(journal_entries=1, custody_copies=1, custody_old=1))

    assert bar.custody.label.text() == "1 older custody copy to destroy"


def test_the_menu_behind_the_name_has_language_look_help_and_lock(desk: Desk) -> None:
    menu = desk.shell.top.menu()
    labels = [action.text() for action in menu.actions() if action.text()]
    assert labels == [
        "한국어",
        "English",
        "As the system",
        "Light",
        "Dark",
        "Help",
        "Keyboard shortcuts",
        "Lock",
    ]
    menu.close()


def test_f1_opens_the_help_of_the_page(qtbot: QtBot, desk: Desk) -> None:
    from privdesk.ui.help import HelpWindow

    desk.key(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    window = desk.shell.findChild(HelpWindow)
    assert window is not None
    assert window.topic == "import"
    window.close()


def test_every_control_of_the_frame_can_be_spoken_and_reached(desk: Desk) -> None:
    for widget in desk.shell.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            if isinstance(widget, QLineEdit) and isinstance(widget.parent(), Page):
                continue
            if widget.metaObject().className() in ("QScrollArea", "QListView"):
                continue
            named = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            assert named, widget


def test_settings_count_at_once_and_are_kept(qtbot: QtBot, theme: Theme) -> None:
    store, seen = MemoryStore(), []  # type: MemoryStore, list[object]
    page = SettingsPage(store, theme, reopen=lambda: None)
    qtbot.addWidget(page)
    page.show()
    page.changed.connect(seen.append)

    page.minutes.setValue(5)
    page.scale.setCurrentIndex(2)
    page.scale.activated.emit(2)
    page.set_backup_folder("/backups")

    assert (store.kept.idle_minutes, store.kept.scale) == (5, 150)
    assert store.kept.backup_folder == "/backups"
    assert page.reopen.isVisible()
    assert len(seen) == 3


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_picture_of_the_desk_can_be_taken(
    desk: Desk, theme: Theme, tmp_path: Path, language: str, look: str
) -> None:
    theme.wear(look)
    theme.speak(language)
    picture = desk.window.grab()
    assert picture.save(str(tmp_path / f"desk-{language}-{look}.png"))
    assert picture.width() == 1440


def test_the_window_shows_one_page_at_a_time_and_may_refuse_to_close(
    qtbot: QtBot, theme: Theme
) -> None:
    answers: list[bool] = [False, True]
    close: Callable[[], bool] = lambda: answers.pop(0)  # noqa: E731
    window = Window(close)
    qtbot.addWidget(window)
    first, second = QWidget(), QWidget()
    window.show_page(first)
    window.show()
    window.show_page(second, "(주)예시상사")
    assert window.page is second
    assert window.windowTitle() == "(주)예시상사 · privdesk"
    assert not window.close()
    assert window.close()
