"""A register whose records ask questions: those of one are answered all on one page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from privdesk.core.register import Action, Outcome, Service
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.questions.asked import Answering, Asked
from privdesk.ui.questions.page import AnswerPage

DRAFT = "answers"  # what a draft of answers is told from one of a form by


class QuestionsPage(RegisterPage):
    """The register's page; a record that ``ANSWER`` fits opens as a page of questions."""

    ANSWER: ClassVar[Action]

    def __init__(self, service: Service, context: PageContext, commands: Answering) -> None:
        self._answering = commands
        self.answers: AnswerPage | None = None
        super().__init__(service, context)

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current record."""
        found = super().fitting()
        return (self.ANSWER, *found) if self._fits() else found

    def start(self, action: Action) -> None:
        """Begin an action on the selected records, or on the current one."""
        if action is self.ANSWER:
            self._answer_current()
        else:
            super().start(action)

    def answer(self, ref: str, given: Mapping[str, Any] | None = None) -> None:
        """Show the questions of a record; ``given`` are answers from before a lock."""
        self.context.tasks.run(
            self,
            lambda: self._answering.asked(ref),
            done=lambda asked: self._show(asked, given),
            failed=self.flash.refuse,
        )

    def back(self) -> bool:
        """Record the answers and go back; from anywhere else as every page does."""
        if self.answers is not None:
            self.answers.record()
            return True
        return super().back()

    def leave(self) -> bool:
        """Whether the page may be left; answers that are not recorded hold it."""
        if self.answers is not None and self.answers.dirty:
            self.answers.record()
            return False
        return super().leave()

    def draft(self) -> dict[str, Any] | None:
        """Return answers that are not recorded yet, else an unfinished form."""
        if self.answers is not None and self.answers.dirty:
            return {DRAFT: self.answers.asked.ref, "given": self.answers.answers()}
        return super().draft()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Open the questions or the form again that ``draft`` gave."""
        if DRAFT in draft:
            self.answer(str(draft[DRAFT]), draft)
        else:
            super().restore(draft)

    def show_list(self) -> None:
        """Show the list again; what stood in its place goes."""
        self.answers = None
        super().show_list()

    def _fits(self) -> bool:
        shown = self.list.current()
        may = self.context.role in self.ANSWER.roles
        return shown is not None and may and self.ANSWER.fits(shown)

    def _answer_current(self) -> None:
        shown = self.list.current()
        if shown is not None and self._fits():
            self.answer(shown.ref)

    def _show(self, asked: Asked, given: Mapping[str, Any] | None) -> None:
        self.show_list()
        self.answers = page = AnswerPage(asked, self.context, self._answering)
        page.left.connect(self.show_list)
        page.recorded.connect(self._recorded)
        self.show_face(page)
        if given is not None:
            page.take(given["given"])
        page.table.setFocus()

    def _recorded(self, outcome: Outcome) -> None:
        self.show_list()
        self._done(outcome)
