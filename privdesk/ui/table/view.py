"""The table of a register: dense, sortable, told apart by chips, usable by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.ui import tokens
from privdesk.ui.table.columns import Column
from privdesk.ui.table.delegate import CellDelegate
from privdesk.ui.table.fitting import LEAST_WORDS, spread, widths
from privdesk.ui.table.heads import Heads
from privdesk.ui.table.model import RegisterModel
from privdesk.ui.table.selection import ranges, size
from privdesk.ui.theme import on_language, on_look

_NARROWEST = 48
SETTLED_MS = 300  # after the last step of a drag
_SPOKEN_AT_MOST = 1_000  # rows


class TableView(QTableView):
    """Shows a ``RegisterModel``."""

    opened = Signal(int)  # Enter or double click on a position
    rows_chosen = Signal()  # the selection has changed
    menu_asked = Signal(QPoint)  # where, on the screen
    layout_changed = Signal()  # columns shown, moved or widened by hand

    def __init__(self, model: RegisterModel, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._cells = CellDelegate(model, today)
        self.heads = Heads(self)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self._behave()
        self._dress_heads()
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self.rows_chosen.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        on_language(self, self._speak)
        on_look(self, self._take_look)

    def _behave(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.entered.connect(self._hover)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(tokens.ROW)
        rows.setDefaultSectionSize(tokens.ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _dress_heads(self) -> None:
        heads = self.heads
        self.setHorizontalHeader(heads)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setMinimumSectionSize(_NARROWEST)
        heads.setSectionsMovable(True)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setHighlightSections(False)
        # Painting a head asks whether its column is selected, row by row: let it ask of nothing.
        heads.setSelectionModel(QItemSelectionModel(self._model, self))
        heads.setStretchLastSection(True)
        heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for place, column in enumerate(self._model.columns):
            self.setColumnWidth(place, column.field.width)
            self.setColumnHidden(place, not column.shown)
        heads.sortIndicatorChanged.connect(self._sort)
        heads.customContextMenuRequested.connect(self._heads_menu)
        heads.sectionMoved.connect(lambda *_moved: self.layout_changed.emit())
        settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        settled.timeout.connect(self.layout_changed)
        heads.sectionResized.connect(lambda place, *_widths: self._resized(place, settled))

    def _resized(self, place: int, settled: QTimer) -> None:
        """Tell of a width chosen by hand; the last column follows the window by itself."""
        by_hand = self._model.columns[place] != self.shown_columns()[-1]
        if by_hand and not self.isColumnHidden(place):
            settled.start()

    def _speak(self) -> None:
        self.setAccessibleName(_(self._model.register.title))
        self._model.retranslate()

    def _take_look(self) -> None:
        self._cells.take_look()
        self.viewport().update()

    def set_today(self, today: date) -> None:
        """Count the days left from another day."""
        self._cells.today = today
        self.viewport().update()

    # columns

    def shown_columns(self) -> list[Column]:
        """Return the columns in sight, in the order they stand in."""
        heads = self.horizontalHeader()
        places = [heads.logicalIndex(v) for v in range(heads.count())]
        return [self._model.columns[p] for p in places if not heads.isSectionHidden(p)]

    def set_shown(self, name: str, shown: bool) -> None:
        """Show a column or put it away; the last one stays."""
        if not shown and len(self.shown_columns()) == 1:
            return
        self.setColumnHidden(self._place(name), not shown)
        self.layout_changed.emit()

    def arrangement(self) -> dict[str, Any]:
        """Return columns, order and widths, as JSON holds them: for a saved view.

        The last column takes what is left, so its width is nobody's choice.
        """
        shown = self.shown_columns()
        widths = {c.name: self.columnWidth(self._place(c.name)) for c in shown[:-1]}
        return {"columns": [c.name for c in shown], "widths": widths}

    def arrange(self, arrangement: dict[str, Any]) -> None:
        """Put the columns as ``arrangement`` gave them; unknown names are passed over."""
        known = [c.name for c in self._model.columns]
        names = [n for n in arrangement.get("columns", []) if n in known]
        if not names:
            return
        heads = self.heads
        before = heads.blockSignals(True)
        for place, name in enumerate(names):
            heads.moveSection(heads.visualIndex(self._place(name)), place)
        for name in known:
            self.setColumnHidden(self._place(name), name not in names)
        for name, width in arrangement.get("widths", {}).items():
            if name in known:
                self.setColumnWidth(self._place(name), max(_NARROWEST, int(width)))
        heads.fold(False)
        heads.fold(
            any(
                self._head(c) > self.columnWidth(self._place(c.name))
                for c in self.shown_columns()[:-1]
            )
        )
        heads.blockSignals(before)
        self.updateGeometries()
        self.viewport().update()

    def fit(self, rows: Sequence[Row]) -> None:
        """Give the columns in sight the widths that their heads and these rows want."""
        shown, heads, room = self.shown_columns(), self.heads, self.viewport().width()
        heads.fold(False)
        wanted = [self._wanted(column, rows) for column in shown]
        if sum(wanted) > room:
            heads.fold(True)
            wanted = [self._wanted(column, rows) for column in shown]
        least = [
            max(LEAST_WORDS, self._head(column)) if column.wordy else want
            for column, want in zip(shown, wanted, strict=True)
        ]
        found = widths(wanted, room, least)
        found = spread(found, room, _taker(shown, found))
        before = heads.blockSignals(True)
        for column, width in zip(shown, found, strict=True):
            self.setColumnWidth(self._place(column.name), width)
        heads.blockSignals(before)
        self.updateGeometries()
        self.viewport().update()

    def _wanted(self, column: Column, rows: Sequence[Row]) -> int:
        cells = (self._cells.width(row, column) for row in rows)
        return max(self._head(column), self._cells.least_width(column), *cells, 0)

    def _head(self, column: Column) -> int:
        """Return the width of a column's head, which has room for the sign of the order."""
        return self.heads.sectionSizeHint(self._place(column.name))

    def reset_columns(self) -> None:
        """Put the columns back as the register declares them."""
        columns = self._model.columns
        self.arrange(
            {
                "columns": [c.name for c in columns if c.shown],
                "widths": {c.name: c.field.width for c in columns},
            }
        )
        self.layout_changed.emit()

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Fill the menu that picks columns."""
        shown = {c.name for c in self.shown_columns()}
        for column in self._model.columns:
            action = menu.addAction(_(column.field.label))
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.toggled.connect(self._shower(column.name))
        menu.addSeparator()
        menu.addAction(_("Columns as they were"), self.reset_columns)

    def _shower(self, name: str) -> Callable[[bool], None]:
        return lambda on: self.set_shown(name, on)

    def _heads_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        self.fill_columns_menu(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _place(self, name: str) -> int:
        return next(i for i, c in enumerate(self._model.columns) if c.name == name)

    # sorting

    def show_sort(self, name: str, descending: bool) -> None:
        """Show which column sorts, without asking for it again."""
        heads = self.horizontalHeader()
        before = heads.blockSignals(True)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        known = [c.name for c in self._model.columns]
        heads.setSortIndicator(known.index(name) if name in known else -1, order)
        heads.blockSignals(before)
        heads.viewport().update()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._model.sort(column, order)

    # rows

    def selected(self) -> tuple[tuple[int, int], ...]:
        """Return the selected positions as ranges."""
        return ranges(self.selectionModel().selection())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint; a screen reader hears of small changes only.

        For it, Qt's table would list every cell of a selection of a million rows.
        """
        if size(ranges(selected)) + size(ranges(deselected)) > _SPOKEN_AT_MOST:
            QAbstractItemView.selectionChanged(self, selected, deselected)
        else:
            super().selectionChanged(selected, deselected)

    def go_to(self, position: int) -> None:
        """Select a row and bring it into sight."""
        index = self._model.index(position, self._first_column())
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _first_column(self) -> int:
        return self._place(self.shown_columns()[0].name)

    def _hover(self, index: QModelIndex) -> None:
        self._set_hovered(index.row())

    def _set_hovered(self, position: int) -> None:
        if position != self._cells.hovered:
            self._cells.hovered = position
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer any more."""
        self._set_hovered(-1)
        super().leaveEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: Qt would walk through every row; Ctrl+F finds."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the row, at the pointer or beneath the current row."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            at = event.globalPos()
        else:
            box = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(box.bottomLeft())
        self.menu_asked.emit(at)


def _taker(shown: Sequence[Column], found: Sequence[int]) -> int | None:
    """Return which column takes the room that is left: the widest of words before a number."""
    if not shown or not shown[-1].numeric:
        return None  # the last column takes it by itself
    words = [place for place, column in enumerate(shown) if column.wordy]
    return max(words, key=lambda place: found[place], default=None)
