"""How much of the set-up is done, as a ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.ui import fonts
from privdesk.ui.theme import shades


class ProgressRing(QWidget):
    """``done`` of ``total`` as a ring with the figures inside."""

    def __init__(self, size: int = 56) -> None:
        super().__init__()
        self._size, self._done, self._total = size, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: int, total: int) -> None:
        """Show how many of how many are done."""
        self._done, self._total = done, total
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(4, self._size // 11)
        area = QRectF(thick / 2, thick / 2, self._size - thick, self._size - thick)
        painter.setPen(QPen(QColor(look.line), thick))
        painter.drawEllipse(area)
        if self._total:
            share = self._done / self._total
            ink = look.tones["kept"].ink if share >= 1 else look.accent
            painter.setPen(QPen(QColor(ink), thick, c=Qt.PenCapStyle.RoundCap))
            painter.drawArc(area, 90 * 16, -round(share * 360 * 16))
        painter.setPen(QColor(look.text))
        size = max(11, self._size // 4)
        painter.setFont(fonts.font(size, QFont.Weight.DemiBold, tabular=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._done}/{self._total}")
