"""A record's form: editors, errors in words, saving, leaving, drafts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from privdesk.core.errors import InvalidValueError
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.periods import UNTIL_EVENT, days, years
from privdesk.core.register import Row
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Editor, Unclear
from privdesk.ui.form.editors import editor_for
from privdesk.ui.form.form import RecordForm
from privdesk.ui.form.links import LinkEditor, LinksEditor
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.ui.fakes import HOLDINGS, ListService, holdings, purposes
from tests.ui.sweeping import swept  # noqa: F401

CHOICES = (Choice("a", "Apple"), Choice("b", "Pear"))


def _editor(field: Field, tasks: Tasks, qtbot: QtBot) -> Editor:
    linked = purposes()
    editor = editor_for(field, tasks, lambda name: linked if name == "purposes" else None)
    qtbot.addWidget(editor)
    return editor


def _form(qtbot: QtBot, tasks: Tasks) -> RecordForm:
    linked = purposes()
    form = RecordForm(HOLDINGS.fields, tasks, lambda name: linked if name == "purposes" else None)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    return form


def _type(form: RecordForm, **texts: Any) -> None:
    for name, raw in texts.items():
        form.boxes[name].editor.set_raw(raw)
        form.boxes[name].editor.changed.emit()


def _target(editor: Editor) -> QWidget:
    """Return the widget that takes the keys of an editor."""
    return editor.focusProxy() or editor


def _fill(form: RecordForm, qtbot: QtBot) -> None:
    _type(form, subject="김서연", purpose="P-00001", basis="consent", collected_on="2019. 3. 1.")
    purpose = form.boxes["purpose"].editor
    qtbot.waitUntil(lambda: isinstance(purpose, LinkEditor) and purpose.chosen)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.DATE, "2013년 2월 1일", date(2013, 2, 1)),
        (Kind.DATE, "2013.02.01", date(2013, 2, 1)),
        (Kind.MOMENT, "2026-03-02 08:05", datetime(2026, 3, 1, 23, 5, tzinfo=UTC)),
        (Kind.INTEGER, "1,234", 1234),
        (Kind.PHONE, "010 1234 5678", "010-1234-5678"),
        (Kind.EMAIL, "Kim@EXAMPLE.org", "Kim@example.org"),
        (Kind.PERIOD, "3년", years(3)),
        (Kind.PERIOD, "180 days", days(180)),
        (Kind.PERIOD, "목적 달성 시까지", UNTIL_EVENT),
        (Kind.NOTE, "one\ntwo", "one\ntwo"),
        (Kind.TEXT, "", None),
    ],
)
def test_what_the_office_writes_becomes_a_value(
    kind: Kind, typed: str, value: object, tasks: Tasks, qtbot: QtBot
) -> None:
    editor = _editor(Field("f", "F", kind), tasks, qtbot)
    editor.set_raw(typed)

    assert editor.value() == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (Kind.DATE, "someday"),
        (Kind.DATE, "01/02/2013"),
        (Kind.INTEGER, "many"),
        (Kind.PHONE, "12"),
        (Kind.EMAIL, "kim at home"),
        (Kind.PERIOD, "long"),
    ],
)
def test_what_is_no_value_is_refused_in_words(
    kind: Kind, typed: str, tasks: Tasks, qtbot: QtBot
) -> None:
    editor = _editor(Field("f", "F", kind), tasks, qtbot)
    editor.set_raw(typed)

    with pytest.raises(Unclear, match=r"\w+ \w+"):
        editor.value()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DATE, date(2013, 2, 1)),
        (Kind.MOMENT, datetime(2026, 3, 1, 23, 5, tzinfo=UTC)),
        (Kind.INTEGER, 1234),
        (Kind.CHOICE, "b"),
        (Kind.CHOICES, ("a", "b")),
        (Kind.FLAG, True),
        (Kind.PERIOD, years(3)),
        (Kind.NOTE, "one\ntwo"),
        (Kind.NAME, "남궁 민"),
    ],
)
def test_an_editor_gives_back_what_it_shows_and_its_draft_does_too(
    kind: Kind, value: object, tasks: Tasks, qtbot: QtBot
) -> None:
    field = Field("f", "F", kind, choices=CHOICES)
    first, second = _editor(field, tasks, qtbot), _editor(field, tasks, qtbot)
    first.set_value(value)
    second.set_raw(json.loads(json.dumps(first.raw())))

    assert first.value() == value
    assert second.value() == value


def test_a_telephone_number_takes_its_one_form_when_the_cursor_leaves(
    qtbot: QtBot, tasks: Tasks
) -> None:
    form = _form(qtbot, tasks)
    phone = form.boxes["phone"].editor
    phone.setFocus()
    QTest.keyClicks(_target(phone), "01012345678")
    QTest.keyClick(_target(phone), Qt.Key.Key_Tab)

    assert phone.raw() == "010-1234-5678"


def test_an_error_stands_beneath_its_field_and_goes_while_one_types(
    qtbot: QtBot, tasks: Tasks
) -> None:
    form = _form(qtbot, tasks)
    box = form.boxes["email"]
    box.editor.setFocus()
    QTest.keyClicks(_target(box.editor), "kim")
    QTest.keyClick(_target(box.editor), Qt.Key.Key_Tab)
    assert box.error.text() == "This is no e-mail address."
    assert box.error.isVisible()

    box.editor.setFocus()
    QTest.keyClicks(_target(box.editor), "@")
    assert not box.error.isVisible()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_link_is_found_by_part_of_its_name(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    editor = form.boxes["purpose"].editor
    assert isinstance(editor, LinkEditor)
    editor.line.setFocus()
    editor.line.setText("상담")
    editor.line.textEdited.emit("상담")
    qtbot.waitUntil(lambda: editor.offers.rowCount() == 1)
    with pytest.raises(Unclear):
        editor.value()

    editor.line.completer().activated[QModelIndex].emit(editor.offers.index(0, 0))  # type: ignore[index]
    assert editor.value() == "P-00002"


def test_a_reference_typed_out_in_full_is_taken(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    editor = form.boxes["purpose"].editor
    assert isinstance(editor, LinkEditor)
    editor.line.setText("P-00003")
    editor.line.editingFinished.emit()

    qtbot.waitUntil(lambda: editor.line.text() == "채용 본인 확인 · P-00003")
    assert editor.value() == "P-00003"


def test_a_link_that_may_be_new_takes_a_name_but_no_mistyped_number(
    qtbot: QtBot, tasks: Tasks
) -> None:
    field = Field("f", "F", Kind.LINK, links_to="purposes", may_be_new=True)
    editor = _editor(field, tasks, qtbot)
    assert isinstance(editor, LinkEditor)
    editor.line.setText("  Branch office ")
    assert editor.value() == "Branch office"
    for number in ("L-000001-9", "Web shop · L-000001-9"):
        editor.line.setText(number)
        with pytest.raises(Unclear):
            editor.value()


def test_several_links_are_collected_and_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    editor = _editor(Field("f", "F", Kind.LINKS, links_to="purposes"), tasks, qtbot)
    assert isinstance(editor, LinksEditor)
    for ref in ("P-00001", "P-00002", "P-00001"):
        editor.one.line.setText(ref)
        editor.one.line.editingFinished.emit()
        qtbot.waitUntil(lambda: not editor.one.line.text())
    assert editor.value() == ("P-00001", "P-00002")

    editor.list.itemDoubleClicked.emit(editor.list.item(0))
    assert editor.value() == ("P-00002",)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_day_picked_from_the_calendar_is_written_down(qtbot: QtBot, tasks: Tasks) -> None:
    editor = _editor(Field("f", "F", Kind.DATE), tasks, qtbot)
    assert isinstance(editor, DateEditor)
    editor.show()
    editor.set_raw("2026-03-02")
    sheet = editor.open_calendar()
    assert sheet.month.selectedDate().toString("yyyy-MM-dd") == "2026-03-02"

    sheet.month.clicked.emit(sheet.month.selectedDate().addDays(3))
    assert editor.value() == date(2026, 3, 5)


def test_saving_goes_to_the_first_field_that_is_wrong(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()

    assert form.boxes["subject"].error.text() == "This has to be filled in."
    assert form.boxes["phone"].error.text() == ""
    assert form.foot.notice.text() == "Some fields need another look."


def test_a_new_record_carries_what_was_given_and_nothing_else(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    _fill(form, qtbot)
    with qtbot.waitSignal(form.submitted) as submitted:
        QTest.keyClick(_target(form.boxes["subject"].editor), Qt.Key.Key_Return, _CONTROL)

    assert submitted.args == [
        {
            "subject": "김서연",
            "purpose": "P-00001",
            "basis": "consent",
            "collected_on": date(2019, 3, 1),
            "exempt": False,
        }
    ]


def test_computed_fields_are_not_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    assert "expires_on" not in _form(qtbot, tasks).boxes


def test_an_edit_carries_changed_values_only_and_masked_ones_stay(
    qtbot: QtBot, tasks: Tasks
) -> None:
    form = _form(qtbot, tasks)
    form.edit(holdings().get("H-00001"))
    subject = form.boxes["subject"]
    assert subject.editor.raw() == ""
    assert subject.help.text() == "Stays as it is unless you type a new one."
    assert not form.dirty

    _type(form, phone="01099998888")
    with qtbot.waitSignal(form.submitted) as submitted:
        form.submit()
    assert submitted.args == [{"phone": "010-9999-8888"}]


def test_a_fixed_field_cannot_be_changed_later(qtbot: QtBot, tasks: Tasks) -> None:
    form = RecordForm([Field("code", "Code", fixed=True)], tasks, lambda _name: None)
    qtbot.addWidget(form)
    assert form.boxes["code"].editor.isEnabled()

    form.edit(Row(1, "X-1", {"code": "A"}))
    assert not form.boxes["code"].editor.isEnabled()


def test_the_services_refusal_stands_beneath_the_field_it_names(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    form.refused(InvalidValueError(value="x", field="Phone", cause="it is taken."))

    assert form.boxes["phone"].error.text() == "it is taken."
    assert "it is taken." in form.foot.notice.text()
    assert form.foot.save.isEnabled()


def test_leaving_asks_before_anything_typed_is_lost(qtbot: QtBot, tasks: Tasks) -> None:
    form = _form(qtbot, tasks)
    with qtbot.waitSignal(form.cancelled):
        form.cancel()

    _type(form, subject="김")
    with qtbot.assertNotEmitted(form.cancelled):
        QTest.keyClick(_target(form.boxes["subject"].editor), Qt.Key.Key_Escape)
    assert form.foot.discard.isVisible()

    form.foot.keep.click()
    assert form.foot.save.isVisible()
    form.cancel()
    with qtbot.waitSignal(form.cancelled):
        form.foot.discard.click()


def test_a_draft_holds_what_was_typed_even_where_it_is_no_value_yet(
    qtbot: QtBot, tasks: Tasks
) -> None:
    form = _form(qtbot, tasks)
    _type(form, subject="김", collected_on="2013 spring", exempt=True)
    draft = json.loads(json.dumps(form.draft()))

    again = _form(qtbot, tasks)
    again.restore(draft)
    assert again.boxes["collected_on"].editor.raw() == "2013 spring"
    assert again.boxes["exempt"].editor.value() is True
    assert again.dirty


def test_the_form_follows_the_language(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    form = _form(qtbot, tasks)
    theme.speak("ko")

    assert form.foot.save.text() == "저장"
    line = form.boxes["collected_on"].editor.focusProxy()
    assert line is not None
    assert line.accessibleName().endswith(", 필수")


def test_a_link_to_a_register_out_of_sight_is_typed_as_a_reference(
    qtbot: QtBot, tasks: Tasks
) -> None:
    editor = editor_for(Field("f", "F", Kind.LINK, links_to="purposes"), tasks, lambda _name: None)
    qtbot.addWidget(editor)
    editor.set_raw("P-00001")

    assert editor.value() == "P-00001"


def test_the_editors_of_a_form_read_the_linked_register_only_when_asked(
    qtbot: QtBot, tasks: Tasks
) -> None:
    linked = ListService(HOLDINGS)
    editor_for(Field("f", "F", Kind.LINK, links_to="x"), tasks, lambda _name: linked)

    assert linked.queries == []


_CONTROL = Qt.KeyboardModifier.ControlModifier
