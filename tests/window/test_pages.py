"""Every page opens for every role; every button of Today leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from privdesk.registers.findings import targets
from privdesk.registers.findings.setup import STEPS
from privdesk.registers.findings.view import TodayPage
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.officers import OfficersPage
from privdesk.ui.office.persondialogs import AddDialog
from privdesk.ui.office.profile import ProfilePage
from privdesk.ui.office.safety import SafetyPage
from privdesk.ui.office.safetydialogs import RollDialog
from privdesk.ui.office.templates import TemplateDialog
from privdesk.ui.page.page import RegisterPage
from tests.window.rooms import PURPOSE, WHO, Room, entries

PEOPLE_PAGES = {
    *("subjects", "requests", "enclosures", "consents", "holdings", "imports", "orders"),
    "retrievals",
}
EVERYWHERE = {"today", "safety", "settings", "officers", "office", "profile", "journal"}
# Where a button of Today may lead: the steps of the set-up list, and what targets.py promises.
TARGETS = sorted(
    {(step.register, step.action) for step in STEPS}
    | {
        *(("safety", action) for action in ("roll", "custody", "holder", "backup", "list")),
        ("destructions", "request-due"),
        ("destructions", "list"),
        ("holdings", "list"),
        ("orders", "list"),
        ("requests", "list"),
        ("requests", "usage-notice"),
        ("purposes", "list"),
        ("office", "edit"),
        ("officers", "kit"),
    }
)


@pytest.mark.parametrize("role", WHO)
def test_every_page_opens_without_a_bug(room: Room, office: Path, role: str) -> None:
    shell = room.enter(office, role)
    names = entries(shell)
    assert set(names) >= EVERYWHERE

    for name in names:
        page = room.open(name)
        assert shell.current == name
        flash = getattr(page, "flash", None)
        assert flash is None or not flash.text(), (name, flash.text())
        shell.refresh()
        room.settle()


def test_only_an_officer_has_pages_of_people(room: Room, office: Path) -> None:
    room.enter(office, "manager")

    assert not PEOPLE_PAGES & set(entries(room.shell))


def test_an_officer_has_pages_of_people(room: Room, office: Path) -> None:
    room.enter(office)

    assert set(entries(room.shell)) >= PEOPLE_PAGES


@pytest.mark.parametrize("role", ["officer", "manager"])
def test_every_button_of_today_leads_somewhere(room: Room, office: Path, role: str) -> None:
    shell = room.enter(office, role)
    today = room.open("today")
    assert isinstance(today, TodayPage)

    for register, action in TARGETS:
        room.open("today")
        today._go(register, "", action)
        room.settle()
        closed = role != "officer" and register in PEOPLE_PAGES
        assert shell.current == ("today" if closed else register), action
        assert (shell.flash.text() == "Your role does not open this page.") == closed
        _close_dialogs(room)
        shell.flash.hide()


def test_every_target_that_the_findings_promise_is_tried() -> None:
    said = set(targets._STEPS)

    assert said - {action for _register, action in TARGETS} == {
        # these carry the reference of a destruction or an order, which its own page begins with
        "approve",
        "execute",
        "finish",
        "send",
        "answer",
        "reply",
        "accept",
        "routes",  # leads to the rules of the office
    }


def test_steps_of_the_set_up_list_begin_what_they_say(room: Room, office: Path) -> None:
    room.enter(office)
    today = room.open("today")

    def begin(register: str, action: str) -> object:
        room.open("today")
        today._go(register, "", action)
        room.settle()
        return room.shell.stack.currentWidget()

    officers = begin("officers", "new")
    assert isinstance(officers, OfficersPage)
    assert isinstance(officers.dialog, AddDialog)
    officers.dialog.reject()
    staff = begin("staff", "new")
    assert isinstance(staff, RegisterPage)
    assert staff.form is not None
    subjects = begin("subjects", "import")
    assert isinstance(subjects, RegisterPage)
    assert subjects.faces.currentWidget() is not subjects.split
    assert isinstance(begin("profile", "edit"), ProfilePage)
    safety = begin("safety", "roll")
    assert isinstance(safety, SafetyPage)
    assert isinstance(safety.dialog, RollDialog)
    safety.dialog.reject()


def test_a_backup_is_made_from_today_and_listed(room: Room, office: Path) -> None:
    room.enter(office)
    today = room.open("today")

    today._go("safety", "", "backup")
    room.settle()

    page = room.shell.page("safety")
    assert isinstance(page, SafetyPage)
    room.waited(lambda: page.stand is not None and len(page.stand.backups) == 1)
    made = office.with_name("office.backups")
    assert [path.suffix for path in made.iterdir()] == [".pdbackup"]


def test_purposes_are_entered_from_templates(room: Room, office: Path) -> None:
    room.enter(office)
    today = room.open("today")
    today._go("purposes", "", "templates")
    room.settle()
    page = room.shell.page("purposes")
    assert page is not None
    dialog = page.findChild(TemplateDialog)
    assert dialog is not None
    ticked = len(dialog.chosen())
    assert ticked >= 3

    dialog.go.click()

    def entered() -> bool:
        rows = room.desk.vault.raw.execute("SELECT count(*) FROM purposes").fetchone()
        return bool(rows[0] == ticked + 1)

    room.waited(lambda: "entered" in room.shell.flash.text())
    assert entered()
    assert PURPOSE


def _close_dialogs(room: Room) -> None:
    for dialog in room.session.window.findChildren(AskDialog):
        dialog.reject()
    for chooser in room.session.window.findChildren(QFileDialog):
        chooser.close()
    for page in room.shell.pages().values():
        if isinstance(page, RegisterPage):
            page.show_list()


def test_the_journal_begins_with_the_newest_entry_and_its_arrow_says_so(
    room: Room, office: Path
) -> None:
    room.enter(office)
    page = room.open("journal")
    heads = page.list.table.horizontalHeader()
    room.waited(lambda: page.list.model.row_at(0) is not None)
    first, second = (page.list.model.row_at(position) for position in range(2))

    assert first.values["number"] > second.values["number"]
    assert heads.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
