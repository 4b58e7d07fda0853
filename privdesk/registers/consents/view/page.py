"""The list of consents, with withdrawal as one procedure, and receipts out and in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Outcome, Row, Service
from privdesk.registers.consents.commands import ConsentCommands
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.filedeed import FileDeed
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.page.plan import ShownPlan
from privdesk.ui.page.plandialog import PlanDialog
from privdesk.ui.page.receipts import IN, KINDS, OUT
from privdesk.ui.table.selection import rows_of

WITHDRAW = "withdraw"
DESTROY = Action(
    "destroy",
    N_("Destroy the data of child and guardian"),
    "",
    states=("waiting", "refused"),
    danger=True,
    help=N_("Opens the procedure with what was collected; nothing is destroyed yet."),
)


class ConsentsPage(RegisterPage):
    """The register's page; a withdrawal shows its plan first."""

    def __init__(self, service: Service, context: PageContext, commands: ConsentCommands) -> None:
        self._commands = commands
        self.dialog: PlanDialog | None = None
        super().__init__(service, context)
        self.deed = FileDeed(context, self)
        self.deed.done.connect(self._done)

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "consents"

    # actions

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current consent."""
        found, shown = super().fitting(), self.list.current()
        if shown is None or not self.context.writes or not _silent(shown):
            return found
        return (*found, DESTROY)

    def start(self, action: Action) -> None:
        """Begin an action; a withdrawal shows what it would do first."""
        shown = self.list.current()
        if action.name == WITHDRAW:
            self._with_refs(action, self._plan)
        elif action is DESTROY and shown is not None:
            self._destroy(shown.ref)
        else:
            super().start(action)

    def _with_refs(self, action: Action, then: Callable[[Sequence[str]], None]) -> None:
        view, selected, shown = (
            self.list.model.view,
            self.list.table.selected(),
            self.list.current(),
        )
        if view is not None and selected:
            self.context.tasks.run(
                self,
                lambda: [r.ref for r in rows_of(view, selected) if r.state in action.states],
                done=then,
                failed=self.flash.refuse,
            )
        elif shown is not None:
            then([shown.ref])

    def _plan(self, refs: Sequence[str]) -> None:
        if refs:
            self.context.tasks.run(
                self,
                lambda: self._commands.plan(refs),
                done=lambda plan: self._ask(refs, plan),
                failed=self.flash.refuse,
            )

    def _ask(self, refs: Sequence[str], plan: ShownPlan) -> None:
        action = self.register.action(WITHDRAW)
        context = self.context
        asks = (*(action.asks if action is not None else ()), *plan.asks)
        dialog = PlanDialog(plan, asks, context.tasks, context.service_of, self)
        self.dialog = dialog
        dialog.on_submit(lambda values: self._withdraw(refs, values, dialog))
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _withdraw(self, refs: Sequence[str], values: dict[str, object], dialog: PlanDialog) -> None:
        self._run(lambda: self._commands.withdraw(refs, values), dialog)

    def _run(self, work: Callable[[], Outcome], dialog: PlanDialog) -> None:
        def finished(outcome: Outcome) -> None:
            dialog.accept()
            self._done(outcome)

        self.context.tasks.run(
            self,
            work,
            done=finished,
            failed=dialog.refused,
        )

    def _destroy(self, ref: str) -> None:
        self.context.tasks.run(
            self,
            lambda: self._commands.destroyable([ref]),
            done=lambda refs: self._destroy_these(refs, ref),
            failed=self.flash.refuse,
        )

    def _destroy_these(self, refs: Sequence[str], consent: str) -> None:
        """Go on to the destruction; where none is needed, show what goes at once."""
        if refs:
            self.context.go("destructions", " ".join(refs))
            return
        self.context.tasks.run(
            self,
            lambda: self._commands.guardian_plan([consent]),
            done=lambda plan: self._ask_at_once([consent], plan),
            failed=self.flash.refuse,
        )

    def _ask_at_once(self, refs: Sequence[str], plan: ShownPlan) -> None:
        dialog = PlanDialog(plan, (), self.context.tasks, self.context.service_of, self)
        self.dialog = dialog
        dialog.on_submit(
            lambda _values: self._run(lambda: self._commands.forget_guardians(refs), dialog)
        )
        dialog.finished.connect(self._closed)
        dialog.open()

    # receipts

    def further(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return what else can be done with the whole list."""
        if not self.context.writes:
            return ()
        return (
            (_("Write receipts…"), self.receipts_out),
            (_("Take receipts in…"), self.receipts_in),
        )

    def receipts_out(self) -> None:
        """Write the receipts of everybody."""
        self.deed.write(OUT, "receipts.json", KINDS, partial(self._commands.receipts_out, ref=""))

    def receipts_in(self) -> None:
        """Take receipts in."""
        self.deed.read(IN, KINDS, self._commands.receipts_in)


def _silent(shown: Row) -> bool:
    """Whether no guardian has agreed."""
    refused = shown.state == "refused" and bool(shown.values.get("guardian"))
    return shown.state == "waiting" or refused
