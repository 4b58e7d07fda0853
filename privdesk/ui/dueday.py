"""Why something is due on its day: the days one by one, and the sentences of the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui import fonts, tokens
from privdesk.ui.table.cells import d_day, due_tone
from privdesk.ui.theme import shades
from privdesk.ui.today.days import long_day, weekday
from privdesk.ui.widgets import Card, Chip, PlainLabel, Plane, button, column, row

_WIDTH, _CELL, _HIGH, _MOST = 560, 36, 46, 28


@dataclass(frozen=True)
class Explained:
    """A due day in words already; ``rest`` are the days that do not count as a last day."""

    title: str
    about: str
    law: str
    due: date
    start: date | None
    steps: Sequence[str]
    rest: Mapping[date, str]


class Days(QWidget):
    """The days from the event to the last one, two weeks a line; rest days are hatched grey."""

    def __init__(self, told: Explained) -> None:
        super().__init__()
        self._told = told
        self.days = days_of(told)
        lines = -(-len(self.days) // 14)
        self.setFixedHeight(max(lines, 1) * _HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("\n".join(told.steps))

    def sizeHint(self) -> QSize:
        """Fourteen days."""
        return QSize(14 * _CELL, self.height())

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, day in enumerate(self.days):
            left, top = number % 14 * _CELL, number // 14 * _HIGH
            self._paint(painter, QRectF(left + 1, top + 1, _CELL - 2, _HIGH - 4), day)

    def _paint(self, painter: QPainter, box: QRectF, day: date) -> None:
        look, told = shades(), self._told
        ends, rests = day == told.due, day in told.rest
        fill = look.accent if ends else look.ground if rests else ""
        painter.setPen(QColor(look.accent if day in (told.start, told.due) else look.line))
        painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        ink = look.on_accent if ends else look.muted if rests else look.text
        painter.setPen(QColor(ink))
        upper, lower = box.adjusted(0, 3, 0, -24), box.adjusted(0, 16, 0, 0)
        painter.setFont(fonts.font(10))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, weekday(day))
        heavy = QFont.Weight.DemiBold if ends else QFont.Weight.Normal
        painter.setFont(fonts.font(tokens.BODY, heavy, tabular=True))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, str(day.day))


def days_of(told: Explained) -> list[date]:
    """Return the days to draw: from the event to the last one, where they fit."""
    if told.start is None or not timedelta() <= told.due - told.start < timedelta(days=_MOST):
        return []
    return [told.start + timedelta(days=n) for n in range((told.due - told.start).days + 1)]


class DueDayDialog(QDialog):
    """Rule and article, the days, and each step of the reckoning."""

    def __init__(self, told: Explained, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = told
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.setWindowTitle(_("Why this day?"))
        self.heading = PlainLabel(long_day(told.due), "title")
        self.chip = Chip(d_day(told.due, today), due_tone(told.due, today))
        self.about = PlainLabel(told.about, "muted", wrap=True)
        self.rule = PlainLabel(told.title, "strong", wrap=True)
        self.law = PlainLabel(told.law, "caption", wrap=True)
        self.steps = [
            PlainLabel(f"{n}.  {step}", wrap=True) for n, step in enumerate(told.steps, 1)
        ]
        self.days = Days(told)
        self.days.setVisible(bool(self.days.days))
        self.done_with = button(_("Close"), self.accept)
        card = Card(margin=14, gap=6)
        for step in self.steps:
            card.body.addWidget(step)
        sheet = Plane()
        column(self, sheet)
        head = row(None, self.heading, self.chip, None, gap=10)
        foot = row(None, None, self.done_with)
        parts = (head, self.about, 4, self.rule, self.law, 6, self.days, card, None, 6, foot)
        body = column(sheet, *parts, gap=6, margin=(28, 24, 28, 22))
        self.about.setVisible(bool(told.about))
        self.law.setVisible(bool(told.law))
        self.resize(_WIDTH, body.totalHeightForWidth(_WIDTH))
