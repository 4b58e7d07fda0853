"""Above the list: how the office stands with its training, and the papers of all of it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from privdesk.core.i18n import _
from privdesk.registers.sessions.commands import Counts
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, PlainLabel, Plane, button, row


class TrainingStrip(Plane):
    """“298 of 312 are trained”, who is not, who lapses, and three buttons."""

    status_asked = Signal()
    plan_asked = Signal()
    tick_asked = Signal()

    def __init__(self, *, writes: bool) -> None:
        super().__init__("bar")
        self._counts: Counts | None = None
        self.told = PlainLabel("", "strong")
        self.over, self.lapsing = Chip(), Chip()
        self.status = button("", self.status_asked.emit, icon="print")
        self.plan = button("", self.plan_asked.emit, icon="print")
        self.tick = button("", self.tick_asked.emit, icon="sheet")
        self.tick.setVisible(writes)
        parts = (self.told, 4, self.over, self.lapsing, None, self.tick, self.status, self.plan)
        row(self, *parts, gap=6, margin=(16, 8))
        on_language(self, self._speak)

    def tell(self, counts: Counts) -> None:
        """Show how the office stands."""
        self._counts = counts
        self._speak()

    def _speak(self) -> None:
        self.status.setText(_("By department"))
        self.status.setToolTip(_("Completion as a chart, and whose training lapses next"))
        self.plan.setText(_("Yearly plan"))
        self.tick.setText(_("Tick attendance…"))
        self.tick.setToolTip(_("The sheet of the chosen session, on the screen"))
        counts = self._counts
        for chip in (self.over, self.lapsing):
            chip.setVisible(False)
        if counts is None:
            self.told.setText("")
            return
        told = _("{current} of {needed} are trained")
        words = {"current": f"{counts.current:,}", "needed": f"{counts.needed:,}"}
        self.told.setText(told.format(**words))
        self._chip(self.over, counts.over, _("{n} without training"), "overdue")
        self._chip(self.lapsing, counts.lapsing, _("{n} end within 30 days"), "soon")

    def _chip(self, chip: Chip, count: int, words: str, tone: str) -> None:
        chip.setVisible(count > 0)
        chip.tell(words.format(n=f"{count:,}"), tone)
