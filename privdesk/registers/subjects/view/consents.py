"""The consents of a person as of any day: a date box, and where each consent stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Document
from privdesk.registers.subjects.commands import ConsentThen, PersonCommands
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, ElidedLink, IconButton, PlainLabel, Plane, column, row

AS_OF = Field("as_of", N_("As of the day"), Kind.DATE)


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
        self._lines = Plane("surface")
        self._column = column(self, head, self._lines, gap=8, margin=(16, 12, 16, 14))
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
        lines = Plane("surface")
        inner = column(lines, gap=6)
        for one in found:
            link = ElidedLink(one.purpose, partial(self.go.emit, "consents", one.ref))
            link.setToolTip(f"{one.purpose} · {one.ref}")
            words = row(None, link, Chip(_(one.state), one.tone))
            words.setStretch(0, 1)
            inner.addLayout(words)
            since = _("since {day}").format(day=one.since.isoformat())
            inner.addWidget(PlainLabel(since, "caption"))
        if not found:
            inner.addWidget(PlainLabel(_("Nothing had been answered by then."), "muted", wrap=True))
        self._column.replaceWidget(self._lines, lines)
        self._lines.deleteLater()
        self._lines = lines

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
