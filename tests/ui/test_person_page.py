"""A person's page over a real vault, as an officer uses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from privdesk.core.fields import Audience, Field
from privdesk.core.reasons import name
from privdesk.core.register import Row
from privdesk.registers.subjects.commands import (
    CONSENTS,
    LOOKS,
    REQUESTS,
    Happening,
    Person,
)
from privdesk.registers.subjects.view.happenings import AT_MOST, lines_of
from privdesk.registers.subjects.view.items import ItemBlock, ItemColumn
from privdesk.registers.subjects.view.page import DESTROY, SubjectsPage
from privdesk.registers.subjects.view.person import PersonPage
from privdesk.ui.page.reveal import SECONDS
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.cases import received
from tests.copies import switch_to
from tests.desks import BORA
from tests.ui.offices_to_destroy import People, Seat, office
from tests.ui.sweeping import swept  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


@pytest.fixture
def people() -> list[People]:
    return []


@pytest.fixture
def seat(
    qtbot: QtBot, tasks: Tasks, theme: Theme, tmp_path: Path, people: list[People]
) -> Iterator[Seat]:
    desk, made = office(tmp_path)
    people.append(made)
    sitting = Seat(qtbot, tasks, desk)
    yield sitting
    sitting.idle()
    tasks.close()
    sitting.desk.vault.close()


def opened(seat: Seat, ref: str) -> tuple[SubjectsPage, PersonPage]:
    page = seat.page("subjects")
    assert isinstance(page, SubjectsPage)
    page.open_ref(ref)
    seat.idle()
    assert page.person is not None
    return page, page.person


def everything_said(widget: QWidget) -> list[str]:
    """Return what the labels of a page hold and speak, hidden ones too."""
    labels = widget.findChildren(QLabel)
    return [label.text() for label in labels] + [label.accessibleName() for label in labels]


def test_the_name_is_masked_until_it_is_revealed_with_a_reason(
    seat: Seat, people: list[People]
) -> None:
    _page, person = opened(seat, people[0].due[0])
    assert person.header.title.text() == "홍*동"

    QTest.keyClick(person, Qt.Key.Key_F4)
    person.header.bar.reason.setText("Asked on the telephone")
    person.header.bar.use.click()
    seat.idle()
    assert person.header.title.text() == "홍길동"
    assert person.items.values["phone"].text() == "010-2345-6700"
    assert person.reveal.seconds_left == SECONDS

    person.reveal.hide()
    assert person.header.title.text() == "홍*동"
    assert "*" in person.items.values["phone"].text()
    assert not [told for told in everything_said(person) if "010-2345-6700" in told]


def test_a_look_stands_in_the_time_line(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])
    person._reveal_for("Asked on the telephone")
    seat.idle()
    person.reload()
    seat.idle()
    person.time.choose(LOOKS)

    assert [one.detail for one in person.time.shown] == ["Asked on the telephone"]


def test_the_time_line_is_filtered_by_kind(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])
    whole = len(person.time.shown)
    person.time.buttons[CONSENTS].click()

    assert [one.what.text() for one in person.time.shown] == ["Consent given: Prize draw"]
    person.time.choose("")
    assert len(person.time.shown) == whole > 1


def test_items_tell_their_purposes_and_places(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])
    assert person.person is not None
    items = {item.name: item for item in person.person.items}

    assert items["phone"].purposes == ("Prize draw",)
    assert items["phone"].places == ("홈페이지 서버", "This vault")


def test_a_hold_is_set_and_released_on_the_page(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])
    card = person.holdings.cards[0]
    assert card.hold.text() == "Set legal hold…"
    card.more.menu().aboutToShow.emit()
    assert "Keep under another law…" in [entry.text() for entry in card.more.menu().actions()]
    card.hold.click()
    assert person.actor is not None
    dialog = person.actor.dialog
    assert dialog is not None
    dialog.form.boxes["reason"].editor.set_value("Lawsuit pending")
    dialog.form.foot.save.click()
    seat.idle()

    assert person.header.chip.text() == "Legal hold"
    assert person.holdings.cards[0].hold.text() == "Release legal hold…"


def test_destroy_leads_to_the_procedure_with_this_person(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[1])
    person.header.erase.click()

    assert seat.went == [("destructions", people[0].due[1])]


def test_selected_people_lead_to_the_procedure_together(seat: Seat) -> None:
    page = seat.page("subjects")
    page.list.table.selectAll()
    seat.idle()
    page.start(DESTROY)
    seat.idle()

    ((register, refs),) = seat.went
    assert register == "destructions"
    assert len(refs.split()) == 7


def test_of_a_destroyed_person_only_a_grey_card_is_left(
    seat: Seat, tmp_path: Path, people: list[People]
) -> None:
    from privdesk.flows import destruction

    ref = destruction.request(seat.desk, refs=(people[0].due[0],), reason="Withdrawn")
    seat.desk = switch_to(seat.desk, BORA)
    destruction.approve(seat.desk, ref)
    destruction.execute(seat.desk, ref, tmp_path / "custody.key")
    _page, person = opened(seat, people[0].due[0])

    assert person.stone.isVisible()
    assert person.header.title.text() == "Destroyed person"
    assert not person.header.reveal.isVisible()
    assert person.stone.certificate.text().startswith("Certificate D1-2026-")
    person.stone.link.click()
    assert seat.went == [("destructions", ref)]


def test_esc_masks_first_and_then_goes_back_to_the_list(seat: Seat, people: list[People]) -> None:
    page, person = opened(seat, people[0].due[0])
    person._reveal_for("Asked on the telephone")
    seat.idle()

    assert page.back()
    assert page.person is not None
    assert page.back()
    assert page.person is None


def test_the_form_of_a_person_comes_back_to_the_page(seat: Seat, people: list[People]) -> None:
    page, person = opened(seat, people[0].due[0])
    person.header.edit.click()
    assert page.form is not None
    page.form.form.cancel()
    seat.idle()

    assert page.person is not None
    assert page.person.ref == people[0].due[0]


def test_requests_stand_in_the_time_line_and_lead_there(seat: Seat, people: list[People]) -> None:
    ref = received(seat.desk, "access", subject=people[0].due[0])
    received(seat.desk, "access", subject=people[0].due[1])
    _page, person = opened(seat, people[0].due[0])
    person.time.choose(REQUESTS)

    (line,) = person.time.shown
    assert line.what.text() == "Request received: Access to data"
    assert (line.detail, line.register, line.ref) == ("Newly received", "requests", ref)


def test_without_cases_there_is_no_new_request(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])

    assert not person.header.request.isVisible()


def test_the_page_is_kept_for_the_next_caller(seat: Seat, people: list[People]) -> None:
    page, person = opened(seat, people[0].due[0])
    page.back()
    page.new()
    assert page.form is not None
    page.form.form.cancel()
    seat.idle()
    assert page.faces.currentWidget() is page.split

    page.open_ref(people[0].due[1])
    seat.idle()

    assert page.person is person
    assert person.ref == people[0].due[1]
    assert person.header.title.text() == "김*연"


def test_blocks_kept_for_the_next_person_keep_nothing_of_the_last(
    qtbot: QtBot, theme: Theme
) -> None:
    fields = (
        Field("name", "Name", audience=Audience.PERSONAL, slot=0),
        Field("phone", "Phone", audience=Audience.PERSONAL, slot=1),
    )
    column = ItemColumn()
    qtbot.addWidget(column)
    column.show()
    for values in ({"name": "Ann Example", "phone": "010-1"}, {"name": "Bo Example"}, {}):
        shown = Row(1, "S-1", values)
        column.show_person(Person(shown, fields, (), (), ()), fields)

        said = everything_said(column)
        told = {block.heading.text(): block for block in column.findChildren(ItemBlock)}
        assert list(column.values) == list(values)
        assert [name for name, block in told.items() if block.isVisible()] == [
            field.label for field in fields if field.name in values
        ]
        assert [one for one in said if "010-1" in one] == (
            ["010-1", "Phone: 010-1"] if "phone" in values else []
        )


def test_no_line_of_a_busy_time_is_left_out_or_cut_off(seat: Seat, people: list[People]) -> None:
    ref = people[0].due[0]
    for _look in range(45):
        seat.desk.service("subjects").get(ref, reveal="Asked on the telephone")
    seat.desk.service("subjects").get(ref, reveal="Asked on the telephone " * 20)
    _page, person = opened(seat, ref)
    person.time.choose(LOOKS)
    lines = person.time.lines
    model = lines.happenings

    def height(row: int) -> int:
        return lines.visualRect(model.index(row)).height()

    assert model.rowCount() == 46
    spoken = model.index(45).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Asked on the telephone" in spoken
    wide = height(0)
    assert wide > height(1)
    person.time.setFixedWidth(person.time.width() - 150)
    seat.qtbot.waitUntil(lambda: height(0) > wide)

    lines.setCurrentIndex(model.index(0))
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert seat.went == []  # a look stands in the journal, not on a page


def test_beyond_what_is_shown_the_journal_is_named() -> None:
    one = Happening(date(2026, 11, 23), LOOKS, name("Looked"), register="journal", ref="E-1")

    lines = lines_of([one] * (AT_MOST + 2))

    assert len(lines) == AT_MOST + 1
    assert lines[-1].text == "2 older lines are in the journal"
    assert [line.day for line in lines[:2]] == ["2026-11-23", ""]
    assert [line.text for line in lines_of([])] == ["Nothing has happened yet."]


def test_a_line_of_time_leads_to_its_record(seat: Seat, people: list[People]) -> None:
    _page, person = opened(seat, people[0].due[0])
    person.time.choose(CONSENTS)
    (line,), lines = person.time.shown, person.time.lines
    area, link = lines.visualRect(lines.happenings.index(0)), lines.link_area(0)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(lines.viewport(), left, pos=link.center())
    assert seat.went == [("consents", line.ref)]

    QTest.mouseClick(lines.viewport(), left, pos=area.topLeft() + link.topLeft() / 2)
    assert len(seat.went) == 1

    lines.setFocus()
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert seat.went == [("consents", line.ref)] * 2


def test_a_holding_explains_its_day(seat: Seat, people: list[People]) -> None:
    asked: list[tuple[str, str]] = []
    seat.explain = lambda register, ref: asked.append((register, ref))
    _page, person = opened(seat, people[0].due[0])
    card = person.holdings.cards[0]
    card.why.click()

    assert card.kept is not None
    assert asked == [("holdings", card.kept.row.ref)]
