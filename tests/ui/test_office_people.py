"""Who may open the vault: enrolled, moved, removed, with a passphrase of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from privdesk.ui.office.kitdialog import KitDialog
from privdesk.ui.office.officers import OfficersPage
from privdesk.ui.office.persondialogs import (
    AddDialog,
    OwnDialog,
    RemoveDialog,
    ResetDialog,
    RoleDialog,
)
from privdesk.ui.office.ports import Member
from privdesk.ui.office.successiondialog import HandOverDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.wizard.passphrases import NewPassphrase
from tests.ui.fakeoffice import PASSPHRASE, FakePeople

NEW = "a lantern beside nine quiet rivers"


class Opened:
    """The page of people, shown and filled."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, people: FakePeople) -> None:
        self.people = people
        self.went: list[str] = []
        self.page = OfficersPage(people, tasks, lambda: self.went.append("safety"))
        qtbot.addWidget(self.page)
        self.page.resize(1100, 760)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activated()
        qtbot.waitUntil(lambda: self.page.known is not None)

    def member(self, name: str) -> Member:
        assert self.page.known is not None
        return next(one for one in self.page.known.members if one.name == name)

    def names(self) -> list[str]:
        return [cells[1].findChildren(QLabel)[0].text() for cells in self.page.members.rows]


@pytest.fixture
def opened(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Opened:
    return Opened(qtbot, tasks, FakePeople())


def type_twice(lines: NewPassphrase, passphrase: str) -> None:
    lines.first.setText(passphrase)
    lines.second.setText(passphrase)


def test_everybody_is_listed_and_oneself_is_marked(opened: Opened) -> None:
    assert opened.names() == ["김서연", "이도윤", "박지훈"]
    first = opened.page.members.rows[0]
    assert "you" in [label.text() for label in first[1].findChildren(QLabel)]


def test_a_person_is_enrolled_with_a_passphrase_typed_twice(qtbot: QtBot, opened: Opened) -> None:
    opened.page.add.click()
    dialog = opened.page.dialog
    assert isinstance(dialog, AddDialog)
    dialog.person.setText("최윤서")
    dialog.role.box.setCurrentIndex(dialog.role.box.findData("manager"))
    type_twice(dialog.passphrase, NEW)
    dialog.go.click()

    qtbot.waitUntil(lambda: "최윤서" in opened.names())
    assert opened.people.people["최윤서"] == "manager"
    assert opened.page.flash.text() == "최윤서 can open the vault now."


def test_two_passphrases_that_differ_enrol_nobody(opened: Opened) -> None:
    opened.page.add.click()
    dialog = opened.page.dialog
    assert isinstance(dialog, AddDialog)
    dialog.person.setText("최윤서")
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW + "!")
    dialog.go.click()

    assert dialog.passphrase.two.error.text() == "The two passphrases differ."
    assert "최윤서" not in opened.people.people


def test_a_task_can_begin_with_the_dialog(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    opened = Opened(qtbot, tasks, FakePeople())

    opened.page.begin("new")

    qtbot.waitUntil(lambda: isinstance(opened.page.dialog, AddDialog))


def test_taking_the_officers_keys_away_calls_for_a_new_secret(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_role(opened.member("이도윤"))
    dialog = opened.page.dialog
    assert isinstance(dialog, RoleDialog)
    assert not dialog.go.isEnabled()
    dialog.role.box.setCurrentIndex(dialog.role.box.findData("manager"))
    assert "The keys to data subjects are taken away." in dialog.why.text()
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.people.people["이도윤"] == "manager")
    qtbot.waitUntil(lambda: not opened.page.notice.isHidden())
    opened.page.change.click()
    assert opened.went == ["safety"]


def test_somebody_is_removed_and_stays_as_a_former_person(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_remove(opened.member("박지훈"))
    dialog = opened.page.dialog
    assert isinstance(dialog, RemoveDialog)
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.member("박지훈").former)
    assert not opened.member("박지훈").managed
    assert opened.names()[-1] == "박지훈"


def test_a_refusal_stays_in_the_dialog_as_a_sentence(qtbot: QtBot, opened: Opened) -> None:
    opened.people.people["김서연"] = "manager"
    opened.page.ask_remove(opened.member("이도윤"))
    dialog = opened.page.dialog
    assert isinstance(dialog, RemoveDialog)
    dialog.go.click()

    qtbot.waitUntil(lambda: not dialog.error.isHidden())
    assert dialog.error.text().startswith("이도윤 is the last officer.")
    assert dialog.go.isEnabled()
    assert "이도윤" in opened.people.people


def test_somebody_who_forgot_gets_a_new_passphrase(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_reset(opened.member("박지훈"))
    dialog = opened.page.dialog
    assert isinstance(dialog, ResetDialog)
    type_twice(dialog.passphrase, NEW)
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.people.passphrases == {"박지훈": NEW})


def test_ones_own_passphrase_asks_for_the_present_one(qtbot: QtBot, opened: Opened) -> None:
    opened.page.own.click()
    dialog = opened.page.dialog
    assert isinstance(dialog, OwnDialog)
    dialog.present.setText("another one altogether")
    type_twice(dialog.passphrase, NEW)
    dialog.go.click()
    qtbot.waitUntil(
        lambda: dialog.error.text() == "The passphrase does not fit. Nothing was changed."
    )
    assert not opened.people.passphrases

    dialog.present.setText(PASSPHRASE)
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.people.passphrases == {"김서연": NEW})
    qtbot.waitUntil(lambda: opened.page.flash.text() == "Your passphrase was changed.")


