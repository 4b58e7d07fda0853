"""Above the list: how the office stands with its pledges, and what is done with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from privdesk.core.i18n import _, ngettext
from privdesk.registers.pledges.commands import Counts
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, PlainLabel, Plane, button, row


class PledgeStrip(Plane):
    """“298 of 312 have signed”, what is missing, and what is done with all pledges."""

    unsigned_asked = Signal()
    draw_asked = Signal()
    sheets_asked = Signal()
    scans_asked = Signal()
    resume_asked = Signal()

    def __init__(self, *, writes: bool) -> None:
        super().__init__("bar")
        self._counts: Counts | None = None
        self.told = PlainLabel("", "strong")
        self.missing, self.again, self.gone = Chip(), Chip(), Chip()
        self.unsigned = button("", self.unsigned_asked.emit, icon="print")
        self.draw = button("", self.draw_asked.emit, icon="plus")
        self.sheets = button("", self.sheets_asked.emit, icon="sheet")
        self.scans = button("", self.scans_asked.emit, icon="import")
        self.resume = button("", self.resume_asked.emit, icon="go")
        self.resume.setVisible(False)
        self._pages = 0
        for one in (self.draw, self.sheets, self.scans):
            one.setVisible(writes)
        row(
            self,
            self.told,
            4,
            self.missing,
            self.again,
            self.gone,
            None,
            self.unsigned,
            self.draw,
            self.sheets,
            self.scans,
            self.resume,
            gap=6,
            margin=(16, 8),
        )
        on_language(self, self._speak)

    def tell(self, counts: Counts) -> None:
        """Show how the office stands."""
        self._counts = counts
        self._speak()

    def offer_resume(self, pages: int) -> None:
        """Offer to go on with a stack of which so many pages still wait; 0 takes it back."""
        self._pages = pages
        self.resume.setVisible(pages > 0)
        self._speak()

    def _speak(self) -> None:
        self.unsigned.setText(_("Who has not signed"))
        self.draw.setText(_("Draw up…"))
        self.draw.setToolTip(_("A pledge for everybody who lacks one"))
        self.sheets.setText(_("Print sheets…"))
        self.scans.setText(_("Match scans…"))
        self.scans.setToolTip(_("A stack of signed sheets finds its people by the code on each"))
        told = ngettext("Go on matching {n} page", "Go on matching {n} pages", self._pages)
        self.resume.setText(told)
        self.resume.setToolTip(_("The scans that were read and are not recorded yet"))
        counts = self._counts
        for chip in (self.missing, self.again, self.gone):
            chip.setVisible(False)
        if counts is None:
            self.told.setText("")
            return
        told = _("{signed} of {needed} have signed")
        self.told.setText(told.format(signed=f"{counts.signed:,}", needed=f"{counts.needed:,}"))
        self._chip(self.missing, counts.missing, _("{n} missing"), "overdue")
        self._chip(self.again, counts.again, _("{n} to renew"), "soon")
        self._chip(self.gone, counts.gone, _("{n} left without"), "overdue")
        self.sheets.setEnabled(counts.waiting > 0)

    def _chip(self, chip: Chip, count: int, words: str, tone: str) -> None:
        chip.setVisible(count > 0)
        chip.tell(words.format(n=f"{count:,}"), tone)
