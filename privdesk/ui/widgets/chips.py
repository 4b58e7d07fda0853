"""A state as icon, word and colour: never colour alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.ui import fonts, icons, tokens
from privdesk.ui.theme import shades
from privdesk.ui.tokens import RADIUS

HEIGHT = 22
_ICON, _PAD, _GAP = 14, 7, 5


def chip_font() -> QFont:
    """Return the face of chips: caption, medium, figures of one width."""
    return fonts.font(tokens.CAPTION, QFont.Weight.Medium, tabular=True)


def chip_width(text: str, metrics: QFontMetrics) -> int:
    """Return how wide a chip with this word is."""
    return _PAD + _ICON + _GAP + metrics.horizontalAdvance(text) + _PAD + 1


def paint_chip(painter: QPainter, area: QRect, text: str, tone_name: str, icon: str = "") -> None:
    """Draw a chip at the left of ``area``, centred in height: for tables and for ``Chip``."""
    look = tokens.tone(shades(), tone_name)
    painter.save()
    font = chip_font()
    font.setStrikeOut(look.struck)
    painter.setFont(font)
    metrics = QFontMetrics(font)
    width = min(chip_width(text, metrics), area.width())
    top = area.top() + (area.height() - HEIGHT) // 2
    box = QRect(area.left(), top, width, HEIGHT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.tint))
    painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
    painter.drawPixmap(
        box.left() + _PAD,
        box.top() + (HEIGHT - _ICON) // 2,
        icons.pixmap(icon or look.icon, look.ink, _ICON),
    )
    painter.setPen(QColor(look.ink))
    word = box.adjusted(_PAD + _ICON + _GAP, 0, -_PAD + 2, 0)
    painter.drawText(
        word,
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        metrics.elidedText(text, Qt.TextElideMode.ElideRight, word.width()),
    )
    painter.restore()


class Chip(QWidget):
    """A chip as a widget; tones as in ``core.register.State``."""

    def __init__(self, text: str = "", tone: str = "plain", icon: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the word."""
        return self._text

    def tone(self) -> str:
        """Return the name of the tone."""
        return self._tone

    def tell(self, text: str, tone: str = "", icon: str = "") -> None:
        """Change word, tone and icon."""
        self._text, self._tone, self._icon = text, tone or self._tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self._text, QFontMetrics(chip_font())), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone, self._icon)
