"""Backups by themselves: looked for while an officer works, and made before the desk closes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.flows import backing
from privdesk.flows.attached import BackupLacksError
from privdesk.flows.backing import BackedUp
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Cancelled, Progress
from privdesk.ui.shell import Shell
from privdesk.ui.tasks import Priority, Tasks

BACKING_UP = N_("Backing up")
FIRST, EVERY = 60_000, 600_000  # milliseconds


class SelfBackup(QObject):
    """Looks now and then whether a backup is due, and makes it behind what the screen asks for.

    What was cancelled or failed is not tried again before the desk closes: each try holds the
    idle lock for a moment. A folder that was absent is looked for again.
    """

    def __init__(self, desk: Desk, tasks: Tasks, shell: Shell) -> None:
        super().__init__(shell)
        self._desk, self._tasks, self._shell = desk, tasks, shell
        self.due = False  # as the last look found it
        self.running: Progress | None = None
        self._rests = False
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self._ask(begin=False)

    def look(self) -> None:
        """Look whether one is due, and begin it."""
        self._timer.setInterval(EVERY)
        if not self._rests:
            self._ask(begin=True)

    def _ask(self, *, begin: bool) -> None:
        self._tasks.run(
            self._shell,
            partial(backing.ready if begin else backing.due, self._desk),
            done=partial(self._answered, begin=begin),
            priority=Priority.BACKGROUND,
            latest="backup-due",
        )

    def _answered(self, due: bool, *, begin: bool) -> None:
        self.due = due
        if not begin:
            return
        if not due:
            self._shell.refresh_status()  # a folder that is absent is told there
            return
        self._rests = True
        self.running = self._tasks.long(
            self._shell,
            partial(backing.by_itself, self._desk),
            title=_(BACKING_UP),
            done=self._made,
            failed=self._failed,
            priority=Priority.BACKGROUND,
        )

    def _made(self, _done: BackedUp) -> None:
        self.running, self.due, self._rests = None, False, False
        self._shell.refresh_status()

    def _failed(self, error: DomainError) -> None:
        self.running = None
        if isinstance(error, Cancelled):
            return
        self.due = not isinstance(error, BackupLacksError)
        self._shell.refuse(error)
        self._shell.refresh_status()
