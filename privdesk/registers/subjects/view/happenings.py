"""The lines of a person's time: their texts as a model, and how each is drawn.

Drawn instead of made of widgets: a page with forty lines would have to dress two hundred of them
while a caller waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from privdesk.core.clock import office_time
from privdesk.core.i18n import _, ngettext
from privdesk.registers.subjects.commands import (
    CHANGES,
    CONSENTS,
    DESTRUCTIONS,
    FREEZES,
    HOLDINGS,
    LOOKS,
    PAPERS,
    PROVISIONS,
    REQUESTS,
    Happening,
)
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.theme import shades
from privdesk.ui.tokens import Shades, tone

ICONS = {
    CONSENTS: "check",
    HOLDINGS: "life-cycle",
    REQUESTS: "pin",
    PROVISIONS: "partners",
    FREEZES: "held",
    DESTRUCTIONS: "shred",
    PAPERS: "documents",
    LOOKS: "eye",
    CHANGES: "edit",
}
AT_MOST = 400  # the rest stands in the journal
Index = QModelIndex | QPersistentModelIndex
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 16, 8, 16  # around all lines
_DATES, _GAP, _DOT, _ICON, _DAY = 92, 10, 26, 14, 4
_WORDS = _LEFT + _DATES + _GAP + _DOT + _GAP
_ABOVE, _BETWEEN, _BELOW, _LINK = 3, 1, 14, 22  # around the words of a line; height of a link
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_FOCUS = QStyle.StateFlag.State_HasFocus
_WORDY = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Line:
    """One line as it is drawn; a note has no ``kind``, a line that leads nowhere no ``ref``."""

    text: str
    kind: str = ""
    day: str = ""  # empty where it is the day of the line before
    told: str = ""
    tone: str = "plain"
    spoken: str = ""
    register: str = ""
    ref: str = ""


def lines_of(happenings: Sequence[Happening]) -> list[Line]:
    """Return the lines of some happenings, in the language of the screen."""
    made = list(_lines(happenings[:AT_MOST]))
    if older := len(happenings) - len(made):
        told = ngettext(
            "{n} older line is in the journal", "{n} older lines are in the journal", older
        )
        made.append(Line(told))
    return made or [Line(_("Nothing has happened yet."))]


def _lines(happenings: Sequence[Happening]) -> Iterator[Line]:
    before = None
    for one in happenings:
        text, told, day = one.what.text(), _told(one), one.day.isoformat()
        leads = one.register != "journal"
        yield Line(
            text,
            one.kind,
            "" if before == one.day else day,
            told,
            one.tone,
            f"{day}: {text}. {told}",
            one.register if leads else "",
            one.ref if leads else "",
        )
        before = one.day


def _told(one: Happening) -> str:
    at = office_time(one.at).strftime("%H:%M") if one.at else ""
    return " · ".join(part for part in (at, one.who, _(one.detail) if one.detail else "") if part)


class Happenings(QAbstractListModel):
    """The lines, newest first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is read, spoken and shown as a tip of a line."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken or line.text
        if role == Qt.ItemDataRole.ToolTipRole and line.ref:
            return f"{line.text} · {line.ref}"
        return None


