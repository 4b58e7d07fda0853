"""Locking closes the vault and goes on as a fresh process; what was unfinished comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from privdesk.flows.opening import open_desk
from privdesk.flows.ownthings import Kept
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.theme import Theme
from tests.window.rooms import WHO, Room


def half_a_place(room: Room, name: str) -> RegisterPage:
    """Begin a new place and type its name."""
    page = room.open("places")
    assert isinstance(page, RegisterPage)
    page.new()
    type_name(page, name)
    return page


def type_name(page: RegisterPage, name: str) -> None:
    editor = name_editor(page)
    editor.line.setText(name)
    editor.line.textEdited.emit(name)
    assert page.form is not None
    assert page.form.form.dirty


def name_editor(page: RegisterPage) -> LineEditor:
    assert page.form is not None
    found = [e for e in page.form.findChildren(LineEditor) if e.field.name == "name"]
    return found[0]


def can_be_opened(folder: Path) -> bool:
    """Whether nobody holds the vault any more."""
    open_desk(folder, *WHO["manager"]).vault.close()
    return True


def test_locking_closes_the_vault_and_replaces_the_process(room: Room, office: Path) -> None:
    room.enter(office)
    page = room.open("subjects")
    page.clipboard.put("010-1234-5678")

    room.shell.lock()

    room.waited(lambda: room.replaced == [office])
    assert room.session.desk is None
    assert QGuiApplication.clipboard().text() == ""
    assert can_be_opened(office)


def test_a_form_survives_the_lock_and_comes_back_to_the_same_person(
    room: Room, office: Path, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    room.enter(office)
    half_a_place(room, "Archive, second floor")
    room.shell.lock()
    room.waited(lambda: bool(room.replaced))

    again = Room(qtbot, theme, tmp_path)
    again.enter(office)
    again.waited(lambda: again.shell.current == "places")
    page = again.shell.page("places")
    assert isinstance(page, RegisterPage)
    assert name_editor(page).raw() == "Archive, second floor"
    again.close()


def test_the_draft_is_sealed(room: Room, office: Path) -> None:
    room.enter(office)
    half_a_place(room, "Archive of Example Person")
    room.shell.lock()
    room.waited(lambda: bool(room.replaced))

    for path in office.rglob("*"):
        if path.is_file():
            assert b"Archive of Example" not in path.read_bytes()


def test_somebody_else_does_not_get_the_draft(
    room: Room, office: Path, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    room.enter(office)
    half_a_place(room, "Archive, second floor")
    room.shell.lock()
    room.waited(lambda: bool(room.replaced))

    again = Room(qtbot, theme, tmp_path)
    again.enter(office, "administrator")
    assert again.shell.current == "today"
    assert Kept(again.desk, "drafts").read() == {}
    again.close()


def test_closing_the_window_keeps_the_draft_and_lets_go_of_the_vault(
    room: Room, office: Path
) -> None:
    room.enter(office)
    half_a_place(room, "Archive, second floor")

    room.close()

    desk = open_desk(office, *WHO["officer"])
    try:
        assert Kept(desk, "drafts").read()["places"]
    finally:
        desk.vault.close()


def test_a_finished_form_leaves_no_draft(room: Room, office: Path) -> None:
    room.enter(office)
    page = half_a_place(room, "Archive, second floor")
    page.show_list()
    room.shell.lock()
    room.waited(lambda: bool(room.replaced))

    desk = open_desk(office, *WHO["officer"])
    try:
        assert Kept(desk, "drafts").read() == {}
    finally:
        desk.vault.close()


@pytest.mark.parametrize("role", ["officer", "manager"])
def test_an_idle_desk_locks_by_itself(room: Room, office: Path, role: str) -> None:
    room.enter(office, role)

    room.shell.clock.expired.emit()

    room.waited(lambda: room.replaced == [office])
