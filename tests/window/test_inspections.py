"""The questions of an inspection on one page: answered with keys, recorded together."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query, Row
from privdesk.flows.opening import open_desk
from privdesk.registers.inspections.view import ANSWER
from tests.desks import NOON
from tests.window.rooms import WHO, Room


@pytest.fixture
def planned(room: Room, office: Path) -> Room:
    """A window over an office with one inspection, planned."""
    room.enter(office)
    processors = room.desk.service("processors")
    of = processors.create({"name": "Dasom Call"}).ref
    room.desk.service("inspections").create({"processor": of, "planned_on": date(2026, 11, 20)})
    return room


def answers(room: Room) -> list[Row]:
    """Return the answers of the inspection, by number, once the window asks for nothing more."""
    room.settle()
    inspection = room.desk.service("inspections").find(Query())[0]
    found: list[Row] = room.desk.service("inspection-answers").of_inspection(inspection.id)
    return found


def offered(page: Any) -> bool:
    """Whether the pane offers the questions as what comes next."""
    step = page.detail.step
    return bool(step.isVisibleTo(page) and step.text() == "Answer the questions")


def opened(room: Room) -> Any:
    """Return the page with the questions of the inspection open."""
    page = room.open("inspections")
    page.open_ref(room.desk.service("inspections").find(Query())[0].ref)
    room.waited(lambda: page.list.current() is not None and ANSWER in page.fitting())
    room.waited(lambda: offered(page))
    page.detail.step.click()
    room.waited(lambda: page.answers is not None)
    return page


def test_keys_answer_question_after_question_and_all_is_recorded_at_once(planned: Room) -> None:
    page = opened(planned)
    sheet = page.answers
    table = sheet.table
    QTest.keyClick(table, Qt.Key.Key_Y)
    QTest.keyClick(table, Qt.Key.Key_A)
    QTest.keyClicks(table, "1")  # the same as Y, for whoever types Hangul
    QTest.keyClick(table, Qt.Key.Key_N)
    assert "4 of" in sheet.count.text()
    assert "1 lacking" in sheet.count.text()
    at = table.currentRow()
    assert table.currentColumn() == 5  # what is lacking is typed next
    table.closePersistentEditor(table.item(at, 5))
    table.item(at, 5).setText("Shared account")
    assert table.item(at, 6).text() == "2026-12-23"  # 30 days from today, unless changed
    assert [row.values["answer"] for row in answers(planned)[:4]] == ["", "", "", ""]

    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    planned.waited(lambda: page.answers is None)
    given = answers(planned)
    assert [row.values["answer"] for row in given[:5]] == ["yes", "na", "yes", "no", ""]
    assert given[3].values["finding"] == "Shared account"
    assert given[3].values["due"] == date(2026, 12, 23)
    assert given[3].state == "lacking"

    again = opened(planned).answers
    assert "4 of" in again.count.text()
    assert not again.dirty
    assert again.table.current_ref() == given[4].ref  # goes on where nobody has answered


def test_a_no_without_what_is_lacking_records_nothing_and_says_why(planned: Room) -> None:
    page = opened(planned)
    sheet = page.answers
    first, second = (one.ref for one in sheet.asked.lines[:2])
    sheet.table.answer(first, "yes")
    sheet.table.answer(second, "no")
    sheet.save.click()
    planned.waited(lambda: sheet.save.isEnabled())
    assert "Question 2" in sheet.flash.text()
    assert not any(row.values["answer"] for row in answers(planned))
    assert page.answers is sheet  # nothing that was typed is lost

    sheet.drop.click()
    assert page.answers is None


def test_the_rest_is_answered_with_yes_by_one_button(planned: Room) -> None:
    page = opened(planned)
    sheet = page.answers
    sheet.table.answer(sheet.asked.lines[2].ref, "na")
    sheet.rest.click()
    assert not sheet.rest.isEnabled()
    assert page.back()  # Esc records as well
    planned.waited(lambda: page.answers is None)
    told = [row.values["answer"] for row in answers(planned)]
    assert told[2] == "na"
    assert set(told) == {"yes", "na"}


def test_answers_outlive_a_lock(planned: Room) -> None:
    page = opened(planned)
    page.answers.table.answer(page.answers.asked.lines[0].ref, "yes")
    draft = page.draft()
    page.answers.drop.click()
    assert page.draft() is None

    page.restore(draft)
    planned.waited(lambda: page.answers is not None)
    assert page.answers.dirty
    assert page.answers.table.lines()[0].answer == "yes"


def test_a_finished_inspection_and_a_training_have_no_questions_to_answer(planned: Room) -> None:
    service = planned.desk.service("inspections")
    ref = service.find(Query())[0].ref
    service.act("all-yes", [ref], {"evidence": "Seen"})
    service.act("finish", [ref], {"unproved": "Nobody was there."})
    page = planned.open("inspections")
    page.open_ref(ref)
    planned.waited(lambda: page.list.current() is not None)
    planned.settle()
    assert ANSWER not in page.fitting()
    assert not offered(page)


def test_the_questions_of_an_audit_are_rows_of_a_page_too(room: Room, office: Path) -> None:
    room.enter(office)
    staff, audits = room.desk.service("staff"), room.desk.service("audits")
    auditor, head = (staff.create({"name": n, "duty": "none"}).ref for n in ("Orin", "Hana"))
    told = {"name": "First half", "scope": "All", "planned_on": date(2026, 11, 16)}
    audit = audits.create({**told, "auditor": auditor}).ref
    page = room.open("audits")
    page.open_ref(audit)
    room.waited(lambda: page.list.current() is not None)
    room.waited(lambda: offered(page))  # the list is read anew after each answer
    page.detail.step.click()
    room.waited(lambda: page.answers is not None)
    sheet = page.answers
    assert sheet.asked.title == "First half"
    first, second = (one.ref for one in sheet.asked.lines[:2])
    sheet.table.put(first, {"answer": "yes", "evidence": "Seen"})
    sheet.table.put(second, {"answer": "no", "finding": "Lists lie open", "due": "2026-12-01"})
    sheet.save.click()
    room.waited(lambda: sheet.save.isEnabled())
    assert "who answers for the work" in sheet.flash.text()

    room.settle()
    audits.update(audit, {"responsible": head})
    sheet.save.click()
    room.waited(lambda: page.answers is None)
    room.settle()
    one, two = room.desk.service("audit-answers").of(audits.number(audit))[:2]
    assert (one.values["answer"], one.values["evidence"], two.state) == ("yes", "Seen", "lacking")
    (finding,) = room.desk.service("audit-findings").of_answer(two.id)
    assert (finding.values["owner"], finding.values["due"]) == (head, date(2026, 12, 1))

    room.waited(lambda: offered(page))  # the list is read anew after each answer
    page.detail.step.click()
    room.waited(lambda: page.answers is not None)
    assert page.answers.table.lines()[1].finding == "Lists lie open"
    assert not page.answers.dirty
    page.answers.table.put(second, {"answer": "no", "finding": "Two", "due": "2026-12-02"})
    page.answers.save.click()
    room.waited(lambda: page.answers is None)
    room.settle()
    (again,) = room.desk.service("audit-findings").of_answer(two.id)
    assert (again.ref, again.values["finding"]) == (finding.ref, "Two")


def _shows(page: Any, ref: str) -> bool:
    return getattr(page.list.current(), "ref", "") == ref


def _told(sheet: Any) -> bool:
    return bool(sheet.flash.text())


def test_an_auditor_answers_on_that_page(room: Room, office: Path) -> None:
    desk = open_desk(office, *WHO["officer"], FixedClock(NOON))
    told = {"name": "First half", "scope": "All", "planned_on": date(2026, 11, 16)}
    for outside in (WHO["auditor"][0], "Nari Audit Ltd."):
        desk.service("audits").create({**told, "name": outside, "outside": outside})
    desk.vault.close()
    room.enter(office, "auditor")
    page = room.open("audits")
    mine, other = room.desk.service("audits").find(Query(sort="id"))
    for row in (other, mine):
        page.open_ref(row.ref)
        room.waited(partial(_shows, page, row.ref))
        room.waited(partial(offered, page))
        page.detail.step.click()
        room.waited(lambda: page.answers is not None)
        sheet = page.answers
        sheet.rest.click()
        sheet.save.click()
        if row is other:
            room.waited(partial(_told, sheet))
            assert "does not name you" in sheet.flash.text()
            sheet.drop.click()
        else:
            room.waited(lambda: page.answers is None)
    room.settle()
    left = [room.desk.service("audits").get(row.ref).values["unanswered"] for row in (mine, other)]
    assert left[0] == 0 < left[1]
