"""What is painted of a figure: the bar of its share, its break-down, its course over time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from privdesk.ui import fonts, tokens
from privdesk.ui.dashboard.wording import BarLine, FigureLine
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone

BAR = 6  # height of a bar
LINE = 20  # height of a line of a break-down
_AIR = 2  # above and below the label of a line
WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def ink(line: FigureLine) -> str:
    """Return the colour of a share: one that should be small is not drawn like an achievement."""
    return tone(shades(), "soon").ink if line.hint else shades().accent


def share(painter: QPainter, area: QRect, line: FigureLine) -> None:
    """Draw a bar as long as the share; a stroke stands where it was before."""
    now, before = line.share or 0.0, line.share_before
    look = shades()
    _plank(painter, QRectF(area), look.line)
    if now > 0:
        filled = QRectF(area)
        filled.setWidth(max(area.width() * now, BAR))
        _plank(painter, filled, ink(line))
    if before is not None:
        x = area.left() + min(max(area.width() * before, 1.0), area.width() - 1.0)
        painter.setPen(QPen(QColor(look.surface), 4))
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom() + 3))
        painter.setPen(QPen(QColor(look.text), 1.5))
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom() + 3))


def breakdown_high(lines: Sequence[BarLine], width: int) -> int:
    """Return the height that the lines of a break-down need."""
    return sum(_heights(lines, width)) if lines else 0


def breakdown(painter: QPainter, area: QRect, lines: Sequence[BarLine]) -> None:
    """Draw the lines of a break-down: label, bar, number."""
    look = shades()
    left, right = _widths(lines, area.width())
    room = area.width() - left - right - 20
    top = area.top()
    for one, high in zip(lines, _heights(lines, area.width()), strict=True):
        painter.setFont(fonts.font(tokens.CAPTION))
        painter.setPen(QColor(look.muted))
        painter.drawText(QRect(area.left(), top + _AIR, left, high), WRAP, one.label)
        painter.setFont(fonts.font(tokens.CAPTION, tabular=True))
        painter.setPen(QColor(look.text))
        painter.drawText(QRect(area.right() - right + 1, top, right, LINE), RIGHT, one.value)
        if room >= 2 * BAR:
            track = QRectF(area.left() + left + 10, top + (LINE - BAR) / 2, room, BAR)
            _plank(painter, track, look.hover)
            if one.part > 0:
                track.setWidth(max(room * min(one.part, 1.0), BAR / 2))
                _plank(painter, track, look.accent)
        top += high


def _widths(lines: Sequence[BarLine], width: int) -> tuple[int, int]:
    """Return how wide the labels and the numbers are; long labels take more than one line."""
    labels = QFontMetrics(fonts.font(tokens.CAPTION))
    numbers = QFontMetrics(fonts.font(tokens.CAPTION, tabular=True))
    right = max(numbers.horizontalAdvance(one.value) for one in lines) + 2
    wanted = max(labels.horizontalAdvance(one.label) for one in lines) + 2
    return min(wanted, max((width - right - 24) * 3 // 5, 40)), right


def _heights(lines: Sequence[BarLine], width: int) -> list[int]:
    left, _right = _widths(lines, width)
    room, metrics = QRect(0, 0, left, 10_000), QFontMetrics(fonts.font(tokens.CAPTION))
    found = (metrics.boundingRect(room, WRAP, one.label).height() for one in lines)
    return [max(LINE, high + 2 * _AIR) for high in found]


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
