"""A day at the desk leaves no name outside the vault: home, temp, logs, titles, crash reports."""

from __future__ import annotations

import logging
import tempfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from privdesk.core.register import Query
from privdesk.flows.exporting import RegisterExporter
from privdesk.ui.crash import CrashReports
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.preview import Preview
from privdesk.ui.progress import Cancelled, Progress
from privdesk.window.run import catch_the_rest
from tests.vault.traces import all_bytes
from tests.window.rooms import Room
from tests.window.test_cases import offered, person
from tests.window.test_faults import raised

NAME, PHONE, NOTE = "옥가뷁람", "010-7391-5528", "phoned about quince 5151"
pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


class Stopping(Progress):
    """Somebody presses Cancel as soon as something is under way."""

    def check(self) -> None:
        """Stop."""
        raise Cancelled


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a folder of its own for temporary files."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def planted(text: bytes) -> list[str]:
    """Return what of the planted person stands in some bytes, however it is spelled."""
    codes = ("utf-8", "utf-16-le", "cp949")
    values = (NAME, PHONE, PHONE.replace("-", ""), NOTE)
    escaped = NAME.encode("unicode_escape")
    found = [v for v in values if any(v.encode(code) in text for code in codes)]
    return [*found, *(["escaped"] if escaped in text else [])]


def outside(account: Path, scratch: Path, caplog: pytest.LogCaptureFixture) -> bytes:
    """Return everything that lies about outside the vault."""
    titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets()]
    clipboard = QGuiApplication.clipboard().text()
    about = "\n".join([*titles, clipboard, caplog.text])
    names = [str(path) for folder in (account, scratch) for path in folder.rglob("*")]
    return b"\n".join(
        [about.encode(), "\n".join(names).encode(), *map(all_bytes, (account, scratch))]
    )


def work(room: Room, scratch: Path, account: Path) -> str:
    """Enter somebody, search, look, copy, draw a letter up, cancel an export, meet a bug."""
    ref = str(room.desk.service("subjects").create({"name": NAME, "phone": PHONE}).ref)
    assert offered(room, NAME)
    page = person(room, ref)
    page._reveal_for(NOTE)
    room.waited(lambda: page.header.title.text() == NAME)
    page.clipboard.timer.setInterval(300)
    page.clipboard.put(NAME)
    assert QGuiApplication.clipboard().text() == NAME

    case = room.desk.service("requests").create(
        {"kind": "access", "channel": "phone", "subject": ref, "asked": NOTE}
    )
    requests = room.open("requests")
    receipt = next(d for d in requests.register.documents if d.code == "ack")
    requests.context.issue(requests.register, receipt, case.ref)
    room.waited(lambda: room.session.window.findChild(Preview) is not None, 30_000)
    room.settle()
    preview = room.session.window.findChild(Preview)
    assert preview is not None
    preview.close()

    with pytest.raises(Cancelled):
        export(room, scratch / "cancelled.csv", Stopping())
    reports = CrashReports(account / "crashes")
    catch_the_rest(room.session, reports)
    reports.record(raised(ValueError(f"{NAME} {PHONE}")))
    room.waited(lambda: QGuiApplication.clipboard().text() != NAME)
    return ref


def export(room: Room, path: Path, progress: Progress) -> None:
    how = ExportOptions(("name", "phone"), True, "audit", date(2026, 12, 24))
    RegisterExporter(room.desk, "subjects", names=True).export(path, Query(), how, progress)


def test_a_day_at_the_desk_leaves_no_name_outside_the_vault(
    room: Room,
    office: Path,
    scratch: Path,
    account: Path,
    hooks: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    room.enter(office)
    work(room, scratch, account)
    assert planted(outside(account, scratch, caplog)) == []
    assert list((account / "crashes").iterdir())
    assert not (scratch / "cancelled.csv").exists()

    room.session.window.close()
    assert planted(outside(account, scratch, caplog) + all_bytes(office)) == []


def test_the_same_look_finds_an_export_that_was_asked_for(
    room: Room, office: Path, scratch: Path, account: Path, caplog: pytest.LogCaptureFixture
) -> None:
    room.enter(office)
    room.desk.service("subjects").create({"name": NAME, "phone": PHONE})
    export(room, scratch / "wanted.csv", Progress())

    assert planted(outside(account, scratch, caplog)) == [NAME, PHONE]
