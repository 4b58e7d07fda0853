"""The sentence of a task: on up to four lines where it needs them, else with a hint beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.ui import fonts, tokens
from privdesk.ui.theme import shades
from privdesk.ui.widgets.labels import colour_of

_FIRST, _SECOND, _GAP = 17, 15, 2
_MOST = 4  # lines


class TaskText(QWidget):
    """``note`` (a decision in force, in the colour of its tone) always stands beneath."""

    def __init__(self, what: str, detail: str, note: str = "", note_tone: str = "") -> None:
        super().__init__()
        self._what, self._detail = what, detail
        self._note, self._note_tone = note, note_tone
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(what)
        self.setToolTip("\n".join(part for part in (what, note, detail) if part))

    def sizeHint(self) -> QSize:
        """Two lines; takes the width it is given."""
        return QSize(200, _FIRST + _GAP + _SECOND)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def lines(self) -> list[str]:
        """Return the sentence as it is broken: one to four, the last one cut."""
        return _broken(self._what, fonts.font(), self.width(), 1 if self._note else _MOST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        lines = self.lines()
        alone = len(lines) == 1 and not self._note and not self._detail
        high = _FIRST if alone else _FIRST + _GAP + _SECOND
        high += _FIRST * max(0, len(lines) - 2)
        top = (self.height() - high) // 2
        painter.setFont(fonts.font())
        painter.setPen(QColor(shades().text))
        for number, line in enumerate(lines):
            area = QRect(0, top + number * _FIRST, self.width(), _FIRST)
            painter.drawText(area, _LEFT, line)
        if len(lines) == 1:
            self._paint_hint(painter, top + _FIRST + _GAP)

    def _paint_hint(self, painter: QPainter, top: int) -> None:
        look, left = shades(), 0
        if self._note:
            font = fonts.font(tokens.CAPTION, QFont.Weight.Medium)
            painter.setFont(font)
            painter.setPen(QColor(colour_of(self._note_tone or "plain")))
            painter.drawText(QRect(0, top, self.width(), _SECOND), _LEFT, self._note)
            left = QFontMetrics(font).horizontalAdvance(self._note) + 8
        font = fonts.font(tokens.CAPTION)
        painter.setFont(font)
        painter.setPen(QColor(look.muted))
        room = max(self.width() - left, 0)
        told = QFontMetrics(font).elidedText(self._detail, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, top, room, _SECOND), _LEFT, told)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def _broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Break a sentence at words into at most so many lines; the last one ends in … if need be."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 40))
        line.setPosition(QPointF(0, 0))
        starts.append(line.textStart())
    layout.endLayout()
    kept = starts[:most]
    lines = [
        text[start : starts[number + 1]].rstrip() if number + 1 < len(starts) else text[start:]
        for number, start in enumerate(kept)
    ]
    if len(starts) > most:
        whole = text[kept[-1] :]
        lines[-1] = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, width)
    return lines
