"""The destruction page over a real vault: from the request to the certificate, by two officers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from privdesk.core.i18n import words
from privdesk.flows import custody, destruction
from privdesk.registers.destructions.view.case import CasePage
from privdesk.registers.destructions.view.page import DestructionPage
from privdesk.registers.destructions.view.steps import Stage
from privdesk.ui.preview import Preview
from privdesk.ui.progress import Progress
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.desks import as_bora
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
    sitting.desk.vault.close()


def begun(seat: Seat) -> tuple[DestructionPage, CasePage]:
    page = seat.destructions()
    page.new()
    seat.idle()
    return page, seat.case(page)


def requested(seat: Seat) -> str:
    _page, case = begun(seat)
    case.chooser.on.click()
    case.places.request.click()
    seat.idle()
    return case.ref


def change_seats(seat: Seat) -> None:
    seat.idle()
    seat.desk = as_bora(seat.desk)


def opened(seat: Seat, ref: str) -> CasePage:
    page = seat.destructions()
    page.open_ref(ref)
    seat.idle()
    return seat.case(page)


def approved(seat: Seat) -> str:
    ref = requested(seat)
    change_seats(seat)
    opened(seat, ref).approval.approve.click()
    seat.idle()
    return ref


def executed(seat: Seat, tmp_path: Path) -> tuple[str, CasePage]:
    ref = approved(seat)
    case = opened(seat, ref)
    case.execution.number.setText("5")
    (tmp_path / "safe").mkdir()
    case.execution.path.setText(str(tmp_path / "safe" / "custody.key"))
    case.execution.go.click()
    seat.idle()
    custody.confirm(seat.desk, "C-1")
    return ref, case


def test_a_new_set_holds_what_is_due_today_and_says_who_is_skipped(seat: Seat) -> None:
    _page, case = begun(seat)

    assert case.strip.people.text() == "5"
    assert case.chooser.on.isEnabled()
    preview = case.commands.preview(case.chooser.scope())
    assert preview.content.left_out == (("legal hold", 1),)
    assert [(p.place, p.people) for p in preview.places] == [("홈페이지 서버", 5)]
    assert all("*" in sample.title for sample in preview.content.samples)


def test_nothing_is_asked_for_without_a_reason(seat: Seat) -> None:
    _page, case = begun(seat)
    case.chooser.reason.setPlainText(" ")
    case.chooser.on.click()

    assert case.step is Stage.SET
    assert case.chooser.why.error.text() == "This has to be filled in."


def test_chosen_people_become_the_set(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.open_new((*people[0].due[:2], people[0].held))
    seat.idle()
    case = seat.case(page)

    assert case.strip.people.text() == "2"
    assert case.chooser.chosen.text() == "3 people chosen"
    assert case.chooser.why_text() == ""


def test_a_person_under_hold_alone_is_explained(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.open_ref(people[0].held)
    seat.idle()

    assert "kept, for the reasons below" in seat.case(page).chooser.content.sentence
    assert not seat.case(page).chooser.on.isEnabled()


def test_a_task_on_a_file_begins_with_the_file(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.open_ref(people[0].file)
    seat.idle()

    assert seat.case(page).strip.people.text() == "6"  # the one not yet due is in it


def test_somebody_not_yet_due_is_pointed_out(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.open_new((people[0].due[0], people[0].young))
    seat.idle()

    assert "1 of them is not due yet" in seat.case(page).chooser.content.sentence
    assert seat.case(page).chooser.on.isEnabled()


def test_the_requester_is_told_that_a_second_officer_signs(seat: Seat) -> None:
    ref = requested(seat)
    case = opened(seat, ref)

    assert case.step is Stage.APPROVAL
    assert case.approval.waiting.isVisible()
    assert "Bora Muster" in case.approval.how.text()
    assert not case.approval.approve.isVisible()
    assert not case.places.cards[0].print.isEnabled()


def test_both_officers_see_the_same_words(seat: Seat) -> None:
    ref = requested(seat)
    first = [label.text() for label in opened(seat, ref).approval.digest.words]
    change_seats(seat)
    second = [label.text() for label in opened(seat, ref).approval.digest.words]

    assert first == second
    assert len(set(first)) == 8


def test_the_second_officer_approves_by_a_button_that_says_how_many(seat: Seat) -> None:
    ref = requested(seat)
    change_seats(seat)
    case = opened(seat, ref)
    assert case.approval.approve.text() == "Approve 5 people"

    case.approval.approve.click()
    seat.idle()
    assert case.standing is not None
    assert case.standing.state == "approved"
    assert case.step is Stage.EXECUTE


def test_an_order_that_is_printed_counts_as_sent(seat: Seat) -> None:
    ref = approved(seat)
    case = opened(seat, ref)
    assert case.execution.unsent.text() == "1 order was not printed yet."
    case.places.cards[0].print.click()
    seat.idle()

    shown = [w for w in case.window().findChildren(Preview) if w.isVisible()]
    assert len(shown) == 1
    shown[0].close()
    assert case.places.cards[0].order.state == "sent"


def test_execution_asks_for_the_count(seat: Seat, tmp_path: Path) -> None:
    ref = approved(seat)
    execution = opened(seat, ref).execution
    execution.path.setText(str(tmp_path / "custody.pdf"))
    assert execution.names.currentText() == "Alice Example"
    assert not execution.go.isEnabled()

    QTest.keyClicks(execution.number, "4")
    assert not execution.go.isEnabled()
    execution.number.setText("5 명")
    assert execution.go.isEnabled()


def test_a_refused_execution_says_why_and_can_be_tried_again(seat: Seat, tmp_path: Path) -> None:
    ref = approved(seat)
    case = opened(seat, ref)
    case.execution.number.setText("5")
    case.execution.path.setText(str(seat.desk.vault.folder / "custody.key"))
    case.execution.go.click()
    seat.idle()

    assert case.execution.notice.text()
    assert case.standing is not None
    assert case.standing.state == "approved"


def test_cancel_before_the_point_of_no_return_leaves_everybody(
    seat: Seat, tmp_path: Path, people: list[People]
) -> None:
    ref = approved(seat)
    case = opened(seat, ref)
    case.deeds.execute(tmp_path / "custody.key", "Alice Example")
    case.execution.stages.cancel.click()
    seat.idle()

    assert case.standing is not None
    assert case.standing.state in ("approved", "backups_closed")
    if case.standing.state == "approved":
        assert seat.desk.service("subjects").get(people[0].due[0]).state == "due"
        assert case.execution.notice.text() == "Stopped. Nothing was changed."


def test_the_procedure_ends_on_the_page_with_the_certificate(
    seat: Seat, tmp_path: Path, people: list[People]
) -> None:
    _ref, case = executed(seat, tmp_path)

    assert case.step is Stage.CERTIFICATE
    assert case.certificate.sheet.paper is not None
    assert case.certificate.sheet.paper.number.startswith("D1-")
    assert [card.order.name for card in case.certificate.cards] == ["홈페이지 서버"]
    assert (tmp_path / "safe" / "custody.key").is_file()
    states = {seat.desk.service("subjects").get(r).state for r in people[0].due}
    assert states == {"destroyed"}
    assert seat.desk.service("subjects").get(people[0].held).state == "held"


def test_a_place_answers_on_the_page_and_completes_it(seat: Seat, tmp_path: Path) -> None:
    _ref, case = executed(seat, tmp_path)
    card = case.certificate.cards[0]
    card.enter.click()
    form = card.form
    assert form is not None
    form.save.click()
    assert form.by.error.text() == "This has to be filled in."
    form.who.setText("Web team")
    form.day.set_value(seat.desk.today())
    form.take_file(_proof(tmp_path))
    form.save.click()
    seat.idle()

    assert case.standing is not None
    assert case.standing.state == "complete"
    assert case.standing.places[0].evidence
    assert case.certificate.cards == []
    assert case.certificate.stale.isVisible()


def test_another_count_stays_open_until_it_is_accepted(seat: Seat, tmp_path: Path) -> None:
    _ref, case = executed(seat, tmp_path)
    case.certificate.cards[0].enter.click()
    form = case.certificate.cards[0].form
    assert form is not None
    form.who.setText("Web team")
    form.day.set_value(seat.desk.today())
    form.number.setText("4")
    form.save.click()
    seat.idle()
    assert case.standing is not None

    card = case.certificate.cards[0]
    assert card.order.state == "differs"
    card._ask(card.others[0])
    seat.idle()
    assert case.deeds.actor is not None
    dialog = case.deeds.actor.dialog
    assert dialog is not None
    dialog.form.boxes["reason"].editor.set_value("One had left before")
    dialog.form.foot.save.click()
    seat.idle()
    assert case.standing.state == "complete"
    assert case.certificate.stale.isVisible()


def test_the_certificate_is_issued_anew_in_the_state_reached(seat: Seat, tmp_path: Path) -> None:
    _ref, case = executed(seat, tmp_path)
    before = case.certificate.sheet.paper
    assert before is not None
    case.deeds.issue_certificate("ko")
    seat.idle()

    after = case.certificate.sheet.paper
    assert after is not None
    assert after.number != before.number


def test_reopened_it_lands_on_its_present_step(seat: Seat, tmp_path: Path) -> None:
    ref, _case = executed(seat, tmp_path)
    again = opened(seat, ref)

    assert again.step is Stage.CERTIFICATE
    assert again.certificate.sheet.paper is not None
    assert "done" in again.rail.buttons[Stage.EXECUTE].accessibleName()


def test_an_unrequested_set_survives_a_lock(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.open_new(people[0].due[:3])
    seat.case(page).chooser.reason.setPlainText("They asked for it")
    seat.idle()
    draft = page.draft()
    assert draft is not None

    other = seat.destructions()
    other.restore(draft)
    seat.idle()
    assert seat.case(other).strip.people.text() == "3"
    assert seat.case(other).chooser.why_text() == "They asked for it"


def test_the_page_speaks_korean_at_once(seat: Seat, theme: Theme) -> None:
    _page, case = begun(seat)
    theme.speak("ko")

    say = words("ko")
    assert case.chooser.heading.text() == say("What is to be destroyed")
    assert case.chooser.why_text() == say("Retention period over or purpose ended")
    assert say("Set") in case.rail.buttons[0].accessibleName()


def _proof(folder: Path) -> Path:
    path = folder / "protocol.pdf"
    path.write_bytes(b"%PDF-1.7 a protocol")
    return path


def test_cancelled_with_a_reason_it_says_so(seat: Seat) -> None:
    ref = requested(seat)
    page = seat.destructions()
    page.open_ref(ref)
    seat.idle()
    seat.case(page).approval.cancel.click()
    seat.idle()
    dialog = page.actor.dialog
    assert dialog is not None
    dialog.form.boxes["reason"].editor.set_value("Asked for by mistake")
    dialog.form.foot.save.click()
    seat.idle()

    case = seat.case(page)
    assert case.standing is not None
    assert case.standing.state == "cancelled"
    assert case.approval.lead.text().endswith("Asked for by mistake")


def test_what_was_interrupted_is_finished_without_typing_the_count(
    seat: Seat, tmp_path: Path
) -> None:
    ref = approved(seat)
    number = seat.desk.service("destructions").number(ref)
    custody = tmp_path / "custody.key"
    destruction._destroy(seat.desk, number, "Alice Example", custody, Progress())
    case = opened(seat, ref)
    assert case.execution.go.text() == "Finish the destruction"
    assert not case.execution.count.isVisible()

    case.execution.path.setText(str(custody))
    case.execution.go.click()
    seat.idle()
    assert case.step is Stage.CERTIFICATE
