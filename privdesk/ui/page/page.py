"""The page every register has: list, detail pane, forms, actions, import and export."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Action, Child, Document, Outcome, Register, Row, Service
from privdesk.ui import tokens
from privdesk.ui.importing.exportpage import ExportPage
from privdesk.ui.importing.importpage import ImportPage
from privdesk.ui.page import following
from privdesk.ui.page.acting import Actor, fitting
from privdesk.ui.page.changing import changeable
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.detail import DetailPane
from privdesk.ui.page.formpage import FormPage
from privdesk.ui.page.keys import bind
from privdesk.ui.page.listpane import ListPane
from privdesk.ui.page.offers import Offers
from privdesk.ui.page.reveal import Reveal, SecretClipboard
from privdesk.ui.widgets import FlashLine, column


class RegisterPage(QWidget):
    """The generic page of a register.

    The shell may call ``activated``, ``refresh`` (F5), ``back`` (Esc), ``open_ref`` and
    ``leave``; the lock calls ``draft`` and, after it, ``restore``.
    """

    def __init__(self, service: Service, context: PageContext) -> None:
        super().__init__()
        self._service = service
        self.context = context
        self.setProperty("plane", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = ListPane(service, context)
        self.detail = DetailPane(service, context)
        self.reveal = Reveal(service, context.tasks, self)
        self.clipboard = SecretClipboard(self)
        self.actor = Actor(service, context, self)
        self.form: FormPage | None = None
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.list)
        self.split.addWidget(self.detail)
        self.split.setStretchFactor(0, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setSizes([2 * tokens.DETAIL, tokens.DETAIL])
        self.detail.hide()
        self.faces = QStackedWidget()
        self.faces.addWidget(self.split)
        column(self, self.faces)
        self.flash = FlashLine(self)
        self.offers = Offers(self)
        self._connect()
        bind(self)

    def _connect(self) -> None:
        shown, pane = self.list, self.detail
        shown.current_changed.connect(self._show_current)
        shown.selection_changed.connect(self._offer_bulk)
        shown.failed.connect(self.flash.refuse)
        shown.told.connect(self.flash.tell)
        shown.tools.new_asked.connect(self.new)
        shown.nothing_yet.add_asked.connect(self.new)
        shown.nothing_yet.import_asked.connect(self.bring_in)
        shown.bulk.action_asked.connect(self.start)
        shown.table.opened.connect(lambda _position: self.show_detail())
        pane.edit_asked.connect(self.edit)
        pane.closed.connect(self._fold_detail)
        pane.reveal_asked.connect(self.ask_reveal)
        pane.bar.given.connect(self._reveal_for)
        pane.bar.hide_asked.connect(self.reveal.hide)
        pane.details.go.connect(self.context.go)
        pane.details.copied.connect(self._copy_secret)
        pane.children_tab.go.connect(self.context.go)
        pane.children_tab.add_asked.connect(self._add_child)
        pane.papers.asked.connect(self.issue)
        if self.context.reprint is not None:
            pane.papers.again_asked.connect(self.context.reprint)
        self.reveal.shown.connect(self._show_clear)
        self.reveal.hidden.connect(self._mask)
        self.reveal.ticked.connect(pane.bar.count)
        self.reveal.failed.connect(self.flash.refuse)
        self.actor.done.connect(self._done)
        self.actor.failed.connect(self.flash.refuse)

    # what the shell calls

    @property
    def register(self) -> Register:
        """Return the declaration of the register."""
        return self._service.register

    @property
    def service(self) -> Service:
        """Return the service of the register."""
        return self._service

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return self.register.help or self.register.name

    def activated(self) -> None:
        """Ask for the list when the page first comes into view, and again on each return."""
        self.refresh()
        self.list.focus_table()

    def refresh(self) -> None:
        """Look again."""
        self.list.reload()
        self.detail.look_again()

    def open_ref(self, ref: str) -> None:
        """Show one record."""
        self.show_list()
        self.list.go_to(ref)
        self.show_detail()

    def back(self) -> bool:
        """Step back from a form, a reveal, a selection or a filter; False when there is none."""
        if self.form is not None:
            self.form.form.cancel()
        elif self.faces.currentWidget() is not self.split:
            self.show_list()
        elif self.reveal.row is not None:
            self.reveal.hide()
        elif len(self.list.table.selectionModel().selectedRows(0)) > 1:
            self.list.table.clearSelection()
        elif self.list.narrowed:
            self.list.show_all()
        else:
            return False
        return True

    def leave(self) -> bool:
        """Whether the page may be left; a form with changes asks first."""
        self.reveal.hide()
        if self.form is not None and self.form.form.dirty:
            self.form.form.leave(self.show_list)
            return False
        return True

    def draft(self) -> dict[str, Any] | None:
        """Return an unfinished form as JSON holds it, or None."""
        if self.form is None or not self.form.form.dirty:
            return None
        return {"register": self.form.register, **self.form.form.draft()}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Open the form again that ``draft`` gave."""
        register, ref = (str(draft.get(name, "")) for name in ("register", "ref"))
        if (service := self._service_of(register)) is None:
            return
        if not ref:
            self._open_form(service).begin_new()
            self._restore_into(draft)
            return
        self.context.tasks.run(
            self,
            lambda: service.get(ref),
            done=lambda row: self._restore_edit(service, row, draft),
            failed=self.flash.refuse,
        )

    def _restore_edit(self, service: Service, row: Row, draft: Mapping[str, Any]) -> None:
        self._open_form(service).begin_edit(row)
        self._restore_into(draft)

    def _restore_into(self, draft: Mapping[str, Any]) -> None:
        if self.form is not None:
            self.form.form.restore(draft)

    def _service_of(self, register: str) -> Service | None:
        own = register in ("", self.register.name)
        return self._service if own else self.context.service_of(register)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5, F6 and Esc, which the shell has where the page does not want them."""
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        elif event.key() == Qt.Key.Key_F6 and self._next_pane():
            event.accept()
        elif event.key() != Qt.Key.Key_Escape or not self.back():
            super().keyPressEvent(event)

    def _next_pane(self) -> bool:
        """Go from the tools to the table and on to the detail pane; False after the last."""
        if self.faces.currentWidget() is not self.split:
            return False
        within: QWidget | None = self.focusWidget()
        if within is not None and self.list.tools.isAncestorOf(within):
            self.list.focus_table()
        elif within is not None and self.detail.isAncestorOf(within):
            return False
        elif self.detail.isVisible():
            self.detail.focus()
        else:
            return False
        return True

    # the detail pane

    def show_detail(self) -> None:
        """Open the pane beside the table."""
        self.detail.setVisible(self.detail.row is not None)
        self.context.preferences.put("detail", True)

    def _fold_detail(self) -> None:
        self.context.preferences.put("detail", False)
        self.detail.hide()
        self.list.focus_table()

    def _show_current(self, shown: Row | None) -> None:
        if self.reveal.row is not None and (shown is None or shown.ref != self.reveal.row.ref):
            self.reveal.hide()
        if shown is None:
            self.detail.hide()
            return
        clear = self.reveal.row is not None
        self.detail.bar.setVisible(clear)
        self.detail.show_row(shown, clear=clear)
        self.detail.setVisible(self.context.preferences.get("detail") is not False)
        self.offers.offer_record()

    def _offer_bulk(self, size: int) -> None:
        chosen = self.register.actions
        role = self.context.role
        actions = [a for a in chosen if a.bulk and role in a.roles] if size > 1 else []
        may = size > 1 and self.context.writes and self.register.creatable
        self.list.bulk.offer(size, actions, changeable(self._service) if may else ())

    # forms

    def new(self) -> None:
        """Open the form of a new record."""
        if self.register.creatable and self.context.writes:
            self._open_form(self._service).begin_new()

    def edit(self) -> None:
        """Open the form of the current record; what is masked stays masked."""
        shown = self.list.current()
        if shown is not None and self.context.writes and self.detail.edit.isEnabled():
            self._open_form(self._service).begin_edit(shown)

    def _add_child(self, child: Child, parent: str) -> None:
        service = self.context.service_of(child.register)
        if service is not None:
            self._open_form(service).begin_new({child.by: parent})

    def _open_form(self, service: Service) -> FormPage:
        self._close_form()
        self.form = FormPage(service, self.context)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self.show_list)
        self.show_face(self.form)
        return self.form

    def _saved(self, stored: Row, new: bool) -> None:
        own = self.form is not None and self.form.register == self.register.name
        words = _("{ref} added.") if new else _("{ref} saved.")
        self.show_list()
        if not new:
            self.list.model.replace(stored)
        self.list.reload(stored.ref if own else "")
        self.flash.tell(words.format(ref=stored.ref))

    def show_face(self, face: QWidget) -> None:
        """Show something in place of the list."""
        if self.faces.indexOf(face) < 0:
            self.faces.addWidget(face)
        self.faces.setCurrentWidget(face)

    def show_list(self) -> None:
        """Show the list again; what stood in its place goes."""
        self._close_form()
        face: QWidget = self.faces.currentWidget() or self.split
        if face is not self.split:
            self.faces.removeWidget(face)
            face.deleteLater()
        self.list.focus_table()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            self.faces.removeWidget(form)
            form.deleteLater()

    # reveal

    def ask_reveal(self) -> None:
        """Show the current record in the clear: at once for an open case, else with a reason."""
        shown = self.list.current()
        if shown is None or not (shown.masked or self.reveal.row):
            return
        self.show_detail()
        if self.reveal.row is not None:
            self.reveal.hide()
        elif case := self.context.open_case():
            self._reveal_for(case)
        else:
            self.detail.bar.ask()

    def _reveal_for(self, reason: str) -> None:
        shown = self.list.current()
        if shown is not None:
            self.reveal.ask(shown.ref, reason)

    def _show_clear(self, row: Row) -> None:
        self.list.model.reveal(row)
        self.detail.show_row(row, clear=True)

    def _mask(self, _ref: str) -> None:
        self.list.model.conceal()
        self.detail.bar.hide()
        shown = self.list.current()
        if shown is not None:
            self.detail.show_row(shown)

    def _copy_secret(self, text: str) -> None:
        self.clipboard.put(text)
        self.flash.tell(_("Copied; the clipboard is cleared in 30 seconds."), "soon")

    # actions, papers, lists in and out

    def start(self, action: Action) -> None:
        """Begin an action on the selected rows, or on the current one."""
        selected, view = self.list.table.selected(), self.list.model.view
        shown = self.list.current()
        if view is not None and action.bulk and selected:
            self.actor.start_on(action, view, selected)
        elif shown is not None:
            self.actor.start(action, [shown])

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current record."""
        shown = self.list.current()
        return fitting(self.register, [shown], self.context.role) if shown else ()

    def _done(self, outcome: Outcome) -> None:
        self.reveal.hide()
        self.refresh()
        following.tell(self.flash, outcome, self.context)

    def issue(self, document: Document, ref: str = "") -> None:
        """Print a paper of a record, or of the list."""
        if self.context.issue is not None:
            self.context.issue(self.register, document, None if document.of_list else ref)

    def bring_in(self, path: Path | None = None) -> None:
        """Open the import page."""
        make, context = self.context.importer, self.context
        if make is None or not self.register.importable or not self.context.writes:
            return
        page = ImportPage(
            self.register, make(self._service), context.tasks, context.today(), context.service_of
        )
        page.left.connect(self.show_list)
        page.imported.connect(lambda: self.list.reload())
        self.show_list()
        self.show_face(page)
        if path is not None:
            page.open(path)

    def paste(self) -> None:
        """Open the import page with a range from a spreadsheet."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.bring_in()
            page = self.faces.currentWidget()
            if isinstance(page, ImportPage):
                page.paste(text)

    def take_out(self) -> None:
        """Open the export page for what the list shows."""
        make = self.context.exporter
        if make is None:
            return
        pane, today = self.list, self.context.today()
        page = ExportPage(self._service, make(self._service), self.context.tasks, pane.query, today)
        page.tell_size(pane.model.rowCount(), pane.view_name)
        page.left.connect(self.show_list)
        page.exported.connect(self._exported)
        self.show_list()
        self.show_face(page)

    def _exported(self, sentence: str) -> None:
        self.show_list()
        self.flash.tell(sentence)
