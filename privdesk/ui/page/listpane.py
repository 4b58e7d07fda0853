"""The list of a register: tools, chips, table, what stands in for it, bulk bar."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.register import Query, Row, Service
from privdesk.ui.page.bulkbar import BulkBar
from privdesk.ui.page.conditions import Condition
from privdesk.ui.page.context import PageContext, ShownList
from privdesk.ui.page.empty import NothingFound, NothingYet
from privdesk.ui.page.filters import Filters
from privdesk.ui.page.saved import SavedView, SavedViews
from privdesk.ui.page.toolbar import Toolbar
from privdesk.ui.table.columns import REF, columns
from privdesk.ui.table.copying import AT_MOST, as_mime
from privdesk.ui.table.fitting import LOOKED_AT
from privdesk.ui.table.model import RegisterModel
from privdesk.ui.table.selection import rows_of, size
from privdesk.ui.table.view import TableView
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, Plane, column, row


class ListPane(QWidget):
    """Asks the service for what the tools say and shows it."""

    current_changed = Signal(object)  # Row, or None
    selection_changed = Signal(int)
    loaded = Signal(int, int)  # matching, all
    failed = Signal(object)  # DomainError
    told = Signal(str)  # something to flash

    def __init__(self, service: Service, context: PageContext) -> None:
        super().__init__()
        self._service = service
        self._context = context
        self._wanted_ref = ""
        self._current = ""
        self._told: Row | None = None  # the current record, masked, as it was last told
        register = service.register
        self._sort = (register.sort or REF, register.descending)
        self._fitted = False
        self._view: SavedView | None = None  # the one applied last
        self.saved = SavedViews(context.preferences, register.name)
        self.tools = Toolbar(register, writes=context.writes)
        self.filters = Filters(service, context.today, self.tools.filter)
        self.model = RegisterModel(service, context.tasks, columns(register, service.fields()))
        self.model.setParent(self)
        self.table = TableView(self.model, context.today())
        self.bulk = BulkBar()
        self.nothing_yet = NothingYet(register, writes=context.writes)
        self.nothing_found = NothingFound()
        self._faces = QStackedWidget()
        self._lay_out()
        self._connect()
        self.table.arrange(self.saved.arrangement)
        self.table.show_sort(*self._sort)
        on_language(self, self._refit)

    def _lay_out(self) -> None:
        self._chips = Plane("surface")
        row(self._chips, self.filters, margin=(16, 0, 16, 8)).setStretch(0, 1)
        self._chips.setVisible(False)
        table = Plane()
        row(table, self.table, margin=(8, 0, 0, 0))
        for face in (table, self.nothing_yet, self.nothing_found):
            self._faces.addWidget(face)
        parts = (self.tools, self._chips, Hairline(), self._faces, self.bulk)
        column(self, *parts, gap=0).setStretch(3, 1)

    def _connect(self) -> None:
        self.tools.text_changed.connect(lambda _text: self.reload())
        self.filters.changed.connect(self._narrowed)
        self.model.loaded.connect(self._show_loaded)
        self.model.grown.connect(self._show_grown)
        self.model.failed.connect(self.failed)
        self.model.sort_asked.connect(self._sort_by)
        self.model.dataChanged.connect(self._look_at_current)
        self.model.dataChanged.connect(self._fit)
        self.table.rows_chosen.connect(self._tell_selection)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.table.layout_changed.connect(self._keep_columns)
        self.nothing_found.clear_asked.connect(self.show_all)
        self.bulk.clear_asked.connect(self.table.clearSelection)
        self.bulk.copy_asked.connect(self.copy)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the columns if their rows came while something else was shown."""
        super().showEvent(event)
        self._fit()

    # asking

    @property
    def query(self) -> Query:
        """Return what the tools ask for."""
        name, descending = self._sort
        return Query(self.tools.text, self.filters.where(), name, descending)

    @property
    def shown(self) -> ShownList:
        """Return what stands on the screen, for a print."""
        names = tuple(column.name for column in self.table.shown_columns())
        chips = self.filters.conditions
        return ShownList(self._service.register, self.query, names, chips, self.view_name)

    @property
    def view_name(self) -> str:
        """Return the name of the saved view on the screen; nothing once it was changed."""
        view = self._view
        same = view is not None and not self.tools.text
        return view.name if view and same and self.filters.conditions == view.conditions else ""

    @property
    def narrowed(self) -> bool:
        """Whether a text or a condition is in force."""
        return bool(self.tools.text or self.filters.conditions)

    def reload(self, ref: str = "") -> None:
        """Ask again and keep the current record, or go to another."""
        self._wanted_ref = ref or self._current
        self.table.set_today(self._context.today())
        self.model.load(self.query)

    def narrow_to(self, conditions: tuple[Condition, ...]) -> None:
        """Show what meets these conditions and no others; none of them show everything."""
        self.tools.clear_text()
        if conditions or self.filters.conditions:
            self.filters.set(conditions)
        else:
            self.reload()

    def show_all(self) -> None:
        """Take text and conditions away."""
        self.tools.clear_text()
        if self.filters.conditions:
            self.filters.clear()
        else:
            self.reload()

    def go_to(self, ref: str) -> None:
        """Show a record; conditions that hide it go.

        The reference of a record of another register is looked for: the list shows what it means.
        """
        if ref and not ref.startswith(f"{self._service.register.prefix}-"):
            self.tools.search.line.setText(ref)
            return
        self._wanted_ref = ref
        if self.model.view is None:
            self.reload(ref)
        else:
            self.model.locate(ref, self._go)

    def _go(self, position: int | None) -> None:
        ref, self._wanted_ref = self._wanted_ref, ""
        if position is not None:
            self.table.go_to(position)
        elif self.narrowed and ref != self._current:
            self.tools.clear_text()
            self.filters.set(())
            self._wanted_ref = ref
        else:
            self._forget_current()

    def _narrowed(self) -> None:
        self._chips.setVisible(bool(self.filters.conditions))
        self.reload()

    def _sort_by(self, name: str, descending: bool) -> None:
        self._sort = (name, descending)
        self.reload()

    def _show_loaded(self, count: int, total: int) -> None:
        self.tools.show_count(count, total)
        self._faces.setCurrentIndex(0 if count else 2 if self.narrowed else 1)
        self.tools.show_new(on=bool(total))
        self._tell_selection()
        if self._wanted_ref and count:
            self.model.locate(self._wanted_ref, self._go)
        elif not count:
            self._forget_current()
        self.loaded.emit(count, total)

    def _show_grown(self, count: int, total: int) -> None:
        """Count on while the rest of a list is read; the first rows take the place of none."""
        self.tools.show_count(count, total)
        self._faces.setCurrentIndex(0)

    # saved views

    def as_view(self, name: str) -> SavedView:
        """Return what stands on the screen as a saved view."""
        sort, descending = self._sort
        arrangement = self.table.arrangement()
        return SavedView(name, self.filters.conditions, sort, descending, arrangement)

    def keep_view(self, name: str) -> None:
        """Save what stands on the screen under a name."""
        self._view = self.as_view(name)
        self.saved.save(self._view)

    def apply(self, view: SavedView | None) -> None:
        """Show a saved view; None shows everything."""
        self._view = view
        if view is None:
            self.show_all()
            return
        self.tools.clear_text()
        self._sort = (view.sort or REF, view.descending)
        self.table.show_sort(*self._sort)
        self.table.arrange(view.arrangement)
        self.filters.set(view.conditions)

    def _fit(self) -> None:
        """Fit the columns to the first rows, once, unless somebody has arranged them by hand."""
        if self._fitted or self.saved.arrangement or not self.isVisible():
            return
        known = (self.model.masked_row_at(n) for n in range(min(LOOKED_AT, self.model.rowCount())))
        rows = [one for one in known if one is not None]
        if rows:
            self._fitted = True
            self.table.fit(rows)

    def _refit(self) -> None:
        self._fitted = False
        self._fit()

    def _keep_columns(self) -> None:
        self.saved.keep_arrangement(self.table.arrangement())

    # the current row and the selected ones

    def current(self) -> Row | None:
        """Return the current record as it is shown."""
        index = self.table.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            shown = self.model.row_at(index.row())
            if shown is not None:
                self._tell_current(shown)

    def _look_at_current(self) -> None:
        """Tell of the current record when it has come, and again when it is no more as told."""
        index = self.table.currentIndex()
        held = self.model.masked_row_at(index.row()) if index.isValid() else None
        shown = self.current()
        if shown is not None and held is not None and held != self._told:
            self._tell_current(shown)

    def _tell_current(self, shown: Row) -> None:
        self._current = shown.ref
        self._told = self.model.masked_row_at(self.table.currentIndex().row())
        self.current_changed.emit(shown)

    def _forget_current(self) -> None:
        if self._current:
            self._current, self._told = "", None
            self.current_changed.emit(None)

    def _tell_selection(self) -> None:
        self.selection_changed.emit(size(self.table.selected()))

    # copying

    def copy(self) -> None:
        """Put the selected rows on the clipboard as a table, masked."""
        selected, view = self.table.selected(), self.model.view
        if view is None or not selected:
            return
        if size(selected) > AT_MOST:
            self.failed.emit(TooManyToCopyError(limit=f"{AT_MOST:,}"))
            return
        self._context.tasks.run(
            self, lambda: rows_of(view, selected), done=self._copied, failed=self.failed.emit
        )

    def _copied(self, rows: list[Row]) -> None:
        mime = as_mime(rows, self.table.shown_columns(), self.model.cell)
        QGuiApplication.clipboard().setMimeData(mime)
        self.told.emit(_("Copied as a table; personal values stay masked."))

    def focus_table(self) -> None:
        """Put the cursor into the table."""
        self.table.setFocus()


class TooManyToCopyError(DomainError):
    """At most {limit} rows can be copied at a time. Nothing was copied; export the list instead."""
