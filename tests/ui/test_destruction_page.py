"""The destruction page over a real vault: from the request to the certificate, by two officers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from privdesk.core.i18n import words
from privdesk.core.register import Query
from privdesk.flows import custody, destruction
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.commands import Part
from privdesk.registers.destructions.view.case import CasePage
from privdesk.registers.destructions.view.certificate import Milestones
from privdesk.registers.destructions.view.page import DestructionPage
from privdesk.registers.destructions.view.steps import Stage
from privdesk.registers.destructions.view.strip import Strip
from privdesk.registers.findings.service import FindingsService
from privdesk.ui.preview import Preview
from privdesk.ui.progress import Progress
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.copies import switch_to
from tests.desks import ALICE, BORA
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
    seat.desk = switch_to(seat.desk, BORA)


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
    custody.destroyed(seat.desk, "C-1", ALICE)
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


def test_a_task_on_a_file_by_count_begins_with_the_file(seat: Seat, people: list[People]) -> None:
    page = seat.destructions()
    page.begin(f"request-file:{people[0].file}")
    seat.idle()

    assert seat.case(page).strip.people.text() == "6"


def test_a_task_on_people_begins_with_exactly_them(seat: Seat, people: list[People]) -> None:
    desk = seat.desk
    for collected in (date(2023, 10, 2), date(2024, 11, 20)):
        _other_purpose(desk, people[0], collected)
    board = FindingsService(desk).today()
    tasks = [t for found in board.buckets.values() for t in found if t.finding.rule == "12"]
    assert sorted(t.finding.count for t in tasks) == [1, 1, 5]
    for task in tasks:
        page = seat.destructions()
        page.begin(task.target.action)
        seat.idle()
        case = seat.case(page)
        assert case.strip.people.text() == str(task.finding.count)
        assert str(task.finding.values["purpose"]) in case.chooser.only.text()
        case.chooser.all_due.click()
        seat.idle()
        assert case.strip.people.text() == "5"
        assert case.chooser.only.isHidden()


def test_a_part_of_what_is_due_is_requested_and_survives_a_lock(
    seat: Seat, people: list[People]
) -> None:
    part = _other_purpose(seat.desk, people[0], date(2024, 11, 20))
    page = seat.destructions()
    page.begin(f"request-due:{part.text()}")
    seat.idle()
    draft = page.draft()
    assert draft is not None
    other = seat.destructions()
    other.restore(draft)
    seat.idle()
    case = seat.case(other)
    case.chooser.on.click()
    case.places.request.click()
    seat.idle()

    assert case.standing is not None
    assert (case.standing.content.people, case.standing.scope) == (1, "due")
    assert "in the file “이벤트 응모자 명단”" in case.summary.scope.text()


def _other_purpose(desk: Desk, people: People, collected: date) -> Part:
    """Hold somebody in the same file for a purpose of its own."""
    values = {"name": f"Notices {collected}", "basis": "consent", "required_items": "email",
              "retention": "2 years", "refusal": "You may refuse."}  # fmt: skip
    purpose = desk.service("purposes").create(values)
    held = {"subject": people.due[0], "file": people.file, "purpose": purpose.ref}
    desk.service("holdings").create({**held, "collected_on": collected})
    return Part(people.file, purpose.ref, date(2000, 1, 1), desk.today())


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


def test_an_order_that_goes_out_counts_as_sent(seat: Seat, tmp_path: Path) -> None:
    ref = approved(seat)
    case = opened(seat, ref)
    assert case.execution.unsent.text() == "1 order was not printed yet."
    case.places.cards[0].print.click()
    seat.idle()

    (preview,) = [w for w in case.window().findChildren(Preview) if w.isVisible()]
    assert preview.draft.isVisible()
    case.reload()
    seat.idle()
    assert case.places.cards[0].order.state == "open"  # looking is not printing
    assert seat.desk.service("documents").find(Query()) == []

    preview.save_to(tmp_path / "order.pdf")
    seat.idle()
    assert case.places.cards[0].order.state == "sent"
    (paper,) = seat.desk.service("documents").find(Query())
    assert sha256((tmp_path / "order.pdf").read_bytes()).hexdigest() == paper.values["digest"]
    preview.save_to(tmp_path / "again.pdf")
    seat.idle()
    assert len(seat.desk.service("documents").find(Query())) == 1
    preview.close()


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


class Gate:
    """Holds the database thread within a stage of an execution, at whatever statement is next."""

    def __init__(self, seat: Seat, stage: str) -> None:
        self._seat, self._stage = seat, stage
        self.progress: Progress | None = None
        self.reached, self.open = Event(), Event()
        seat.desk.vault.raw.set_progress_handler(self._look, 1)

    def _look(self) -> int:
        if self.progress is not None and self.progress.stand.stage == self._stage:
            self.reached.set()
            self.open.wait(30)
        return 0

    def wait(self) -> None:
        self._seat.qtbot.waitUntil(self.reached.is_set, timeout=20_000)

    def leave(self) -> None:
        self.open.set()
        self._seat.idle()
        self._seat.desk.vault.raw.set_progress_handler(None, 0)


@pytest.fixture
def gated(
    seat: Seat, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[CasePage, Gate]]:
    """Return a case that runs, held within the stage that the test names."""
    case = opened(seat, approved(seat))
    gate = Gate(seat, request.param)
    (tmp_path / "safe").mkdir()
    case.execution.number.setText("5")
    case.execution.path.setText(str(tmp_path / "safe" / "custody.key"))
    case.execution.go.click()
    gate.progress = case.deeds.running
    gate.wait()
    case.execution.stages.look()
    yield case, gate
    gate.leave()


@pytest.mark.parametrize("gated", [destruction.STAGE_CHECK], indirect=True)
def test_cancel_during_the_check_leaves_everything_untouched(
    seat: Seat, gated: tuple[CasePage, Gate], tmp_path: Path, people: list[People]
) -> None:
    case, gate = gated
    stages = case.execution.stages
    before = seat.desk.vault.folder / "register.db"
    kept = before.read_bytes()
    assert [line.icon.isVisible() for line in stages.lines[:1]] == [True]
    assert (stages.cancel.isEnabled(), stages.cancel.text()) == (True, "Cancel")
    stages.cancel.click()
    assert (stages.cancel.isEnabled(), stages.cancel.text()) == (False, "Stopping…")
    gate.leave()

    assert case.standing is not None
    assert case.standing.state == "approved"
    assert case.execution.notice.text() == "Stopped. Nothing was changed."
    assert case.execution.go.isVisible()
    assert {seat.desk.service("subjects").get(r).state for r in people[0].due} == {"due"}
    assert before.read_bytes() == kept
    assert list((tmp_path / "safe").iterdir()) == []
    assert seat.desk.vault.meta("roll") in (None, "done")


@pytest.mark.parametrize("gated", [destruction.STAGE_DESTROY], indirect=True)
def test_after_the_point_of_no_return_the_button_is_dead_and_it_runs_to_its_end(
    seat: Seat, gated: tuple[CasePage, Gate], people: list[People]
) -> None:
    case, gate = gated
    stages = case.execution.stages
    assert not stages.cancel.isEnabled()
    assert stages.cancel.text() == "Cannot be stopped now"
    assert stages.border.isVisible()
    stages.cancel.click()
    stages._stop()
    gate.leave()

    assert case.step is Stage.CERTIFICATE
    assert {seat.desk.service("subjects").get(r).state for r in people[0].due} == {"destroyed"}


def test_the_procedure_ends_on_the_page_with_the_certificate(
    seat: Seat, tmp_path: Path, people: list[People]
) -> None:
    _ref, case = executed(seat, tmp_path)

    assert case.step is Stage.CERTIFICATE
    assert case.certificate.sheet.paper is not None
    assert case.certificate.sheet.paper.number.startswith("D1-")
    assert [card.order.name for card in case.certificate.cards] == ["홈페이지 서버"]
    assert any(
        "C-1" in label.text() and "Safety" in label.text()
        for label in case.certificate.findChildren(QLabel)
    )
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


def test_of_a_file_by_count_no_nought_is_told(seat: Seat, tmp_path: Path) -> None:
    _ref, case = executed(seat, tmp_path)
    assert case.standing is not None
    stones = Milestones()
    stones.tell(case.standing)
    assert "5 holdings" in stones.notes[0].text()
    stones.tell(replace(case.standing, destroyed=0, tombstones=0))
    assert "0" not in stones.notes[0].text().partition(" · ")[2]

    strip = Strip()
    strip.tell(replace(case.standing.content, holdings=0), ())
    assert not [label for label in strip.findChildren(QLabel) if "holding" in label.text()]
    for made in (stones, strip):
        made.deleteLater()


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
