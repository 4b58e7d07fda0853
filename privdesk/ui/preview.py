"""A paper on the screen before it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.ui.pages import PaperPages
from privdesk.ui.saving import save_bytes
from privdesk.ui.theme import shades
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

REFUSED = N_(
    "The printer does not take the paper. Nothing was printed; check the printer, or save the "
    "paper as PDF."
)
_GAP = 18
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_PRINT_DPI = 300
_KEPT = 12  # page images kept


class Sheets(QWidget):
    """All pages one below the other; only those in view are drawn."""

    def __init__(self, pages: PaperPages) -> None:
        super().__init__()
        self._pages = pages
        self._zoom = 1.0
        self._images: dict[tuple[int, int], QImage] = {}
        self._fit()

    @property
    def zoom(self) -> float:
        """Zoom; 1 = 96 dots an inch."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Change the zoom."""
        self._zoom = zoom
        self._fit()

    def page_at(self, y: int) -> int:
        """Return which page (from 0) is at a height."""
        return next((n for n, area in enumerate(self._areas()) if y <= area.bottom() + _GAP), 0)

    def top_of(self, page: int) -> int:
        """Return the height at which a page begins."""
        return round(self._areas()[page].top()) - _GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pages in the middle."""
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view."""
        look, painter = shades(), QPainter(self)
        painter.fillRect(self.rect(), QColor(look.ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, area in enumerate(self._areas()):
            if area.intersects(QRectF(event.rect())):
                painter.fillRect(area.adjusted(-1, -1, 1, 1), QColor(look.line))
                painter.drawImage(area, self._image(number, area.width()))

    def _areas(self) -> list[QRectF]:
        areas, top = [], float(_GAP)
        for width, height in self._pages.sizes:
            wide, high = width * self._zoom, height * self._zoom
            areas.append(QRectF((self.width() - wide) / 2, top, wide, high))
            top += high + _GAP
        return areas

    def _image(self, number: int, width: float) -> QImage:
        pixels = round(width * self.devicePixelRatioF())
        found = self._images.get((number, pixels))
        if found is None:
            found = self._pages.image(number, pixels)
            self._images[number, pixels] = found
            while len(self._images) > _KEPT:
                self._images.pop(next(iter(self._images)))
        return found

    def _fit(self) -> None:
        widest = max((w for w, _h in self._pages.sizes), default=0.0)
        height = sum(h for _w, h in self._pages.sizes) * self._zoom
        height += _GAP * (len(self._pages.sizes) + 1)
        self.setMinimumSize(QSize(round(widest * self._zoom) + 2 * _GAP, round(height)))
        self.resize(self.minimumSize().expandedTo(self.size()))
        self.update()


class PrintRun(QObject):
    """Sends pages to a printer one by one, so that the screen stays alive."""

    ended = Signal()

    def __init__(self, pages: PaperPages, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._printer = pages, printer
        first, last = printer.fromPage() or 1, printer.toPage() or len(pages.sizes)
        self._left = list(range(first - 1, min(last, len(pages.sizes))))
        self._painter = QPainter()
        self._begun = False

    def start(self) -> bool:
        """Begin; False when the printer does not take it."""
        if not self._painter.begin(self._printer):
            return False
        QTimer.singleShot(0, self._next)
        return True

    def _next(self) -> None:
        if not self._left:
            self._painter.end()
            self.ended.emit()
            return
        if self._begun:
            self._printer.newPage()
        self._begun = True
        number = self._left.pop(0)
        width, height = self._pages.sizes[number]
        image = self._pages.image(number, round(width / 96 * _PRINT_DPI))
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        share = min(paper.width() / width, paper.height() / height)
        self._painter.drawImage(QRectF(0, 0, width * share, height * share), image)
        QTimer.singleShot(0, self._next)


@dataclass(frozen=True)
class Sheet:
    """A paper with its number, as it goes to the printer or into a file."""

    data: bytes
    title: str
    file_name: str


Issued = Callable[[Sheet], object]
Refused = Callable[[DomainError], object]
Issue = Callable[[Issued, Refused], object]


class Preview(QDialog):
    """Pages, zoom, Print and Save as PDF.

    ``printed`` and ``saved`` tell the caller, who writes the journal entry where one is due.
    With ``issue`` the pages are a draft: only when it is printed or saved the paper is
    issued, once, and goes out with its number.
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
        issue: Issue | None = None,
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._issue, self._store = issue, store
        self.title = ElidedLabel("", "section")
        self.draft = Chip()
        self.draft.setVisible(issue is not None)
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
        self.resize(920, 860)
        print_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        print_key.activated.connect(self.print_out)
        self.view.setFocus()
        self.retranslate()

    def _bar(self) -> QWidget:
        bar = Plane("bar")
        line = row(
            bar,
            self.title,
            self.draft,
            self.count,
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
        draft = self._issue is not None
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
        """Ask for a printer, and print."""
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
        if self._issue is None:
            then()
            return
        self._free(False)
        self._issue(partial(self._take, then), self._not_issued)

    def _take(self, then: Callable[[], object], sheet: Sheet) -> None:
        self._issue = None
        self.draft.hide()
        self._show_sheet(sheet)
        self._free(True)
        self.retranslate()
        then()

    def _not_issued(self, error: DomainError) -> None:
        self._free(True)
        self.flash.refuse(error)

    def _free(self, free: bool) -> None:
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
        page = self.sheets.page_at(self.view.verticalScrollBar().value() + _GAP)
        self.sheets.set_zoom(_ZOOMS[min(max(at + by, 0), len(_ZOOMS) - 1)])
        self.view.verticalScrollBar().setValue(self.sheets.top_of(page))
        self._scrolled(self.view.verticalScrollBar().value())

    def _scrolled(self, value: int) -> None:
        page = self.sheets.page_at(value + self.view.viewport().height() // 3)
        self.count.setText(
            _("Page {n} of {all}").format(n=page + 1, all=f"{len(self._pages.sizes):,}")
        )
        self.share.setText(f"{self.sheets.zoom:.0%}")
