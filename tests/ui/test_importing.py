"""The import and export pages, with real files and a register in a list."""

from __future__ import annotations

import csv
import threading
from collections.abc import Mapping as MappingOf
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from privdesk.core.fields import Field, Kind
from privdesk.core.normal import DateOrder
from privdesk.core.register import Query
from privdesk.exchange.mapping import Mapping, from_json, recogniser
from privdesk.exchange.report import Report
from privdesk.exchange.source import Source
from privdesk.ui.importing.exportpage import ExportPage, questions
from privdesk.ui.importing.importpage import ImportPage
from privdesk.ui.importing.pasted import open_pasted
from privdesk.ui.importing.previewtable import PreviewTable
from privdesk.ui.longbar import LongBar
from privdesk.ui.progress import Progress
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import PlainLabel
from tests.ui.fakelists import ListExporter, ListImporter
from tests.ui.fakes import HOLDINGS, TODAY, ListService, holdings
from tests.ui.sweeping import swept  # noqa: F401

HEAD = "Customer,Mobile,Collected on,Legal basis,Purpose,Shoe size\n"
GOOD = "김서연,01020001234,2019-03-01,Consent,P-00001,240\n"
BAD = "박민준,12,2019-03-01,Consent,P-00001,270\n"


@pytest.fixture
def service() -> ListService:
    return ListService(HOLDINGS)


@pytest.fixture
def importer(service: ListService) -> ListImporter:
    return ListImporter(service)


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, theme: Theme, importer: ListImporter) -> ImportPage:
    return _page(qtbot, tasks, importer)


def _page(qtbot: QtBot, tasks: Tasks, importer: ListImporter) -> ImportPage:
    made = ImportPage(HOLDINGS, importer, tasks, TODAY)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def _file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding=encoding)
    return path


def _open(page: ImportPage, path: Path, qtbot: QtBot) -> None:
    page.open(path)
    qtbot.waitUntil(lambda: page.mapping.isVisible())


def _remap(page: ImportPage, qtbot: QtBot, column: str, field: str) -> None:
    before = page.mapping.opened
    combo = page.mapping.columns.combos[column]
    combo.setCurrentIndex(combo.findData(field))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.mapping.opened is not before)


def _import(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD + BAD + GOOD), qtbot)
    _remap(page, qtbot, "Customer", "subject")
    page.mapping.rehearse.click()
    qtbot.waitUntil(lambda: page.result.go.isVisible())
    with qtbot.waitSignal(page.imported):
        page.result.go.click()


