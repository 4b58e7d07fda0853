"""While a list is rehearsed or goes in: how far it is, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.ui.longbar import WorkLine
from privdesk.ui.progress import Progress
from privdesk.ui.tasks import LongWork
from privdesk.ui.widgets import Card, PlainLabel, column, row

_EVERY = 100  # milliseconds
_WIDTH = 560


class RunStep(QWidget):
    """One line of progress in the middle of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.line: WorkLine | None = None
        self.card = Card()
        self.card.setFixedWidth(_WIDTH)
        self.promise = PlainLabel("", "muted", wrap=True)
        column(self, None, row(None, None, self.card, None), None, None)
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._look)

    def watch(self, title: str, progress: Progress) -> None:
        """Show work that has begun."""
        self.stop()
        self.line = WorkLine(LongWork(title, progress))
        self.promise.setText(_("Cancelled, it leaves nothing behind."))
        self.card.body.addWidget(self.line)
        self.card.body.addWidget(self.promise)
        self._timer.start()

    def stop(self) -> None:
        """The work has ended."""
        self._timer.stop()
        line, self.line = self.line, None
        if line is not None:
            line.hide()
            line.deleteLater()

    def _look(self) -> None:
        if self.line is not None:
            self.line.refresh()
