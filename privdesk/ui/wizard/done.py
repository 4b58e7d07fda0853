"""The last step: what stands, and what the office still has to set up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.widgets import Hairline, IconLabel, PlainLabel, ProgressRing, add, column, row
from privdesk.ui.wizard.setup import Missing
from privdesk.ui.wizard.steps import Step


class DoneStep(Step):
    """A ring and the list of what is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._missing: Sequence[Missing] = ()
        self.ring = ProgressRing(64)
        self.summary = PlainLabel("", "section")
        self.explain = PlainLabel("", "muted", wrap=True)
        words = column(None, None, self.summary, self.explain, None, gap=4)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        head = row(None, self.ring, words, gap=18)
        head.setStretch(1, 1)
        add(self.body, head, 8, self._list, None)
        self.retranslate()

    def name(self) -> str:
        """Return the step's name."""
        return _("Done")

    def next_label(self) -> str:
        """Return what the button that goes on says."""
        return _("Open the desk")

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """List what is done and what is not."""
        self._missing = missing
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        done = sum(item.done for item in self._missing)
        left = len(self._missing) - done
        self.title.setText(_("The office stands"))
        self.why.setText(
            _("Put both papers into separate envelopes now, seal them and write the date on them.")
        )
        self.ring.set_progress(done, len(self._missing))
        self.summary.setText(
            ngettext("{n} thing is still missing", "{n} things are still missing", left)
        )
        self.explain.setText(_("None of them is a breach today. The list waits on the page Today."))
        _clear(self._list)
        for item in self._missing:
            self._list.addWidget(_line(item))
            self._list.addWidget(Hairline())


def _line(item: Missing) -> QWidget:
    made = QWidget()
    icon = IconLabel("kept" if item.done else "plain", "kept" if item.done else "muted", 18)
    words = column(
        None, PlainLabel(_(item.title), "strong"), PlainLabel(_(item.why), "caption"), gap=1
    )
    line = row(made, icon, words, PlainLabel(item.clause, "caption"), gap=12, margin=(2, 7))
    line.setStretch(1, 1)
    return made


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
