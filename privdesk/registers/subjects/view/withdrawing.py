"""Withdrawing a person's consents from her page: choose, see what happens, do it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.register import Outcome
from privdesk.registers.subjects.commands import PersonCommands
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.plan import ShownPlan
from privdesk.ui.page.plandialog import PlanDialog


class Withdrawing(QObject):
    """One dialog with the plan for all consents in force."""

    done = Signal(object)  # Outcome
    failed = Signal(object)  # DomainError

    def __init__(self, commands: PersonCommands, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._commands, self._context, self._page = commands, context, page
        self.dialog: PlanDialog | None = None

    def begin(self, ref: str) -> None:
        """Ask what withdrawing everything of a person would do, and show it."""

        def look() -> tuple[Sequence[str], ShownPlan]:
            refs = self._commands.standing(ref)
            return refs, self._commands.plan(refs)

        self._context.tasks.run(
            self, look, done=lambda found: self._ask(*found), failed=self.failed.emit
        )

    def _ask(self, refs: Sequence[str], plan: ShownPlan) -> None:
        consents = self._context.service_of("consents")
        action = consents.register.action("withdraw") if consents is not None else None
        asks = (*(action.asks if action is not None else ()), *plan.asks)
        context = self._context
        dialog = PlanDialog(plan, asks, context.tasks, context.service_of, self._page, choices=refs)
        self.dialog = dialog
        dialog.on_submit(lambda values: self._withdraw(dialog, values))
        dialog.chosen_changed.connect(lambda: self._again(dialog))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _again(self, dialog: PlanDialog) -> None:
        """Ask again for the consents that are ticked now."""
        refs = dialog.chosen()
        self._context.tasks.run(
            dialog,
            lambda: self._commands.plan(refs),
            done=dialog.show_plan,
            failed=dialog.refused,
            latest="plan",
        )

    def _closed(self) -> None:
        self.dialog = None

    def _withdraw(self, dialog: PlanDialog, values: dict[str, object]) -> None:
        refs = dialog.chosen()

        def finished(outcome: Outcome) -> None:
            dialog.accept()
            self.done.emit(outcome)

        self._context.tasks.run(
            self,
            lambda: self._commands.withdraw(refs, values),
            done=finished,
            failed=dialog.refused,
        )
