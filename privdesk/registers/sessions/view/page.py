"""The list of sessions, with how the office stands, and the sheet that is ticked."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Outcome, Service
from privdesk.registers.sessions.commands import Counts, Person, Sheet, TrainingCommands
from privdesk.registers.sessions.fields import OPEN
from privdesk.registers.sessions.view.strip import TrainingStrip
from privdesk.registers.sessions.view.ticking import TickPage
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage

TICK = Action(
    "tick",
    N_("Tick attendance"),
    "",
    states=OPEN,
    leads=(("state", ("held",)),),
    help=N_("The sheet on the screen: tick who was there, or paste a list."),
)


class SessionsPage(RegisterPage):
    """The register's page; ``begin`` is what the desk's tasks call."""

    def __init__(self, service: Service, context: PageContext, commands: TrainingCommands) -> None:
        self._commands = commands
        self.counts: Counts | None = None
        self.ticking: TickPage | None = None
        self._drafts: dict[str, tuple[Person, ...]] = {}  # ticks that were not recorded, by session
        super().__init__(service, context)
        self.strip = TrainingStrip(writes=context.writes)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.strip)
        self.faces.currentChanged.connect(self._show_strip)
        self.strip.status_asked.connect(lambda: self._print("training-status"))
        self.strip.plan_asked.connect(lambda: self._print("training-plan"))
        self.strip.tick_asked.connect(self._tick_current)
        self.list.loaded.connect(lambda _count, _total: self._look())

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "training"

    def begin(self, action: str) -> None:
        """Begin what a task asks for."""
        if action == "status":
            self._print("training-status")
        elif action == "new":
            self.new()
        elif action == "import":
            self.bring_in()

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current session."""
        found, shown = super().fitting(), self.list.current()
        if shown is None or not self.context.writes or shown.state not in OPEN:
            return found
        return (TICK, *found)

    def start(self, action: Action) -> None:
        """Begin an action on the selected sessions, or on the current one."""
        if action is TICK:
            self._tick_current()
        else:
            super().start(action)

    def tick(self, ref: str) -> None:
        """Show the sheet of a session, to be ticked."""
        self.context.tasks.run(
            self,
            lambda: self._commands.sheet(ref),
            done=self._show_sheet,
            failed=self.flash.refuse,
        )

    # -- inside

    def _tick_current(self) -> None:
        shown = self.list.current()
        if shown is None or shown.state not in OPEN:
            self.flash.tell(_("Choose a session that is planned or under way."), "soon")
            return
        self.tick(shown.ref)

    def _show_sheet(self, sheet: Sheet) -> None:
        self.show_list()
        page = TickPage(sheet, self.context, self._commands)
        self.ticking = page
        page.left.connect(self.show_list)
        page.recorded.connect(self._recorded)
        self.show_face(page)
        if draft := self._drafts.get(sheet.ref):
            page.resume(draft)

    def _recorded(self, outcome: Outcome) -> None:
        if self.ticking is not None:
            self._drafts.pop(self.ticking.sheet.ref, None)
            self.ticking = None
        self.show_list()
        self._done(outcome)

    def show_list(self) -> None:
        """Show the list again; what stood in its place goes, ticks are kept for the next time."""
        if self.ticking is not None:
            self._drafts[self.ticking.sheet.ref] = self.ticking.drafted()
        self.ticking = None
        super().show_list()

    def _print(self, code: str) -> None:
        self.issue(next(d for d in self.register.documents if d.code == code))

    def _show_strip(self) -> None:
        self.strip.setVisible(self.faces.currentWidget() is self.split)

    def _look(self) -> None:
        self.context.tasks.run(
            self, self._commands.counts, done=self._count, failed=self.flash.refuse, latest="counts"
        )

    def _count(self, counts: Counts) -> None:
        self.counts = counts
        self.strip.tell(counts)