def test_columns_are_recognised_and_the_rest_is_named(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    opened = page.mapping.opened
    assert opened is not None

    filled = dict(zip(opened.mapping.header, opened.mapping.fields, strict=True))
    assert filled["Collected on"] == "collected_on"
    assert filled["Mobile"] == "phone"
    assert "Shoe size" in opened.mapping.left_out


def test_a_list_from_an_old_office_computer_is_read(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "전화\t수집일\n010 1234 5678\t2013. 2. 1.\n"
    _open(page, _file(tmp_path, text, "cp949"), qtbot)

    assert "CP949 · tab" in page.mapping.facts.text()


def test_the_first_rows_are_shown_as_they_will_become_with_their_faults(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD + BAD), qtbot)
    table = page.mapping.preview
    heads = [str(table.model().headerData(i, _ACROSS)) for i in range(table.columnCount())]
    phone = heads.index("Phone")

    assert _cell(table, 0, phone) == "010-2000-1234"
    assert _cell(table, 1, phone) == "This is no telephone number."


def test_a_column_is_given_another_field_by_hand(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    _remap(page, qtbot, "Shoe size", "people")

    assert page.mapping.opened is not None
    assert page.mapping.opened.mapping.fields[-1] == "people"
    assert page.mapping.opened.mapping.how[-1] == "asked"


def test_a_required_field_without_a_column_holds_the_rehearsal_up(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    _remap(page, qtbot, "Collected on", "")

    assert not page.mapping.rehearse.isEnabled()
    assert "Collected on" in page.mapping.notice.text()


def test_dates_that_can_be_read_in_two_ways_are_asked_about(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "Subject,Collected on,Legal basis,Purpose\n김서연,01/02/2013,Consent,P-00001\n"
    _open(page, _file(tmp_path, text), qtbot)
    assert not page.mapping.rehearse.isEnabled()
    item = page.mapping.asked.itemAt(0)
    assert item is not None
    card: Any = item.widget()
    assert card.buttons[DateOrder.DAY_FIRST].text() == "01/02/2013  =  2013-02-01"
    assert card.buttons[DateOrder.MONTH_FIRST].text() == "01/02/2013  =  2013-01-02"

    card.buttons[DateOrder.MONTH_FIRST].click()
    qtbot.waitUntil(lambda: page.mapping.rehearse.isEnabled())
    assert _cell(page.mapping.preview, 0, 2) == "2013-01-02"


def test_years_of_two_digits_are_asked_about_and_hold_nothing_up(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "Subject,Collected on,Legal basis,Purpose\n김서연,50.02.01,Consent,P-00001\n"
    _open(page, _file(tmp_path, text), qtbot)
    assert page.mapping.rehearse.isEnabled()
    item = page.mapping.asked.itemAt(0)
    assert item is not None
    card: Any = item.widget()
    assert card.pivot.value() == TODAY.year % 100
    assert card.reading.text() == "50.02.01  =  1950-02-01"
    card.pivot.setValue(50)
    assert card.reading.text() == "50.02.01  =  2050-02-01"

    card.take.click()
    qtbot.waitUntil(lambda: _cell(page.mapping.preview, 0, 2) == "2050-02-01")
    assert page.mapping.asked.count() == 0
    assert page.mapping.opened is not None
    kept = from_json(page.mapping.opened.mapping.to_json())
    assert kept.rules["collected_on"].pivot == 50


def test_a_file_that_is_no_list_is_explained(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.open(path)

    qtbot.waitUntil(lambda: "Nothing was imported" in page.choose.fault.text())
    assert page.choose.choose.isEnabled()


def test_a_dropped_file_is_opened(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(_file(tmp_path, HEAD + GOOD)))])
    page.choose.card.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    qtbot.waitUntil(lambda: page.mapping.isVisible())


def test_a_rehearsal_counts_and_changes_nothing(
    page: ImportPage, service: ListService, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD + BAD + GOOD), qtbot)
    _remap(page, qtbot, "Customer", "subject")
    page.mapping.rehearse.click()
    qtbot.waitUntil(lambda: page.result.go.isVisible())

    assert page.result.go.text() == "Import 2 rows"
    assert page.result.report is not None
    assert (page.result.report.new, page.result.report.rejected) == (2, 1)
    assert service.stored == []


def test_an_import_takes_the_sound_rows_and_reports_the_others(
    page: ImportPage, service: ListService, qtbot: QtBot, tmp_path: Path
) -> None:
    _import(page, qtbot, tmp_path)

    assert [row.values["phone"] for row in service.stored] == ["010-2000-1234"] * 2
    assert page.result.rejects.isVisible()
    assert page.result.undo.isVisible()
    assert not page.result.go.isVisible()


def test_rejected_rows_are_saved_with_their_cause(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _import(page, qtbot, tmp_path)
    rejects = tmp_path / "rejects.csv"
    page.save_rejects(rejects)
    qtbot.waitUntil(lambda: rejects.exists() and "1 rejected" in page.flash.text())

    with rejects.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1][-1] == "This is no telephone number."


def test_an_import_is_taken_back_once(
    page: ImportPage, service: ListService, qtbot: QtBot, tmp_path: Path
) -> None:
    _import(page, qtbot, tmp_path)
    with qtbot.waitSignal(page.imported):
        page.result.undo.click()

    assert service.stored == []
    assert not page.result.undo.isVisible()


class SlowImporter(ListImporter):
    """Goes on until it is cancelled."""

    def __init__(self, service: ListService) -> None:
        super().__init__(service)
        self.begun = threading.Event()

    def dry_run(
        self, source: Source, mapping: Mapping, answers: MappingOf[str, Any], progress: Progress
    ) -> Report:
        self.begun.set()
        while True:
            progress.check()


def test_cancel_stands_in_the_bar_alone_stops_the_work_and_comes_back_to_the_columns(
    qtbot: QtBot, tasks: Tasks, theme: Theme, service: ListService, tmp_path: Path
) -> None:
    importer = SlowImporter(service)
    page, bar = _page(qtbot, tasks, importer), LongBar(tasks)
    qtbot.addWidget(bar)
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    _remap(page, qtbot, "Customer", "subject")
    page.mapping.rehearse.click()
    qtbot.waitUntil(importer.begun.is_set)
    assert page.running.isVisible()
    assert not page.findChildren(QProgressBar)
    (line,) = bar.lines
    line.cancel.click()

    qtbot.waitUntil(lambda: page.mapping.isVisible())
    assert page.flash.text() == "Stopped. Nothing was changed."


def test_what_is_asked_for_the_whole_list_must_be_answered(
    qtbot: QtBot, tasks: Tasks, theme: Theme, service: ListService, tmp_path: Path
) -> None:
    importer = ListImporter(service, [Field("people", "People", Kind.INTEGER, required=True)])
    page = _page(qtbot, tasks, importer)
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    _remap(page, qtbot, "Customer", "subject")
    page.mapping.rehearse.click()
    assert page.mapping.boxes[0].error.text() == "This has to be filled in."

    page.mapping.boxes[0].editor.set_raw("7")
    page.mapping.rehearse.click()
    qtbot.waitUntil(lambda: page.result.go.isVisible())
    assert importer.answers == {"people": 7}


def test_a_remembered_mapping_is_used_again(
    page: ImportPage, importer: ListImporter, qtbot: QtBot, tmp_path: Path
) -> None:
    _import(page, qtbot, tmp_path)
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)

    assert page.mapping.opened is not None
    assert set(page.mapping.opened.mapping.how) <= {"remembered", ""}


def test_what_was_left_out_last_time_is_named_and_can_be_forgotten(
    page: ImportPage, importer: ListImporter, qtbot: QtBot, tmp_path: Path
) -> None:
    path = _file(tmp_path, HEAD + GOOD)
    _open(page, path, qtbot)
    assert page.mapping.memory.isHidden()
    _remap(page, qtbot, "Mobile", "")
    assert page.mapping.opened is not None
    importer.kept = from_json(page.mapping.opened.mapping.to_json())

    page.open(path)
    qtbot.waitUntil(lambda: page.mapping.memory.isVisible())
    assert page.mapping.last_time.text().endswith("these left out again: Mobile.")
    page.mapping.forget.click()
    qtbot.waitUntil(lambda: not page.mapping.memory.isVisible())
    assert "phone" in page.mapping.opened.mapping.fields


def test_the_rejects_of_a_rehearsal_can_be_saved(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD + BAD + BAD), qtbot)
    _remap(page, qtbot, "Customer", "subject")
    page.mapping.rehearse.click()
    qtbot.waitUntil(lambda: page.result.go.isVisible())

    assert page.result.rejects.isVisible()
    assert page.result.report is not None
    (cause,) = page.result.report.causes
    assert (cause.column, cause.total, cause.first) == ("Mobile", 2, (3, 4))
    shown = [label.text() for label in page.result.sheet.findChildren(PlainLabel)]
    assert "This is no telephone number." in shown
    assert "rows 3, 4" in shown
    rejects = tmp_path / "rejects.csv"
    page.save_rejects(rejects)
    qtbot.waitUntil(lambda: rejects.exists() and "2 rejected" in page.flash.text())


def test_a_pasted_range_with_heads_is_a_list() -> None:
    known = recogniser(HOLDINGS.fields)
    source = open_pasted('Subject\tNote\n김서연\t"two\nlines"\n\t\n', known)

    assert source.header == ("Subject", "Note")
    assert [cells for _number, cells in source.rows()] == [["김서연", "two\nlines"]]


def test_a_pasted_range_without_heads_has_columns_by_letter() -> None:
    source = open_pasted("김서연\t010\n박민준\t011\n", recogniser(HOLDINGS.fields))

    assert source.header == ("A", "B")
    assert len(list(source.rows())) == 2


def test_the_import_page_follows_the_language(
    page: ImportPage, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(page, _file(tmp_path, HEAD + GOOD), qtbot)
    theme.speak("ko")
    theme.wear("dark")

    assert page.mapping.rehearse.text() == "미리 확인"
    assert page.head.steps[1].text() == "2  열"


def _export_page(qtbot: QtBot, tasks: Tasks, exporter: ListExporter, query: Query) -> ExportPage:
    made = ExportPage(exporter.service, exporter, tasks, query, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_export_needs_a_reason(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    page = _export_page(qtbot, tasks, ListExporter(holdings(8)), Query())
    page.form.submit()

    assert page.form.boxes["reason"].error.text() == "This has to be filled in."


def test_an_export_writes_what_the_list_shows_masked_unless_asked(
    qtbot: QtBot, tasks: Tasks, theme: Theme, tmp_path: Path
) -> None:
    exporter = ListExporter(holdings(16))
    page = _export_page(qtbot, tasks, exporter, Query(where={"state": "held"}))
    page.tell_size(2)
    assert page.about.text() == "2 records as the list is filtered now."
    path = tmp_path / "out.csv"
    values = {
        "format": ".csv",
        "values": "masked",
        "reason": "quarterly audit",
        "destroy_by": date(2026, 12, 23),
        "columns": ("subject", "phone"),
    }
    with qtbot.waitSignal(page.exported) as told:
        page.write(path, values)

    assert told.args == ["2 records are in out.csv."]
    assert exporter.options is not None
    assert not exporter.options.reveal
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_a_failed_export_comes_back_to_its_questions(
    qtbot: QtBot, tasks: Tasks, theme: Theme, tmp_path: Path
) -> None:
    page = _export_page(qtbot, tasks, ListExporter(holdings(8)), Query())
    values = {f.name: f.default for f in questions(HOLDINGS.fields, TODAY)} | {"reason": "audit"}
    page.write(tmp_path / "gone" / "out.csv", values)

    qtbot.waitUntil(lambda: bool(page.form.foot.notice.text()))
    assert page.form.isVisible()
    assert page.form.foot.save.isEnabled()


def _cell(table: PreviewTable, line: int, place: int) -> str:
    return str(table.model().index(line, place).data())


_ACROSS = Qt.Orientation.Horizontal
