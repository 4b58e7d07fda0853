"""Doing an action of the register: to which records, after which questions, with what answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Action, Outcome, Register, Row, Service, View
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.changing import CHANGE
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.oncedialog import OnceDialog
from privdesk.ui.page.plan import ShownPlan
from privdesk.ui.page.plandialog import PlanDialog
from privdesk.ui.table.cells import VOID
from privdesk.ui.table.selection import rows_of

TAKE_OUT = Action(
    "void",
    N_("Take out of use"),
    "void",
    asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
    bulk=True,
    danger=True,
    help=N_("The record stays and is marked; nothing is deleted."),
)
"""What every register can do; the service has a method of its own for it."""


class NoneFitsError(DomainError):
    """None of the chosen records is in a state that allows this. Nothing was changed; choose
    others.
    """


@dataclass(frozen=True)
class Chosen:
    """Which records an action is for, and how many of the selection do not fit."""

    refs: tuple[str, ...]
    skipped: int = 0


def fitting(register: Register, rows: Sequence[Row], role: str) -> tuple[Action, ...]:
    """Return the actions that fit at least one of some rows: all of them for a single row."""
    single = len(rows) == 1
    return tuple(
        action
        for action in register.actions
        if role in action.roles
        and (single or action.bulk)
        and any(_fits(action, row) for row in rows)
    )


def _fits(action: Action, row: Row) -> bool:
    return row.state != VOID.key and action.fits(row)


def choose(action: Action, rows: Sequence[Row]) -> Chosen:
    """Return which of some rows an action is for."""
    refs = tuple(row.ref for row in rows if _fits(action, row))
    return Chosen(refs, len(rows) - len(refs))


class Actor(QObject):
    """Asks, does, and tells what came of it."""

    done = Signal(object)  # Outcome
    failed = Signal(object)  # DomainError

    def __init__(self, service: Service, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._service = service
        self._context = context
        self._page = page
        self.dialog: ActionDialog | PlanDialog | None = None
        self.once: OnceDialog | None = None

    def start(self, action: Action, rows: Sequence[Row]) -> None:
        """Begin an action on some rows."""
        self._begin(action, choose(action, rows))

    def start_on(self, action: Action, view: View, selected: tuple[tuple[int, int], ...]) -> None:
        """Begin an action on selected positions; the rows are read beside the UI thread."""
        self._context.tasks.run(
            self,
            lambda: choose(action, rows_of(view, selected)),
            done=lambda chosen: self._begin(action, chosen),
            failed=self.failed.emit,
        )

    def _begin(self, action: Action, chosen: Chosen) -> None:
        if not chosen.refs:
            self.failed.emit(NoneFitsError())
        elif action.paper and self._context.issue is not None:
            self._preview(action, chosen.refs[0])
        elif action.plan and self._context.plan is not None:
            self._plan(action, chosen)
        elif action.asks or action.danger:
            self._ask(action, chosen)
        else:
            self._act(action, chosen, {}, None)

    def _preview(self, action: Action, ref: str) -> None:
        register = self._service.register
        issue = self._context.issue
        for document in register.documents:
            if document.code == action.paper and issue is not None:
                issue(register, document, ref)

    def _plan(self, action: Action, chosen: Chosen) -> None:
        """Show what the action would do; it is done with what is ticked there."""
        plan_of = self._context.plan
        assert plan_of is not None
        self._context.tasks.run(
            self,
            lambda: plan_of(action.name, chosen.refs, None),
            done=lambda plan: self._show_plan(action, chosen, plan),
            failed=self.failed.emit,
        )

    def _show_plan(self, action: Action, chosen: Chosen, plan: ShownPlan) -> None:
        context, plan_of = self._context, self._context.plan
        choices = [one for one, _name in plan.choices]
        parts = (context.tasks, context.service_of, self._page)
        dialog = PlanDialog(plan, plan.asks, *parts, choices=choices)

        def again() -> None:
            ticked = dialog.chosen()
            assert plan_of is not None
            context.tasks.run(
                dialog,
                lambda: plan_of(action.name, chosen.refs, ticked),
                done=dialog.show_plan,
                failed=dialog.refused,
                latest="plan",
            )

        def do(values: dict[str, Any]) -> None:
            told: Any = dialog.chosen()
            if any(one.name == action.plan and one.kind is Kind.TEXT for one in action.asks):
                told = ", ".join(told)
            self._act(action, chosen, {**values, action.plan: told} if told else values, dialog)

        self.dialog = dialog
        dialog.on_submit(do)
        dialog.chosen_changed.connect(again)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _ask(self, action: Action, chosen: Chosen) -> None:
        dialog = ActionDialog(
            action,
            self._about(chosen),
            self._context.tasks,
            self._context.service_of,
            self._page,
        )
        self.dialog = dialog
        dialog.on_submit(lambda values: self._act(action, chosen, values, dialog))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _forget(self) -> None:
        self.once = None

    def begin_on(self, name: str, ref: str) -> None:
        """Begin an action, or the preview of a paper, on a record by reference."""
        register = self._service.register
        paper = next((d for d in register.documents if d.code == name), None)
        action = register.action(name)
        if paper is not None and self._context.issue is not None:
            self._context.issue(register, paper, ref)
        elif action is not None:
            self._context.tasks.run(
                self,
                lambda: self._service.get(ref),
                done=lambda shown: self.start(action, [shown]),
                failed=self.failed.emit,
            )

    def _about(self, chosen: Chosen) -> str:
        register = self._service.register
        if len(chosen.refs) == 1 and not chosen.skipped:
            return f"{_(register.singular)} {chosen.refs[0]}"
        for_these = ngettext("For {n} record", "For {n} records", len(chosen.refs))
        if not chosen.skipped:
            return for_these
        rest = ngettext(
            "{n} other is left out: its state does not allow it.",
            "{n} others are left out: their state does not allow it.",
            chosen.skipped,
        )
        return f"{for_these}. {rest}"

    def _act(
        self,
        action: Action,
        chosen: Chosen,
        values: dict[str, Any],
        dialog: ActionDialog | PlanDialog | None,
    ) -> None:
        def work() -> Outcome:
            if action is TAKE_OUT:
                return self._service.void(chosen.refs, reason=str(values.get("reason", "")))
            if action.name == CHANGE:
                return self._service.update_all(chosen.refs, values)
            return self._service.act(action.name, chosen.refs, values)

        def finished(outcome: Outcome) -> None:
            if dialog is not None:
                dialog.accept()
            if outcome.shown is not None and self._context.show is not None:
                self._context.show(outcome.shown)
            self.done.emit(outcome)
            if outcome.once:
                self.once = OnceDialog(_(action.label), outcome, self._page)
                self.once.finished.connect(self._forget)
                self.once.open()

        def refused(error: DomainError) -> None:
            if dialog is not None:
                dialog.refused(error)
            else:
                self.failed.emit(error)

        self._context.tasks.run(self, work, done=finished, failed=refused)
