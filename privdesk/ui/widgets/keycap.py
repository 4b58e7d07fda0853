"""A key as it stands on the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.ui import fonts
from privdesk.ui.theme import shades

_HEIGHT, _PAD, _GAP, _SIZE = 20, 6, 4, 11


class KeyCap(QWidget):
    """The keys of a shortcut, such as Ctrl+K, each in its own cap."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = [key for key in keys.split("+") if key]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)

    def sizeHint(self) -> QSize:
        """As wide as its caps."""
        widths = [self._width(key) for key in self._keys]
        return QSize(sum(widths) + _GAP * (len(widths) - 1) + 1, _HEIGHT + 1)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps."""
        look, painter, left = shades(), QPainter(self), 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(_SIZE))
        for key in self._keys:
            width = self._width(key)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.setBrush(QColor(look.ground))
            painter.drawRoundedRect(QRectF(left + 0.5, 0.5, width - 1, _HEIGHT - 1), 4, 4)
            painter.setPen(QColor(look.muted))
            painter.drawText(left, 0, width, _HEIGHT, Qt.AlignmentFlag.AlignCenter, key)
            left += width + _GAP

    def _width(self, key: str) -> int:
        return max(_HEIGHT, QFontMetrics(fonts.font(_SIZE)).horizontalAdvance(key) + 2 * _PAD)
