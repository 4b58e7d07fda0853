"""What a page offers in its menus, and how the menus come up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from privdesk.core.i18n import _
from privdesk.core.register import Action, Register
from privdesk.ui.page.acting import TAKE_OUT
from privdesk.ui.page.menus import add_actions, add_papers, emptied, entry, next_step, papers_of
from privdesk.ui.page.printing import Printing
from privdesk.ui.page.viewsmenu import ViewsMenu
from privdesk.ui.table.cells import new_words
from privdesk.ui.theme import on_language

if TYPE_CHECKING:
    from privdesk.ui.page.page import RegisterPage


class Offers(QObject):
    """Fills the menus each time they are about to open."""

    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self._page = page
        self.printing = Printing(page)
        self.views = ViewsMenu(page.list.saved, page.context, page, page.register.views)
        self.views.chosen.connect(page.list.apply)
        self.views.save_asked.connect(self._save_view)
        tools = page.list.tools
        self._lists = {
            tools.more: QMenu(page),
            tools.columns: QMenu(page),
            tools.views: QMenu(page),
        }
        for tool, menu in self._lists.items():
            tool.setMenu(menu)
        self._lists[tools.more].aboutToShow.connect(self._fill_more)
        self._lists[tools.columns].aboutToShow.connect(self._fill_columns)
        self._lists[tools.views].aboutToShow.connect(self._fill_views)
        tools.filter.clicked.connect(self._open_filters)
        page.list.table.menu_asked.connect(self.open_row_menu)
        on_language(page, self._speak)

    def _speak(self) -> None:
        if self._page.detail.row is not None:
            self.offer_record()

    # of a record

    def start(self, action: Action) -> None:
        """Begin an action if it fits what is selected."""
        if action.bulk or action in self._page.fitting():
            self._page.start(action)

    def offer_record(self) -> None:
        """Offer in the pane what can be done to the record there, the next step in front."""
        page, menu = self._page, self.more_of_record()
        shown = page.detail.row
        known = (page.fitting(), page.start, menu)
        page.detail.offer(menu, next_step(page.register, shown, *known) if shown else None)

    def more_of_record(self) -> QMenu:
        """Return what can be done to the current record beside Edit and Reveal."""
        menu = QMenu(self._page)
        self._add_deeds(menu)
        return menu

    def open_row_menu(self, at: QPoint) -> None:
        """Show the menu of the current row."""
        menu = self.row_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def row_menu(self) -> QMenu:
        """Return everything that can be done to the current row or the selected ones."""
        page, menu = self._page, QMenu(self._page)
        shown = page.list.current()
        if shown is None:
            return menu
        editable = page.context.writes and page.detail.edit.isEnabled()
        menu.addAction(entry(menu, _("Edit"), "F2", page.edit, on=editable))
        clear = bool(shown.masked) or page.reveal.row is not None
        words = _("Mask again") if page.reveal.row is not None else _("Reveal")
        menu.addAction(entry(menu, words, "F4", page.ask_reveal, on=clear))
        menu.addSeparator()
        self._add_deeds(menu)
        menu.addSeparator()
        menu.addAction(entry(menu, _("Copy as table"), "Ctrl+C", page.list.copy))
        return menu

    def _add_deeds(self, menu: QMenu) -> None:
        page = self._page
        add_actions(menu, page.fitting(), page.start)
        shown = page.list.current()
        papers = papers_of(page.register, shown) if shown is not None else ()
        if papers and page.context.issue is not None:
            menu.addSeparator()
            add_papers(menu.addMenu(_("Print")), papers, self.printing.issue)
        may = page.context.writes and page.register.creatable and page.detail.edit.isEnabled()
        if may and (shown is None or _goes_out(page.register, shown.state)):
            menu.addSeparator()
            add_actions(menu, [TAKE_OUT], page.start)

    # of the list

    def _fill_more(self) -> None:
        page, menu = self._page, self._lists[self._page.list.tools.more]
        emptied(menu)
        context, register = page.context, page.register
        may_import = context.importer is not None and register.importable and context.writes
        if context.writes and (register.creatable or register.begin):
            menu.addAction(entry(menu, new_words(register), "Ctrl+N", page.new))
            menu.addSeparator()
        menu.addAction(entry(menu, _("Import…"), "", page.bring_in, on=may_import))
        paste = _("Paste from a spreadsheet")
        menu.addAction(entry(menu, paste, "Ctrl+V", page.paste, on=may_import))
        export = entry(menu, _("Export…"), "Ctrl+E", page.take_out, on=context.exporter is not None)
        menu.addAction(export)
        for text, then in getattr(page, "further", tuple)():  # of a register’s own page
            menu.addAction(text, then)
        menu.addSeparator()
        menu.addAction(entry(menu, _("Print…"), "Ctrl+P", self.printing.ask, on=self.printing.on))
        menu.addSeparator()
        menu.addAction(entry(menu, _("Filter"), "Ctrl+F", page.list.tools.search.line.setFocus))
        menu.addAction(entry(menu, _("Copy as table"), "Ctrl+C", page.list.copy))
        menu.addAction(entry(menu, _("Look again"), "F5", page.refresh))
        if page.detail.row is not None and page.detail.isHidden():
            menu.addAction(entry(menu, _("Show the pane"), "Enter", page.show_detail))

    def _fill_columns(self) -> None:
        menu = self._lists[self._page.list.tools.columns]
        emptied(menu)
        self._page.list.table.fill_columns_menu(menu)

    def _fill_views(self) -> None:
        menu = self._lists[self._page.list.tools.views]
        emptied(menu)
        self.views.fill(menu, self._page.list.filters.fields)

    def _open_filters(self) -> None:
        button = self._page.list.tools.filter
        menu = self._page.list.filters.menu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _save_view(self, name: str) -> None:
        self._page.list.keep_view(name)
        self._page.flash.tell(_("View “{name}” saved.").format(name=name))


def _goes_out(register: Register, state: str) -> bool:
    """Whether a record is taken out of use here, if only as entered by mistake."""
    return register.may_void(state) or register.may_strike(state)
