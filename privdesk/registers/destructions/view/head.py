"""The head of the procedure: the way back, what it is, and its state."""

from __future__ import annotations

from privdesk.core.i18n import _
from privdesk.registers.destructions.commands import Standing
from privdesk.registers.destructions.fields import TONES
from privdesk.registers.destructions.rules import STATE_LABELS, State
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, IconButton, PlainLabel, Plane, row


class CaseHead(Plane):
    """“Destruction D-000123-4  being executed”."""

    def __init__(self) -> None:
        super().__init__("surface")
        self._standing: Standing | None = None
        self.back = IconButton("back", "")
        self.title = PlainLabel("", "section", selectable=True)
        self.chip = Chip()
        self.since = PlainLabel("", "caption")
        row(self, self.back, self.title, self.chip, self.since, None, gap=12, margin=(14, 8, 24, 8))
        on_language(self, self._speak)

    def tell(self, standing: Standing | None) -> None:
        """Show a destruction, or that a new one begins."""
        self._standing = standing
        self._speak()

    def _speak(self) -> None:
        self.back.call(_("Back to the list"))
        standing = self._standing
        self.chip.setVisible(standing is not None)
        self.since.setVisible(standing is not None)
        if standing is None:
            self.title.setText(_("New destruction"))
            return
        self.title.setText(_("Destruction {ref}").format(ref=standing.ref))
        self.chip.tell(_(STATE_LABELS[State(standing.state)]), TONES.get(standing.state, "plain"))
        requested = _("requested {day}").format(day=standing.requested_on)
        self.since.setText(requested)
