"""The named stages of an execution: done, under way, and from where there is no way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer

from privdesk.core.i18n import _
from privdesk.ui.progress import Progress
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, Hairline, IconLabel, PlainLabel, button, row

_EVERY = 100  # milliseconds


class StageLine:
    """One stage: icon and words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.icon = IconLabel("plain", "muted", 16)
        self.label = PlainLabel("", "muted")
        self.standing = ""

    def tell(self, standing: str) -> None:
        """Show ``done``, ``now`` or ``later``."""
        if standing == self.standing:
            return
        self.standing = standing
        icon, ink, look = {
            "done": ("check", "kept", ""),
            "now": ("right", "accent", "strong"),
            "later": ("minus", "muted", "muted"),
        }[standing]
        self.icon.show_icon(icon, ink)
        self.label.setProperty("look", look)
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)


class StageList(Card):
    """All stages; Cancel works until the line of no return."""

    def __init__(self, stages: Sequence[str], last_stop: int) -> None:
        super().__init__(gap=8)
        self._progress: Progress | None = None
        self.lines = [StageLine(name) for name in stages]
        self.border = PlainLabel("", "error")
        self.cancel = button("", self._stop)
        for at, line in enumerate(self.lines):
            if at == last_stop:
                line_of_no_return = row(None, self.border, Hairline(), gap=10)
                line_of_no_return.setStretch(1, 1)
                self.body.addLayout(line_of_no_return)
            self.body.addLayout(row(None, line.icon, line.label, None, gap=10))
        self.body.addSpacing(4)
        self.body.addLayout(row(None, self.cancel, None))
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        on_language(self, self._speak)

    def watch(self, progress: Progress) -> None:
        """Follow an execution that has begun."""
        self._progress = progress
        self.look()
        self._timer.start()

    @property
    def watching(self) -> bool:
        """Whether an execution is under way."""
        return self._progress is not None

    def end(self) -> None:
        """The execution has ended, one way or another."""
        self._timer.stop()
        self._progress = None

    def look(self) -> None:
        """Show where the execution stands now."""
        if self._progress is None:
            return
        stand = self._progress.stand
        names = [line.name for line in self.lines]
        at = names.index(stand.stage) if stand.stage in names else -1
        for number, line in enumerate(self.lines):
            line.tell("done" if number < at else "now" if number == at else "later")
        self.cancel.setEnabled(stand.stoppable and not self._progress.stopping)
        self._name_cancel()

    def _name_cancel(self) -> None:
        progress = self._progress
        if progress is not None and progress.stopping:
            self.cancel.setText(_("Stopping…"))
        elif progress is None or progress.stand.stoppable:
            self.cancel.setText(_("Cancel"))
        else:
            self.cancel.setText(_("Cannot be stopped now"))

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self.look()

    def _speak(self) -> None:
        self.head(_("Executing"))
        self.border.setText(_("From here on there is no way back"))
        for line in self.lines:
            line.label.setText(_(line.name))
        self._name_cancel()
