"""A paper on the screen before it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.pages import PaperPages
from privdesk.ui.saving import save_bytes
from privdesk.ui.sheets import GAP, REFUSED, PrintRun, Sheets
from privdesk.ui.theme import LANGUAGE_NAMES
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    FlashLine,
    IconButton,
    PlainLabel,
    Plane,
    button,
    column,
    primary_button,
    row,
)

_WIDTH = 920
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


@dataclass(frozen=True)
class Sheet:
    """A paper with its number, as it goes to the printer or into a file."""

    data: bytes
    title: str
    file_name: str


Issued = Callable[[Sheet], object]
Refused = Callable[[DomainError], object]
Make = Callable[[str, Issued, Refused], object]  # in a language


@dataclass(frozen=True)
class Drafted:
    """What makes a draft a paper: its language, how it is issued, how it is drafted in another."""

    language: str
    issue: Make
    draft: Make


class Preview(QDialog):
    """Pages, zoom, Print and Save as PDF.

    ``printed`` and ``saved`` tell the caller, who writes the journal entry where one is due.
    With ``drafted`` the pages are a draft, in either language: only when it is printed or
    saved the paper is issued, once, and goes out with its number.
    """

    printed = Signal()
    saved = Signal(str)

    def __init__(
        self,
        data: bytes,
        title: str,
        file_name: str,
        parent: QWidget | None = None,
        *,
        may_save: bool = True,
        store: Callable[[Path, bytes], None] = save_bytes,
        drafted: Drafted | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._drafted, self._store = drafted, store
        self.title = ElidedLabel("", "section")
        self.draft = Chip()
        self.draft.setVisible(drafted is not None)
        self.language = button("", self.change_language)
        self.language.setVisible(drafted is not None)
        self.count = PlainLabel("", "muted")
        self.view = QScrollArea()
        self.view.setWidgetResizable(True)
        self._show_sheet(Sheet(data, title, file_name))
        self.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.smaller = IconButton("zoom-out", "", partial(self._step, -1))
        self.larger = IconButton("zoom-in", "", partial(self._step, 1))
        self.share = PlainLabel("", "muted")
        self.save = button("", self.save_as, icon="save")
        self.save.setVisible(may_save)
        self.print = primary_button("", self.print_out, icon="print")
        self.shut = button("", self.reject)
        column(self, self._bar(), self.view, gap=0)
        self.flash = FlashLine(self.view)
        self.resize(self._fitting(parent), 860)
        print_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        print_key.activated.connect(self.print_out)
        self.view.setFocus()
        self.retranslate()

    def _fitting(self, parent: QWidget | None) -> int:
        """Return the width in which a page stands whole, where the window has the room."""
        wanted = self.sheets.minimumWidth() + 2 * GAP
        return min(max(wanted, _WIDTH), max(parent.width() - 2 * GAP, _WIDTH) if parent else wanted)

    def _bar(self) -> QWidget:
        bar = Plane("bar")
        line = row(
            bar,
            self.title,
            self.draft,
            self.count,
            12,
            self.language,
            12,
            self.smaller,
            self.share,
            self.larger,
            12,
            self.save,
            self.print,
            self.shut,
            margin=(18, 8, 12, 8),
        )
        line.setStretch(0, 1)
        return bar

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.setWindowTitle(self.title.text())
        self.smaller.call(_("Smaller"))
        self.larger.call(_("Larger"))
        draft = self._drafted is not None
        self.language.setText(LANGUAGE_NAMES[self._other()])
        self.language.setToolTip(_("Show the draft in the other language"))
        self.draft.tell(_("Draft, not issued"), "waiting")
        self.save.setText(_("Issue and save…") if draft else _("Save as PDF…"))
        self.print.setText(_("Issue and print…") if draft else _("Print…"))
        self.shut.setText(_("Close"))
        self._scrolled(self.view.verticalScrollBar().value())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def save_as(self) -> None:
        """Ask where, and save."""
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF…"), str(Path.home() / self._file_name), "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save the paper, a draft once it is issued; say so, or why not."""
        self._when_issued(partial(self._save_to, path))

    def _save_to(self, path: Path) -> None:
        try:
            self._store(path, self._data)
        except DomainError as error:
            self.flash.refuse(error)
            return
        self.flash.tell(_("Saved as {name}").format(name=path.name))
        self.saved.emit(str(path))

    def print_out(self) -> None:
        """Ask for a printer, and print; not while the paper is being made."""
        if not self.print.isEnabled():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on this printer, a draft once it is issued."""
        self._when_issued(partial(self._print_on, printer))

    def _print_on(self, printer: QPrinter) -> None:
        printer.setDocName(self._file_name)
        run = PrintRun(self._pages, printer, self)
        run.ended.connect(self._printed)
        self.print.setEnabled(False)
        if not run.start():
            self.print.setEnabled(True)
            self.flash.tell(_(REFUSED), "overdue")

    def _printed(self) -> None:
        self.print.setEnabled(True)
        self.flash.tell(_("Sent to the printer."))
        self.printed.emit()

    # from draft to paper

    def _when_issued(self, then: Callable[[], object]) -> None:
        """Go on at once with an issued paper; with a draft when it has been issued."""
        if self._drafted is None:
            then()
            return
        if not self.print.isEnabled():  # it is being made: it would be issued twice
            return
        self._free(False)
        self._drafted.issue(self._drafted.language, partial(self._take, then), self._not_issued)

    def change_language(self) -> None:
        """Draft the paper in the other language: that of its reader, not of the screen."""
        if self._drafted is not None and self.language.isEnabled():
            self._free(False)
            other = self._other()
            self._drafted.draft(other, partial(self._take_draft, other), self._not_issued)

    def _other(self) -> str:
        spoken = self._drafted.language if self._drafted else ""
        return next(language for language in LANGUAGE_NAMES if language != spoken)

    def _take_draft(self, language: str, sheet: Sheet) -> None:
        if self._drafted is not None:
            self._drafted = replace(self._drafted, language=language)
        self._show_sheet(sheet)
        self._free(True)
        self.retranslate()

    def _take(self, then: Callable[[], object], sheet: Sheet) -> None:
        self._drafted = None
        self.draft.hide()
        self.language.hide()
        self._show_sheet(sheet)
        self._free(True)
        self.retranslate()
        then()

    def _not_issued(self, error: DomainError) -> None:
        self._free(True)
        self.flash.refuse(error)

    def _free(self, free: bool) -> None:
        self.language.setEnabled(free)
        self.save.setEnabled(free)
        self.print.setEnabled(free)

    def _show_sheet(self, sheet: Sheet) -> None:
        self._data, self._file_name = sheet.data, sheet.file_name
        self._pages = PaperPages(sheet.data)
        self.sheets = Sheets(self._pages)
        self.view.setWidget(self.sheets)
        self.title.setText(sheet.title)

    def _step(self, by: int) -> None:
        at = min(range(len(_ZOOMS)), key=lambda n: abs(_ZOOMS[n] - self.sheets.zoom))
        page = self.sheets.page_at(self.view.verticalScrollBar().value() + GAP)
        self.sheets.set_zoom(_ZOOMS[min(max(at + by, 0), len(_ZOOMS) - 1)])
        self.view.verticalScrollBar().setValue(self.sheets.top_of(page))
        self._scrolled(self.view.verticalScrollBar().value())

    def _scrolled(self, value: int) -> None:
        page = self.sheets.page_at(value + self.view.viewport().height() // 3)
        self.count.setText(
            _("Page {n} of {all}").format(n=page + 1, all=f"{len(self._pages.sizes):,}")
        )
        self.share.setText(f"{self.sheets.zoom:.0%}")


def show_draft(drafted: Drafted, parent: QWidget, refused: Refused) -> None:
    """Draft a paper, and show it once it is there."""

    def show(sheet: Sheet) -> None:
        Preview(sheet.data, sheet.title, sheet.file_name, parent, drafted=drafted).open()

    drafted.draft(drafted.language, show, refused)
