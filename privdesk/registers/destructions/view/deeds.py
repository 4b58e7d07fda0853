"""What is done on the page: signed, run, answered, printed; each on the database thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, current, ngettext
from privdesk.core.register import Action, Outcome
from privdesk.registers.destructions.commands import Answer, IssuedPaper
from privdesk.ui.page.acting import Actor
from privdesk.ui.preview import Drafted, Issued, Make, Refused, Sheet, show_draft
from privdesk.ui.progress import Progress

if TYPE_CHECKING:
    from privdesk.registers.destructions.view.case import CasePage


class Deeds(QObject):
    """Asks the commands for what the steps want, and shows what came of it."""

    def __init__(self, page: CasePage) -> None:
        super().__init__(page)
        self._page = page
        self.running: Progress | None = None
        self._orders = page.context.service_of("orders")
        self.actor: Actor | None = None
        if self._orders is not None:
            self.actor = Actor(self._orders, page.context, page)
            self.actor.done.connect(self._acted)
            self.actor.failed.connect(page.flash.refuse)

    def request(self) -> None:
        """Sign the request."""
        scope, why = self._page.chooser.scope(), self._page.chooser.why_text()
        self._page.places.request.setEnabled(False)
        self._page.context.tasks.run(
            self._page,
            lambda: self._page.commands.request(scope, why),
            done=self._requested,
            failed=self._not_requested,
        )

    def _requested(self, ref: str) -> None:
        self._page.places.request.setEnabled(True)
        self._page.moved.emit(ref)
        self._page.open(ref)
        self._page.flash.tell(_("Destruction {ref} is requested.").format(ref=ref))

    def _not_requested(self, error: DomainError) -> None:
        self._page.places.request.setEnabled(True)
        self._page.places.refuse(error)

    def approve(self) -> None:
        """Sign as the second officer."""
        ref = self._page.ref
        self._page.context.tasks.run(
            self._page,
            lambda: self._page.commands.approve(ref),
            done=lambda _none: self._approved(),
            failed=self._not_approved,
        )

    def _approved(self) -> None:
        self._page.moved.emit(self._page.ref)
        self._page.flash.tell(_("{ref} is approved.").format(ref=self._page.ref))
        self._page.open(self._page.ref)

    def _not_approved(self, error: DomainError) -> None:
        self._page.approval.approve.setEnabled(True)
        self._page.approval.refuse(error)

    def execute(self, custody: Path, witness: str) -> None:
        """Run it; the page stays on the stages until it has ended."""
        ref = self._page.ref
        people = self._page.standing.content.people if self._page.standing else 0
        title = ngettext("Destroying {n} person", "Destroying {n} people", people)
        self.running = self._page.context.tasks.long(
            self._page,
            lambda progress: self._page.commands.execute(ref, custody, witness, progress),
            title=title,
            done=self._executed,
            failed=self._stopped,
        )
        self._page.execution.watch(self.running)

    def _executed(self, _done: tuple[str, str, IssuedPaper]) -> None:
        self.running = None
        self._page.execution.end()
        self._page.moved.emit(self._page.ref)
        self._page.load(self._page.ref, then=self._page.land)

    def _stopped(self, error: DomainError) -> None:
        self.running = None
        self._page.execution.end()
        self._page.moved.emit(self._page.ref)
        self._page.load(self._page.ref, then=lambda _standing: self._page.execution.refuse(error))

    def enter_answer(self, answer: Answer) -> None:
        """Enter what a place answered."""
        ref = self._page.ref
        self._page.context.tasks.run(
            self._page,
            lambda: self._page.commands.place(ref, answer),
            done=lambda _none: self._answered(answer),
            failed=lambda error: self._not_answered(answer, error),
        )

    def _answered(self, answer: Answer) -> None:
        self._page.moved.emit(self._page.ref)
        self._page.flash.tell(_("The answer is entered."))
        self._page.reload()

    def _not_answered(self, answer: Answer, error: DomainError) -> None:
        for card in (*self._page.places.cards, *self._page.certificate.cards):
            if card.form is not None and card.order.place == answer.place:
                card.form.refuse(error)

    def act_on_order(self, action: Action, order: str) -> None:
        """Accept another number, or sign that a copy is lost; asks for the reason first."""
        actor, orders = self.actor, self._orders
        if actor is not None and orders is not None:
            self._page.context.tasks.run(
                self._page,
                lambda: orders.get(order),
                done=lambda row: actor.start(action, [row]),
                failed=self._page.flash.refuse,
            )

    def _acted(self, outcome: Outcome) -> None:
        self._page.flash.tell(outcome.message)
        self._page.context.tasks.run(
            self._page,
            self._page.commands.settle,
            done=lambda _none: self._settled(),
            failed=self._page.flash.refuse,
        )

    def _settled(self) -> None:
        self._page.moved.emit(self._page.ref)
        self._page.reload()

    def issue_certificate(self, language: str) -> None:
        """Issue the certificate in the state reached."""
        ref = self._page.ref
        self._page.context.tasks.run(
            self._page,
            lambda: self._page.commands.print("d1", ref, language),
            done=lambda _paper: self._page.load_certificate(),
            failed=self._page.flash.refuse,
        )

    def print_paper(self, code: str, ref: str) -> None:
        """Show a paper; it is issued when it goes out, and an order counts as sent then."""
        page = self._page

        def make(work: Callable[[str, str, str], IssuedPaper], issues: bool) -> Make:
            def run(language: str, done: Issued, failed: Refused) -> None:
                def made(paper: IssuedPaper) -> None:
                    name = paper.number if issues else paper.title
                    done(Sheet(paper.data, paper.title, f"{name}.pdf"))
                    if issues:
                        page.reload()

                page.context.tasks.run(
                    page, lambda: work(code, ref, language), done=made, failed=failed
                )

            return run

        commands = page.commands
        drafted = Drafted(current(), make(commands.print, True), make(commands.draft, False))
        show_draft(drafted, page.window(), page.flash.refuse)
