"""The visit book: enter, leave, sign, each within one press at the guard's desk."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from privdesk.core.i18n import N_
from privdesk.core.register import Action, Outcome, Row, Service
from privdesk.registers.visits.commands import Counts, VisitCommands
from privdesk.registers.visits.fields import INSIDE, LEFT
from privdesk.registers.visits.view.signing import SignVisit
from privdesk.registers.visits.view.strip import VisitStrip
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage

SIGN = Action(
    "sign",
    N_("Sign on the screen"),
    "",
    states=(INSIDE, LEFT),
    where=(("signed", (None, "")),),
    leads=None,  # the strip above the list has it
    help=N_("The visitor reads what is kept, and signs with a pen, a finger or the mouse."),
)


class VisitsPage(RegisterPage):
    """The register's page with its strip."""

    def __init__(self, service: Service, context: PageContext, commands: VisitCommands) -> None:
        self._commands = commands
        self.counts: Counts | None = None
        self.signing: SignVisit | None = None
        super().__init__(service, context)
        self.strip = VisitStrip(writes=context.writes)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.strip)
        self.faces.currentChanged.connect(lambda _at: self._show_strip())
        self.strip.leave_asked.connect(self._leave_current)
        self.strip.sign_asked.connect(self._sign_current)
        self.list.loaded.connect(lambda _count, _total: self._look())

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "zones"

    def begin(self, action: str) -> None:
        """Begin what a task asks for."""
        if action == "new":
            self.new()
        elif action == "import":
            self.bring_in()

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current visit."""
        found, shown = super().fitting(), self.list.current()
        if shown is None or not self.context.writes or not SIGN.fits(shown):
            return found
        return (*found[:1], SIGN, *found[1:])

    def start(self, action: Action) -> None:
        """Begin an action on the selected visits, or on the current one."""
        if action is SIGN:
            self._sign_current()
        else:
            super().start(action)

    # -- inside

    def _show_current(self, shown: Row | None) -> None:
        super()._show_current(shown)
        if hasattr(self, "strip"):
            leaving = shown is not None and shown.state == INSIDE
            self.strip.offer(leaving=leaving, signing=shown is not None and SIGN.fits(shown))

    def _leave_current(self) -> None:
        action = self.register.action("leave")
        if action is not None and self.list.current() is not None:
            self.start(action)

    def _sign_current(self) -> None:
        shown = self.list.current()
        if shown is None:
            return
        dialog = SignVisit(shown.ref, self._commands, self.context.tasks, self)
        self.signing = dialog
        dialog.signed.connect(self._signed)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _signed(self, outcome: Outcome) -> None:
        self._done(outcome)

    def _closed(self) -> None:
        self.signing = None

    def _show_strip(self) -> None:
        self.strip.setVisible(self.faces.currentWidget() is self.split)

    def _look(self) -> None:
        self.context.tasks.run(
            self,
            self._commands.counts,
            done=self._told_counts,
            failed=self.flash.refuse,
            latest="counts",
        )

    def _told_counts(self, counts: Counts) -> None:
        self.counts = counts
        self.strip.tell(counts)
