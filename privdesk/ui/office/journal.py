"""The section that checks the journal, and a paper's checkpoint against it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.office.frame import Section
from privdesk.ui.office.ports import JournalCheck
from privdesk.ui.widgets import IconLabel, LabelledField, PlainLabel, button, column, row

SHOWN = 5


class JournalSection(Section):
    """*Check the journal*, and the sentence of what was found."""

    def __init__(self, check: Callable[[], object]) -> None:
        self.check = button("", check, icon="check")
        super().__init__(self.check)
        self._entries = 0
        self._found: JournalCheck | None = None
        self.icon = IconLabel("plain", "muted", 18)
        self.result = PlainLabel("", "strong", wrap=True)
        self.faults = PlainLabel("", "error", wrap=True, selectable=True)
        self.checkpoint_line = QLineEdit()
        self.checkpoint = LabelledField(self.checkpoint_line)
        said = row(None, self.icon, self.result, gap=10)
        said.setStretch(1, 1)
        top = QWidget()
        column(top, said, self.faults, self.checkpoint, gap=10, margin=(14, 12))
        self.card.body.addWidget(top)
        self.faults.hide()
        self.retranslate()

    def show_entries(self, entries: int) -> None:
        """Show how long the journal is."""
        self._entries = entries
        self.retranslate()

    def show_found(self, found: JournalCheck | None) -> None:
        """Show what a check found."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.tell(
            _("Journal"),
            _("Every entry is hashed into the next ones and signed; a check recomputes all of it."),
        )
        self.check.setText(_("Check the journal"))
        self.checkpoint.tell(
            _("Checkpoint of a paper (optional)"),
            _("The text of the QR code or the line at the foot: does the journal still hold it?"),
        )
        found = self._found
        told = found is not None and bool(found.faults or found.damaged or found.missing)
        self.faults.setVisible(told)
        if found is None:
            self.icon.show_icon("journal", "muted")
            self.result.setText(ngettext("{n} entry", "{n} entries", self._entries))
            return
        sound = not found.faults and not found.damaged and found.holds_checkpoint is not False
        self.icon.show_icon("kept" if sound else "overdue", "kept" if sound else "overdue")
        self.result.setText(_verdict(found))
        lines = [*found.faults[:SHOWN], *filter(None, [found.missing]), *found.damaged[:SHOWN]]
        more = len(found.damaged) - SHOWN
        if more > 0:
            lines.append(_("and {n} more").format(n=more))
        self.faults.setText("\n".join(lines))


def _verdict(found: JournalCheck) -> str:
    """Return what a check found in one or two sentences."""
    if found.faults:
        return _(
            "The journal does not fit. Tell the chief privacy officer and change nothing; the "
            "first faults stand below."
        )
    whole = _("The journal is whole: {entries} entries, {signatures} signatures.").format(
        entries=f"{found.entries:,}", signatures=f"{found.signatures:,}"
    )
    if found.damaged:
        broken = _(
            "Papers or evidence kept in the vault are missing or damaged; they stand below. Keep "
            "the older backups: they may still hold them."
        )
        whole = f"{whole} {broken}"
    if found.holds_checkpoint is None:
        return whole
    if found.holds_checkpoint:
        return f"{whole} {_('It holds the checkpoint of the paper.')}"
    return f"{whole} {_('It does not hold the checkpoint: paper or journal is another.')}"
