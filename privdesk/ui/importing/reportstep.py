"""The third and fourth steps: the rehearsal with Import, the report with Undo."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Register
from privdesk.exchange.report import Report
from privdesk.ui.importing.resultstep import ResultStep
from privdesk.ui.table.cells import noun
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Plane, button, column, primary_button, row


class ReportStep(QWidget):
    """A report, and what can be done next."""

    import_asked = Signal()
    columns_asked = Signal()
    done_asked = Signal()
    rejects_asked = Signal()
    undo_asked = Signal()

    def __init__(self, register: Register) -> None:
        super().__init__()
        self._register = register
        self.sheet = ResultStep()
        self.go = primary_button("", self.import_asked.emit)
        self.done = primary_button("", self.done_asked.emit)
        self.columns = button("", self.columns_asked.emit)
        self.rejects = button("", self.rejects_asked.emit, icon="save")
        self.undo = button("", self.undo_asked.emit, icon="undo")
        foot = Plane("foot")
        row(foot, self.go, self.done, self.columns, self.rejects, self.undo, None, margin=(24, 10))
        column(self, self.sheet, foot, gap=0).setStretch(0, 1)
        on_language(self, self._speak)

    @property
    def report(self) -> Report | None:
        """Return the report on show."""
        return self.sheet.report

    @property
    def first(self) -> QWidget:
        """Return the button that goes on."""
        return self.done if self.go.isHidden() else self.go

    def show_rehearsal(self, report: Report) -> None:
        """Show what an import would do."""
        self.sheet.show_report(report)
        self._offer(self.go, self.columns, *self._rejects(report))
        self.go.setEnabled(bool(report.new or report.changed))
        self._speak()

    def show_done(self, report: Report, *, undoable: bool) -> None:
        """Show what the import did."""
        self.sheet.show_report(report)
        self._offer(
            self.done,
            *self._rejects(report),
            *((self.undo,) if undoable else ()),
        )
        self.undo.setEnabled(True)

    def _rejects(self, report: Report) -> tuple[QWidget, ...]:
        return (self.rejects,) if report.rejected or report.blocked else ()

    def show_undone(self) -> None:
        """The import has been taken back."""
        self._offer(self.done)

    def _offer(self, *buttons: QWidget) -> None:
        for one in (self.go, self.done, self.columns, self.rejects, self.undo):
            one.setVisible(one in buttons)

    def _speak(self) -> None:
        report = self.report
        rows = report.new + report.changed if report else 0
        self.go.setText(ngettext("Import {n} row", "Import {n} rows", rows))
        self.done.setText(_("To {register}").format(register=noun(self._register.title)))
        self.columns.setText(_("Back to the columns"))
        self.rejects.setText(_("Save rejects…"))
        self.undo.setText(_("Undo this import"))
