"""A year at a glance: twelve months, holidays in red, closures hatched, today ringed."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from privdesk.ui import fonts, tokens
from privdesk.ui.theme import shades
from privdesk.ui.today.days import long_day, month, weekday
from privdesk.ui.tokens import tone

_ACROSS, _CELL, _HEAD, _GAP, _AIR = 4, 26, 44, 30, 10
_NAMES = 18  # of _HEAD, for the names of the days
_WEEKS = 6


class YearGrid(QWidget):
    """Four months beside each other; what a day is called stands in its tip."""

    def __init__(self) -> None:
        super().__init__()
        self.year = 0
        self._public: Mapping[date, str] = {}
        self._holidays: Mapping[date, str] = {}
        self._closures: Mapping[date, str] = {}
        self._today: date | None = None
        self._boxes: dict[date, QRectF] = {}
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Three rows of four months."""
        wide = _ACROSS * (7 * _CELL) + (_ACROSS - 1) * _GAP
        high = 3 * (_HEAD + _WEEKS * _CELL + _AIR)
        return QSize(wide, high)

    def show_year(
        self,
        year: int,
        public: Mapping[date, str],
        holidays: Mapping[date, str],
        closures: Mapping[date, str],
        today: date,
    ) -> None:
        """Show a year."""
        self.year, self._today = year, today
        self._public, self._holidays, self._closures = public, holidays, closures
        self._boxes = {day: self._box(day) for n in range(1, 13) for day in _month_days(year, n)}
        names = [self.name(day) for day in sorted({*public, *holidays, *closures})]
        self.setAccessibleName(f"{year}: " + "; ".join(name for name in names if name))
        self.update()

    def name(self, day: date) -> str:
        """Return what a day is called, or nothing."""
        return self._holidays.get(day) or self._public.get(day) or self._closures.get(day, "")

    def day_at(self, point: QPointF) -> date | None:
        """Return the day beneath a point."""
        return next((day for day, box in self._boxes.items() if box.contains(point)), None)

    def event(self, event: QEvent) -> bool:
        """Tell what a day is called."""
        if isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            if day is not None:
                told = " · ".join(part for part in (long_day(day), self.name(day)) if part)
                QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months."""
        if not self.year:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(1, 13):
            self._paint_head(painter, number)
        for day, box in self._boxes.items():
            self._paint_day(painter, day, box)

    def _corner(self, number: int) -> tuple[int, int]:
        across, down = (number - 1) % _ACROSS, (number - 1) // _ACROSS
        return across * (7 * _CELL + _GAP), down * (_HEAD + _WEEKS * _CELL + _AIR)

    def _box(self, day: date) -> QRectF:
        left, top = self._corner(day.month)
        first = (day.replace(day=1).weekday() + 1) % 7  # the week begins on Sunday
        at = first + day.day - 1
        return QRectF(left + at % 7 * _CELL, top + _HEAD + at // 7 * _CELL, _CELL, _CELL)

    def _paint_head(self, painter: QPainter, number: int) -> None:
        left, top = self._corner(number)
        painter.setFont(fonts.font(tokens.BODY, QFont.Weight.DemiBold))
        painter.setPen(QColor(shades().text))
        area = QRectF(left + 6, top, 7 * _CELL, _HEAD - _NAMES - 2)
        words = month(date(self.year, number, 1))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(fonts.font(11))
        painter.setPen(QColor(shades().muted))
        for at, name in enumerate(_week()):
            place = QRectF(left + at * _CELL, top + _HEAD - _NAMES, _CELL, _NAMES - 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, name)

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        look, inner = shades(), box.adjusted(2, 2, -2, -2)
        ink, fill = look.text, ""
        if day.weekday() >= 5:
            ink = look.muted
        if day in self._public:
            ink, fill = tone(look, "overdue").ink, tone(look, "overdue").tint
        if day in self._closures:
            ink, fill = tone(look, "soon").ink, tone(look, "soon").tint
        if day in self._holidays:
            ink, fill = tone(look, "held").ink, tone(look, "held").tint
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        ring = QPen(QColor(look.accent), 1.5) if day == self._today else QPen(Qt.PenStyle.NoPen)
        painter.setPen(ring)
        if fill or day == self._today:
            painter.drawRoundedRect(inner, tokens.RADIUS, tokens.RADIUS)
        painter.setPen(QColor(ink))
        weight = QFont.Weight.DemiBold if fill else QFont.Weight.Normal
        painter.setFont(fonts.font(tokens.CAPTION, weight, tabular=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))


def _week() -> list[str]:
    """Return the names of the days from Sunday on, as short as the cells."""
    sunday = date(2023, 1, 1)
    return [weekday(sunday + timedelta(days=n))[:2] for n in range(7)]


def _month_days(year: int, number: int) -> list[date]:
    return [day for day in Calendar().itermonthdates(year, number) if day.month == number]
