"""The workstation's settings and the office's own do not undo each other."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from privdesk.ui.settings import SettingsPage
from privdesk.ui.theme import Theme
from tests.window.rooms import Room


def folder_of(room: Room) -> str:
    room.settle()
    return str(room.desk.setting("backup_folder", ""))


def choose_on_safety(room: Room, folder: Path) -> None:
    folder.mkdir()
    room.open("safety").take_folder(str(folder))
    room.waited(lambda: room.store.load().backup_folder == str(folder))


def test_a_folder_chosen_under_safety_is_this_workstations_too(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    settings = room.open("settings")
    assert isinstance(settings, SettingsPage)

    choose_on_safety(room, tmp_path / "safe")

    room.waited(lambda: settings.folder.text() == str(tmp_path / "safe"))
    settings.minutes.setValue(25)
    assert folder_of(room) == str(tmp_path / "safe")


def test_a_folder_chosen_in_the_settings_is_the_offices(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    settings = room.open("settings")
    assert isinstance(settings, SettingsPage)

    (tmp_path / "other").mkdir()
    settings.set_backup_folder(str(tmp_path / "other"))

    assert folder_of(room) == str(tmp_path / "other")


def test_a_folder_that_is_not_there_is_refused_and_the_one_before_stays(
    room: Room, office: Path, tmp_path: Path
) -> None:
    shell = room.enter(office)
    settings = room.open("settings")
    assert isinstance(settings, SettingsPage)
    choose_on_safety(room, tmp_path / "safe")

    settings.set_backup_folder(str(tmp_path / "none"))

    assert folder_of(room) == str(tmp_path / "safe")
    room.waited(lambda: settings.folder.text() == str(tmp_path / "safe"))
    assert room.store.load().backup_folder == str(tmp_path / "safe")
    assert "does not exist" in shell.flash.text()


def test_another_workstation_takes_the_offices_folder_and_does_not_undo_it(
    room: Room, office: Path, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    room.enter(office)
    choose_on_safety(room, tmp_path / "safe")
    room.close()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    again = Room(qtbot, theme, elsewhere)
    again.enter(office)
    settings = again.open("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.folder.text() == str(tmp_path / "safe")
    settings.minutes.setValue(25)
    assert folder_of(again) == str(tmp_path / "safe")
    again.close()


def test_a_manager_does_not_move_the_offices_backups(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office, "manager")
    settings = room.open("settings")
    assert isinstance(settings, SettingsPage)

    settings.set_backup_folder(str(tmp_path / "mine"))

    assert folder_of(room) == ""


def test_the_idle_lock_follows_the_settings_at_once(room: Room, office: Path) -> None:
    shell = room.enter(office)
    settings = room.open("settings")
    assert isinstance(settings, SettingsPage)

    settings.minutes.setValue(3)

    assert "3" in shell.status.lock.label.text()
