"""The generic page of a register, used as an officer would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.fields import Field
from privdesk.core.register import Action, Document, Register, Row, State
from privdesk.ui.importing.importpage import ImportPage
from privdesk.ui.page.conditions import Condition
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.detail import PAPERS
from privdesk.ui.page.details import Details
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.table.delegate import CellDelegate
from privdesk.ui.table.view import SETTLED_MS
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import PlainLabel, primary_button
from tests.ui.fakelists import ListExporter, ListImporter
from tests.ui.fakes import (
    HOLDINGS,
    PURPOSES,
    TODAY,
    InMemory,
    ListService,
    holding,
    holdings,
    purposes,
)
from tests.ui.sweeping import swept  # noqa: F401

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


CONSENTS = replace(PURPOSES, name="consents", singular="Consent", title="Consents")


class Refused(DomainError):
    """Another officer is changing this record. Nothing was changed; try again."""


@dataclass
class Desk:
    """A page in its surroundings, and what was asked of them."""

    qtbot: QtBot
    tasks: Tasks
    case: str = ""
    went: list[tuple[str, str]] = field(default_factory=list)
    issued: list[tuple[str, str | None]] = field(default_factory=list)
    preferences: InMemory = field(default_factory=InMemory)
    consents: ListService = field(default_factory=lambda: ListService(CONSENTS))

    def page(self, service: ListService, **more: Any) -> RegisterPage:
        linked = {"purposes": purposes(), "consents": self.consents}
        context = PageContext(
            tasks=self.tasks,
            today=lambda: TODAY,
            service_of=linked.get,
            preferences=self.preferences,
            open_case=lambda: self.case,
            go=lambda register, ref: self.went.append((register, ref)),
            importer=lambda _service: ListImporter(service),
            exporter=lambda _service: ListExporter(service),
            issue=self._issue,
        )
        page = RegisterPage(service, replace(context, **more))
        self.qtbot.addWidget(page)
        page.resize(1232, 800)
        with self.qtbot.waitActive(page):
            page.show()
        with self.qtbot.waitSignal(page.list.loaded):
            page.activated()
        if service.stored:
            self.qtbot.waitUntil(lambda: page.list.model.row_at(0) is not None)
        return page

    def _issue(self, register: Register, document: Document, ref: str | None) -> None:
        self.issued.append((document.code, ref))

    def choose(self, page: RegisterPage, position: int) -> None:
        page.list.table.go_to(position)
        self.qtbot.waitUntil(lambda: page.list.current() is not None)

    def reload(self, page: RegisterPage, deed: Any) -> None:
        with self.qtbot.waitSignal(page.list.loaded):
            deed()


@pytest.fixture
def desk(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Desk:
    return Desk(qtbot, tasks)


def test_the_page_counts_all_records_and_those_that_match(desk: Desk) -> None:
    page = desk.page(holdings(60))
    assert page.list.tools.count.text() == "60 records"

    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    assert page.list.tools.count.text() == "7 of 60"
    assert [chip.text.text() for chip in page.list.filters.chips] == ["State: On hold"]


def test_a_chip_is_taken_away_by_its_cross(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    desk.reload(page, page.list.filters.chips[0].cross.click)

    assert page.list.tools.count.text() == "60 records"


def test_ctrl_f_filters_by_what_is_typed(desk: Desk) -> None:
    page = desk.page(holdings(60))
    QTest.keyClick(page.list.table, Qt.Key.Key_F, _CONTROL)
    assert page.list.tools.search.line.hasFocus()

    desk.reload(page, lambda: QTest.keyClicks(page.list.tools.search.line, "H-0001"))
    assert page.list.tools.count.text() == "10 of 60"


def test_what_matches_nothing_says_so_and_offers_the_way_back(desk: Desk) -> None:
    page = desk.page(holdings(8))
    desk.reload(page, lambda: QTest.keyClicks(page.list.tools.search.line, "zzz"))
    assert page.list.nothing_found.isVisible()

    desk.reload(page, page.list.nothing_found.clear.click)
    assert page.list.table.isVisible()


def test_an_empty_register_says_why_it_matters_and_offers_new_and_import(desk: Desk) -> None:
    page = desk.page(ListService(HOLDINGS))
    empty = page.list.nothing_yet

    assert empty.isVisible()
    assert empty.face.sentence.text() == HOLDINGS.why
    assert empty.face.clause.text() == "Clause S2.1 of the policy"
    assert empty.add.isVisible()
    assert not page.list.tools.new.isVisible()
    empty.add.click()
    assert page.form is not None


def test_a_head_sorts_by_the_service(desk: Desk) -> None:
    service = holdings(60)
    page = desk.page(service)
    desk.reload(page, lambda: page.list.model.sort(6, Qt.SortOrder.DescendingOrder))

    assert (service.queries[-1].sort, service.queries[-1].descending) == ("basis", True)


def test_the_pane_shows_the_current_record(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.choose(page, 6)

    assert page.detail.isVisible()
    assert page.detail.title.text() == "박*아"
    assert page.detail.chip.text() == "Overdue"


def test_the_pane_stays_closed_once_it_was_closed(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.choose(page, 6)
    page.detail.fold.click()
    desk.choose(page, 7)
    assert not page.detail.isVisible()

    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.detail.isVisible()


def test_a_register_of_its_own_puts_its_button_above_the_tabs(desk: Desk) -> None:
    page = desk.page(holdings(8))
    opener = primary_button("Open the procedure")
    page.detail.insert(opener)
    desk.choose(page, 0)

    assert page.detail.edit.y() < opener.y() < page.detail.tabs.y()


def test_tabs_are_filled_when_they_are_opened(desk: Desk) -> None:
    service = holdings(60)
    page = desk.page(service)
    desk.choose(page, 6)
    assert page.detail.history.events == []

    page.detail.tabs.setCurrentIndex(2)
    desk.qtbot.waitUntil(lambda: len(page.detail.history.events) == 2)


def test_a_link_in_the_pane_leads_to_its_record(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.choose(page, 1)
    page.detail.details.go.emit("purposes", "P-00002")

    assert desk.went == [("purposes", "P-00002")]


def test_ctrl_n_adds_a_record_and_flashes(desk: Desk) -> None:
    service = holdings(3)
    page = desk.page(service)
    QTest.keyClick(page.list.table, Qt.Key.Key_N, _CONTROL)
    assert page.form is not None
    form = page.form.form
    for name, raw in {
        "subject": "한가람",
        "purpose": "P-00001",
        "basis": "consent",
        "collected_on": "2026-11-01",
    }.items():
        form.boxes[name].editor.set_raw(raw)
    desk.qtbot.waitUntil(lambda: form.boxes["purpose"].editor.chosen)  # type: ignore[attr-defined]
    desk.reload(page, form.submit)

    assert page.faces.currentWidget() is page.split
    assert page.flash.text() == "H-00004 added."
    desk.qtbot.waitUntil(lambda: _current(page) == "H-00004")


def test_f2_changes_a_record_in_its_place(desk: Desk) -> None:
    service = holdings(60)
    page = desk.page(service)
    desk.choose(page, 5)
    QTest.keyClick(page.list.table, Qt.Key.Key_F2)
    assert page.form is not None
    page.form.form.boxes["people"].editor.set_raw("77")
    desk.reload(page, page.form.form.submit)

    assert service.updates == [("H-00006", {"people": 77})]
    assert page.flash.text() == "H-00006 saved."
    desk.qtbot.waitUntil(lambda: page.list.table.currentIndex().row() == 5)


def test_a_refused_change_stays_in_the_form_with_its_reason(desk: Desk) -> None:
    service = holdings(3)
    service.refuse = InvalidValueError(value=7, field="People", cause="there are fewer.")
    page = desk.page(service)
    desk.choose(page, 0)
    page.edit()
    assert page.form is not None
    form = page.form.form
    form.boxes["people"].editor.set_raw("7")
    form.submit()

    desk.qtbot.waitUntil(lambda: form.boxes["people"].error.text() == "there are fewer.")
    assert page.form is not None


def test_esc_steps_back_from_form_selection_and_filter_then_leaves(desk: Desk) -> None:
    page = desk.page(holdings(60))
    page.new()
    assert page.back()
    assert page.form is None

    page.list.table.selectAll()
    assert page.back()
    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    desk.reload(page, lambda: page.back())
    assert not page.back()


def test_a_form_with_changes_holds_the_page(desk: Desk) -> None:
    page = desk.page(holdings(3))
    page.new()
    assert page.leave()

    assert page.form is not None
    page.form.form.boxes["subject"].editor.set_raw("김")
    assert not page.leave()
    page.form.form.foot.discard.click()
    assert page.form is None


def test_an_unfinished_form_survives_a_lock(desk: Desk) -> None:
    page = desk.page(holdings(3))
    assert page.draft() is None
    desk.choose(page, 1)
    page.edit()
    assert page.form is not None
    page.form.form.boxes["people"].editor.set_raw("77")
    draft = page.draft()
    assert draft is not None

    again = desk.page(holdings(3))
    again.restore(draft)
    desk.qtbot.waitUntil(lambda: again.form is not None)
    assert again.form is not None
    assert again.form.form.ref == "H-00002"
    assert again.form.form.boxes["people"].editor.raw() == "77"
    assert again.draft() == draft


def test_a_reveal_asks_for_a_reason_and_is_masked_again_after_a_minute(desk: Desk) -> None:
    service = holdings(60)
    page = desk.page(service)
    desk.choose(page, 6)
    QTest.keyClick(page.list.table, Qt.Key.Key_F4)
    bar = page.detail.bar
    assert bar.reason.isVisible()
    assert not bar.use.isEnabled()
    assert service.reveals == []

    QTest.keyClicks(bar.reason, "asked on the telephone")
    bar.use.click()
    desk.qtbot.waitUntil(lambda: page.detail.title.text() == "박수아")
    assert service.reveals == [("H-00007", "asked on the telephone")]
    assert page.list.model.text(6, 2) == "박수아"

    for _second in range(60):
        page.reveal.tick()
    assert page.detail.title.text() == "박*아"
    assert page.list.model.text(6, 2) == "박*아"
    assert not bar.isVisible()


def test_an_open_case_is_the_reason(desk: Desk) -> None:
    desk.case = "R-00031"
    service = holdings(60)
    page = desk.page(service)
    desk.choose(page, 6)
    page.ask_reveal()

    desk.qtbot.waitUntil(lambda: service.reveals == [("H-00007", "R-00031")])


def test_another_row_masks_the_revealed_one(desk: Desk) -> None:
    desk.case = "R-00031"
    page = desk.page(holdings(60))
    desk.choose(page, 6)
    page.ask_reveal()
    desk.qtbot.waitUntil(lambda: page.reveal.row is not None)
    desk.choose(page, 8)

    assert page.reveal.row is None
    assert page.list.model.text(6, 2) == "박*아"


def test_leaving_the_page_masks_what_was_revealed(desk: Desk) -> None:
    desk.case = "R-00031"
    page = desk.page(holdings(60))
    desk.choose(page, 6)
    page.ask_reveal()
    desk.qtbot.waitUntil(lambda: page.reveal.row is not None)

    assert page.leave()
    assert page.reveal.row is None


def test_a_revealed_value_leaves_the_clipboard_unless_something_else_took_its_place(
    desk: Desk,
) -> None:
    page = desk.page(holdings(60))
    page.detail.details.copied.emit("010-1234-5678")
    assert QGuiApplication.clipboard().text() == "010-1234-5678"
    page.clipboard.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""

    page.detail.details.copied.emit("010-1234-5678")
    QGuiApplication.clipboard().setText("something else")
    page.clipboard.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == "something else"


def test_two_selected_rows_slide_in_the_bulk_bar(desk: Desk) -> None:
    page = desk.page(holdings(60))
    assert not page.list.bulk.isVisible()
    page.list.table.selectAll()

    assert page.list.bulk.isVisible()
    assert page.list.bulk.label.text() == "60 selected"
    page.list.table.clearSelection()
    desk.qtbot.waitUntil(lambda: not page.list.bulk.isVisible())


def test_a_bulk_action_asks_once_and_leaves_out_what_does_not_fit(desk: Desk) -> None:
    service = holdings(16)
    page = desk.page(service)
    page.list.table.selectAll()
    page.start(_action("hold"))
    desk.qtbot.waitUntil(lambda: page.actor.dialog is not None)
    dialog = page.actor.dialog
    assert dialog is not None
    dialog.form.submit()
    assert service.acted == []

    dialog.form.boxes["reason"].editor.set_raw("lawsuit")
    desk.reload(page, dialog.form.submit)
    ((name, refs, values),) = service.acted
    assert (name, len(refs), values) == ("hold", 12, {"reason": "lawsuit"})
    assert page.flash.text() == "hold: 12"


def test_a_refused_action_explains_itself_in_its_dialog(desk: Desk) -> None:
    service = holdings(3)
    service.refuse = Refused()
    page = desk.page(service)
    desk.choose(page, 0)
    page.start(_action("hold"))
    desk.qtbot.waitUntil(lambda: page.actor.dialog is not None)
    dialog = page.actor.dialog
    assert dialog is not None
    dialog.form.boxes["reason"].editor.set_raw("lawsuit")
    dialog.form.submit()

    desk.qtbot.waitUntil(lambda: "Another officer" in dialog.form.foot.notice.text())
    assert dialog.isVisible()


def test_one_value_goes_into_a_field_of_all_selected_rows(desk: Desk) -> None:
    service = holdings(16)
    page = desk.page(service)
    page.list.table.selectAll()
    menu = page.list.bulk.fields_menu()
    words = [action.text() for action in menu.actions()]
    assert "People…" in words
    assert not {"Subject…", "Phone…", "Note…", "Expires on…"} & set(words)  # one record's own
    next(action for action in menu.actions() if action.text() == "People…").trigger()
    desk.qtbot.waitUntil(lambda: page.actor.dialog is not None)
    dialog = page.actor.dialog
    assert dialog is not None
    dialog.form.boxes["people"].editor.set_raw("12")
    desk.reload(page, dialog.form.submit)

    assert len({ref for ref, _values in service.updates}) == 16
    assert [values for _ref, values in service.updates] == [{"people": 12}] * 16
    assert page.flash.text() == "16 records changed"


def test_an_action_without_questions_is_done_at_once(desk: Desk) -> None:
    service = holdings(8)
    page = desk.page(service)
    desk.choose(page, 4)
    desk.reload(page, lambda: page.start(_action("release")))

    assert service.acted == [("release", ("H-00005",), {})]


def test_an_action_that_fits_nothing_is_refused_in_words(desk: Desk) -> None:
    page = desk.page(holdings(8))
    desk.choose(page, 0)
    page.start(_action("release"))

    desk.qtbot.waitUntil(lambda: page.flash.text().startswith("None of the chosen records"))


def test_the_row_menu_offers_what_fits_and_names_the_keys(desk: Desk) -> None:
    page = desk.page(holdings(8))
    desk.choose(page, 0)
    texts = _texts(page.offers.row_menu())

    assert "Edit\tF2" in texts
    assert "Reveal\tF4" in texts
    assert "Put on hold…\tCtrl+Shift+H" in texts
    assert "Release" not in texts
    assert "Take out of use…" in texts


def test_the_menu_of_the_list_names_the_keys(desk: Desk) -> None:
    page = desk.page(holdings(8))
    menu = page.list.tools.more.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    parts = (text.partition("\t") for text in _texts(menu))
    keys = {shown: words for words, _tab, shown in parts if shown}

    assert keys["Ctrl+N"] == "New holding"
    assert {"Ctrl+V", "Ctrl+E", "Ctrl+P", "Ctrl+F", "Ctrl+C", "F5"} <= set(keys)


def test_columns_begin_as_wide_as_their_words_until_somebody_moves_them(desk: Desk) -> None:
    page = desk.page(holdings(40))
    table, heads = page.list.table, page.list.table.horizontalHeader()
    cells = table.itemDelegate()
    assert isinstance(cells, CellDelegate)
    rows = [page.list.model.masked_row_at(n) for n in range(40)]
    for column in table.shown_columns()[:4]:
        place = page.list.model.columns.index(column)
        widest = max(cells.width(one, column) for one in rows if one)
        assert table.columnWidth(place) >= max(heads.sectionSizeHint(place), widest), column.name
    page.resize(page.width() - 90, page.height())
    desk.reload(page, page.refresh)
    timers = [one for one in table.findChildren(QTimer) if one.interval() == SETTLED_MS]
    assert timers
    assert not any(one.isActive() for one in timers)
    assert not page.list.saved.arrangement

    heads.resizeSection(0, 200)
    desk.qtbot.waitUntil(lambda: bool(page.list.saved.arrangement))
    page.list._refit()

    assert table.columnWidth(0) == 200


def test_a_digest_stands_in_groups_that_break_into_lines(qtbot: QtBot, theme: Theme) -> None:
    digest = "0123456789abcdef" * 4
    pane = Details(HOLDINGS, (Field("digest", "Digest"),), lambda: TODAY)
    qtbot.addWidget(pane)
    pane.show_row(Row(1, "H-1", {"digest": digest}), clear=False)

    (label,) = (one for one in pane.findChildren(PlainLabel) if one.text().startswith("0123 "))
    assert label.text().replace(" ", "") == digest.upper()
    assert label.wordWrap()


def test_label_and_value_begin_on_one_line_and_long_labels_keep_apart(
    qtbot: QtBot, theme: Theme
) -> None:
    fields = (
        Field("one", "A label that needs two lines"),
        Field("two", "Another one of two lines"),
    )
    pane = Details(HOLDINGS, fields, lambda: TODAY)
    qtbot.addWidget(pane)
    pane.resize(400, 300)
    pane.show_row(Row(1, "H-1", {"one": "first", "two": "second"}), clear=False)
    pane.show()
    labels = {one.text(): one for one in pane.findChildren(PlainLabel)}
    first, value = labels["A label that needs two lines"], labels["first"]
    qtbot.waitUntil(lambda: first.height() > value.height() > 0)

    assert first.y() + first.contentsRect().top() == value.y() + value.contentsRect().top()
    below = labels["Another one of two lines"]
    gap = below.y() + below.contentsRect().top() - first.y() - first.contentsRect().bottom()
    assert gap >= 6


def test_a_reader_changes_nothing(desk: Desk) -> None:
    page = desk.page(holdings(8), writes=False, role="auditor")
    desk.choose(page, 0)

    assert not page.list.tools.new.isVisible()
    assert not page.detail.edit.isVisible()
    assert "Take out of use…" not in _texts(page.offers.row_menu())
    page.new()
    page.edit()
    assert page.form is None


def test_a_record_taken_out_of_use_needs_a_reason(desk: Desk) -> None:
    service = holdings(8)
    page = desk.page(service)
    desk.choose(page, 0)
    deed = next(a for a in page.offers.row_menu().actions() if a.text() == "Take out of use…")
    deed.trigger()
    desk.qtbot.waitUntil(lambda: page.actor.dialog is not None)
    dialog = page.actor.dialog
    assert dialog is not None
    dialog.form.boxes["reason"].editor.set_raw("entered twice")
    desk.reload(page, dialog.form.submit)

    assert len(service.stored) == 7


def test_ctrl_c_copies_the_selected_rows_masked(desk: Desk) -> None:
    desk.case = "R-00031"
    page = desk.page(holdings(8))
    desk.choose(page, 6)
    page.ask_reveal()
    desk.qtbot.waitUntil(lambda: page.reveal.row is not None)
    with desk.qtbot.waitSignal(page.list.told):
        QTest.keyClick(page.list.table, Qt.Key.Key_C, _CONTROL)

    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Number\tState\tSubject")
    assert "박*아" in copied
    assert "박수아" not in copied


def test_a_saved_view_brings_filters_order_and_columns_back(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    page.list.table.set_shown("phone", False)
    page.offers.views.save_asked.emit("On hold")
    desk.reload(page, lambda: page.list.apply(None))

    assert page.list.shown.view == ""  # everything is no view

    again = desk.page(holdings(60))
    (view,) = again.list.saved.all(["state"])
    desk.reload(again, lambda: again.list.apply(view))
    assert again.list.shown.view == "On hold"  # a print and an export are called so
    assert again.list.filters.conditions == (Condition("state", ("held",)),)
    assert "phone" not in [c.name for c in again.list.table.shown_columns()]
    desk.reload(again, lambda: again.list.filters.narrow("state", "overdue"))
    assert again.list.shown.view == ""  # it is another list by now


def test_columns_stay_as_they_were_left(desk: Desk) -> None:
    page = desk.page(holdings(8))
    page.list.table.set_shown("phone", False)

    again = desk.page(holdings(8))
    assert "phone" not in [c.name for c in again.list.table.shown_columns()]


def test_a_record_is_opened_by_its_reference_though_a_filter_hides_it(desk: Desk) -> None:
    page = desk.page(holdings(60))
    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    page.open_ref("H-00033")

    desk.qtbot.waitUntil(lambda: _current(page) == "H-00033")
    assert page.list.filters.conditions == ()


def test_looking_again_keeps_the_current_record(desk: Desk) -> None:
    service = holdings(60)
    page = desk.page(service)
    desk.choose(page, 20)
    service.stored = service.stored[5:]
    desk.reload(page, page.refresh)

    desk.qtbot.waitUntil(lambda: _current(page) == "H-00021")
    assert page.list.table.currentIndex().row() == 15


def test_papers_of_the_record_and_of_the_list_are_printed(desk: Desk) -> None:
    page = desk.page(holdings(8))
    desk.choose(page, 0)
    page.detail.papers.asked.emit(HOLDINGS.documents[1], "H-00001")
    page.issue(HOLDINGS.documents[0])

    assert desk.issued == [("d4", "H-00001"), ("d2", None)]


def test_a_paper_is_told_by_its_code_only_where_offices_know_it(desk: Desk) -> None:
    paper = HOLDINGS.documents[1]
    service = holdings(8)
    service.register = replace(
        HOLDINGS, documents=(paper, replace(paper, code="holding-sheet", label="Sheet"))
    )
    page = desk.page(service)
    desk.choose(page, 0)
    page.detail.tabs.setCurrentIndex(PAPERS)

    told = [label.text() for label in page.detail.papers.findChildren(PlainLabel)]
    assert told == ["D4", "Result notice", "", "Sheet"]


def test_ctrl_p_prints_the_list_as_it_is_shown(desk: Desk) -> None:
    shown: list[tuple[Any, str]] = []
    page = desk.page(holdings(60), list_out=lambda *told: shown.append(told))
    desk.reload(page, lambda: page.list.filters.narrow("state", "held"))
    page.list.table.set_shown("collected_on", False)
    QTest.keyClick(page.list.table, Qt.Key.Key_P, _CONTROL)
    (menu,) = [m for m in page.findChildren(QMenu) if m.isVisible()]
    words = [action.text() for action in menu.actions() if action.text()]
    menu.actions()[0].trigger()
    menu.close()

    assert words[0] == "This list as shown…"
    assert words[1:] == ["This list in the clear…", "D2  Ledger of holdings"]
    ((told, reason),) = shown
    assert reason == ""
    assert told.query.where == {"state": "held"}
    assert told.conditions == (Condition("state", ("held",)),)
    assert told.columns == tuple(c.name for c in page.list.table.shown_columns())
    assert "collected_on" not in told.columns


def test_a_list_in_the_clear_asks_for_the_reason_unless_a_case_is_open(desk: Desk) -> None:
    shown: list[tuple[Any, str]] = []
    page = desk.page(holdings(8), list_out=lambda *told: shown.append(told))
    dialog = page.offers.printing.ask_clear()
    assert dialog is not None
    dialog.form.foot.save.click()
    assert shown == []
    dialog.form.boxes["reason"].editor.set_value("compared with the shop")
    dialog.form.foot.save.click()
    desk.case = "R-000007-1"
    assert page.offers.printing.ask_clear() is None

    assert [reason for _told, reason in shown] == ["compared with the shop", "R-000007-1"]


def test_only_officers_are_offered_the_list_in_the_clear(desk: Desk) -> None:
    clear = "This list in the clear…"
    page = desk.page(holdings(8), list_out=lambda *_told: None)
    assert clear in [action.text() for action in page.offers.printing.menu().actions()]
    for name in [c.name for c in page.list.table.shown_columns() if c.field.sealed]:
        page.list.table.set_shown(name, False)
    assert clear not in [action.text() for action in page.offers.printing.menu().actions()]

    manager = desk.page(holdings(8), list_out=lambda *_told: None, role="manager")
    assert clear not in [action.text() for action in manager.offers.printing.menu().actions()]


def test_an_empty_list_prints_nothing(desk: Desk) -> None:
    shown: list[object] = []
    page = desk.page(ListService(CONSENTS), list_out=lambda *told: shown.append(told))
    assert not page.offers.printing.on
    page.offers.printing.ask()
    assert shown == []


def test_a_child_is_added_with_its_parent_filled_in(desk: Desk) -> None:
    page = desk.page(holdings(8))
    desk.choose(page, 2)
    page.detail.tabs.setCurrentIndex(1)
    page.detail.children_tab.add_asked.emit(HOLDINGS.children[0], "H-00003")

    assert page.form is not None
    assert page.form.register == "consents"


def test_ctrl_v_opens_the_mapping_with_the_copied_range(desk: Desk) -> None:
    page = desk.page(holdings(8))
    QGuiApplication.clipboard().setText("Subject\tCollected on\n한가람\t2026. 11. 1.\n")
    QTest.keyClick(page.list.table, Qt.Key.Key_V, _CONTROL)

    bring_in = page.faces.currentWidget()
    assert isinstance(bring_in, ImportPage)
    mapping = bring_in.mapping
    desk.qtbot.waitUntil(lambda: mapping.opened is not None)
    assert mapping.opened is not None
    assert mapping.opened.mapping.fields == ("subject", "collected_on")


def test_everything_follows_the_language_and_the_look(desk: Desk, theme: Theme) -> None:
    page = desk.page(holdings(8))
    desk.choose(page, 0)
    theme.speak("ko")
    theme.wear("dark")

    assert page.list.tools.filter.text() == "필터"
    assert page.detail.tabs.tabText(2) == "이력"
    assert page.list.tools.count.text() == "8건"


def _action(name: str) -> Any:
    return HOLDINGS.action(name)


def _current(page: RegisterPage) -> str:
    shown = page.list.current()
    return shown.ref if shown else ""


def _texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


_CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_next_step_of_a_record_is_a_button_and_none_stands_there_once_it_ended(
    desk: Desk,
) -> None:
    first = Action("look", "Look at it", "look", states=("active",), leads=None)
    step = Action("settle", "Settle it", "settle", states=("active",), asks=(Field("on", "On"),))
    ended = State("destroyed", "Destroyed", "destroyed", ended=True)
    last = Action("read", "Read it", "read", states=("destroyed", "overdue"), danger=True)
    states = (*(s for s in HOLDINGS.states if s.key != "destroyed"), ended)
    late = replace(step, name="late", states=("destroyed",))
    register = replace(HOLDINGS, actions=(first, step, last, late), states=states)
    page = desk.page(ListService(register, [holding(i) for i in range(8)]))

    desk.choose(page, 0)
    assert (page.detail.step.isVisible(), page.detail.step.text()) == (True, "Settle it…")
    page.detail.step.click()
    assert page.actor.dialog is not None
    page.actor.dialog.reject()

    for other in (6, 7):  # a danger; an ended record
        desk.choose(page, other)
        assert not page.detail.step.isVisible()
