"""What goes wrong in the window is one sentence: no traceback, no name, a report for bugs only."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi

from privdesk.core.errors import DomainError
from privdesk.flows.finding import settled
from privdesk.ui.crash import CrashReports
from privdesk.window.run import catch_the_rest, told_of
from tests.window.rooms import PERSON, Room

NAME = "김서연"


def raised(error: Exception) -> Exception:
    """Return an error as it looks after it was raised."""
    try:
        raise error
    except type(error) as why:
        return why


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (dbapi.OperationalError("database or disk is full"), "no room left"),
        (dbapi.OperationalError("attempt to write a readonly database"), "read-only"),
        (OSError(28, "No space left on device", "/drive/list.csv"), "no room left"),
    ],
)
def test_a_full_or_read_only_disk_is_no_bug(
    room: Room, tmp_path: Path, error: Exception, told: str
) -> None:
    reports = CrashReports(tmp_path / "reports")

    assert told in told_of(room.session, reports, raised(error)).sentence()
    assert not (tmp_path / "reports").exists()


def test_a_fault_in_the_window_itself_is_told_without_the_name_in_it(
    room: Room, office: Path, tmp_path: Path, hooks: None, capfd: pytest.CaptureFixture[str]
) -> None:
    room.enter(office)
    catch_the_rest(room.session, CrashReports(tmp_path / "reports"))
    why = raised(ZeroDivisionError(f"{NAME} divided by nobody"))
    capfd.readouterr()

    sys.excepthook(type(why), why, why.__traceback__)

    assert "Something in the program went wrong" in room.shell.flash.text()
    (report,) = (tmp_path / "reports").glob("crash-*.txt")
    said = capfd.readouterr()
    for text in (room.shell.flash.text(), report.read_text("utf-8"), said.out, said.err):
        assert NAME not in text
    assert "Traceback" not in said.err


def test_a_fault_before_the_desk_is_open_is_told_too(
    room: Room, office: Path, tmp_path: Path, hooks: None, capfd: pytest.CaptureFixture[str]
) -> None:
    catch_the_rest(room.session, CrashReports(tmp_path / "reports"))
    why = raised(ZeroDivisionError(NAME))

    unlock = room.session.show_unlock(office)
    sys.excepthook(type(why), why, why.__traceback__)
    room.waited(lambda: "went wrong" in unlock.sentence.text())
    room.settle()

    wizard = room.session.show_wizard()
    sys.excepthook(type(why), why, why.__traceback__)
    room.waited(lambda: "went wrong" in wizard.flash.text())
    assert "went wrong" not in capfd.readouterr().err


def test_a_fault_of_another_thread_is_told_on_the_screen(
    room: Room, office: Path, tmp_path: Path, hooks: None
) -> None:
    room.enter(office)
    catch_the_rest(room.session, CrashReports(tmp_path / "reports"))

    def stumble() -> None:
        raise ZeroDivisionError(NAME)

    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()

    room.waited(lambda: "went wrong" in room.shell.flash.text())
    assert NAME not in room.shell.flash.text()


def test_a_damaged_search_index_is_made_anew_while_the_desk_is_open(
    room: Room, office: Path, tmp_path: Path
) -> None:
    room.enter(office)
    told: list[DomainError] = []
    room.tasks.bug.connect(told.append)
    search = office / "search.db"
    data = bytearray(search.read_bytes())
    for page in range(2, len(data) >> 12):
        data[(page << 12) + 100] ^= 0x40
    search.write_bytes(data)

    damage = raised(dbapi.DatabaseError("database disk image is malformed"))
    told_of(room.session, CrashReports(tmp_path / "reports"), damage)

    room.settle()
    assert "made anew" in told[0].sentence()
    found = settled(room.desk, PERSON[:6], 5)
    assert len(found) == 1


def test_an_interrupt_at_the_terminal_closes_the_window_and_is_no_bug(
    room: Room, office: Path, tmp_path: Path, hooks: None
) -> None:
    room.enter(office)
    catch_the_rest(room.session, CrashReports(tmp_path / "reports"))

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert not room.session.window.isVisible()
    assert not (tmp_path / "reports").exists()