class HappeningPainter(QStyledItemDelegate):
    """Draws a line: day, mark on the line of time, what happened, and by whom."""

    def __init__(self, model: Happenings) -> None:
        super().__init__(model)
        self._model = model
        self.width = 0  # of the view
        self.hovered = -1
        self._body, self._link = fonts.font(), fonts.font(weight=QFont.Weight.Medium)
        self._days = fonts.font(tabular=True)
        self._caption = fonts.font(tokens.CAPTION)
        self._under = QFont(self._link)
        self._under.setUnderline(True)
        self._body_size, self._link_size = QFontMetrics(self._body), QFontMetrics(self._link)
        self._caption_size = QFontMetrics(self._caption)

    def link_area(self, row: int, area: QRect) -> QRect:
        """Return where a line can be pressed; empty where it leads nowhere."""
        if not self._model.lines[row].ref:
            return QRect()
        inside = self._inside(row, area)
        return QRect(inside.left() + _WORDS, inside.top() + _ABOVE, self._room(), _LINK)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that a line needs at the width of the view."""
        row = index.row()
        line = self._model.lines[row]
        height = self._text_height(line)
        if line.kind:
            told = self._height(line.told, self._caption_size)
            height += _ABOVE + _BELOW + (told + _BETWEEN if line.told else 0)
        return QSize(0, height - self._inside(row, QRect()).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        look, row = shades(), index.row()
        line, area = self._model.lines[row], self._inside(row, option.rect)
        painter.save()
        if line.kind:
            state: QStyle.StateFlag = option.state
            self._draw_day(painter, area, line.day, look)
            self._draw_mark(painter, area, row, look)
            words = area.adjusted(_WORDS, _ABOVE, -_RIGHT, -_BELOW)
            self._draw_words(painter, words, row, look, bool(state & _FOCUS))
        else:
            painter.setFont(self._body)
            painter.setPen(QColor(look.muted))
            painter.drawText(area.adjusted(_LEFT, 0, -_RIGHT, 0), _WRAP, line.text)
        painter.restore()

    def _draw_day(self, painter: QPainter, area: QRect, day: str, look: Shades) -> None:
        painter.setFont(self._days)
        painter.setPen(QColor(look.muted))
        painter.drawText(area.adjusted(_LEFT, _DAY, 0, 0), _WRAP, day)

    def _draw_mark(self, painter: QPainter, area: QRect, row: int, look: Shades) -> None:
        left, top = area.left() + _LEFT + _DATES + _GAP, area.top()
        across, along = left + _DOT // 2, top + _DOT // 2
        line, lines = self._model.lines[row], self._model.lines
        last = row == len(lines) - 1 or not lines[row + 1].kind
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.line), 2))
        painter.drawLine(
            across, top if row else along, across, along if last else area.bottom() + 1
        )
        shade = tone(look, line.tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade.tint))
        painter.drawEllipse(QRectF(left + 1, top + 1, _DOT - 2, _DOT - 2))
        inset = (_DOT - _ICON) // 2
        drawn = icons.pixmap(ICONS[line.kind], shade.ink, _ICON)
        painter.drawPixmap(left + inset, top + inset, drawn)

    def _draw_words(
        self, painter: QPainter, area: QRect, row: int, look: Shades, focused: bool
    ) -> None:
        line = self._model.lines[row]
        if focused:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.chosen))
            painter.drawRoundedRect(area.adjusted(-6, 0, 6, 3), tokens.RADIUS, tokens.RADIUS)
        height = self._text_height(line)
        if line.ref:
            painter.setFont(self._under if focused or row == self.hovered else self._link)
            painter.setPen(QColor(look.accent))
            elide = Qt.TextElideMode.ElideRight
            shown = self._link_size.elidedText(line.text, elide, area.width() + 1)
            painter.drawText(QRect(area.topLeft(), QSize(area.width(), height)), _MIDDLE, shown)
        else:
            painter.setFont(self._body)
            painter.setPen(QColor(look.text))
            painter.drawText(QRect(area.topLeft(), QSize(area.width(), height)), _WORDY, line.text)
        painter.setFont(self._caption)
        painter.setPen(QColor(look.muted))
        told = QRect(area.left(), area.top() + height + _BETWEEN, area.width(), 0)
        told.setHeight(self._height(line.told, self._caption_size))
        painter.drawText(told, _WORDY, line.told)

    def _inside(self, row: int, area: QRect) -> QRect:
        """Return the area of a line without the air above the first and below the last."""
        last = row == len(self._model.lines) - 1
        return area.adjusted(0, 0 if row else _TOP, 0, -_BOTTOM if last else 0)

    def _room(self) -> int:
        return self.width - _WORDS - _RIGHT

    def _text_height(self, line: Line) -> int:
        return _LINK if line.ref else self._height(line.text, self._body_size)

    def _height(self, text: str, metrics: QFontMetrics) -> int:
        if metrics.horizontalAdvance(text) <= self._room() and "\n" not in text:
            return metrics.height() + 1  # as a label has it: parts of a pixel count
        return metrics.boundingRect(QRect(0, 0, self._room(), 10_000), _WRAP, text).height()
