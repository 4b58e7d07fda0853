"""The import page: file, columns, rehearsal, report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.normal import DateOrder
from privdesk.core.register import Outcome, Register
from privdesk.exchange.report import Report
from privdesk.ui.form.lookup import ServiceOf
from privdesk.ui.importing.choosestep import ChooseStep
from privdesk.ui.importing.mappingstep import MappingStep
from privdesk.ui.importing.opened import OpenedList, open_file, open_text
from privdesk.ui.importing.ports import Importer
from privdesk.ui.importing.reportstep import ReportStep
from privdesk.ui.importing.runstep import RunStep
from privdesk.ui.importing.steps import StepsHead
from privdesk.ui.progress import Progress
from privdesk.ui.table.cells import noun
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import FlashLine, Hairline, Plane, column

FILE, COLUMNS, REHEARSAL, REPORT = range(4)


class ImportPage(Plane):
    """Takes a person from a file to the report, one step after the other."""

    left = Signal()
    imported = Signal()  # something went in, or was taken back

    def __init__(
        self,
        register: Register,
        importer: Importer,
        tasks: Tasks,
        today: date,
        service_of: ServiceOf = lambda _name: None,
    ) -> None:
        super().__init__("surface")
        self._register = register
        self._importer = importer
        self._tasks = tasks
        self.head = StepsHead(self._title, self.back)
        self.choose = ChooseStep(register)
        self.mapping = MappingStep(tuple(importer.questions()), tasks, service_of, today)
        self.running = RunStep()
        self.result = ReportStep(register)
        self.faces = QStackedWidget()
        for face in (self.choose, self.mapping, self.running, self.result):
            self.faces.addWidget(face)
        column(self, self.head, Hairline(), self.faces, gap=0).setStretch(2, 1)
        self.flash = FlashLine(self)
        self._connect()
        self._show(self.choose, FILE)

    def _title(self) -> str:
        return _("Import into {register}").format(register=noun(self._register.title))

    def _connect(self) -> None:
        self.choose.chosen.connect(self.open)
        step = self.mapping
        step.column_picked.connect(self._pick)
        step.order_given.connect(self._order)
        step.pivot_given.connect(self._pivot)
        step.afresh_asked.connect(self._forget)
        step.sheet_picked.connect(self._open_sheet)
        step.back_asked.connect(self._another_file)
        step.rehearse_asked.connect(self.rehearse)
        end = self.result
        end.import_asked.connect(self.run)
        end.columns_asked.connect(self._show_columns)
        end.done_asked.connect(self.left)
        end.rejects_asked.connect(self._ask_rejects)
        end.undo_asked.connect(self.undo)

    # opening

    def open(self, path: Path, sheet: str = "") -> None:
        """Open a file."""
        self._open(lambda: open_file(path, self._importer, sheet))

    def paste(self, text: str) -> None:
        """Open a range that was copied in a spreadsheet."""
        self._open(lambda: open_text(text, self._importer))

    def _open(self, work: Callable[[], OpenedList]) -> None:
        self.choose.wait(True)
        self._tasks.run(self, work, done=self._opened, failed=self._unreadable)

    def _unreadable(self, error: DomainError) -> None:
        self._show(self.choose, FILE)
        self.choose.explain(error)

    def _opened(self, opened: OpenedList) -> None:
        self.choose.wait(False)
        self._close_source()
        self.mapping.show_list(opened)
        self._show_columns()

    def _open_sheet(self, sheet: str) -> None:
        opened = self.mapping.opened
        if opened is not None and opened.path is not None:
            self.open(opened.path, sheet)

    def _another_file(self) -> None:
        self._show(self.choose, FILE)

    def _close_source(self) -> None:
        if self.mapping.opened is not None:
            self.mapping.opened.source.close()

    # columns

    def _show_columns(self) -> None:
        self._show(self.mapping, COLUMNS)

    def _pick(self, name: str, field: str) -> None:
        self._remap(lambda opened: opened.with_column(name, field))

    def _order(self, field: str, order: DateOrder) -> None:
        self._remap(lambda opened: opened.with_order(field, order))

    def _pivot(self, field: str, pivot: int) -> None:
        self._remap(lambda opened: opened.with_pivot(field, pivot))

    def _forget(self) -> None:
        self._remap(lambda opened: opened.afresh())

    def _remap(self, change: Callable[[OpenedList], OpenedList]) -> None:
        opened = self.mapping.opened
        if opened is not None:
            self._tasks.run(
                self,
                lambda: change(opened),
                done=self.mapping.show_list,
                failed=self.flash.refuse,
            )

    # rehearsal and import

    def rehearse(self) -> None:
        """Find out what an import would do."""
        self._go(self._importer.dry_run, _("Rehearsing the import"), REHEARSAL, self._rehearsed)

    def run(self) -> None:
        """Import."""
        self._go(self._importer.run, _("Importing"), REPORT, self._imported)

    def _go(
        self,
        deed: Callable[..., Report],
        title: str,
        step: int,
        done: Callable[[Report], None],
    ) -> None:
        opened, answers = self.mapping.opened, self.mapping.answers()
        if opened is None or answers is None:
            return

        def work(progress: Progress) -> Report:
            return deed(opened.source, opened.mapping, answers, progress)

        self._tasks.long(self, work, title=title, done=done, failed=self._stopped)
        self.running.begin(title)
        self._show(self.running, step)

    def _stopped(self, error: DomainError) -> None:
        self.running.stop()
        self._show_columns()
        self.flash.refuse(error)

    def _rehearsed(self, report: Report) -> None:
        self.running.stop()
        self.result.show_rehearsal(report)
        self._show(self.result, REHEARSAL)

    def _imported(self, report: Report) -> None:
        self._tasks.run(
            self,
            self._importer.undoable,
            done=lambda undoable: self._show_done(report, undoable),
            failed=lambda _error: self._show_done(report, False),
        )

    def _show_done(self, report: Report, undoable: bool) -> None:
        self.running.stop()
        self.result.show_done(report, undoable=undoable)
        self._show(self.result, REPORT)
        self.imported.emit()

    # after it

    def _ask_rejects(self) -> None:
        stem = Path(self.result.report.file).stem if self.result.report else "list"
        words = _("Save the rejected rows")
        name, _kind = QFileDialog.getSaveFileName(
            self, words, f"{stem}-rejects.csv", _("CSV (*.csv)")
        )
        if name:
            self.save_rejects(Path(name))

    def save_rejects(self, path: Path) -> None:
        """Write the rejected rows; the import is the reason of this export."""
        self._tasks.run(
            self,
            lambda: self._importer.save_rejects(path),
            done=lambda count: self.flash.tell(
                _("{count} rejected rows are in {file}.").format(count=count, file=path.name)
            ),
            failed=self.flash.refuse,
        )

    def undo(self) -> None:
        """Take the import back."""
        self.result.undo.setEnabled(False)
        self._tasks.run(self, self._importer.undo, done=self._undone, failed=self._not_undone)

    def _undone(self, outcome: Outcome) -> None:
        self.result.show_undone()
        self.flash.tell(outcome.message)
        self.imported.emit()

    def _not_undone(self, error: DomainError) -> None:
        self.result.undo.setEnabled(True)
        self.flash.refuse(error)

    def back(self) -> None:
        """Leave the page; work under way goes on until it is cancelled."""
        if not self.running.busy:
            self._close_source()
            self.left.emit()

    def _show(self, face: QWidget, step: int) -> None:
        self.faces.setCurrentWidget(face)
        self.head.mark(step)
        first = {
            self.choose: self.choose.choose,
            self.mapping: self.mapping.rehearse,
            self.result: self.result.first,
        }.get(face)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
