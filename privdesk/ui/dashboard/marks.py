"""What is painted of a figure: the bar of its share, its break-down, its course over time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from privdesk.ui import fonts, tokens
from privdesk.ui.dashboard.wording import BarLine
from privdesk.ui.theme import shades

BAR = 6  # height of a bar
LINE = 20  # height of a line of a break-down
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def share(painter: QPainter, area: QRect, now: float, before: float | None) -> None:
    """Draw a bar as long as the share; a stroke stands where it was before."""
    look = shades()
    _plank(painter, QRectF(area), look.line)
    if now > 0:
        filled = QRectF(area)
        filled.setWidth(max(area.width() * now, BAR))
        _plank(painter, filled, look.accent)
    if before is not None:
        x = area.left() + min(max(area.width() * before, 1.0), area.width() - 1.0)
        painter.setPen(QPen(QColor(look.surface), 4))
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom() + 3))
        painter.setPen(QPen(QColor(look.text), 1.5))
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom() + 3))


def breakdown(painter: QPainter, area: QRect, lines: Sequence[BarLine]) -> None:
    """Draw the lines of a break-down: label, bar, number."""
    look, font = shades(), fonts.font(tokens.CAPTION)
    told = fonts.font(tokens.CAPTION, tabular=True)
    metrics, figures = QFontMetrics(font), QFontMetrics(told)
    right = max(figures.horizontalAdvance(one.value) for one in lines) + 2
    wanted = max(metrics.horizontalAdvance(one.label) for one in lines) + 2
    left = min(wanted, max((area.width() - right - 24) * 3 // 5, 40))
    room = area.width() - left - right - 20
    for number, one in enumerate(lines):
        top = area.top() + number * LINE
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        label = metrics.elidedText(one.label, Qt.TextElideMode.ElideRight, left)
        painter.drawText(QRect(area.left(), top, left, LINE), LEFT, label)
        painter.setFont(told)
        painter.setPen(QColor(look.text))
        painter.drawText(QRect(area.right() - right + 1, top, right, LINE), RIGHT, one.value)
        if room >= 2 * BAR:
            track = QRectF(area.left() + left + 10, top + (LINE - BAR) / 2, room, BAR)
            _plank(painter, track, look.hover)
            if one.part > 0:
                track.setWidth(max(room * min(one.part, 1.0), BAR / 2))
                _plank(painter, track, look.accent)


def course(painter: QPainter, area: QRect, values: Sequence[float | None]) -> None:
    """Draw small columns, the last one (the span shown) in the accent, from nothing upwards."""
    look = shades()
    known = [value for value in values if value is not None]
    highest = max(known, default=0.0)
    part = area.width() / max(len(values), 1)
    base = area.bottom() + 1
    painter.setPen(QPen(QColor(look.edge), 1))
    painter.drawLine(QPointF(area.left(), base), QPointF(area.right() + 1, base))
    painter.setPen(Qt.PenStyle.NoPen)
    for number, value in enumerate(values):
        if value is None:
            continue
        tall = max(area.height() * value / highest, 1.5) if highest else 1.5
        last = number == len(values) - 1
        painter.setBrush(QColor(look.accent if last else look.edge))
        painter.drawRect(QRectF(area.left() + number * part + 1, base - tall, part - 2, tall))


def _plank(painter: QPainter, area: QRectF, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    radius = min(area.height(), area.width()) / 2
    painter.drawRoundedRect(area, radius, radius)
