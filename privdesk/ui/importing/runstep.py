"""While a list is rehearsed, goes in or goes out: what is done, and what Cancel means.

How far it is, and Cancel itself, stand in the bar at the bottom of the window, which stays
in sight wherever one goes.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.ui.widgets import Card, PlainLabel, column, row

_WIDTH = 560


class RunStep(QWidget):
    """A card in the middle of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        self.title = PlainLabel("", "strong")
        self.promise = PlainLabel("", "muted", wrap=True)
        self.card = Card()
        self.card.setFixedWidth(_WIDTH)
        self.card.body.addWidget(self.title)
        self.card.body.addWidget(self.promise)
        column(self, None, row(None, None, self.card, None), None, None)

    def begin(self, title: str) -> None:
        """Show work that has begun."""
        self.busy = True
        self.title.setText(title)
        self.promise.setText(_("Cancelled, it leaves nothing behind."))

    def stop(self) -> None:
        """The work has ended."""
        self.busy = False