def test_who_may_manage_nobody_changes_the_own_passphrase_alone(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(qtbot, tasks, FakePeople(may_give=()))

    assert opened.page.add.isHidden()
    assert not opened.member("박지훈").managed
    opened.page.begin("new")
    opened.page.own.click()
    assert isinstance(opened.page.dialog, OwnDialog)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_menu_of_a_person_offers_role_passphrase_and_removal(opened: Opened) -> None:
    opened.page.offer(opened.member("박지훈"), QPoint(10, 10))

    menu = opened.page.menu
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Change the role…",
        "New passphrase…",
        "Hand over to a successor…",
        "Take the access away…",
    ]
    menu.close()


def test_the_page_changes_its_language(qtbot: QtBot, opened: Opened, theme: Theme) -> None:
    theme.speak("ko")

    qtbot.waitUntil(lambda: opened.page.title.text() == "보관소를 열 수 있는 사람")
    role = opened.page.members.rows[0][2]
    assert isinstance(role, QLabel)
    assert role.text() == "개인정보 담당자"


def test_work_passes_to_a_new_person_and_the_old_access_ends(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_hand_over(opened.member("이도윤"))
    dialog = opened.page.dialog
    assert isinstance(dialog, HandOverDialog)
    dialog.go.click()
    assert opened.people.gone == {}
    dialog.person.setText("최윤서")
    type_twice(dialog.passphrase, NEW)
    dialog.go.click()

    qtbot.waitUntil(lambda: "최윤서" in opened.names())
    assert opened.people.gone == {"이도윤": "officer"}
    assert opened.people.passphrases["최윤서"] == NEW
    assert "Change the epoch secret soon." in opened.page.notice.sentence.text()


def test_work_passes_to_somebody_with_access_who_keeps_the_passphrase(
    qtbot: QtBot, opened: Opened
) -> None:
    opened.page.ask_hand_over(opened.member("이도윤"))
    dialog = opened.page.dialog
    assert isinstance(dialog, HandOverDialog)
    dialog.who.setCurrentIndex(dialog.who.findText("박지훈"))
    assert not dialog.passphrase.isVisible()
    dialog.go.click()

    qtbot.waitUntil(lambda: "이도윤" in opened.people.gone)
    assert opened.people.passphrases["박지훈"] == ""


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_an_administrator_is_not_offered_to_hand_over(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(qtbot, tasks, FakePeople(("manager",)))
    opened.page.offer(opened.member("박지훈"), QPoint(10, 10))
    assert opened.page.menu is not None
    assert "Hand over to a successor…" not in [a.text() for a in opened.page.menu.actions()]


def test_a_new_kit_is_written_where_it_is_told(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    opened.page.begin("kit")
    dialog = opened.page.dialog
    assert isinstance(dialog, KitDialog)
    dialog.go.click()
    assert opened.people.kits == []
    assert dialog.isVisible()

    dialog.target.set_path(str(tmp_path / "kit.pdf"))
    dialog.go.click()
    qtbot.waitUntil(lambda: opened.people.kits == [tmp_path / "kit.pdf"])
    qtbot.waitUntil(lambda: "K-2" in opened.page.flash.text())
    assert "old kit" in opened.page.notice.sentence.text()


def test_who_enrols_no_officers_prints_no_kit(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    opened = Opened(qtbot, tasks, FakePeople(("manager",)))
    assert not opened.page.kit.isVisible()
