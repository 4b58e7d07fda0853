"""The next fortnight: two weeks of days with what falls due, days of rest greyed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from privdesk.ui import fonts, tokens
from privdesk.ui.theme import shades
from privdesk.ui.today.days import month, weekday
from privdesk.ui.today.lines import DayCell

_COLUMNS, _HEAD, _CELL, _GAP = 7, 20, 52, 4
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Fortnight(QWidget):
    """Fourteen days from today in two rows of seven; the first column is today's weekday."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DayCell] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_days(self, days: Sequence[DayCell]) -> None:
        """Show these days."""
        self._days = days
        self.setAccessibleName("; ".join(day.tip for day in days if day.due))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        rows = -(-len(self._days) // _COLUMNS)
        return QSize(280, _HEAD + rows * (_CELL + _GAP))

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours and words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()

    def event(self, event: QEvent) -> bool:
        """Tell of a day beneath the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = next(
                (d.tip for n, d in enumerate(self._days) if self._cell(n).contains(event.pos())),
                "",
            )
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw weekdays, days and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, day in enumerate(self._days):
            if number < _COLUMNS:
                self._paint_head(painter, number, day)
            self._paint_day(painter, number, day)

    def _paint_head(self, painter: QPainter, number: int, day: DayCell) -> None:
        cell = self._cell(number)
        painter.setFont(fonts.font(tokens.CAPTION))
        painter.setPen(QColor(shades().muted))
        painter.drawText(QRect(cell.left(), 0, cell.width(), _HEAD), _CENTRE, weekday(day.day))

    def _paint_day(self, painter: QPainter, number: int, day: DayCell) -> None:
        look, cell = shades(), self._cell(number)
        frame = QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(look.accent), 1.5) if number == 0 else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground if day.rest else look.hover))
        painter.drawRoundedRect(frame, tokens.RADIUS, tokens.RADIUS)
        weight = QFont.Weight.DemiBold if number == 0 else QFont.Weight.Normal
        painter.setFont(fonts.font(tokens.BODY, weight, tabular=True))
        painter.setPen(QColor(look.muted if day.rest else look.text))
        first = day.day.day == 1 or number == 0
        top = QRect(cell.left(), cell.top() + 5, cell.width(), 18)
        painter.drawText(top, _CENTRE, str(day.day.day))
        below = QRectF(cell.center().x() - 13, cell.top() + 26, 27, 19)
        if day.due:
            tone = look.tones["soon"]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tone.tint))
            painter.drawRoundedRect(below, tokens.RADIUS, tokens.RADIUS)
            painter.setPen(QColor(tone.ink))
            painter.setFont(fonts.font(tokens.CAPTION, QFont.Weight.DemiBold, tabular=True))
            painter.drawText(below, _CENTRE, str(day.due) if day.due < 100 else "99+")
        elif first:
            painter.setFont(fonts.font(11))
            painter.setPen(QColor(look.muted))
            painter.drawText(below, _CENTRE, month(day.day))

    def _cell(self, number: int) -> QRect:
        across, down = number % _COLUMNS, number // _COLUMNS
        width = (self.width() - _GAP * (_COLUMNS - 1)) / _COLUMNS
        left = round(across * (width + _GAP))
        return QRect(left, _HEAD + down * (_CELL + _GAP), round(width), _CELL)
