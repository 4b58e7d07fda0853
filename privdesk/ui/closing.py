"""The page while the desk closes: the last backup, with Cancel. It shows nothing of the vault."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from privdesk.core.i18n import _
from privdesk.ui.front import FrontPage
from privdesk.ui.longbar import WorkLine
from privdesk.ui.tasks import LongWork
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import PlainLabel, column

_WIDTH, _EVERY = 520, 100


class ClosingPage(FrontPage):
    """Stays until the desk is closed; then the window may close, or go on."""

    help_topic = "backup"

    def __init__(self, work: LongWork, theme: Theme) -> None:
        super().__init__(theme, _WIDTH)
        self._work = work
        self._ended = self._left = False
        self.heading = PlainLabel("", "title", wrap=True)
        self.why = PlainLabel("", "muted", wrap=True)
        self.line = WorkLine(work)
        column(
            self.card,
            column(None, self.heading, self.why, gap=6, margin=(20, 0)),
            8,
            self.line,
            gap=4,
            margin=(8, 22, 8, 14),
        )
        self.setFocusProxy(self.line.cancel)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.line.refresh)
        self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.heading.setText(_("A backup before the desk closes"))
        self.why.setText(_("One is due. Cancel closes the desk without it."))
        self.line.refresh()

    def leave(self) -> bool:
        """Close the window as soon as the desk is closed; the backup is given up."""
        if not self._ended:
            self._left = True
            self._work.progress.stop()
        return self._ended

    def end(self) -> bool:
        """Let the window go; return whether somebody asked for that meanwhile."""
        self._ended = True
        self._timer.stop()
        return self._left
