"""A case in the window: taken in, identified by a script, its letter in the person's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from privdesk.core.register import Query, Row
from privdesk.registers.findings import targets
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.findings.view import TodayPage
from privdesk.ui.form.paths import PathEditor
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.preview import Preview
from tests.window.rooms import PERSON, Room, entries


def take(room: Room, **values: object) -> Row:
    """Take a case in beside the screen."""
    person = room.desk.service("subjects").find(Query(sort="ref"))[0]
    given = {"kind": "access", "channel": "phone", "subject": person.ref, **values}
    found: Row = room.desk.service("requests").create(given)
    return found


def shown(room: Room, ref: str) -> RegisterPage:
    """Show a case on its page."""
    page = room.shell.open("requests", ref)
    assert isinstance(page, RegisterPage)
    room.settle()
    room.waited(lambda: page.detail.row is not None and page.detail.row.ref == ref)
    return page


def begin(room: Room, page: RegisterPage, action: str) -> ActionDialog:
    """Begin an action of the case on show, and return its form."""
    declared = page.register.action(action)
    assert declared is not None
    page.start(declared)
    room.waited(lambda: page.actor.dialog is not None)
    assert isinstance(page.actor.dialog, ActionDialog)
    return page.actor.dialog


def test_an_identity_is_checked_by_the_script(room: Room, office: Path) -> None:
    room.enter(office)
    row = take(room)
    page = shown(room, row.ref)
    dialog = begin(room, page, "identify")
    method = dialog.form.boxes["method"]
    before = method.help.text()
    method.editor.set_raw("callback")
    assert "Hang up" in method.help.text()
    assert "Hang up" not in before

    dialog.form.submit()
    room.settle()
    (now,) = room.desk.service("requests").rows([row.id])
    assert (now.state, now.values["identity_method"]) == ("identified", "callback")


def test_a_file_is_chosen_for_a_case(
    room: Room, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.enter(office)
    row = take(room)
    scan = tmp_path / "scan.txt"
    scan.write_text("a scan", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(scan), ""))
    dialog = begin(room, shown(room, row.ref), "attach")
    editor = dialog.form.boxes["file"].editor
    assert isinstance(editor, PathEditor)
    editor.choose.click()
    assert editor.value() == str(scan)

    dialog.form.submit()
    room.settle()
    (found,) = room.desk.service("enclosures").of_request(row.id)
    assert found.values["bytes"] == len("a scan")


def test_a_letter_opens_in_the_persons_language(room: Room, office: Path) -> None:
    room.enter(office)
    person = room.desk.service("subjects").create({"name": PERSON, "language": "ko"})
    row = take(room, subject=person.ref)
    page = shown(room, row.ref)
    receipt = next(d for d in page.register.documents if d.code == "ack")
    assert page.context.issue is not None
    page.context.issue(page.register, receipt, row.ref)

    room.waited(lambda: room.session.window.findChild(Preview) is not None, 30_000)
    room.settle()
    preview = room.session.window.findChild(Preview)
    assert preview is not None
    assert "접수 확인서" in preview.title.text()
    preview.close()


def test_the_row_of_today_leads_to_the_case(room: Room, office: Path) -> None:
    room.enter(office)
    row = take(room, kind="inquiry")
    (found,) = [one for one in desk_findings(room.desk) if one.ref == row.ref]
    to = targets.target(found)
    today = room.open("today")
    assert isinstance(today, TodayPage)

    today._go(to.register, to.ref, to.action)
    room.settle()

    page = room.shell.page("requests")
    assert room.shell.current == "requests"
    assert isinstance(page, RegisterPage)
    room.waited(lambda: page.detail.row is not None and page.detail.row.ref == row.ref)


def test_only_an_officer_has_the_requests(room: Room, office: Path) -> None:
    room.enter(office, "manager")

    assert not {"requests", "enclosures"} & set(entries(room.shell))


def test_the_notice_of_usage_is_recorded_from_today(room: Room, office: Path) -> None:
    room.enter(office)
    today = room.open("today")
    assert isinstance(today, TodayPage)
    today._go("requests", "", "usage-notice")
    room.settle()
    page = room.shell.page("requests")
    assert page is not None
    dialog = page.findChild(ActionDialog)
    assert dialog is not None
    dialog.form.boxes["on"].editor.set_raw("2026-11-20")

    dialog.form.submit()
    room.settle()

    assert room.desk.setting("usage_notice_on") == "2026-11-20"
