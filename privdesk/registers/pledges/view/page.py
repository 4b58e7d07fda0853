"""The list of pledges, with what is done to all of them: draw up, print, match, sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Action, Outcome, Service
from privdesk.registers.pledges.commands import Counts, PledgeCommands
from privdesk.registers.pledges.fields import KINDS, LANGUAGES, OPEN
from privdesk.registers.pledges.scans import Stack
from privdesk.registers.pledges.view.matching import MatchPage
from privdesk.registers.pledges.view.signing import SignDialog
from privdesk.registers.pledges.view.strip import PledgeStrip
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.progress import Progress
from privdesk.ui.table.selection import rows_of

SIGN = Action(
    "sign",
    N_("Sign on the screen"),
    "",
    states=OPEN,
    help=N_("The person reads the text here and signs with a pen, a finger or the mouse."),
)
SHEETS = Action("sheets", N_("Print these sheets"), "", states=OPEN, bulk=True)
SCANS = N_("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff)")
READING, DRAWING, PRINTING = (
    N_("Reading the scans"), N_("Drawing up pledges"), N_("Drawing the sheets"),
)  # fmt: skip
_DRAWN = ("joining", "yearly", "leaving")
_MONTHS = Field(
    "months", N_("Months"), Kind.INTEGER, required=True, help=N_("0 for never; 12 for each year.")
)
RENEW = Action(
    "renew",
    N_("Renew the pledge"),
    "",
    asks=(_MONTHS,),
    help=N_("After so many months everybody who signed is asked again."),
)


class PledgesPage(RegisterPage):
    """The register's page; ``begin`` is what the desk's tasks call."""

    def __init__(self, service: Service, context: PageContext, commands: PledgeCommands) -> None:
        self._commands = commands
        self.counts: Counts | None = None
        self.matching: MatchPage | None = None
        self.dialog: ActionDialog | None = None
        self.signing: SignDialog | None = None
        self._left: Stack | None = None  # a stack that was left before it was recorded
        super().__init__(service, context)
        self.strip = PledgeStrip(writes=context.writes)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.strip)
        self.faces.currentChanged.connect(self._show_strip)
        self.strip.unsigned_asked.connect(self.print_unsigned)
        self.strip.draw_asked.connect(self.ask_draw)
        self.strip.sheets_asked.connect(self.ask_sheets)
        self.strip.scans_asked.connect(self.choose_scans)
        self.strip.resume_asked.connect(self.resume)
        self.list.loaded.connect(lambda _count, _total: self._look())

    @property
    def help_topic(self) -> str:
        """Return the page of the help that F1 opens."""
        return "pledges"

    def begin(self, action: str) -> None:
        """Begin what a task asks for."""
        if action == "unsigned":
            self.print_unsigned()
        elif action == "new":
            self.new()
        elif action == "import":
            self.bring_in()

    # -- what is offered

    def further(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return what else can be done with the whole list."""
        if not self.context.writes:
            return ()
        return ((_("Renew the pledge…"), self.ask_renewal),)

    def fitting(self) -> tuple[Action, ...]:
        """Return what can be done to the current pledge."""
        found, shown = super().fitting(), self.list.current()
        if shown is None or not self.context.writes or shown.state not in OPEN:
            return found
        return (SIGN, *found)

    def start(self, action: Action) -> None:
        """Begin an action on the selected pledges, or on the current one."""
        shown = self.list.current()
        if action is SIGN and shown is not None:
            self.sign(shown.ref)
        elif action is SHEETS:
            self._with_refs(self._print_these)
        else:
            super().start(action)

    def _offer_bulk(self, size: int) -> None:
        super()._offer_bulk(size)
        if size > 1 and self.context.writes:
            bulk = [a for a in self.register.actions if a.bulk]
            self.list.bulk.offer(size, [*bulk, SHEETS])

    def _with_refs(self, then: Callable[[Sequence[str]], None]) -> None:
        view, selected = self.list.model.view, self.list.table.selected()
        if view is not None and selected:
            self.context.tasks.run(
                self,
                lambda: [row.ref for row in rows_of(view, selected) if row.state in OPEN],
                done=then,
                failed=self.flash.refuse,
            )

    # -- of everybody

    def print_unsigned(self) -> None:
        """Show the list of who has not signed, ready to be printed."""
        paper = next(d for d in self.register.documents if d.code == "unsigned")
        self.issue(paper)

    def ask_draw(self) -> None:
        """Ask for whom pledges are drawn up, and do it."""
        kinds = tuple(choice for choice in KINDS if choice.key in _DRAWN)
        kind = Field("kind", N_("Kind of pledge"), Kind.CHOICE, required=True, choices=kinds,
                     default="joining")  # fmt: skip
        action = Action("draw", N_("Draw up pledges"), "", asks=(kind, self._department()),
                        help=N_("For everybody who lacks one; nobody gets a second."))  # fmt: skip
        self._ask(action, self._draw)

    def ask_sheets(self) -> None:
        """Ask in which language the sheets that wait are printed, and print them."""
        language = Field("language", N_("Language of the sheet"), Kind.CHOICE, required=True,
                         choices=LANGUAGES, default="ko")  # fmt: skip
        action = Action(
            "sheets",
            N_("Print the sheets that wait"),
            "",
            asks=(language, self._department()),
            help=N_("One file, a sheet for each person, with a code on every page."),
        )
        self._ask(action, lambda values: self._print((), values))

    def ask_renewal(self) -> None:
        """Ask after how many months the pledge is signed again."""
        self._ask(RENEW, self._renew)
        if self.dialog is not None and self.counts is not None:
            self.dialog.form.start({"months": self.counts.every})

    def choose_scans(self) -> None:
        """Let somebody choose the scans, and read them."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Match signed sheets"), "", _(SCANS))
        if names:
            self.read_scans([Path(name) for name in names])

    def read_scans(self, paths: Sequence[Path]) -> None:
        """Read scans, and show whose each page is."""

        def work(progress: Progress) -> Stack:
            return self._commands.read(paths, progress)

        self.context.tasks.long(
            self, work, title=_(READING), done=self._match, failed=self.flash.refuse
        )

    def resume(self) -> None:
        """Go on with the stack that was left, as it was matched so far."""
        if self._left is not None:
            self._match(self._left)

    # -- of one

    def sign(self, ref: str) -> None:
        """Let the person sign on the screen."""
        dialog = SignDialog(ref, self._commands, self.context.tasks, self)
        self.signing = dialog
        dialog.signed.connect(self._told)
        dialog.finished.connect(self._closed)
        dialog.open()

    # -- inside

    def _ask(self, action: Action, then: Callable[[dict[str, Any]], object]) -> None:
        context = self.context
        dialog = ActionDialog(action, "", context.tasks, context.service_of, self)
        self.dialog = dialog

        def submit(values: dict[str, Any]) -> None:
            dialog.accept()
            then(values)

        dialog.on_submit(submit)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = self.signing = None

    def _department(self) -> Field:
        names = self.counts.departments if self.counts else ()
        choices = tuple(Choice(name, name) for name in names) or (Choice("", N_("Every one")),)
        return Field("department", N_("Department"), Kind.CHOICE, choices=choices,
                     help=N_("Empty for every department."))  # fmt: skip

    def _draw(self, values: dict[str, Any]) -> None:
        kind, department = str(values["kind"]), str(values.get("department") or "")

        def work(progress: Progress) -> Outcome:
            return self._commands.draw(kind, department, progress)

        self._long(work, DRAWING)

    def _print_these(self, refs: Sequence[str]) -> None:
        if refs:
            self._print(refs, {})

    def _print(self, refs: Sequence[str], values: dict[str, Any]) -> None:
        language, department = (str(values.get(n) or "") for n in ("language", "department"))

        def work(progress: Progress) -> Outcome:
            return self._commands.sheets(refs, language, department, progress)

        self._long(work, PRINTING)

    def _renew(self, values: dict[str, Any]) -> None:
        months = int(values["months"])
        self.context.tasks.run(
            self,
            lambda: self._commands.renew_every(months),
            done=self._told,
            failed=self.flash.refuse,
        )

    def _long(self, work: Callable[[Progress], Outcome], title: str) -> None:
        self.context.tasks.long(
            self, work, title=_(title), done=self._told, failed=self.flash.refuse
        )

    def _told(self, outcome: Outcome) -> None:
        if outcome.shown is not None and self.context.show is not None:
            self.context.show(outcome.shown)
        self._done(outcome)

    def _match(self, stack: Stack) -> None:
        self.show_list()
        self._keep(None)
        page = MatchPage(stack, self.context, self._commands)
        self.matching = page
        page.left.connect(self.show_list)
        page.taken.connect(self._taken)
        self.show_face(page)

    def _taken(self, outcome: Outcome) -> None:
        if self.matching is not None and not self.matching.stack.unsettled().pages:
            self.matching = None
            self.show_list()
        self._done(outcome)

    def show_list(self) -> None:
        """Show the list again; a stack that is not recorded can be gone on with."""
        if self.matching is not None:
            self._keep(self.matching.stack)
        self.matching = None
        super().show_list()

    def _keep(self, stack: Stack | None) -> None:
        self._left = stack if stack is not None and stack.pages else None
        self.strip.offer_resume(len(self._left.pages) if self._left is not None else 0)

    def _show_strip(self) -> None:
        self.strip.setVisible(self.faces.currentWidget() is self.split)

    def _look(self) -> None:
        self.context.tasks.run(
            self, self._commands.counts, done=self._count, failed=self.flash.refuse, latest="counts"
        )

    def _count(self, counts: Counts) -> None:
        self.counts = counts
        self.strip.tell(counts)
