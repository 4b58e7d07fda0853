"""The case at hand: begun from a person or from the search, the reason for looking, and its end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from privdesk.core.register import Query
from privdesk.registers.subjects.view.person import PersonPage
from privdesk.ui.case.dialogs import CaseDialog
from privdesk.ui.case.identity import IdentityDialog
from privdesk.ui.dueday import DueDayDialog
from privdesk.ui.palette import Line
from privdesk.window.cases import CaseAtHand
from tests.cases import received, taken_back
from tests.window.rooms import Room

CTRL = Qt.KeyboardModifier.ControlModifier


def cases(room: Room) -> CaseAtHand:
    """Return the case at hand of the open desk."""
    found: CaseAtHand = room.open("subjects").context.new_request.__self__
    return found


def person(room: Room, ref: str = "") -> PersonPage:
    """Open a person's page: the first person's, where nobody is named."""
    page = room.open("subjects")
    page.open_ref(ref or somebody(room))
    room.settle()
    assert isinstance(page.person, PersonPage)
    return page.person


def somebody(room: Room) -> str:
    """Return the reference of the person of the office."""
    found: str = room.desk.service("subjects").find(Query())[0].ref
    return found


def another(room: Room) -> str:
    """Enter one more person."""
    found: str = room.desk.service("subjects").create({"name": "Other Person"}).ref
    return found


def begun(room: Room, at: CaseAtHand) -> str:
    """Press the button of the form; return the case."""
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, CaseDialog)
    dialog.go.click()
    room.settle()
    assert at.ref()
    return at.ref()


def newest(room: Room) -> tuple[str, str]:
    """Return action and case of the newest look in the journal."""
    looks = [e for e in room.desk.journal.newest(20) if e.action == "record.looked"]
    return looks[0].action, looks[0].case


def offered(room: Room, text: str) -> list[Line]:
    """Type into the search box and return what is offered."""
    line = room.shell.top.search.line
    room.session.window.activateWindow()
    room.waited(room.session.window.isActiveWindow)
    QTest.keyClick(QApplication.focusWidget() or room.shell, Qt.Key.Key_K, CTRL)
    room.waited(line.hasFocus)
    line.setText(text)
    room.settle()
    room.waited(room.shell.palette_list.isVisible)
    return [found for found in room.shell.palette_list.lines() if found.go is not None]


def test_a_case_begins_on_the_persons_page_and_is_the_reason_of_a_look(
    room: Room, office: Path
) -> None:
    room.enter(office)
    at, page = cases(room), person(room)
    page.header.request.click()
    ref = begun(room, at)
    bar = room.shell.case
    assert bar.isVisible()
    assert bar.words.text() == "Access to data · By telephone"
    assert bar.due.text() == "due 2026-12-03 · D-10"

    page.ask_reveal()
    room.settle()

    assert page.header.bar.reason.isHidden()
    assert page.header.title.text() == "Example Person"
    assert newest(room) == ("record.looked", ref)


def test_a_case_about_somebody_else_is_no_reason(room: Room, office: Path) -> None:
    room.enter(office)
    other, at = another(room), cases(room)
    person(room).header.request.click()
    ref = begun(room, at)

    page = person(room, other)
    page.ask_reveal()
    room.settle()

    assert not page.header.bar.reason.isHidden()
    assert f"The case {ref} is about somebody else" in page.header.bar.note.text()
    assert "*" in page.header.title.text()


def test_a_case_ends_when_it_is_closed_and_masks_what_it_showed(room: Room, office: Path) -> None:
    room.enter(office)
    at, page = cases(room), person(room)
    page.header.request.click()
    ref = begun(room, at)
    page.ask_reveal()
    room.settle()

    room.shell.case.close_case.click()
    room.settle()

    assert at.ref() == ""
    assert not room.shell.case.isVisible()
    assert "*" in page.header.title.text()
    assert room.desk.service("requests").get(ref).state == "received"
    page.ask_reveal()
    assert not page.header.bar.reason.isHidden()


def test_another_case_takes_its_place(room: Room, office: Path) -> None:
    room.enter(office)
    at, page = cases(room), person(room)
    page.header.request.click()
    first = begun(room, at)
    page.header.request.click()
    second = begun(room, at)

    assert first != second == at.ref()
    assert room.shell.case.ref.text() == second


def test_a_fresh_process_has_no_case(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    begun(room, at)
    room.shell.lock()
    room.waited(lambda: bool(room.replaced))

    assert room.replaced == [office]


def test_a_case_that_was_answered_meanwhile_is_put_away(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    taken_back(room.desk, begun(room, at))

    room.open("today")

    assert at.ref() == ""
    assert not room.shell.case.isVisible()


def test_a_caller_who_is_not_found_gets_a_case_and_is_connected_later(
    room: Room, office: Path
) -> None:
    room.enter(office)
    at = cases(room)
    (line,) = [one for one in offered(room, "Rare Caller") if one.title == "New request"]
    assert line.go is not None
    line.go()
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, CaseDialog)
    assert dialog.caller.text() == "Rare Caller"
    dialog.call_back.setText("010-9876-5432")
    ref = begun(room, at)
    assert room.shell.case.person.text() == "caller not known yet"

    page = person(room)
    assert page.header.request.text() == "This is the caller"
    page.header.request.click()
    room.settle()

    assert at.person() == somebody(room)
    assert room.shell.case.person.text() == "E****** P*****"
    assert room.desk.service("requests").get(ref, reveal="Test").values["caller"] == "Rare Caller"


def test_a_call_from_nobody_is_refused_in_the_form(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    at.new()
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, CaseDialog)
    dialog.go.click()
    room.settle()

    assert "Nothing says who called." in dialog.error.text()
    assert at.ref() == ""


def test_a_case_is_found_by_its_number_and_taken_up(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    ref = received(room.desk, "deletion", subject=somebody(room), channel="post")
    line = offered(room, ref.rpartition("-")[0])[0]
    assert line.right == ref
    assert line.title.startswith("Deletion")
    assert line.go is not None
    line.go()
    room.settle()

    assert at.ref() == ref
    assert room.shell.current == "subjects"


def named(room: Room, at: CaseAtHand) -> str:
    """Return the name of the person of the case at hand, as somebody may say it."""
    service = room.desk.service("subjects")
    (row,) = service.rows([service.number(at.person())], reveal=True)
    return f" {str(row.values['name']).upper()} "


def test_identity_is_checked_with_one_press_and_nothing_to_read_out(
    room: Room, office: Path
) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    ref = begun(room, at)
    room.shell.case.identify.click()
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, IdentityDialog)
    assert "I will call you back" in dialog.script.text()
    dialog.choices[1].click()
    assert "Please tell me your full name" in dialog.script.text()
    assert "Example" not in dialog.script.text()
    dialog.lines["phone"].said.setText("0000")
    dialog.compare.click()
    room.settle()
    assert dialog.lines["phone"].key in ("differs", "nothing")
    dialog.go.click()
    room.settle()
    assert "Nothing was recorded as checked" in dialog.error.text()
    dialog.lines["phone"].said.setText("")
    dialog.lines["name"].said.setText(named(room, at))
    dialog.compare.click()
    room.settle()
    assert dialog.lines["name"].answer.text() == "match"
    dialog.go.click()
    room.settle()

    assert room.desk.service("requests").get(ref).values["identity_method"] == "questions"
    assert room.shell.case.checked.isVisible()
    assert not room.shell.case.identify.isVisible()


def test_what_is_done_in_the_bar_shows_on_the_page_beneath(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    ref = begun(room, at)
    page = room.open("requests")
    page.open_ref(ref)
    room.settle()
    assert page.detail.chip.text() == "Newly received"
    counted = room.shell.status.journal.label.text()
    room.shell.case.identify.click()
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, IdentityDialog)
    dialog.note.setText("Called back on the number on file")
    dialog.go.click()
    room.settle()

    room.waited(lambda: page.detail.chip.text() == "Identified")
    room.waited(lambda: page.list.current().state == "identified")
    room.waited(lambda: room.shell.status.journal.label.text() != counted)
    found = room.desk.service("requests").get(ref, reveal="audit")
    assert found.values["identity_note"] == "Called back on the number on file"
    page.actor.begin_on("start", ref)
    room.waited(lambda: page.detail.chip.text() == "In work")
    assert [link.text() for link in room.shell.case.waiting if link.text()] == ["not answered"]


def test_a_case_begins_with_what_is_asked_and_the_items(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    room.settle()
    dialog = at.dialog
    assert isinstance(dialog, CaseDialog)
    dialog.asked.setPlainText("My telephone number is wrong.")
    dialog.items.item(0).setCheckState(Qt.CheckState.Checked)
    ref = begun(room, at)

    row = room.desk.service("requests").get(ref, reveal="Test")
    assert row.values["asked"] == "My telephone number is wrong."
    assert row.values["items"] == dialog_items(room)[:1]


def dialog_items(room: Room) -> tuple[str, ...]:
    """Return the references of the items of the office."""
    return tuple(row.ref for row in room.desk.service("items").find(Query(sort="id")))


def test_the_due_day_is_explained_from_the_bar(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    person(room).header.request.click()
    begun(room, at)
    room.shell.case.why.click()
    room.settle()

    dialog = at._window.dialog
    assert isinstance(dialog, DueDayDialog)
    assert dialog.steps[2].text() == "3.  Day 10 is 2026-12-03."
    assert len(dialog.days.days) == 11


def test_a_manager_has_no_cases(room: Room, office: Path) -> None:
    room.enter(office, "manager")

    assert [one for one in offered(room, "Rare Caller") if one.title == "New request"] == []
    assert not room.shell.case.isVisible()


def test_the_page_of_the_requests_explains_a_due_day(room: Room, office: Path) -> None:
    room.enter(office)
    at = cases(room)
    ref = received(room.desk, "access", subject=somebody(room), channel="post")
    page = room.open("requests")
    page.open_ref(ref)
    room.settle()
    why = page.detail.details.why
    assert why is not None
    why.click()
    room.settle()

    dialog = at._window.dialog
    assert isinstance(dialog, DueDayDialog)
    assert dialog.about.text() == f"Request {ref}"
