"""A paper on the page itself: its pages as wide as there is room, Print and Save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.registers.destructions.commands import IssuedPaper
from privdesk.ui.pages import PaperPages
from privdesk.ui.saving import save_bytes
from privdesk.ui.sheets import REFUSED, PrintRun, Sheets
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
    column,
    primary_button,
    row,
)

_GAP = 36


class PaperSheet(Plane):
    """Shows an issued paper; the step around it scrolls."""

    told = Signal(str)
    failed = Signal(object)  # DomainError

    def __init__(self) -> None:
        super().__init__("card")
        self._paper: IssuedPaper | None = None
        self._pages: PaperPages | None = None
        self.sheets: Sheets | None = None
        self.title = ElidedLabel("", "section")
        self.number = PlainLabel("", "muted", selectable=True)
        self.print = primary_button("", self.print_out, icon="print")
        self.save = IconButton("save", "", self.save_as)
        self.extra = QWidget()
        words = column(None, self.title, self.number, gap=2)
        head = row(None, words, self.extra, self.save, self.print, gap=8, margin=(16, 12))
        head.setStretch(0, 1)
        self._column = column(self, head, gap=0, margin=1)
        on_language(self, self._speak)

    @property
    def paper(self) -> IssuedPaper | None:
        """Return the paper on show."""
        return self._paper

    def show_paper(self, paper: IssuedPaper) -> None:
        """Show a paper in place of the one before."""
        self._paper = paper
        self._pages = PaperPages(paper.data)
        before, self.sheets = self.sheets, Sheets(self._pages)
        if before is not None:
            self._column.removeWidget(before)
            before.deleteLater()
        self._column.addWidget(self.sheets)
        self.title.setText(paper.title)
        self.number.setText(paper.number)
        self.setAccessibleName(f"{paper.title} {paper.number}")

    def fit(self, room: int) -> None:
        """Show the pages in a width of ``room`` pixels."""
        if self._pages is None or self.sheets is None or not self._pages.sizes:
            return
        widest = max(width for width, _height in self._pages.sizes)
        zoom = round(min(max(room - _GAP - 4, 200) / widest, 1.0), 2)
        if abs(zoom - self.sheets.zoom) > 0.005:
            self.sheets.set_zoom(zoom)

    # out of the program

    def print_out(self) -> None:
        """Ask for a printer, and print."""
        if self._paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        printer.setDocName(f"{self._paper.number}.pdf")
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on this printer."""
        if self._pages is None:
            return
        run = PrintRun(self._pages, printer, self)
        run.ended.connect(self._printed)
        self.print.setEnabled(run.start() is False)
        if self.print.isEnabled():
            self.told.emit(_(REFUSED))

    def _printed(self) -> None:
        self.print.setEnabled(True)
        self.told.emit(_("Sent to the printer."))

    def save_as(self) -> None:
        """Ask where, and save."""
        if self._paper is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF…"), f"{self._paper.number}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save the paper; say so, or why not."""
        if self._paper is None:
            return
        try:
            save_bytes(path, self._paper.data)
        except DomainError as error:
            self.failed.emit(error)
            return
        self.told.emit(_("Saved as {name}").format(name=path.name))

    def _speak(self) -> None:
        self.print.setText(_("Print…"))
        self.save.call(_("Save as PDF…"))
