"""Consents in the window: the plan before a withdrawal, the day in the box, evidence, receipts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.ui.page.receipts import OUT
from privdesk.ui.page.saved import ready_view
from privdesk.ui.preview import Preview
from privdesk.ui.theme import Theme
from tests.copies import open_copy
from tests.registers import fillings
from tests.window.rooms import Room

TODAY = date(2026, 11, 23)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Room]:
    """Return a window over an office where somebody agreed to two purposes."""
    desk = open_copy(tmp_path)
    _fill(desk)
    folder = desk.vault.folder
    desk.vault.close()
    made = Room(qtbot, theme, tmp_path)
    made.enter(folder)
    yield made
    made.close()


def _fill(desk: Desk) -> None:
    shop = fillings.place(desk)
    person = desk.service("subjects").create({"name": "김가나", "email": "gana@example.com"})
    for name in ("Newsletter", "Counselling"):
        of = fillings.purpose(desk, name)
        within = fillings.file(desk, of, shop, f"{name} file")
        told = {"subject": person.ref, "purpose": of.ref}
        desk.service("holdings").create({**told, "file": within.ref, "collected_on": "2026-03-02"})
        desk.service("consents").create({**told, "at": "2026-03-02"})


def first(room: Room) -> Row:
    """Return the oldest consent."""
    found: Row = room.desk.service("consents").find(Query(sort="id"))[0]
    return found


def preview(room: Room) -> Preview:
    """Return the paper on show."""
    room.waited(lambda: bool(room.session.window.findChildren(Preview)))
    return room.session.window.findChildren(Preview)[-1]


def test_a_withdrawal_shows_its_plan_and_offers_the_confirmation(room: Room) -> None:
    page = room.open("consents")
    page.open_ref(first(room).ref)
    room.settle()
    page.start(page.register.action("withdraw"))
    room.settle()
    dialog = page.dialog

    assert dialog.plan.button == "Withdraw and request destruction of 1 holding"
    assert dialog.form.foot.save.property("kind") != "danger"
    dialog.form.boxes["channel"].editor.set_value("phone")
    dialog.form.foot.save.click()
    room.settle()

    assert room.desk.service("consents").get(first(room).ref).state == "past"
    (asked,) = room.desk.service("destructions").every()
    assert room.desk.service("destructions").rows([asked])[0].state == "requested"
    assert page.flash.offer.text() == "Print: Withdrawal confirmation…"
    page.flash.offer.click()
    paper = preview(room)
    assert paper.windowTitle() or paper.title.text()
    paper.reject()


def asked_for(room: Room) -> str:
    """Take a withdrawal in from the person, whose identity is checked; return its reference."""
    service, who = room.desk.service("requests"), str(first(room).values["subject"])
    number = service.create({"kind": "withdrawal", "subject": who, "channel": "phone"}).ref
    service.act("identify", [number], {"method": "callback"})
    return str(number)


def test_a_withdrawal_answers_the_open_request_unless_said_otherwise(room: Room) -> None:
    number = asked_for(room)
    page = room.open("consents")
    page.open_ref(first(room).ref)
    room.settle()
    page.start(page.register.action("withdraw"))
    room.settle()

    assert page.dialog.plan.parts[-1].lines[0].text == number
    assert page.dialog.form.boxes["answers"].editor.value() is True
    page.dialog.form.boxes["answers"].editor.set_value(False)
    page.dialog.form.foot.save.click()
    room.settle()
    assert room.desk.service("requests").get(number).state == "identified"
    assert room.desk.service("consents").get(first(room).ref).state == "past"


def test_a_request_shows_the_same_plan_before_the_consents_end(room: Room) -> None:
    number = asked_for(room)
    page = room.open("requests")
    page.open_ref(number)
    room.waited(lambda: page.list.current() is not None)
    page.start(page.register.action("end-consents"))
    room.settle()
    dialog = page.actor.dialog

    assert dialog.plan.button == "Withdraw and request destruction of 2 holdings"
    assert list(dialog.ticks)
    assert room.desk.service("destructions").every() == []
    kept = next(ref for ref in dialog.ticks if ref != first(room).ref)
    dialog.ticks[kept].setChecked(False)
    room.settle()
    assert "1 holding" in dialog.plan.button
    dialog.form.foot.save.click()
    room.settle()

    states = {r.ref: r.state for r in room.desk.service("consents").find(Query())}
    assert (states[first(room).ref], states[kept]) == ("past", "given")
    assert room.desk.service("requests").get(number).state == "working"
    page.flash.offer.click()
    preview(room).reject()


def test_on_a_persons_page_single_consents_can_be_left_out(room: Room) -> None:
    page = room.open("subjects")
    page.open_ref(str(first(room).values["subject"]))
    room.settle()
    page.person.header.withdraw.click()
    room.settle()
    dialog = page.person.withdrawing.dialog

    assert "2 holdings" in dialog.plan.button
    kept = next(ref for ref in dialog.ticks if ref != first(room).ref)
    dialog.ticks[kept].setChecked(False)
    room.settle()
    assert "1 holding" in dialog.plan.button
    dialog.form.foot.save.click()
    room.settle()

    states = {r.ref: r.state for r in room.desk.service("consents").find(Query())}
    assert (states[first(room).ref], states[kept]) == ("past", "given")
    page.person.flash.offer.click()
    preview(room).reject()


def test_the_day_in_the_box_shows_where_consents_stood(room: Room) -> None:
    desk = room.desk
    desk.service("consents").act("withdraw", [first(room).ref], {"on": "2026-06-01"})
    page = room.open("subjects")
    page.open_ref(str(first(room).values["subject"]))
    room.settle()
    panel = page.person.consents

    assert [one.state for one in panel.shown] == ["Withdrawn", "Given"]
    panel.day.set_value(date(2026, 5, 31))
    panel.look()
    room.settle()
    assert [one.state for one in panel.shown] == ["Given", "Given"]
    panel.day.set_value(date(2026, 3, 1))
    panel.look()
    room.settle()
    assert list(panel.shown) == []


def test_the_ready_view_lists_who_must_be_asked_again(room: Room) -> None:
    of = str(first(room).values["purpose"])
    room.desk.service("purposes").update(of, {"required_items": "email,phone"})
    page = room.open("consents")

    page.list.apply(ready_view(page.register.views[0]))
    room.waited(lambda: page.list.model.rowCount() == 1)


def test_evidence_is_chosen_as_a_file_and_shown_in_the_preview(room: Room, tmp_path: Path) -> None:
    scan = tmp_path / "scan.png"
    image = QImage(40, 60, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.save(str(scan))
    page = room.open("consents")
    page.open_ref(first(room).ref)
    room.settle()

    room.waited(lambda: page.list.current() is not None)
    page.start(page.register.action("evidence"))
    page.actor.dialog.form.boxes["file"].editor.line.setText(str(scan))
    page.actor.dialog.form.foot.save.click()
    room.settle()
    room.waited(lambda: page.list.current() is not None)
    page.start(page.register.action("show-evidence"))
    page.actor.dialog.form.boxes["reason"].editor.set_value("asked for")
    page.actor.dialog.form.foot.save.click()
    room.settle()

    preview(room).reject()


def test_receipts_are_written_for_a_reason(room: Room, tmp_path: Path) -> None:
    page = room.open("consents")
    assert [text for text, _then in page.further()] == ["Write receipts…", "Take receipts in…"]
    target = tmp_path / "receipts.json"
    page.deed.begin(OUT, target, partial(page._commands.receipts_out, ref=""))
    page.deed.dialog.form.boxes["reason"].editor.set_value("asked for by the authority")
    page.deed.dialog.form.foot.save.click()
    room.settle()

    assert len(json.loads(target.read_text(encoding="utf-8"))["receipts"]) == 2
