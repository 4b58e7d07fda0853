"""A register as a table model: a snapshot whose windows are fetched beside the UI thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.register import Query, Register, Row, Service, View
from privdesk.ui.table.cells import spoken_row
from privdesk.ui.table.columns import Column, under
from privdesk.ui.table.windows import Windows
from privdesk.ui.tasks import Priority, Tasks

Index = QModelIndex | QPersistentModelIndex
_ASKED_AT_MOST = 3  # windows remembered while one is on its way; a jump drops the rest
_GROWS_FOR = 0.04  # seconds at a time
_FETCH_PAUSE_MS = 8  # lets one frame of a dragged scroll bar name all its rows


class RegisterModel(QAbstractTableModel):
    """The rows of a query; positions not yet fetched are placeholders."""

    loaded = Signal(int, int)  # matching, all
    grown = Signal(int, int)  # matching so far, all
    failed = Signal(object)  # DomainError
    sort_asked = Signal(str, bool)  # field name, descending

    def __init__(
        self,
        service: Service,
        tasks: Tasks,
        columns: Sequence[Column],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._columns = tuple(columns)
        self._view: View | None = None
        self._count = 0
        self._turn = 0
        self._windows = Windows()
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._under_way: int | None = None
        self._revealed: dict[str, Row] = {}
        self.query = Query()
        self._pause = QTimer(self, singleShot=True, interval=_FETCH_PAUSE_MS)
        self._pause.timeout.connect(self._fetch_next)

    # what is shown

    @property
    def register(self) -> Register:
        """Return the declaration of the register."""
        return self._service.register

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns in the model's order, shown or not."""
        return self._columns

    def load(self, query: Query) -> None:
        """Ask for a new snapshot; the old one stays until the new one is there."""
        self._turn += 1
        turn = self._turn
        self.query = query
        self._tasks.run(
            self,
            lambda: _Opened(turn, self._service.open_view(query)),
            done=self._take,
            failed=self.failed.emit,
            between=self._between(query),
        )

    def _between(self, query: Query) -> bool:
        """Whether the service can answer a query while an import is under way."""
        may = getattr(self._service, "between", None)
        return may is not None and bool(may(query))

    def _take(self, opened: _Opened) -> None:
        if opened.turn != self._turn:
            self._give_back(opened.view)
            return
        old, self._view = self._view, opened.view
        self.beginResetModel()
        self._count = opened.view.count
        self._windows.clear()
        self._wanted.clear()
        self._under_way = None
        self.endResetModel()
        self._give_back(old)
        self.loaded.emit(opened.view.count, opened.view.total)
        self._grow(opened)

    def _grow(self, opened: _Opened) -> None:
        """Have a list that was not read to its end read on, in between what is more urgent."""
        if opened.turn != self._turn or not getattr(opened.view, "growing", False):
            return
        self._tasks.run(
            self,
            opened.grown,
            done=lambda count: self._take_more(opened, count),
            failed=self.failed.emit,
            priority=Priority.BACKGROUND,
        )

    def _take_more(self, opened: _Opened, count: int) -> None:
        if opened.turn != self._turn:
            return
        if count > self._count:
            self._windows.drop(self._windows.number(self._count))  # it may have been cut short
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
            self.grown.emit(count, opened.view.total)
        self._grow(opened)

    def close(self) -> None:
        """Give the snapshot back."""
        self._turn += 1
        old, self._view = self._view, None
        self.beginResetModel()
        self._count = 0
        self._windows.clear()
        self._revealed.clear()
        self.endResetModel()
        self._give_back(old)

    def _give_back(self, view: View | None) -> None:
        if view is not None:
            self._tasks.run(self, view.close, priority=Priority.BACKGROUND)

    # rows

    @property
    def view(self) -> View | None:
        """Return the snapshot on show, for work that needs many rows off the UI thread."""
        return self._view

    def row_at(self, position: int) -> Row | None:
        """Return the row on show at a position; None and a fetch while it is not here."""
        row = self._windows.row(position)
        if row is None:
            self._want(self._windows.number(position))
            return None
        return self._revealed.get(row.ref, row)

    @property
    def fetching(self) -> bool:
        """Whether windows are on their way or will be asked for."""
        return self._under_way is not None or bool(self._wanted)

    def masked_row_at(self, position: int) -> Row | None:
        """Return the row as it leaves the service, whatever is revealed just now."""
        return self._windows.row(position)

    def locate(self, ref: str, done: Callable[[int | None], None]) -> None:
        """Ask where a record stands in the snapshot."""
        view = self._view
        if view is not None:
            self._tasks.run(self, lambda: view.position(ref), done=done, latest="locate")

    def reveal(self, row: Row) -> None:
        """Show a row in the clear in place of its masked one."""
        self._revealed[row.ref] = row
        self._repaint()

    def conceal(self) -> None:
        """Mask everything again."""
        if self._revealed:
            self._revealed.clear()
            self._repaint()

    def revealed(self, ref: str) -> Row | None:
        """Return the row in the clear while it is revealed."""
        return self._revealed.get(ref)

    def replace(self, row: Row) -> int | None:
        """Show a saved row without fetching; return its position if it is held."""
        position = self._windows.replace(row)
        self._revealed.pop(row.ref, None)
        if position is not None:
            self._changed(position, position)
        return position

    def _want(self, number: int) -> None:
        self._wanted[number] = None
        self._wanted.move_to_end(number)
        while len(self._wanted) > _ASKED_AT_MOST:
            self._wanted.popitem(last=False)
        if self._under_way is None and not self._pause.isActive():
            self._pause.start()

    def _fetch_next(self) -> None:
        view = self._view
        if view is None or self._under_way is not None or not self._wanted:
            return
        number, _none = self._wanted.popitem()
        if self._windows.holds(number):
            self._fetch_next()
            return
        start, stop = self._windows.bounds(number, self._count)
        self._under_way = number
        self._tasks.run(
            self,
            lambda: _Window(view, number, view.rows(start, stop)),
            done=self._arrived,
            failed=lambda error: self._lost(view, error),
            between=self._between(self.query),
        )

    def _arrived(self, window: _Window) -> None:
        if window.view is not self._view:  # a newer snapshot took its place meanwhile
            return
        self._under_way = None
        self._windows.put(window.number, window.rows)
        start, stop = self._windows.bounds(window.number, self._count)
        self._changed(start, stop - 1)
        self._fetch_next()

    def _lost(self, view: View, error: DomainError) -> None:
        if view is not self._view:
            return
        self._under_way = None
        self._wanted.clear()
        self.failed.emit(error)

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _repaint(self) -> None:
        if self._count:
            self._changed(0, self._count - 1)

    def retranslate(self) -> None:
        """Take the words of the language on screen; labels may be the office's own."""
        fields = {field.name: field for field in self._service.fields()}
        self._columns = tuple(replace(c, field=fields.get(c.name, c.field)) for c in self._columns)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._repaint()

    # QAbstractTableModel

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of matching records."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns, hidden ones too."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or what a screen reader says."""
        if role in _TEXT_ROLES:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[index.column()].numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the label of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.field.label)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _(column.field.help) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the page to sort; the service does it."""
        if 0 <= column < len(self._columns):
            descending = order is Qt.SortOrder.DescendingOrder
            self.sort_asked.emit(self._columns[column].name, descending)

    def text(self, position: int, column: int) -> str:
        """Return the text of a cell; empty while its window is on the way."""
        row = self.row_at(position)
        return "" if row is None else self.cell(row, self._columns[column])

    def cell(self, row: Row, column: Column) -> str:
        """Return the text of a row under a column."""
        return under(self.register, row, column)

    def spoken(self, position: int, column: int) -> str:
        """Return what a screen reader says: the cell by its label, then the row and its state."""
        row = self.row_at(position)
        if row is None:
            return _("Loading")
        chosen = self._columns[column]
        said = f"{_(chosen.field.label)}: {self.cell(row, chosen) or _('empty')}"
        return f"{said}. {spoken_row(self.register, row)}"


class _Opened:
    def __init__(self, turn: int, view: Any) -> None:
        self.turn, self.view = turn, view

    def grown(self) -> int:
        """Read on for a while; return how many match so far."""
        self.view.grow(_GROWS_FOR)
        return int(self.view.count)


class _Window:
    def __init__(self, view: View, number: int, rows: list[Row]) -> None:
        self.view, self.number, self.rows = view, number, rows


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
