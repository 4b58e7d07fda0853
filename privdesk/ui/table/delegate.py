"""How a cell is painted: chips for states and due dates, masked values muted, no gridlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from privdesk.core.register import Row
from privdesk.ui import fonts, tokens
from privdesk.ui.table.cells import d_day, due_tone, state_of, state_words
from privdesk.ui.table.columns import REF, Column, Look
from privdesk.ui.table.model import RegisterModel
from privdesk.ui.theme import shades
from privdesk.ui.tokens import Shades
from privdesk.ui.widgets.chips import chip_font, chip_width, paint_chip

_PAD = 8
_DATE_WIDTH = 80
_DUE_CHIP = 72  # the days left beside a date
_ROUNDED = 2  # widths of letters are fractions of pixels
_APART = 6  # between a number and the words of the next column
_NARROW = 40  # no room for a chip beside the date
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Pens:
    """Colours of one look, made once."""

    text: QColor
    muted: QColor
    line: QColor
    accent: QColor
    chosen: QColor
    hover: QColor
    blank: QColor


def _pens(look: Shades) -> _Pens:
    names = (look.text, look.muted, look.line, look.accent, look.chosen, look.hover, look.line)
    return _Pens(*map(QColor, names))


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a register's table."""

    def __init__(self, model: RegisterModel, today: date) -> None:
        super().__init__(model)
        self._model = model
        self.today = today
        self.hovered = -1
        self._pens = _pens(shades())
        self._font = fonts.font(tabular=True)
        self._strong = fonts.font(weight=QFont.Weight.Medium, tabular=True)
        self._small = fonts.font(tokens.CAPTION, QFont.Weight.Medium, tabular=True)
        self._metrics = QFontMetrics(self._font)
        self._strong_metrics = QFontMetrics(self._strong)

    def take_look(self) -> None:
        """Take the colours in force."""
        self._pens = _pens(shades())

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size a cell wants: for a double click on the edge of a head."""
        row = self._model.row_at(index.row())
        return QSize(self.width(row, self._column(index)) if row else 0, tokens.ROW)

    def width(self, row: Row, column: Column) -> int:
        """Return how wide a row's cell wants to be."""
        text = self._model.cell(row, column)
        metrics = self._strong_metrics if column.name == REF else self._metrics
        extra = _DUE_CHIP if column.look is Look.DUE and text else 0
        extra += _APART if column.numeric else 0
        return metrics.horizontalAdvance(text) + 2 * _PAD + extra + _ROUNDED

    def least_width(self, column: Column) -> int:
        """Return the width of a column whatever its rows hold: no state is cut off."""
        if column.look is not Look.STATE:
            return 0
        metrics = QFontMetrics(chip_font())
        states = self._model.register.states
        return max((chip_width(state_words(s), metrics) for s in states), default=0) + 2 * _PAD

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, rect, state, index.row())
        row = self._model.row_at(index.row())
        room = rect.adjusted(_PAD, 0, -_PAD, -1)
        if row is None:
            self._paint_placeholder(painter, room, index)
        else:
            self._paint_cell(painter, room, row, self._column(index))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._pens.accent, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _column(self, index: QModelIndex | QPersistentModelIndex) -> Column:
        return self._model.columns[index.column()]

    def _paint_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, position: int
    ) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._pens.chosen)
        elif position == self.hovered:
            painter.fillRect(rect, self._pens.hover)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._pens.line)

    def _paint_placeholder(
        self, painter: QPainter, room: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        share = 35 + (index.row() * 7 + index.column() * 23) % 40
        bar = QRect(room.left(), room.center().y() - 3, room.width() * share // 100, 7)
        painter.fillRect(bar, self._pens.blank)

    def _paint_cell(self, painter: QPainter, room: QRect, row: Row, column: Column) -> None:
        text = self._model.cell(row, column)
        if column.look is Look.STATE and row.state:
            known = state_of(self._model.register, row)
            paint_chip(painter, room, text, known.tone if known else "plain")
        elif column.look is Look.DUE:
            self._paint_due(painter, room, row, column, text)
        else:
            self._paint_text(painter, room, row, column, text)

    def _paint_text(
        self, painter: QPainter, room: QRect, row: Row, column: Column, text: str
    ) -> None:
        quiet = column.name in row.masked or self._gone(row)
        painter.setPen(self._pens.muted if quiet else self._pens.text)
        painter.setFont(self._strong if column.name == REF else self._font)
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        if column.numeric:
            painter.drawText(room.adjusted(0, 0, -_APART, 0), _RIGHT, shown)
        else:
            painter.drawText(room, _LEFT, shown)

    def _paint_due(
        self, painter: QPainter, room: QRect, row: Row, column: Column, text: str
    ) -> None:
        self._paint_text(painter, room, row, column, text)
        due = row.values.get(column.name)
        beside = room.adjusted(_DATE_WIDTH, 0, 0, 0)
        if not isinstance(due, date) or self._ended(row) or beside.width() < _NARROW:
            return
        words, name = d_day(due, self.today), due_tone(due, self.today)
        if name == "plain":
            painter.setFont(self._small)
            painter.setPen(self._pens.muted)
            painter.drawText(beside, _LEFT, words)
        else:
            paint_chip(painter, beside, words, name)

    def _gone(self, row: Row) -> bool:
        known = state_of(self._model.register, row)
        return known is not None and known.tone == "destroyed"

    def _ended(self, row: Row) -> bool:
        """Whether nothing of the row is due any more."""
        known = state_of(self._model.register, row)
        return known is not None and (known.ended or known.tone == "destroyed")
