"""The list beneath the search box: records found and commands, chosen by key or pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from privdesk.core.i18n import _
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.matching import matches
from privdesk.ui.parts import Command, Found
from privdesk.ui.theme import shades
from privdesk.ui.widgets import Plane, column

Index = QModelIndex | QPersistentModelIndex
_HEIGHT, _HEAD_HEIGHT, _MOST = 40, 26, 10
_COMMANDS = 6


@dataclass(frozen=True)
class Line:
    """One line: a heading has no ``go``."""

    title: str
    subtitle: str = ""
    right: str = ""
    icon: str = ""
    go: Callable[[], object] | None = None


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.title, line.subtitle, line.right) if part)
        if role == Qt.ItemDataRole.UserRole:
            return line
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.lines[index.row()].go is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, _HEIGHT if line.go else _HEAD_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line = shades(), index.data(Qt.ItemDataRole.UserRole)
        area = QRect(option.rect).adjusted(4, 0, -4, 0)
        painter.save()
        if line.go is None:
            painter.setFont(fonts.font(11, QFont.Weight.Medium))
            painter.setPen(QColor(look.muted))
            painter.drawText(area.adjusted(10, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, line.title)
            painter.restore()
            return
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.chosen))
            painter.drawRoundedRect(area, 4, 4)
        painter.drawPixmap(
            area.left() + 10, area.center().y() - 8, icons.pixmap(line.icon, look.muted, 18)
        )
        text = area.adjusted(40, 0, -10, 0)
        text.setRight(text.right() - _right(painter, text, line.right) - 12)
        _words(painter, text, line)
        painter.restore()


def _right(painter: QPainter, area: QRect, text: str) -> int:
    painter.setFont(fonts.font(tokens.CAPTION, tabular=True))
    painter.setPen(QColor(shades().muted))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return painter.fontMetrics().horizontalAdvance(text)


def _words(painter: QPainter, area: QRect, line: Line) -> None:
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(fonts.font(tokens.BODY, QFont.Weight.Medium))
    painter.setPen(QColor(shades().text))
    metrics = painter.fontMetrics()
    title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, middle, title)
    rest = area.adjusted(metrics.horizontalAdvance(title) + 10, 0, 0, 0)
    if rest.width() > 40:
        painter.setFont(fonts.font(tokens.CAPTION))
        painter.setPen(QColor(shades().muted))
        shown = painter.fontMetrics().elidedText(
            line.subtitle, Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, middle, shown)


class CommandPalette(Plane):
    """Floats beneath the search box and never takes the keyboard from it."""

    left = Signal()  # something was chosen, or Esc

    def __init__(self, over: QWidget) -> None:
        super().__init__("float", over)
        self._model = _Lines(self)
        self._commands: list[Command] = []
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.entered.connect(self._select)
        self.list.clicked.connect(self._go)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(self, self.list, margin=(1, 5))
        self.hide()

    def lines(self) -> list[Line]:
        """Return what is shown."""
        return list(self._model.lines)

    def set_commands(self, commands: Sequence[Command]) -> None:
        """Set what can be called by name."""
        self._commands = list(commands)

    def offer(self, typed: str, found: Sequence[Line]) -> None:
        """Show hits and the commands that match what was typed."""
        self.list.setAccessibleName(_("Results"))
        commands = [
            Line(_(c.label), right=c.keys, icon=c.icon, go=c.go)
            for c in self._commands
            if not typed or matches(typed, _(c.label)) or matches(typed, c.label)
        ][: _COMMANDS if typed else _MOST]
        lines: list[Line] = []
        if found:
            lines += [Line(_("Records")), *found]
        if commands:
            lines += [Line(_("Commands")), *commands]
        if not lines:
            lines = [Line(_("Nothing is found for “{text}”.").format(text=typed))]
        self._model.show(lines)
        self._select_first()

    def steer(self, event: QKeyEvent) -> None:
        """Take a key from the search box."""
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_PageDown:
                self._move(5)
            case Qt.Key.Key_PageUp:
                self._move(-5)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go(self.list.currentIndex())
            case Qt.Key.Key_Escape:
                self.left.emit()

    def fit(self, left: int, top: int, width: int, most: int) -> None:
        """Take a place beneath the box, as high as the lines need."""
        wanted = sum(_HEIGHT if line.go else _HEAD_HEIGHT for line in self._model.lines) + 14
        fits = wanted <= most
        off, needed = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff,
            Qt.ScrollBarPolicy.ScrollBarAsNeeded,
        )
        self.list.setVerticalScrollBarPolicy(off if fits else needed)
        self.setGeometry(left, top, width, min(wanted, most))
        if fits:
            self.list.scrollToTop()

    def _move(self, steps: int) -> None:
        rows = [n for n, line in enumerate(self._model.lines) if line.go]
        if not rows:
            return
        current = self.list.currentIndex().row()
        at = rows.index(current) if current in rows else 0
        to = (at + steps) % len(rows) if abs(steps) == 1 else min(max(at + steps, 0), len(rows) - 1)
        self._select(self._model.index(rows[to]))

    def _select_first(self) -> None:
        first = next((n for n, line in enumerate(self._model.lines) if line.go), None)
        if first is not None:
            self._select(self._model.index(first))

    def _select(self, index: QModelIndex) -> None:
        if index.data(Qt.ItemDataRole.UserRole).go is not None:
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _go(self, index: QModelIndex) -> None:
        line = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if line is not None and line.go is not None:
            self.left.emit()
            line.go()


def line_of(found: Found, register: str, go: Callable[[], object]) -> Line:
    """Return the line of a hit; ``register`` is the title of its page."""
    subtitle = " · ".join(filter(None, dict.fromkeys((register, found.subtitle))))
    return Line(found.title, subtitle, found.ref, found.icon, go)
