"""What can be printed from a page: the list as it is shown, its papers, those of a record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Action, Document
from privdesk.ui.importing.exportpage import REASON
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.menus import add_papers, papers_of

if TYPE_CHECKING:
    from privdesk.ui.page.page import RegisterPage

IN_CLEAR = Action(
    "print-clear",
    N_("Print in the clear"),
    "",
    asks=(REASON,),
    help=N_(
        "Counts as a look at every person in the list. The print says by which day it must be"
        " destroyed."
    ),
)
"""What is asked before personal values go on paper."""


class Printing:
    """The papers a page offers, and the menu behind Ctrl+P."""

    def __init__(self, page: RegisterPage) -> None:
        self._page = page

    @property
    def on(self) -> bool:
        """Whether there is anything to print just now."""
        return self._lists or (self._page.context.issue is not None and bool(self._papers()))

    def ask(self) -> None:
        """Ask what is to be printed; where there is only the list, it is that."""
        if not self.on:
            return
        if not self._papers() and not self._personal():
            self.list_out()
            return
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tools = self._page.list.tools
        menu.popup(tools.mapToGlobal(QPoint(16, tools.height())))
        menu.setActiveAction(menu.actions()[0])

    def menu(self) -> QMenu:
        """Return the menu of everything that can be printed."""
        menu = QMenu(self._page)
        if self._lists:
            menu.addAction(_("This list as shown…"), self.list_out)
            if self._personal():
                menu.addAction(_("This list in the clear…"), self.ask_clear)
        papers = self._papers()
        if papers and self._page.context.issue is not None:
            menu.addSeparator()
            add_papers(menu, papers, self.issue)
        return menu

    def issue(self, document: Document, _on: bool = False) -> None:
        """Print a paper of the current record, or of the list."""
        shown = self._page.list.current()
        self._page.issue(document, shown.ref if shown else "")

    def list_out(self, _on: bool = False, *, reason: str = "") -> None:
        """Print the list as it is shown; with a reason in the clear."""
        out = self._page.context.list_out
        if out is not None:
            out(self._page.list.shown, reason)

    def ask_clear(self) -> ActionDialog | None:
        """Print the list in the clear: at once for an open case, else with a reason."""
        page = self._page
        case = page.context.open_case()
        if case:
            self.list_out(reason=case)
            return None
        count = ngettext("{n} record", "{n} records", page.list.model.rowCount())
        context = page.context
        dialog = ActionDialog(IN_CLEAR, count, context.tasks, context.service_of, page)
        dialog.on_submit(partial(self._clear, dialog))
        dialog.open()
        return dialog

    def _clear(self, dialog: ActionDialog, values: dict[str, object]) -> None:
        dialog.accept()
        self.list_out(reason=str(values["reason"]))

    @property
    def _lists(self) -> bool:
        page = self._page
        return page.context.list_out is not None and page.list.model.rowCount() > 0

    def _personal(self) -> bool:
        """Whether masked columns are in sight that this role could open."""
        page = self._page
        if page.context.role != "officer" or not self._lists:
            return False
        shown = page.list.table.shown_columns()
        return any(column.field.masked for column in shown)

    def _papers(self) -> tuple[Document, ...]:
        """Return the papers of the list, and those of the current record where there is one."""
        page = self._page
        shown = page.list.current()
        papers = papers_of(page.register)
        return papers if shown is None else papers + papers_of(page.register, shown)
