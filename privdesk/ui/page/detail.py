"""The pane beside the table: one record with Details, Children, History and Papers."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Row, Service
from privdesk.ui import tokens
from privdesk.ui.page.children import Children
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.details import Details
from privdesk.ui.page.flow import FlowLayout
from privdesk.ui.page.history import History
from privdesk.ui.page.papers import Papers
from privdesk.ui.page.revealbar import RevealBar
from privdesk.ui.table.cells import row_title, state_of, state_words
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
    button,
    column,
    row,
)
from privdesk.ui.widgets.taborder import FollowLayout

DETAILS, CHILDREN, HISTORY, PAPERS = range(4)


class DetailPane(Plane):
    """Shows the current record; what lies behind a tab is asked for when the tab is opened."""

    edit_asked = Signal()
    reveal_asked = Signal()
    closed = Signal()

    def __init__(self, service: Service, context: PageContext) -> None:
        super().__init__("surface")
        self._service = service
        self._context = context
        self._row: Row | None = None
        self._step: QAction | None = None
        self._filled: dict[int, str] = {}
        register = service.register
        self.title = ElidedLabel("", "section")
        self.ref = PlainLabel("", "caption", selectable=True)
        self.chip = Chip()
        self.reveal = button("", self.reveal_asked.emit, icon="eye", tip="F4")
        self.edit = button("", self.edit_asked.emit, icon="edit", tip="F2")
        self.again = button("", self._print_again, icon="print")
        self.step = button("", self._begin_step)
        self.more = IconButton("more", "")
        self.fold = IconButton("close", "", self.closed.emit, size=14)
        self.bar = RevealBar()
        self.details = Details(register, service.fields(), context.today, context.explain)
        self.children_tab = Children(register, context)
        self.history = History(service, context.tasks)
        self.papers = Papers(register, context)
        self.tabs = QTabBar()
        self._pages = QStackedWidget()
        for page in (self.details, self.children_tab, self.history, self.papers):
            self.tabs.addTab("")
            self._pages.addWidget(page)
        self._dress()
        self.tabs.currentChanged.connect(self._open_tab)
        on_language(self, self._speak)

    def _dress(self) -> None:
        register = self._service.register
        self.setMinimumWidth(320)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setTabVisible(CHILDREN, bool(register.children))
        self.tabs.setTabVisible(PAPERS, any(not d.of_list for d in register.documents))
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        fields = self._service.fields()
        self.reveal.setVisible(any(f.masked for f in fields))
        self._editable = any(f.enterable and f.in_form and not f.fixed for f in fields)
        self.edit.setVisible(self._context.writes and self._editable)
        self.again.setVisible(register.issued and self._context.reprint is not None)
        head = column(
            None,
            row(None, self.title, self.fold),
            row(None, self.ref, self.chip, None),
            8,
            self._tools(),
            gap=4,
            margin=(16, 12, 10, 8),
        )
        tabs = row(None, self.tabs, None, margin=(16, 0))
        self._column = column(self, head, self.bar, tabs, self._pages, gap=0)
        self._column.setStretchFactor(self._pages, 1)

    def _tools(self) -> FlowLayout:
        """Return the buttons of the head; on a narrow pane they take a second line."""
        made = FlowLayout(gap=8)
        for one in (self.step, self.again, self.reveal, self.edit, self.more):
            made.addWidget(one)
        return made

    def sizeHint(self) -> QSize:
        """Return the width the pane starts with."""
        hint = super().sizeHint()
        hint.setWidth(tokens.DETAIL)
        return hint

    @property
    def row(self) -> Row | None:
        """Return the record on show."""
        return self._row

    def show_row(self, shown: Row, *, clear: bool = False) -> None:
        """Show a record; ``clear`` when it is revealed just now."""
        self._row = shown
        self._filled.clear()
        register = self._service.register
        self.title.setText(row_title(register, shown, self._service.fields()))
        self.ref.setText(f"{_(register.singular)} {shown.ref}")
        state = state_of(register, shown)
        self.chip.setVisible(state is not None)
        if state is not None:
            self.chip.tell(state_words(state), state.tone)
        gone = state is not None and state.tone == "destroyed"
        self.edit.setEnabled(self._editable and not gone)
        self.reveal.setEnabled(bool(shown.masked) or clear)
        self.again.setEnabled(bool(shown.values.get("file")))
        self._open_tab(self.tabs.currentIndex(), clear=clear)

    def look_again(self) -> None:
        """Ask again for what lies behind the tabs: history, children and papers go on."""
        for tab in (CHILDREN, HISTORY, PAPERS):
            self._filled.pop(tab, None)
        if self.tabs.currentIndex() != DETAILS:
            self._open_tab(self.tabs.currentIndex())

    def insert(self, widget: QWidget) -> None:
        """Put a widget of a register's own beneath the head, above the tabs."""
        self._column.insertWidget(1, widget)
        FollowLayout(self, widget)

    def offer(self, menu: QMenu, step: QAction | None = None) -> None:
        """Put the next step in front, and all that can be done behind the button with dots."""
        self._step = step
        self.step.setVisible(step is not None)
        if step is not None:
            self.step.setText(step.text().partition("\t")[0].replace("&", "&&"))
            self.step.setToolTip(step.toolTip())
        before = self.more.menu()
        self.more.setMenu(menu)
        if before is not None:
            before.deleteLater()
        self.more.setVisible(not menu.isEmpty())

    def focus(self) -> None:
        """Put the cursor on the tabs."""
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_step(self) -> None:
        if self._step is not None:
            self._step.trigger()

    def _print_again(self) -> None:
        if self._row is not None:
            self.papers.again_asked.emit(self._row.ref)

    def _open_tab(self, tab: int, *, clear: bool = False) -> None:
        self._pages.setCurrentIndex(tab)
        shown = self._row
        if shown is None or self._filled.get(tab) == shown.ref:
            return
        self._filled[tab] = shown.ref
        if tab == DETAILS:
            self.details.show_row(shown, clear=clear)
        elif tab == CHILDREN:
            self.children_tab.show_row(shown)
        elif tab == HISTORY:
            self.history.show_row(shown)
        else:
            self.papers.show_row(shown)

    def _speak(self) -> None:
        self.details.take(self._service.fields())
        words = (_("Details"), _("Related records"), _("History"), _("Papers"))
        for tab, text in enumerate(words):
            self.tabs.setTabText(tab, text)
        self.tabs.setAccessibleName(_("Parts of the record"))
        self.reveal.setText(_("Reveal"))
        self.edit.setText(_("Edit"))
        self.again.setText(_("Show and print again…"))
        self.more.call(_("More"))
        self.fold.call(_("Close the pane"))
        if self._row is not None:
            self.show_row(self._row)
