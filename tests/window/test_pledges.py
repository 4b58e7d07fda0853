"""Pledges in the window: how the office stands, sheets, a stack of scans, signing on the screen."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query, Row
from privdesk.documents.preview import page_texts, pages_png
from privdesk.flows import pledging
from privdesk.flows.opening import open_desk
from privdesk.ui.preview import Preview
from tests.desks import NOON
from tests.window.rooms import WHO, Room

PEOPLE = ("가온", "나래", "다솜")


@pytest.fixture
def staffed(room: Room, office: Path) -> Room:
    """A window over an office with three people who handle data."""
    room.enter(office)
    for number, name in enumerate(PEOPLE):
        told = {"name": name, "staff_no": f"G-{number}", "department": f"Team {number % 2}"}
        room.desk.service("staff").create({**told, "category": "a", "joined": "2026-11-02"})
    return room


def pledges(room: Room) -> list[Row]:
    found: list[Row] = room.desk.service("pledges").find(Query(sort="id"))
    return found


def preview(room: Room) -> Preview:
    room.waited(lambda: bool(room.session.window.findChildren(Preview)))
    return room.session.window.findChildren(Preview)[-1]


def torn(room: Room, folder: Path) -> list[Path]:
    """Print all sheets; return their scan, the code of the second torn off, and a blank back."""
    run = pledging.sheets(room.desk, language="ko")
    pages = [Image.open(BytesIO(png)).convert("L") for png in pages_png(run.data, 150)]
    pages[1].paste(255, (0, 0, pages[1].width, 260))
    path = folder / "stack.tif"
    pages.append(Image.new("L", pages[0].size, 255))
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return [path]


def test_the_strip_tells_how_the_office_stands_and_draws_up_what_lacks(staffed: Room) -> None:
    page = staffed.open("pledges")
    assert page.strip.told.text() == "0 of 3 have signed"
    assert page.strip.missing.text() == "3 missing"
    assert not page.strip.sheets.isEnabled()

    page.strip.draw.click()
    page.dialog.form.boxes["department"].editor.set_value("Team 0")
    page.dialog.form.foot.save.click()
    staffed.settle()

    assert [row.values["who"] for row in pledges(staffed)] == ["가온", "다솜"]
    assert page.flash.text() == "2 pledges drawn up"
    assert page.strip.sheets.isEnabled()
    page.strip.unsigned.click()
    paper = preview(staffed)
    assert all(name in page_texts(paper._data)[0] for name in PEOPLE)
    paper.reject()

    ((words, ask),) = page.further()
    assert words == "Renew the pledge…"
    ask()
    page.dialog.form.boxes["months"].editor.set_value(12)
    page.dialog.form.foot.save.click()
    staffed.settle()
    assert staffed.desk.setting("pledge_months") == 12


def test_the_sheets_that_wait_come_as_one_paper_to_print(staffed: Room) -> None:
    pledging.draw(staffed.desk, "joining")
    page = staffed.open("pledges")
    page.strip.sheets.click()
    page.dialog.form.boxes["language"].editor.set_value("en")
    page.dialog.form.foot.save.click()
    staffed.settle()

    assert preview(staffed).count.text() == "Page 1 of 3"
    assert {row.state for row in pledges(staffed)} == {"printed"}
    preview(staffed).reject()


def test_a_stack_is_matched_and_what_has_no_code_by_hand(staffed: Room, tmp_path: Path) -> None:
    pledging.draw(staffed.desk, "joining")
    paths = torn(staffed, tmp_path)
    page = staffed.open("pledges")
    page.read_scans(paths)
    staffed.settle()
    match = page.matching
    assert [one.verdict for one in match.stack.pages] == ["ready", "none", "ready", "blank"]
    assert match.pages.currentRow() == 1  # the one that waits for a hand
    assert match.form.foot.save.text() == "No sheet marked as signed"
    assert not match.signed.isEnabled()  # whose is it?
    match.pages.setCurrentRow(0)
    QTest.keyClick(match.pages, Qt.Key.Key_Space)
    match.pages.setCurrentRow(2)
    match.signed.click()
    assert match.form.foot.save.text() == "Record 2 sheets"
    assert page.strip.isHidden()
    match.form.submit()
    assert "look" in match.form.foot.notice.text()  # no day yet
    match.form.boxes["on"].editor.set_value(date(2026, 11, 23))
    match.form.submit()
    staffed.settle()

    assert [one.verdict for one in match.stack.pages] == ["none"]  # what is left stays in sight
    assert not match.form.foot.save.isEnabled()
    left = next(row for row in pledges(staffed) if row.state == "printed")
    match.by_hand(left.ref)
    staffed.settle()
    assert not match.form.foot.save.isEnabled()
    match.signed.click()
    assert match.form.foot.save.text() == "Record 1 sheet"
    match.form.submit()
    staffed.settle()

    assert [row.values["signed_on"] for row in pledges(staffed)] == [date(2026, 11, 23)] * 3
    assert page.matching is None
    assert page.strip.told.text() == "3 of 3 have signed"


def test_what_was_matched_by_hand_is_there_again_after_leaving(
    staffed: Room, tmp_path: Path
) -> None:
    pledging.draw(staffed.desk, "joining")
    paths = torn(staffed, tmp_path)
    page = staffed.open("pledges")
    assert page.strip.resume.isHidden()
    page.read_scans(paths)
    staffed.settle()
    waits = {one.ref for one in page.matching.stack.pages}
    left = next(row for row in pledges(staffed) if row.ref not in waits)
    page.matching.by_hand(left.ref)
    staffed.settle()
    page.matching.shut.click()
    staffed.open("staff")
    staffed.open("pledges")

    assert page.strip.resume.text() == "Go on matching 4 pages"
    page.strip.resume.click()
    staffed.waited(lambda: page.matching is not None)
    verdicts = [one.verdict for one in page.matching.stack.pages]
    assert verdicts == ["ready", "ready", "ready", "blank"]
    for at in range(3):
        page.matching.pages.setCurrentRow(at)
        page.matching.signed.click()
    page.matching.form.boxes["on"].editor.set_value(date(2026, 11, 23))
    page.matching.form.submit()
    staffed.settle()
    assert page.strip.resume.isHidden()


def test_a_manager_sees_how_the_office_stands(room: Room, office: Path) -> None:
    desk = open_desk(office, *WHO["officer"], FixedClock(NOON))
    desk.service("staff").create({"name": "가온", "category": "a", "joined": "2026-11-02"})
    desk.vault.close()
    room.enter(office, "manager")

    page = room.open("pledges")

    room.waited(lambda: page.strip.told.text() == "0 of 1 have signed")
    training = room.open("sessions").strip
    room.waited(lambda: training.told.text() == "0 of 1 are trained")
    assert training.tick.isHidden()
    page = room.open("pledges")
    assert page.strip.isVisible()
    assert page.strip.unsigned.isVisible()
    assert page.strip.draw.isHidden()


def write(pad: object) -> None:
    """Sign with the mouse."""
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, button, pos=QPoint(40, 80))  # type: ignore[call-overload]
    for step in range(20):
        QTest.mouseMove(pad, QPoint(40 + 15 * step, 60 + step % 5 * 12))  # type: ignore[call-overload]
    QTest.mouseRelease(pad, button, pos=QPoint(340, 80))  # type: ignore[call-overload]


def test_somebody_signs_on_the_screen(staffed: Room) -> None:
    pledging.draw(staffed.desk, "joining")
    (ref, *_others) = [row.ref for row in pledges(staffed)]
    page = staffed.open("pledges")
    page.open_ref(ref)
    staffed.settle()
    sign = next(action for action in page.fitting() if action.name == "sign")
    page.start(sign)
    staffed.settle()
    dialog = page.signing
    assert "Haneul Parcel" in dialog.area.widget().findChildren(type(dialog.who))[0].text()

    write(dialog.pad)
    assert not dialog.go.isEnabled()  # not ticked yet
    dialog.read.setChecked(True)
    assert dialog.go.isEnabled()
    dialog.again.click()
    QTest.mouseClick(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 80))
    assert not dialog.go.isEnabled()  # a dot is no signature
    write(dialog.pad)
    dialog.change_language()
    staffed.settle()
    assert not dialog.go.isEnabled()  # another text is to be read
    dialog.read.setChecked(True)
    dialog.go.click()
    staffed.settle()

    row = staffed.desk.service("pledges").get(ref)
    assert (row.state, row.values["how"]) == ("signed", "screen")
    paper = preview(staffed)
    assert "가온" in page_texts(paper._data)[0]
    paper.reject()
    assert sign not in page.fitting()


def test_a_manager_sees_the_list_and_no_steps(room: Room, office: Path) -> None:
    room.enter(office, "manager")
    page = room.open("pledges")
    assert page.strip.scans.isHidden()
    assert page.further() == ()
    assert [d.code for d in page.offers.printing._papers()] == ["unsigned"]
