"""What stands around the pages follows the vault: status bar, counts, the bar of the case."""

from __future__ import annotations

from PySide6.QtCore import QObject

from privdesk.registers.desk import Desk
from privdesk.ui.shell import Shell
from privdesk.ui.tasks import Tasks
from privdesk.window.cases import CaseAtHand


class Following(QObject):
    """Looks again whenever the work in hand is done and the journal has grown by it.

    A look at somebody adds an entry and moves no task; so only a change counts anew what is due.
    """

    def __init__(self, desk: Desk, tasks: Tasks, shell: Shell, cases: CaseAtHand) -> None:
        super().__init__(shell)
        self._desk, self._shell, self._cases = desk, shell, cases
        self._changes, self._looks = desk.changes, desk.looks
        tasks.busy.connect(self._settled)

    def _settled(self, busy: bool) -> None:
        changes, looks = self._desk.changes, self._desk.looks
        if busy or (changes, looks) == (self._changes, self._looks):
            return
        changed = changes != self._changes
        self._changes, self._looks = changes, looks
        self._shell.refresh_status()
        if changed:
            self._shell.refresh_counts()
            self._cases.look_again()
