"""Unlock, the other ways in, the start page, preferences."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from privdesk.core.errors import DomainError
from privdesk.ui.crash import BugError
from privdesk.ui.help import HelpWindow
from privdesk.ui.preferences import Preferences, PreferencesFile
from privdesk.ui.start import StartPage
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.unlock import Person, UnlockPage, preload
from privdesk.ui.waysin import CustodyDialog, KitDialog
from tests.ui.offices import PASSPHRASE, FakeOpener


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener()


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, theme: Theme, opener: FakeOpener) -> UnlockPage:
    made = UnlockPage(opener, tasks, theme, "/vaults/예시상사.privdesk")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(lambda: made.who.count() == 2)
    return made


def test_the_right_passphrase_opens(qtbot: QtBot, page: UnlockPage) -> None:
    page.who.setCurrentIndex(1)
    page.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.line, Qt.Key.Key_Return)
    assert opened.args == [{"vault of": "박지훈"}]
    assert page.line.text() == ""


def test_names_stand_at_once_and_are_corrected_by_the_check(
    qtbot: QtBot, tasks: Tasks, theme: Theme, opener: FakeOpener
) -> None:
    told = [*opener.people(), Person("Somebody who left")]
    opener.names = tuple(reversed(told))
    page = UnlockPage(opener, tasks, theme, "/vaults/예시상사.privdesk")
    qtbot.addWidget(page)
    assert [page.who.itemData(n) for n in range(3)] == [p.name for p in reversed(told)]
    page.who.setCurrentIndex(page.who.findData("박지훈"))

    qtbot.waitUntil(lambda: page.who.count() == 2)
    assert page.who.currentData() == "박지훈"


def test_a_wrong_one_is_explained_and_can_be_tried_again(qtbot: QtBot, page: UnlockPage) -> None:
    page.line.setText("wrong")
    page.unlock.click()
    qtbot.waitUntil(lambda: page.notice.isVisible())
    assert page.sentence.text().startswith("The passphrase does not open the slot of 김서연.")
    assert page.unlock.isEnabled()
    assert page.line.selectedText() == "wrong"
    QTest.keyClick(page.line, Qt.Key.Key_A)
    assert not page.notice.isVisible()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_long_sentence_stands_whole_above_the_button(
    qtbot: QtBot, page: UnlockPage, theme: Theme, language: str
) -> None:
    theme.speak(language)
    path = "/home/officer/.local/share/privdesk/crashes/crash-20261128-072453.txt"
    page.refuse(BugError(kind="ZeroDivisionError", path=path))

    qtbot.waitUntil(lambda: page.notice.isVisible())
    words = page.sentence
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert page.notice.geometry().bottom() < page.unlock.geometry().top()


def test_while_opening_nothing_can_be_pressed_twice(
    qtbot: QtBot, page: UnlockPage, opener: FakeOpener
) -> None:
    opener.gate.clear()
    page.line.setText(PASSPHRASE)
    page.submit()
    page.submit()
    assert page.busy.isVisible()
    assert page.unlock.text() == "Opening…"
    assert not page.line.isEnabled()
    with qtbot.waitSignal(page.opened):
        opener.gate.set()
    assert len(opener.tries) == 1


def test_after_too_many_wrong_ones_it_counts_down(qtbot: QtBot, page: UnlockPage) -> None:
    for _attempt in range(3):
        page.line.setText("wrong")
        page.submit()
        qtbot.waitUntil(lambda: not page.busy.isVisible())
    qtbot.waitUntil(lambda: page.unlock.text() == "Wait 30 seconds")
    assert not page.unlock.isEnabled()
    page.line.setText(PASSPHRASE)
    page.submit()
    assert not page.busy.isVisible()

    for _second in range(30):
        page._count_down()

    assert page.unlock.isEnabled()
    assert not page.notice.isVisible()


def test_an_empty_passphrase_is_not_tried(page: UnlockPage, opener: FakeOpener) -> None:
    page.submit()
    assert not opener.tries


def test_the_page_speaks_both_languages(qtbot: QtBot, page: UnlockPage, theme: Theme) -> None:
    page.languages["ko"].click()
    qtbot.waitUntil(lambda: page.unlock.text() == "잠금 해제")
    assert page.languages["ko"].isChecked()


def test_f1_helps_before_the_vault_is_open(qtbot: QtBot, page: UnlockPage) -> None:
    qtbot.waitUntil(lambda: page.line.hasFocus())
    QTest.keyClick(page.line, Qt.Key.Key_F1)
    window = page.findChild(HelpWindow)
    assert window is not None
    assert window.topic == "unlock"
    window.close()


def test_the_recovery_kit_enrols_an_officer(
    qtbot: QtBot, tasks: Tasks, theme: Theme, opener: FakeOpener
) -> None:
    dialog = KitDialog(opener, tasks)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.submit()
    assert dialog.name.error.text()
    dialog.source.set_value("another paper")
    dialog.person.setText("정하늘")
    dialog.passphrase.first.setText(PASSPHRASE)
    dialog.passphrase.second.setText(PASSPHRASE)
    dialog.submit()
    qtbot.waitUntil(lambda: "does not open this vault" in dialog.error.text())

    dialog.source.set_value("the words of the kit")
    with qtbot.waitSignal(dialog.accepted):
        dialog.submit()

    assert opener.recovered == [("정하늘", PASSPHRASE)]


def test_a_custody_copy_is_brought_in(
    qtbot: QtBot, tasks: Tasks, theme: Theme, opener: FakeOpener
) -> None:
    dialog = CustodyDialog(opener, ["김서연"], tasks)
    qtbot.addWidget(dialog)
    dialog.source.set_value("words")
    dialog.line.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.accepted):
        dialog.submit()
    assert opener.received == [("words", "김서연")]


def test_the_start_page_offers_three_ways_and_vaults_opened_before(
    qtbot: QtBot, theme: Theme
) -> None:
    page = StartPage(theme, [Path("/vaults/예시상사.privdesk")])
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.new_asked):
        page.new.click()
    with qtbot.waitSignal(page.sample_asked):
        page.sample.click()
    with qtbot.waitSignal(page.open_asked) as asked:
        page.recent[0].click()
    assert asked.args == ["/vaults/예시상사.privdesk"]
    assert page.recent[0].text() == "예시상사"


def test_preferences_survive_and_a_damaged_file_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "preferences.json"
    file = PreferencesFile(path)
    assert file.load() == Preferences()
    file.save(Preferences(language="en", scale=150))
    assert PreferencesFile(path).load() == Preferences(language="en", scale=150)
    path.write_text('{"scale": "big", "look": "dark"}')
    assert file.load() == Preferences(look="dark")
    for damaged in ("nonsense", "[" * 100_000, "[]", ""):
        path.write_text(damaged)
        assert file.load() == Preferences()


def test_vaults_opened_before_are_remembered_while_they_exist(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path / "preferences.json")
    vaults = [tmp_path / name for name in ("a.privdesk", "b.privdesk")]
    for vault in vaults:
        vault.mkdir()
        (vault / "vault.json").touch()
        file.remember(vault)
    file.remember(vaults[0])
    assert file.recent() == vaults
    (vaults[0] / "vault.json").unlink()
    assert file.recent() == [vaults[1]]


def test_preferences_that_cannot_be_written_get_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DomainError):
        PreferencesFile(tmp_path / "file" / "preferences.json").save(Preferences())


SLOW = (
    "sqlalchemy",
    "reportlab",
    "openpyxl",
    "zxcvbn",
    "holidays",
    "pikepdf",
    "pypdfium2",
    "pyhanko",
    "cryptography",
    "PySide6.QtPrintSupport",
)


def test_the_unlock_page_loads_nothing_slow() -> None:
    code = (
        "import sys, privdesk.ui.unlock, privdesk.ui.start, privdesk.ui.window;"
        f"print([name for name in {SLOW!r} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "[]"


def test_the_rest_is_loaded_meanwhile() -> None:
    preload("json", "csv").join()
    assert "csv" in sys.modules
