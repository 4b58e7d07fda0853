"""The page of the data subjects: the list, and each person as a page of her own."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut

from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Row, Service
from privdesk.registers.subjects.commands import PersonCommands
from privdesk.registers.subjects.view.person import PersonPage
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.openingpage import OpeningPage
from privdesk.ui.table.selection import rows_of
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import button

DESTROY = Action(
    "destroy",
    N_("Destroy"),
    "",
    states=("living", "held", "due"),
    bulk=True,
    danger=True,
    help=N_("Opens the procedure with these people; nothing is destroyed yet."),
)
"""Begins a destruction of the selected people; the procedure asks the rest."""


class SubjectsPage(OpeningPage):
    """The register's page; a person opened is a page of her own.

    A destruction begins on the page of the destructions: ``go("destructions", references)``.
    """

    def __init__(self, service: Service, context: PageContext, commands: PersonCommands) -> None:
        self.person: PersonPage | None = None
        self._kept: PersonPage | None = None  # made once: a caller should not wait for widgets
        super().__init__(service, context, button("", tip="Enter"))
        self._commands = commands
        self._come_back = ""
        on_language(self, self._name)

    def _name(self) -> None:
        self.go_in.setText(_("Open the person’s page"))

    # what the shell calls

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "people"

    def open_ref(self, ref: str) -> None:
        """Show one person."""
        self._show_person().open(ref)

    def opened(self) -> PersonPage | None:
        """Return the person on show."""
        return self.person

    def leave(self) -> bool:
        """Mask what is revealed before another page comes."""
        if self.person is not None:
            self.person.reveal.hide()
        return super().leave()

    def back(self) -> bool:
        """Mask a revealed person before leaving her page."""
        if self.person is not None and self.form is None and self.person.reveal.row is not None:
            self.person.reveal.hide()
            return True
        return super().back()

    def ask_reveal(self) -> None:
        """Reveal the person on show, or the current row."""
        if self.person is not None:
            self.person.ask_reveal()
        else:
            super().ask_reveal()

    # a person's page

    def show_list(self) -> None:
        """Show the list, or the person whose form was left."""
        back, self._come_back = self._come_back, ""
        if self.person is not None:
            self.person.reveal.hide()
        if self.person is not None or self.form is not None:
            self.faces.setCurrentWidget(self.split)  # what is on show would go: the page is kept
        self.person = None
        super().show_list()
        self.faces.setCurrentWidget(self.split)
        if back:
            self.open_ref(back)

    def _show_person(self) -> PersonPage:
        if self.person is not None:
            return self.person
        self.show_list()
        page = self._kept or self._made()
        self.person = page
        self.faces.setCurrentWidget(page)
        return page

    def _made(self) -> PersonPage:
        page = self._kept = PersonPage(self.service, self.context, self._commands)
        page.left.connect(self.show_list)
        page.changed.connect(lambda ref: self.list.reload(ref))
        page.edit_asked.connect(self._edit_person)
        page.destroy_asked.connect(lambda ref: self.context.go("destructions", ref))
        for keys, then in (("F4", self.ask_reveal), ("F2", page.ask_edit)):
            QShortcut(QKeySequence(keys), page, then)
        self.faces.addWidget(page)
        return page

    def _edit_person(self, shown: Row) -> None:
        self.show_list()
        self._come_back = shown.ref
        self._open_form(self.service).begin_edit(shown)

    # a destruction of many

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current person."""
        shown = self.list.current()
        found = super().fitting()
        if shown is None or not self.context.writes or shown.state not in DESTROY.states:
            return found
        return (*found, DESTROY)

    def _offer_bulk(self, size: int) -> None:
        if not self.context.writes:
            super()._offer_bulk(size)
            return
        known = [a for a in self.register.actions if a.bulk and self.context.role in a.roles]
        self.list.bulk.offer(size, [*known, DESTROY] if size > 1 else [])

    def start(self, action: Action) -> None:
        """Begin an action; a destruction goes on at its own page."""
        if action is not DESTROY:
            super().start(action)
            return
        view, selected = self.list.model.view, self.list.table.selected()
        if view is not None and selected:
            self.context.tasks.run(
                self,
                lambda: [r.ref for r in rows_of(view, selected) if r.state in DESTROY.states],
                done=lambda refs: self.context.go("destructions", " ".join(refs)),
                failed=self.flash.refuse,
            )
