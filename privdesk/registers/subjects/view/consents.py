"""The consents of a person as of any day: a date box, and where each consent stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Document
from privdesk.registers.subjects.commands import ConsentThen, PersonCommands
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Chip,
    ElidedLink,
    IconButton,
    PlainLabel,
    Plane,
    Pool,
    column,
    row,
)

AS_OF = Field("as_of", N_("As of the day"), Kind.DATE)


class ConsentLine(QWidget):
    """One answer: its purpose, where it stood, since when."""

    go = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._ref = ""
        self.purpose = ElidedLink("", lambda: self.go.emit("consents", self._ref))
        self.chip, self.since = Chip(), PlainLabel("", "caption")
        words = row(None, self.purpose, self.chip)
        words.setStretch(0, 1)
        column(self, words, self.since, gap=6)

    def show_answer(self, one: ConsentThen) -> None:
        """Show an answer."""
        self._ref = one.ref
        self.purpose.setText(one.purpose)
        self.purpose.setToolTip(f"{one.purpose} · {one.ref}")
        self.chip.tell(_(one.state), one.tone)
        self.since.setText(_("since {day}").format(day=one.since.isoformat()))


class ConsentPanel(Plane):
    """Asks again whenever another day is chosen."""

    go = Signal(str, str)
    failed = Signal(object)
    print_asked = Signal(object)  # Document
    receipts_asked = Signal()

    def __init__(
        self,
        commands: PersonCommands,
        tasks: Tasks,
        today: Callable[[], date],
        papers: Sequence[Document] = (),
    ) -> None:
        super().__init__("surface")
        self._papers = papers
        self._commands, self._tasks, self._today = commands, tasks, today
        self._ref = ""
        self.shown: Sequence[ConsentThen] = ()
        self.heading = PlainLabel("", "section")
        self.day = DateEditor(AS_OF)
        self.day.setFixedWidth(146)
        self.more = IconButton("more", "")
        self.more.setMenu(QMenu(self))
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        head = row(None, self.heading, None, self.day, self.more, gap=4)
        self._none = PlainLabel("", "muted", wrap=True)
        lines = column(None, self._none, gap=6)
        self._pool = Pool(lines, 0, self._line)
        column(self, head, lines, gap=8, margin=(16, 12, 16, 14))
        self.day.left.connect(self.look)
        self.day.changed.connect(self._picked)
        on_language(self, self._speak)

    def open(self, ref: str) -> None:
        """Show a person's consents as of today."""
        self._ref = ref
        self.day.set_value(self._today())
        self.look()

    def look(self) -> None:
        """Ask for the day in the box."""
        day = self._day()
        if day is None or not self._ref:
            return
        ref = self._ref
        self._tasks.run(
            self,
            lambda: self._commands.consents(ref, day),
            done=self._show,
            failed=self._explain,
            latest="consents",
        )

    def _explain(self, error: DomainError) -> None:
        self.failed.emit(error)

    def _picked(self) -> None:
        if self._day() is not None:
            self.look()

    def _day(self) -> date | None:
        try:
            value = self.day.value()
        except Unclear:
            return None
        return value if isinstance(value, date) else None

    def _show(self, found: Sequence[ConsentThen]) -> None:
        self.shown = found
        self._none.setText(_("Nothing had been answered by then."))
        self._none.setVisible(not found)
        for line, one in zip(self._pool.take(len(found)), found, strict=True):
            line.show_answer(one)

    def _line(self) -> ConsentLine:
        made = ConsentLine()
        made.go.connect(self.go)
        return made

    def _speak(self) -> None:
        self.heading.setText(_("Consents"))
        self.day.name_for_speech(_("Consents as of the day"))
        self.day.setToolTip(_("Consents as of the day"))
        self.more.call(_("Papers and receipts"))
        self._fill(self.more.menu())
        self._show(self.shown)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        for paper in self._papers:
            words = _("Print: {paper}…").format(paper=_(paper.label))
            menu.addAction(words, partial(self.print_asked.emit, paper))
        menu.addAction(_("Write receipts…"), self.receipts_asked.emit)
