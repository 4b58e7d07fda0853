"""From the start of the program to the desk, and out again by the lock."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.crash import CrashReports
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme, application, prepare
from privdesk.ui.unlock import UnlockPage, preload
from privdesk.ui.window import Window
from privdesk.vault import causes
from privdesk.window.opener import VaultOpener, Waits, sample_folder
from privdesk.window.sweeping import Sweeper

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk
    from privdesk.ui.restoring.page import RestorePage
    from privdesk.ui.start import StartPage
    from privdesk.ui.wizard.wizard import Wizard
    from privdesk.window.backing import SelfBackup

_PAINTED = 100  # milliseconds after which the unlock page stands on the screen
_SETTLED = 5_000  # milliseconds after the start: the slow parts have been loaded by then
SLOW = ("privdesk.window.desk", "privdesk.flows.opening", "zxcvbn")


def run(folder: Path | None) -> int:
    """Show the program's window until it is closed; return the exit code."""
    store = PreferencesFile(system.account_folder() / "desk.json")
    chosen = store.load()
    prepare(chosen.scale)
    app = application(sys.argv[0])
    app.setApplicationName("privdesk")
    sweeper = Sweeper(app)
    theme = Theme(app, chosen.look, chosen.language)
    reports = CrashReports(system.account_folder() / "crashes")
    tasks = Tasks(lambda error: told_of(session, reports, error))
    session = Session(theme, store, tasks, _replaced)
    catch_the_rest(session, reports)
    session.begin(folder)
    session.window.show()
    QTimer.singleShot(_SETTLED, sweeper, sweeper.settle)
    return app.exec()


def told_of(session: Session, reports: CrashReports, error: BaseException) -> DomainError:
    """Return the sentence for an error that is no refusal; only a bug leaves a report.

    Where a page of the database is damaged, the search index is looked at and made anew.
    """
    if causes.is_damage(error) and session.desk is not None:
        mend = partial(_mend, session.desk, error)
        session.tasks.run(session.window, mend, failed=session.tasks.bug.emit)
    return causes.known_cause(error) or reports.record(error)


def _mend(desk: Desk, error: BaseException) -> None:
    from privdesk.flows.opening import mend_search

    mend_search(desk, error)


def catch_the_rest(session: Session, reports: CrashReports) -> None:
    """Tell of errors in the window itself in a sentence: a printed traceback can hold names."""

    def here(_kind: object, error: BaseException, _trace: object) -> None:
        if isinstance(error, KeyboardInterrupt):
            session.window.close()
            return
        told = told_of(session, reports, error)
        refuse = getattr(session.window.page, "refuse", None)
        if refuse is None:
            print(told.sentence(), file=sys.stderr)
        else:
            refuse(told)

    def elsewhere(error: BaseException | None) -> None:
        if error is not None and isValid(session.tasks):
            session.tasks.bug.emit(reports.record(error))

    sys.excepthook = here
    sys.unraisablehook = lambda told: elsewhere(told.exc_value)
    threading.excepthook = lambda told: elsewhere(told.exc_value)


def _replaced(folder: Path) -> None:
    """Go on as a fresh process that holds none of the keys."""
    system.replace_process([*system.own_program(), str(folder)])


