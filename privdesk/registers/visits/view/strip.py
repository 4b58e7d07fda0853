"""Above the visit book: who is inside, and what waits."""

from __future__ import annotations

from PySide6.QtCore import Signal

from privdesk.core.i18n import _, ngettext
from privdesk.registers.visits.commands import Counts
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, PlainLabel, Plane, button, row


class VisitStrip(Plane):
    """“3 people inside now”, what waits, and what a guard's desk does."""

    leave_asked = Signal()
    sign_asked = Signal()

    def __init__(self, *, writes: bool) -> None:
        super().__init__("bar")
        self._counts: Counts | None = None
        self.told = PlainLabel("", "strong")
        self.overnight, self.without, self.expired = Chip(), Chip(), Chip()
        self.leave = button("", self.leave_asked.emit, icon="go")
        self.sign = button("", self.sign_asked.emit, icon="edit")
        for one in (self.leave, self.sign):
            one.setVisible(writes)
        row(
            self,
            self.told,
            4,
            self.overnight,
            self.without,
            self.expired,
            None,
            self.leave,
            self.sign,
            gap=6,
            margin=(16, 8),
        )
        self.offer(leaving=False, signing=False)
        on_language(self, self._speak)

    def tell(self, counts: Counts) -> None:
        """Show how the book stands."""
        self._counts = counts
        self._speak()

    def offer(self, *, leaving: bool, signing: bool) -> None:
        """Offer what can be done to the visit that is chosen."""
        self.leave.setEnabled(leaving)
        self.sign.setEnabled(signing)

    def _speak(self) -> None:
        self.leave.setText(_("Has left the zone"))
        self.sign.setText(_("Sign on the screen"))
        counts = self._counts
        for chip in (self.overnight, self.without, self.expired):
            chip.setVisible(False)
        if counts is None:
            self.told.setText("")
            return
        inside = ngettext("{n} person inside now", "{n} people inside now", counts.inside)
        self.told.setText(inside if counts.inside else _("Nobody is inside"))
        self._chip(self.overnight, counts.overnight, _("{n} without an exit"), "overdue")
        self._chip(self.without, counts.without, _("{n} without right"), "overdue")
        self._chip(self.expired, counts.expired, _("{n} to be destroyed"), "soon")

    def _chip(self, chip: Chip, count: int, words: str, tone: str) -> None:
        chip.setVisible(count > 0)
        chip.tell(words.format(n=f"{count:,}"), tone)
