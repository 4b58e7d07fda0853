"""The pages of a paper one below the other, and how they go to a printer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import N_
from privdesk.ui.pages import PaperPages
from privdesk.ui.theme import shades

REFUSED = N_(
    "The printer does not take the paper. Nothing was printed; check the printer, or save the "
    "paper as PDF."
)
GAP = 18  # between pages
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
        return next((n for n, area in enumerate(self._areas()) if y <= area.bottom() + GAP), 0)

    def top_of(self, page: int) -> int:
        """Return the height at which a page begins."""
        return round(self._areas()[page].top()) - GAP

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
        areas, top = [], float(GAP)
        for width, height in self._pages.sizes:
            wide, high = width * self._zoom, height * self._zoom
            areas.append(QRectF((self.width() - wide) / 2, top, wide, high))
            top += high + GAP
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
        height += GAP * (len(self._pages.sizes) + 1)
        self.setMinimumSize(QSize(round(widest * self._zoom) + 2 * GAP, round(height)))
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
