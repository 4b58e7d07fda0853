"""The page of the destructions: the list, and each destruction's procedure as a full page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from privdesk.core import references
from privdesk.core.i18n import _
from privdesk.core.register import Outcome, Row, Service
from privdesk.registers.destructions.commands import DestructionCommands, part_of
from privdesk.registers.destructions.view.case import CasePage
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.openingpage import OpeningPage
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import primary_button


class DestructionPage(OpeningPage):
    """The register's page; opening a destruction lands on its present step.

    ``open_ref`` takes a destruction or an order; of a file, a person or a holding (several
    parted by spaces) it begins a new destruction. ``begin`` is what the desk's tasks call.
    """

    def __init__(
        self, service: Service, context: PageContext, commands: DestructionCommands
    ) -> None:
        super().__init__(service, context, primary_button("", tip="Enter"))
        self._commands = commands
        self.case: CasePage | None = None
        self.list.loaded.connect(lambda _count, total: self._offer_new(total))
        self.list.nothing_yet.add.setVisible(context.writes)
        self.list.nothing_yet.add.show_icon("shred")
        self.list.tools.new.show_icon("shred")
        on_language(self, self._name)

    def _name(self) -> None:
        self.go_in.setText(_("Open the procedure"))

    def _offer_new(self, total: int) -> None:
        self.list.tools.new.setVisible(self.context.writes and total > 0)

    # what the shell calls

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "destruction"

    def open_ref(self, ref: str) -> None:
        """Show a destruction at its present step, or begin one of what ``ref`` names."""
        prefix = references.parse(ref.split(maxsplit=1)[0])[0]
        if prefix == "D" and self.case is not None and self.case.ref == ref:
            self.case.open(ref)
        elif prefix == "D":
            self._show_case().open(ref)
        elif prefix == "O":
            self._open_order(ref)
        elif prefix == "F":
            self._show_case().begin_file(ref)
        else:
            self.open_new(ref.split())

    def begin(self, action: str) -> None:
        """Begin what a task asks for (see ``findings.targets``).

        Steps of a destruction are its present ones anyway.
        """
        asked, _colon, of = action.partition(":")
        if asked == "request-file" and self.context.writes:
            self._show_case().begin_file(of)
        elif asked == "request-due" and of and self.context.writes:
            self._show_case().begin_due(self.context.today(), part_of(of))
        elif asked in ("new", "due", "request-due"):
            self.new()

    def new(self) -> None:
        """Begin with everything that is due today."""
        if self.context.writes:
            self._show_case().begin_due(self.context.today())

    def open_new(self, refs: Sequence[str] = ()) -> None:
        """Begin with chosen people or holdings; without any, with what is due."""
        if refs and self.context.writes:
            self._show_case().begin_people(refs)
        else:
            self.new()

    def opened(self) -> CasePage | None:
        """Return the procedure on show."""
        return self.case

    def draft(self) -> dict[str, Any] | None:
        """Return an unfinished form or an unrequested set, as JSON holds it."""
        if self.case is not None and (kept := self.case.draft()) is not None:
            return {"set": dict(kept)}
        return super().draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if "set" in draft:
            case = self._show_case()
            case.begin_due(self.context.today())
            case.chooser.restore(draft["set"])
        else:
            super().restore(draft)

    # the procedure

    def show_list(self) -> None:
        """Show the list again; while a destruction runs its stages stay in sight."""
        if self._busy():
            return
        self.case = None
        super().show_list()

    def _busy(self) -> bool:
        busy = self.case is not None and self.case.deeds.running is not None
        if busy:
            self.flash.tell(_("A destruction is running; its stages stay in sight."), "soon")
        return busy

    def _show_case(self) -> CasePage:
        if self.case is not None and self._busy():
            return self.case
        self.show_list()
        self.case = CasePage(self.context, self._commands)
        self.case.left.connect(self.show_list)
        self.case.moved.connect(lambda ref: self.list.reload(ref))
        self.case.cancel_asked.connect(self._cancel)
        self.show_face(self.case)
        return self.case

    def _open_order(self, order: str) -> None:
        self.context.tasks.run(
            self,
            lambda: self._commands.destruction_of(order),
            done=self.open_ref,
            failed=self.flash.refuse,
        )

    def _cancel(self, ref: str) -> None:
        action = self.register.action("cancel")
        if action is not None:
            self.context.tasks.run(
                self,
                lambda: self.service.get(ref),
                done=lambda shown: self.actor.start(action, [shown]),
                failed=self.flash.refuse,
            )

    def _done(self, outcome: Outcome) -> None:
        super()._done(outcome)
        if self.case is not None:
            self.case.open(self.case.ref)

    def _show_current(self, shown: Row | None) -> None:
        super()._show_current(shown)
        self.opener.setVisible(shown is not None)
