"""Backups by themselves at the desk: while somebody works, before it locks and before it closes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from privdesk.flows.opening import open_desk
from privdesk.ui.closing import ClosingPage
from privdesk.ui.shell import Shell
from privdesk.ui.tasks import LongWork
from privdesk.window.backing import SelfBackup
from tests.window.rooms import WHO, Room


def chosen(office: Path, folder: Path) -> Path:
    """Choose a folder for backups; from then on one is due."""
    desk = open_desk(office, *WHO["officer"])
    desk.set_setting("backup_folder", str(folder))
    desk.vault.close()
    return office


@pytest.fixture
def drive(office: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "drive"
    folder.mkdir()
    chosen(office, folder)
    return folder


def backups(room: Room) -> SelfBackup:
    assert room.session.backups is not None
    return room.session.backups


def made(folder: Path) -> list[str]:
    return [path.name.rpartition("-")[2] for path in folder.iterdir()]


@contextmanager
def held(room: Room) -> Iterator[None]:
    """Keep the database thread busy meanwhile, so that nothing is done before it is told."""
    gate = threading.Event()
    room.tasks.run(room.session.window, lambda: gate.wait(20))
    try:
        yield
    finally:
        gate.set()


def test_a_due_backup_is_made_while_an_officer_works(room: Room, office: Path, drive: Path) -> None:
    shell = room.enter(office)
    room.waited(lambda: backups(room).due)

    backups(room).look()

    room.waited(lambda: not backups(room).due)
    assert made(drive) == ["auto.pdbackup"]
    room.waited(lambda: shell.status.backup.label.text() == "Backup: today")
    assert room.shell is shell  # and nobody was sent anywhere


def test_cancelling_it_leaves_nothing_and_it_is_not_begun_again_at_once(
    room: Room, office: Path, drive: Path
) -> None:
    shell = room.enter(office)
    room.waited(lambda: backups(room).due)
    stopped: list[bool] = []

    def stop(work: LongWork) -> None:
        work.progress.stop()
        stopped.append(work.progress.stopping)

    room.tasks.long_started.connect(stop)
    backups(room).look()
    room.waited(lambda: bool(stopped))  # it may have ended before anybody looks
    assert stopped == [True]
    room.settle()
    room.waited(lambda: not shell.long.lines)
    assert made(drive) == []

    room.tasks.long_started.disconnect(stop)
    backups(room).look()
    room.settle()
    assert made(drive) == []
    assert backups(room).due
    room.close()
    assert made(drive) == ["auto.pdbackup"]


def test_an_absent_drive_is_told_in_the_status_bar_and_looked_for_again(
    room: Room, office: Path, drive: Path
) -> None:
    drive.rmdir()
    shell = room.enter(office)
    backups(room).look()
    room.waited(lambda: shell.status.backup.label.text() == "The backup failed")

    drive.mkdir()
    backups(room).look()
    room.waited(lambda: shell.status.backup.label.text() == "Backup: today")
    assert made(drive) == ["auto.pdbackup"]


def test_locking_hides_the_desk_and_backs_up_first(room: Room, office: Path, drive: Path) -> None:
    shell = room.enter(office)
    room.waited(lambda: backups(room).due)

    with held(room):
        shell.lock()
        assert isinstance(room.page, ClosingPage)
    room.waited(lambda: room.replaced == [office])
    assert made(drive) == ["auto.pdbackup"]


def test_closing_the_window_backs_up_first(room: Room, office: Path, drive: Path) -> None:
    room.enter(office)
    room.waited(lambda: backups(room).due)

    with held(room):
        room.session.window.close()
        assert room.session.window.isVisible()
        assert isinstance(room.page, ClosingPage)

    room.waited(lambda: not room.session.window.isVisible())
    assert made(drive) == ["auto.pdbackup"]
    open_desk(office, *WHO["manager"]).vault.close()


def test_cancel_closes_without_it(room: Room, office: Path, drive: Path) -> None:
    room.enter(office)
    room.waited(lambda: backups(room).due)
    with held(room):
        room.session.window.close()
        assert isinstance(room.page, ClosingPage)
        room.page.line.cancel.click()

    room.waited(lambda: not room.session.window.isVisible())
    assert made(drive) == []


def test_nothing_is_due_without_a_folder_or_at_a_managers_desk(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    assert not backups(room).due
    room.session.window.close()
    assert not room.session.window.isVisible()


def test_a_manager_makes_none(room: Room, office: Path, drive: Path) -> None:
    room.enter(office, "manager")
    assert room.session.backups is None
    assert isinstance(room.page, Shell)
    room.close()
    assert made(drive) == []
