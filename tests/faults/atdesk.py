"""The program in a process of its own: somebody unlocks, looks at a person, and locks when told."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from privdesk.core import system
from privdesk.core.register import Query
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.shell import Shell
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme, application, prepare
from privdesk.ui.unlock import UnlockPage
from privdesk.window.run import Session, _replaced

LOCK, IDLE = "lock", "idle"


class Person(QObject):
    """Does one thing after another, as soon as it can be done."""

    def __init__(self, session: Session, passphrase: str, beside: Path) -> None:
        super().__init__(session.window)
        self._session, self._passphrase, self._beside = session, passphrase, beside
        self._next = self._type
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self._next())
        self._timer.start(20)

    def _type(self) -> None:
        page = self._session.window.page
        if isinstance(page, UnlockPage) and page.who.count():
            page.line.setText(self._passphrase)
            page.submit()
            self._next = self._look

    def _look(self) -> None:
        shell = self._session.window.page
        if isinstance(shell, Shell):
            shell.open("subjects")
            self._next = self._wait
            self._session.tasks.run(self, self._reveal, done=self._looked)

    def _reveal(self) -> str:
        assert self._session.desk is not None
        service = self._session.desk.service("subjects")
        rows = [service.get(r.ref, reveal="asked on the telephone") for r in service.find(Query())]
        return str([row.values for row in rows])

    def _looked(self, found: str) -> None:
        self._found = found
        self.setProperty("found", found)  # in Qt's memory too
        (self._beside / "looked").touch()

    def _wait(self) -> None:
        shell = self._session.window.page
        if isinstance(shell, Shell):
            if (self._beside / LOCK).exists():
                shell.lock()
                self._timer.stop()
            elif (self._beside / IDLE).exists():
                shell.clock.expired.emit()
                self._timer.stop()


def main(folder: str, passphrase: str, beside: str) -> None:
    """Show the program's own window over a vault."""
    store = PreferencesFile(system.account_folder() / "desk.json")
    prepare(store.load().scale)
    app = application(sys.argv[0])
    theme = Theme(app, store.load().look, store.load().language)
    session = Session(theme, store, Tasks(lambda error: sys.exit(repr(error))), _replaced)
    session.begin(Path(folder))
    session.window.show()
    person = Person(session, passphrase, Path(beside))
    assert person is not None
    app.exec()
