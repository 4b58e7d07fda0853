"""One person as a page: header, items, one time line, holdings; a grey card once destroyed."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Document, Outcome, Row, Service
from privdesk.registers.subjects.commands import Person, PersonCommands
from privdesk.registers.subjects.view.consents import ConsentPanel
from privdesk.registers.subjects.view.header import PersonHeader
from privdesk.registers.subjects.view.holdings import HoldingColumn
from privdesk.registers.subjects.view.items import WIDTH as LEFT
from privdesk.registers.subjects.view.items import ItemColumn
from privdesk.registers.subjects.view.timeline import TimeLine
from privdesk.registers.subjects.view.tombstone import Tombstone
from privdesk.registers.subjects.view.withdrawing import Withdrawing
from privdesk.ui.page import following
from privdesk.ui.page.acting import Actor
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.filedeed import FileDeed
from privdesk.ui.page.flash import PageFlash
from privdesk.ui.page.receipts import KINDS, OUT
from privdesk.ui.page.reveal import Reveal, SecretClipboard
from privdesk.ui.widgets import Hairline, Plane, column, row

NEW_REQUEST, THE_CALLER = N_("New request"), N_("This is the caller")
_UPRIGHT = Qt.Orientation.Vertical


class PersonPage(Plane):
    """Everything about one person, masked until it is revealed with a reason."""

    left = Signal()
    changed = Signal(str)
    edit_asked = Signal(object)  # Row
    destroy_asked = Signal(str)

    def __init__(self, service: Service, context: PageContext, commands: PersonCommands) -> None:
        super().__init__("ground")
        self._service, self._context, self._commands = service, context, commands
        self.person: Person | None = None
        holdings = context.service_of("holdings")
        self.header = PersonHeader(service.register, context.today, writes=context.writes)
        self.items = ItemColumn()
        self.time = TimeLine()
        papers = service.register.documents if context.issue is not None else ()
        self.consents = ConsentPanel(commands, context.tasks, context.today, papers)
        register = holdings.register if holdings is not None else None
        self.holdings = HoldingColumn(register, context.role, context.today)
        self.stone = Tombstone()
        self.reveal = Reveal(service, context.tasks, self)
        self.clipboard = SecretClipboard(self)
        self.actor = Actor(holdings, context, self) if holdings is not None else None
        body, left = Plane(), Plane()
        left.setFixedWidth(LEFT)
        column(left, self.items, Hairline(), self.consents, gap=0).setStretch(0, 1)
        columns = row(body, left, Hairline(_UPRIGHT), self.time, gap=0)
        columns.addWidget(Hairline(_UPRIGHT))
        columns.addWidget(self.holdings)
        columns.setStretch(2, 1)
        self.faces = QStackedWidget()
        self.faces.addWidget(body)
        self.faces.addWidget(self.stone)
        column(self, self.header, Hairline(), self.faces, gap=0).setStretch(2, 1)
        self.flash = PageFlash(self)
        self.withdrawing = Withdrawing(commands, context, self)
        self.deed = FileDeed(context, self)
        self._connect()

    def _connect(self) -> None:
        head = self.header
        head.back.clicked.connect(lambda _on=False: self.left.emit())
        head.reveal.clicked.connect(lambda _on=False: self.ask_reveal())
        head.edit.clicked.connect(lambda _on=False: self.ask_edit())
        head.erase.clicked.connect(lambda _on=False: self.destroy_asked.emit(self.ref))
        head.bar.given.connect(self._reveal_for)
        head.bar.hide_asked.connect(self.reveal.hide)
        head.withdraw.clicked.connect(lambda _on=False: self.withdrawing.begin(self.ref))
        self.consents.go.connect(self._context.go)
        self.consents.failed.connect(self.flash.refuse)
        self.consents.print_asked.connect(self._print)
        self.consents.receipts_asked.connect(self._write_receipts)
        self.deed.done.connect(self._acted)
        self.withdrawing.done.connect(self._acted)
        self.withdrawing.failed.connect(self.flash.refuse)
        self.items.copied.connect(self._copy)
        self.time.go.connect(self._context.go)
        self.holdings.go.connect(self._context.go)
        self.stone.go.connect(self._context.go)
        self.holdings.act_asked.connect(self._act)
        self.holdings.why_asked.connect(self._explain_day)
        head.request.clicked.connect(lambda _on=False: self.ask_request())
        self._context.on_case(self._case_changed)
        self.reveal.shown.connect(self._show_clear)
        self.reveal.hidden.connect(self._mask)
        self.reveal.ticked.connect(head.bar.count)
        self.reveal.failed.connect(self.flash.refuse)
        if self.actor is not None:
            self.actor.done.connect(self._acted)
            self.actor.failed.connect(self.flash.refuse)

    # what is on show

    @property
    def ref(self) -> str:
        """Return the person's reference."""
        return self.person.row.ref if self.person else ""

    def open(self, ref: str) -> None:
        """Show a person."""
        self.reveal.hide()
        self._context.tasks.run(
            self,
            lambda: self._commands.person(ref),
            done=self._show,
            failed=self._explain,
            latest="person",
        )

    def reload(self) -> None:
        """Look again."""
        if self.ref:
            self.open(self.ref)

    def changeEvent(self, event: QEvent) -> None:
        """Ask again in the new language: purposes and items have names in both."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.reveal.row is None:
            self.reload()

    def _show(self, person: Person) -> None:
        self.person = person
        gone = person.row.state == "destroyed"
        self.faces.setCurrentIndex(1 if gone else 0)
        self.header.show_row(person.row, person.fields)
        if gone:
            self.stone.show_person(person)
            return
        self._offer()
        self.items.show_person(person, person.fields)
        self.consents.open(person.row.ref)
        self.time.show_happenings(person.happenings)
        self.holdings.show_holdings(person.holdings)

    def _explain(self, error: DomainError) -> None:
        self.flash.refuse(error)

    # in the clear

    def ask_reveal(self) -> None:
        """Show the person in the clear: at once for an open case, else with a reason."""
        if self.person is None or not (self.person.row.masked or self.reveal.row):
            return
        if self.reveal.row is not None:
            self.reveal.hide()
        elif (case := self._context.open_case()) and self._is_about_her():
            self._reveal_for(case)
        elif case:
            words = _("The case {ref} is about somebody else, so this look needs its own reason.")
            self.header.bar.ask(words.format(ref=case))
        else:
            self.header.bar.ask()

    def _is_about_her(self) -> bool:
        """Whether the case at hand is about this person, or about nobody known yet."""
        return self._context.case_person() in ("", self.ref)

    def _reveal_for(self, why: str) -> None:
        if self.ref:
            self.reveal.ask(self.ref, why)

    def _show_clear(self, shown: Row) -> None:
        if self.person is not None and shown.ref == self.ref:
            self.items.show_values(shown)
            self.header.show_row(shown, self.person.fields, clear=True)

    def _mask(self, _ref: str) -> None:
        self.header.bar.hide()
        if self.person is not None:
            self.items.show_values(self.person.row)
            self.header.show_row(self.person.row, self.person.fields)

    def _copy(self, text: str) -> None:
        self.clipboard.put(text)
        self.flash.tell(_("Copied; the clipboard is cleared in 30 seconds."), "soon")

    # what is done

    def ask_request(self) -> None:
        """Begin the case of this person, or say that she is the caller of the one at hand."""
        begin, connect = self._context.new_request, self._context.connect_case
        if self._waits_for_a_person() and connect is not None:
            connect(self.ref)
        elif begin is not None:
            begin(self.ref)

    def _waits_for_a_person(self) -> bool:
        return bool(self._context.open_case()) and not self._context.case_person()

    def _offer(self) -> None:
        """Say what the header's buttons do for this person and this case."""
        person = self.person
        if person is None or person.row.state == "destroyed":
            return
        text = THE_CALLER if self._waits_for_a_person() else NEW_REQUEST
        self.header.offer(text if self._context.new_request is not None else "")

    def _case_changed(self) -> None:
        """Another case is at hand, or none: what was revealed for it is masked again."""
        self.reveal.hide()
        self._offer()
        self.reload()

    def _explain_day(self, register: str, ref: str) -> None:
        if self._context.explain is not None:
            self._context.explain(register, ref)

    def ask_edit(self) -> None:
        """Ask for the person's form."""
        if self.person is not None:
            self.edit_asked.emit(self.person.row)

    def _print(self, paper: Document) -> None:
        if self._context.issue is not None and self.ref:
            self._context.issue(self._service.register, paper, self.ref)

    def _write_receipts(self) -> None:
        work = partial(self._commands.receipts_out, ref=self.ref)
        self.deed.write(OUT, f"{self.ref}.json", KINDS, work)

    def _act(self, action: Action, holding: Any) -> None:
        if self.actor is not None:
            self.actor.start(action, [holding])

    def _acted(self, outcome: Outcome) -> None:
        self.changed.emit(self.ref)
        self.reload()
        following.tell(self.flash, outcome, self._context)