class Session:
    """One window and what is in it: start page, unlock, set-up or the desk."""

    def __init__(
        self,
        theme: Theme,
        store: PreferencesFile,
        tasks: Tasks,
        replace: Callable[[Path], None],
    ) -> None:
        self.theme = theme
        self.store = store
        self.tasks = tasks
        self._replace = replace
        self.desk: Desk | None = None
        self.folder: Path | None = None
        self.backups: SelfBackup | None = None
        self.window = Window(self._may_close)

    def begin(self, folder: Path | None) -> None:
        """Show the unlock page of a vault, or the start page."""
        if folder is None:
            self.show_start()
        else:
            self.show_unlock(folder)

    def show_start(self) -> StartPage:
        """Show the page where no vault is chosen yet."""
        from privdesk.ui.start import StartPage

        page = StartPage(self.theme, self.store.recent())
        page.open_asked.connect(lambda path: self._try(page, lambda: self.show_unlock(Path(path))))
        page.new_asked.connect(self.show_wizard)
        page.sample_asked.connect(lambda: self._try(page, self.show_sample))
        page.restore_asked.connect(self.show_restore)
        self.window.show_page(page)
        return page

    def show_unlock(self, folder: Path) -> UnlockPage:
        """Show who may open a vault and ask for the passphrase."""
        opener = VaultOpener(folder)
        page = UnlockPage(opener, self.tasks, self.theme, str(folder))
        page.opened.connect(self.show_opened)
        page.other_vault.connect(self.show_start)
        self.folder = folder
        self.window.show_page(page, opener.office)
        self._card(page, folder)
        QTimer.singleShot(_PAINTED, page, lambda: preload(*SLOW))
        return page

    def _card(self, page: UnlockPage, folder: Path) -> None:
        """Under the unlock page of the sample office: who its people are and how they open it."""
        if folder == sample_folder():
            from privdesk.window.sampling import add_card

            add_card(self, page, folder)

    def show_wizard(self) -> Wizard:
        """Set up a new office."""
        from privdesk.ui.wizard.wizard import Wizard
        from privdesk.window.setup import OfficeSetUp

        page = Wizard(OfficeSetUp(self.store), self.tasks, self.theme)
        page.finished.connect(lambda desk: self.show_desk(desk))
        page.cancelled.connect(self.show_start)
        self.window.show_page(page)
        return page

    def show_sample(self) -> None:
        """Make the invented sample office where it is missing, and show how to open it."""
        from privdesk.window.sampling import show_sample

        show_sample(self)

    def show_restore(self) -> RestorePage:
        """Make a vault of a backup."""
        from privdesk.window.restoring import show_restore

        return show_restore(self)

    def show_opened(self, opened: Desk | Waits) -> None:
        """Show the desk; or, where a restore waits for this officer, its approval."""
        if isinstance(opened, Waits):
            from privdesk.window.restoring import show_approval

            show_approval(self, opened)
        else:
            self.show_desk(opened)

    def show_desk(self, desk: Desk) -> None:
        """Show the desk over an open vault."""
        from privdesk.core.i18n import current
        from privdesk.flows import sender
        from privdesk.window.desk import build

        self.desk = desk
        self.folder = desk.vault.folder
        self.store.remember(desk.vault.folder)
        shell = build(self, desk)
        self.window.show_page(shell, sender.company(desk, current()))
        shell.start()
        self.backups = None
        if desk.vault.role == "officer" and desk.vault.folder != sample_folder():
            from privdesk.window.backing import SelfBackup

            self.backups = SelfBackup(desk, self.tasks, shell)

    def lock(self) -> None:
        """Close the vault and go on as a fresh process; no key stays in memory."""
        folder, close = self.folder, self._closing()
        if close is None or folder is None:
            return
        self.tasks.finish(close, lambda: self._closed(lambda: self._replace(folder)))

    def _closing(self) -> Callable[[], None] | None:
        """Take the desk away; return what keeps the drafts and closes the vault, if one is open.

        Where a backup is due, a page that shows nothing of the vault tells of it meanwhile.
        """
        from privdesk.ui.page.reveal import SecretClipboard
        from privdesk.window.drafts import keep_drafts

        desk, self.desk = self.desk, None
        if desk is None:
            return None
        for copied in self.window.findChildren(SecretClipboard):
            copied.clear()  # a fresh process would not know what to take off
        keep = keep_drafts(self)
        last = self._last_backup(desk) if self._backup_is_due() else lambda: None

        def close() -> None:
            try:
                keep(desk)
                last()
            finally:
                desk.vault.close()

        return close

    def _backup_is_due(self) -> bool:
        """Whether to back up before closing; not while the system itself is shutting down."""
        app = QGuiApplication.instance()
        ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        return self.backups is not None and self.backups.due and not ending

    def _last_backup(self, desk: Desk) -> Callable[[], None]:
        """Show the page that tells of it; return what makes it, unless one is under way."""
        from privdesk.flows import backing
        from privdesk.ui.closing import ClosingPage
        from privdesk.ui.progress import Progress
        from privdesk.ui.tasks import LongWork
        from privdesk.window.backing import BACKING_UP

        running = self.backups.running if self.backups else None
        progress = running or Progress()
        self.backups = None  # it goes with the shell
        self.window.show_page(ClosingPage(LongWork(_(BACKING_UP), progress), self.theme))
        return partial(backing.at_the_end, desk, progress)

    def _closed(self, then: Callable[[], object]) -> None:
        """Go on after the vault was closed; or end, where the window was closed meanwhile."""
        from privdesk.ui.closing import ClosingPage

        page = self.window.page
        left = isinstance(page, ClosingPage) and page.end()
        if left:
            self.window.close()
        else:
            then()

    def _try(self, page: StartPage, act: Callable[[], object]) -> None:
        try:
            act()
        except DomainError as error:
            page.refuse(error)

    def _may_close(self) -> bool:
        page = self.window.page
        leave = getattr(page, "leave", None)
        if leave is not None and not leave():
            return False
        if self.desk is not None and self._backup_is_due():
            close = self._closing()
            if close is not None:
                self.tasks.finish(close, lambda: self._closed(self.window.close))
                return False
        self.tasks.close(self._closing() or (lambda: None))
        return True
