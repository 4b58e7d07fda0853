"""A share at a glance: a ring with its percentage, what it is, how it moved."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from privdesk.ui import fonts, icons, tokens
from privdesk.ui.dashboard import marks
from privdesk.ui.dashboard.painted import PaintedButton
from privdesk.ui.dashboard.wording import FigureLine
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone

_RING, _THICK, _SIDE, _ARROW = 52, 5, 14, 12
_TALL, _CHANGE = 80, 18
_LEFT = _SIDE + _RING + 12  # where the words begin


class Tile(PaintedButton):
    """``asked`` carries the key of the figure, which the page then scrolls to."""

    def __init__(self, line: FigureLine) -> None:
        super().__init__()
        self.line = line
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(line.spoken)
        self.setToolTip("\n".join(filter(None, (line.label, line.detail, line.before))))
        self.clicked.connect(lambda: self.asked.emit(self.line.key))

    def hasHeightForWidth(self) -> bool:
        """A long label takes more lines where there is little room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that ring and words need."""
        moved = _CHANGE if self.line.change or self.line.detail else 0
        return max(_TALL, self._words_high(width) + moved + 2 * _SIDE)

    def sizeHint(self) -> QSize:
        """Return the height at the width it has."""
        return QSize(220, self.heightForWidth(max(self.width(), 180)))

    def minimumSizeHint(self) -> QSize:
        """May become narrow."""
        return QSize(180, _TALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw plane, ring and words."""
        painter, look = QPainter(self), shades()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = QPen(QColor(look.accent), 2) if self.hasFocus() else QPen(QColor(look.line), 1)
        painter.setPen(focus)
        painter.setBrush(QColor(look.hover if self.underMouse() else look.surface))
        inset = 1.0 if self.hasFocus() else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, tokens.RADIUS, tokens.RADIUS)
        self._paint_ring(painter)
        self._paint_words(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        look, share = shades(), self.line.share or 0.0
        top = (self.height() - _RING) / 2
        area = QRectF(_SIDE, top, _RING, _RING)
        area = area.adjusted(_THICK / 2, _THICK / 2, -_THICK / 2, -_THICK / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.line), _THICK))
        painter.drawEllipse(area)
        if share > 0:
            painter.setPen(QPen(QColor(marks.ink(self.line)), _THICK, c=Qt.PenCapStyle.FlatCap))
            painter.drawArc(area, 90 * 16, -max(round(share * 360 * 16), 32))
        painter.setPen(QColor(look.text))
        text = self.line.value.replace(" ", "")
        painter.setFont(
            fonts.font(14 if len(text) < 4 else 13, QFont.Weight.DemiBold, tabular=True)
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _words_high(self, width: int) -> int:
        room = QRect(0, 0, width - _LEFT - 8, 10_000)
        return QFontMetrics(_words()).boundingRect(room, marks.WRAP, self.line.label).height()

    def _paint_words(self, painter: QPainter) -> None:
        room, lines = self.width() - _LEFT - 8, self._words_high(self.width())
        moved = _CHANGE if self.line.change or self.line.detail else 0
        top = (self.height() - lines - moved) // 2
        painter.setFont(_words())
        painter.setPen(QColor(shades().text))
        painter.drawText(QRect(_LEFT, top, room, lines), marks.WRAP, self.line.label)
        if moved:
            self._paint_change(painter, QRect(_LEFT, top + lines, room, _CHANGE))

    def _paint_change(self, painter: QPainter, area: QRect) -> None:
        line = self.line
        ink = tone(shades(), line.tone).ink if line.verdict else shades().muted
        left = area.left()
        if line.arrow:
            top = area.top() + (area.height() - _ARROW) // 2
            painter.drawPixmap(left, top, icons.pixmap(line.arrow, ink, _ARROW))
            left += _ARROW + 3
        painter.setFont(fonts.font(tokens.CAPTION, QFont.Weight.Medium, tabular=True))
        painter.setPen(QColor(ink))
        text = " ".join(filter(None, (line.change, line.verdict)))
        text = " · ".join(filter(None, (text, line.hint))) if text else line.detail
        painter.drawText(
            QRect(left, area.top(), area.right() - left, area.height()), marks.LEFT, text
        )


def _words() -> QFont:
    return fonts.font(tokens.BODY, QFont.Weight.Medium)
