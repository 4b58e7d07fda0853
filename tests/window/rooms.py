"""The real window over a real vault, with people of every role."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from privdesk.core.clock import FixedClock
from privdesk.flows import people
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.ui.preferences import PreferencesFile
from privdesk.ui.shell import Shell
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.vault.crypto import FLOOR
from privdesk.window.run import Session
from tests.desks import ALICE, NOON, PASSPHRASE, make_desk
from tests.registers import fillings

WHO = {
    "officer": (ALICE, PASSPHRASE),
    "manager": ("Mina Muster", "copper sparrow meadow 31"),
    "auditor": ("Aron Beispiel", "silver thimble garden 52"),
    "administrator": ("Dana Sample", "wooden compass island 63"),
}
PERSON, PURPOSE = "Example Person", "Newsletter"


def make_office(folder: Path) -> Path:
    """Return a closed vault with every role, a purpose, a place, a file and a person."""
    desk = make_desk(folder)
    for role, (name, passphrase) in WHO.items():
        if role != "officer":
            people.add(desk, name, role, passphrase, FLOOR)
    newsletter, shop = fillings.purpose(desk, PURPOSE), fillings.place(desk)
    within = fillings.file(desk, newsletter, shop)
    fillings.holding(desk, within, newsletter, fillings.TODAY)
    desk.vault.close()
    return desk.vault.folder


class Room:
    """One window as the program shows it; ``replaced`` are the folders of fresh processes."""

    def __init__(self, qtbot: QtBot, theme: Theme, home: Path) -> None:
        self.qtbot = qtbot
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append)
        self.replaced: list[Path] = []
        self.store = PreferencesFile(home / "desk.json")
        self.session = Session(theme, self.store, self.tasks, self.replaced.append)
        window = self.session.window
        qtbot.addWidget(window)
        window.resize(1440, 900)
        with qtbot.waitExposed(window):
            window.show()

    @property
    def page(self) -> Any:
        """What the window shows."""
        return self.session.window.page

    @property
    def shell(self) -> Shell:
        """The desk."""
        found = self.session.window.page
        assert isinstance(found, Shell)
        return found

    @property
    def desk(self) -> Desk:
        """The open desk."""
        assert self.session.desk is not None
        return self.session.desk

    def enter(self, folder: Path, role: str = "officer") -> Shell:
        """Open a vault as somebody of a role and show the desk."""
        name, passphrase = WHO[role]
        self.session.show_desk(open_desk(folder, name, passphrase, FixedClock(NOON)))
        self.settle()
        return self.shell

    def settle(self) -> None:
        """Wait until nothing is asked of the database any more."""
        self.qtbot.waitUntil(lambda: not self.tasks.open_tickets, timeout=20_000)
        if self.bugs:
            raise self.bugs[0]

    def open(self, name: str) -> Any:
        """Show a page and wait for what it asked."""
        page = self.shell.open(name)
        assert page is not None, name
        self.settle()
        return page

    def waited(self, what: Callable[[], bool], timeout: int = 10_000) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(what, timeout=timeout)

    def kept(self, what: Callable[[], bool]) -> None:
        """Wait until something holds of the vault, read only while nobody else is at it."""
        self.waited(lambda: not self.tasks.open_tickets and what())

    def close(self) -> None:
        """End as the program does when its window is closed, after the backup that is due."""
        window = self.session.window
        if isValid(window):
            window.close()
            self.waited(lambda: not window.isVisible(), timeout=20_000)
        if self.bugs:
            raise self.bugs[0]


def entries(shell: Shell) -> list[str]:
    """Return the names of all pages of the rail."""
    return [entry.name for group in shell._groups for entry in group.entries]
