"""Several desks of one office: whoever sits there does the same, by commands or in the window."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from privdesk import cli
from privdesk.core import system
from privdesk.core.clock import SystemClock, today
from privdesk.core.i18n import _
from privdesk.flows import accounts
from privdesk.flows.opening import open_desk
from privdesk.registers.findings import safety
from privdesk.ui.restoring.approval import ApprovalPage
from privdesk.ui.restoring.page import RestorePage
from privdesk.ui.restoring.ports import DECLARED
from privdesk.ui.shell import Shell
from privdesk.ui.theme import Theme
from privdesk.ui.unlock import UnlockPage
from privdesk.ui.waysin import CustodyDialog, KitDialog
from privdesk.vault import opening
from privdesk.vault.epoch import EpochStore
from tests.copies import PASSPHRASES, copy_office
from tests.window.rooms import Room

HOME = "home"


class Desks(ABC):
    """One office; ``sit`` chooses the desk at which what follows is done."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, patch
        self.vault = copy_office(folder)
        self.out = folder / "out"
        self.passphrases = dict(PASSPHRASES)
        self._home = Path(os.environ[system.EPOCH_DIR])
        self._names = (system.account(), system.workstation())

    def sit(self, desk: str) -> None:
        """Go to another computer, with an account of its own there."""
        home = desk == HOME
        account, station = self._names if home else (desk, f"PC-{desk}")
        self._patch.setenv(system.EPOCH_DIR, str(self._home if home else self.folder / desk))
        self._patch.setenv("LOGNAME", account)
        self._patch.setattr("platform.node", lambda: station)

    @property
    def account(self) -> str:
        """The account of the present desk, as the program writes it."""
        return f"{system.account()}@{system.workstation()}"

    @property
    def epoch(self) -> int:
        """The epoch whose secret the present desk holds; 0 for none."""
        held = EpochStore(opening.look(self.vault).vault).current()
        return held.epoch if held else 0

    def tasks(self, who: str) -> list[str]:
        """Return what the vault says of its own safety."""
        desk = open_desk(self.vault, who, self.passphrases[who])
        try:
            return [f"{one.what_text()} {one.do_text()}" for one in safety.judge(desk)]
        finally:
            desk.vault.close()

    def holders(self, who: str) -> dict[str, str]:
        """Return every account with its state."""
        desk = open_desk(self.vault, who, self.passphrases[who])
        try:
            told = accounts.holders(desk)
            return {f"{one['account']}@{one['workstation']}": one["state"] for one in told}
        finally:
            desk.vault.close()

    @abstractmethod
    def opens(self, who: str) -> str:
        """Open the vault with a passphrase; return the refusal, empty where it opens."""

    @abstractmethod
    def receive(self, who: str, source: Path) -> str:
        """Bring in a custody copy; return the refusal, empty where it was taken."""

    @abstractmethod
    def lost(self, who: str, what: str, reason: str = "") -> None:
        """Declare a copy or an account lost, as the second one where somebody did already."""

    @abstractmethod
    def change_secret(self, who: str, custody: Path) -> str:
        """Change the epoch secret; return what was said."""

    @abstractmethod
    def issue(self, who: str, target: Path, place: str, keeper: str) -> None:
        """Issue a further custody copy."""

    @abstractmethod
    def confirm(self, who: str, number: str) -> None:
        """Confirm that a former copy was destroyed."""

    @abstractmethod
    def back_up(self, who: str, folder: Path) -> Path:
        """Write a backup into a folder."""

    @abstractmethod
    def reset(self, who: str, name: str, passphrase: str) -> None:
        """Give somebody a new passphrase."""

    @abstractmethod
    def recover(self, name: str, passphrase: str) -> None:
        """Enrol an officer with the recovery kit."""

    @abstractmethod
    def give_up(self, who: str) -> None:
        """Give up the secret of the present desk."""

    @abstractmethod
    def restore(self, who: str, backup: Path, custody: Path) -> None:
        """Declare a restore of a backup with a custody copy; the vault is there from then on."""

    @abstractmethod
    def approve(self, who: str, custody: Path) -> None:
        """Approve the restore as second officer."""


class AtLine(Desks):
    """Everybody uses the commands of the pages."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        super().__init__(folder, patch)
        self._capsys = capsys

    def _file(self, passphrase: str) -> Path:
        path = self.folder / "passphrase.txt"
        path.write_text(passphrase + "\n", encoding="utf-8")
        return path

    def _run(self, who: str, *words: object) -> tuple[str, str]:
        """Return what a command printed, and its refusal."""
        as_whom: tuple[object, ...] = ()
        if who:
            as_whom = ("--officer", who, "--passphrase-file", self._file(self.passphrases[who]))
        self._capsys.readouterr()
        code = cli.main([str(word) for word in (*as_whom, *words)])
        out, err = self._capsys.readouterr()
        assert bool(code) == bool(err.strip()), (code, out, err)
        return out, err.strip()

    def _do(self, who: str, *words: object) -> str:
        out, refused = self._run(who, *words)
        assert not refused, refused
        return out

    def _new(self, passphrase: str) -> Path:
        path = self.folder / "new.txt"
        path.write_text(passphrase + "\n", encoding="utf-8")
        return path

    def opens(self, who: str) -> str:
        """Ask for something small."""
        return self._run(who, "list", self.vault, "places")[1]

    def receive(self, who: str, source: Path) -> str:
        """Use ``custody receive``."""
        return self._run(who, "custody", "receive", self.vault, source)[1]

    def lost(self, who: str, what: str, reason: str = "") -> None:
        """Use ``custody lost``."""
        told = ("--reason", reason) if reason else ()
        self._do(who, *told, "custody", "lost", self.vault, what)

    def change_secret(self, who: str, custody: Path) -> str:
        """Use ``roll``."""
        return self._do(who, "roll", self.vault, "--custody", custody)

    def issue(self, who: str, target: Path, place: str, keeper: str) -> None:
        """Use ``custody issue``."""
        told = ("--place", place, "--keeper", keeper)
        self._do(who, "custody", "issue", self.vault, target, *told)

    def confirm(self, who: str, number: str) -> None:
        """Use ``custody confirm --destroyed``."""
        gone = ("--destroyed", str(today(SystemClock())), "--by", who)
        self._do(who, "custody", "confirm", self.vault, number, *gone)

    def back_up(self, who: str, folder: Path) -> Path:
        """Use ``backup``."""
        target = folder / "office.pdbackup"
        self._do(who, "backup", self.vault, target)
        return target

    def reset(self, who: str, name: str, passphrase: str) -> None:
        """Use ``officers change``."""
        told = ("--new-passphrase-file", self._new(passphrase))
        self._do(who, "officers", "change", self.vault, name, *told)

    def recover(self, name: str, passphrase: str) -> None:
        """Use ``officers recover``."""
        told = (self.out / "kit.pdf", name, "--new-passphrase-file", self._new(passphrase))
        self._do("", "officers", "recover", self.vault, *told)

    def give_up(self, who: str) -> None:
        """Use ``custody retire``."""
        self._do(who, "custody", "retire", self.vault)

    def restore(self, who: str, backup: Path, custody: Path) -> None:
        """Use ``restore``."""
        self.vault = self.folder / "again.privdesk"
        self._do(who, "restore", backup, self.vault, "--custody", custody)

    def approve(self, who: str, custody: Path) -> None:
        """Use ``restore-approve``."""
        self._do(who, "restore-approve", self.vault, "--custody", custody)


class AtWindow(Desks):
    """Everybody uses the window, by the words that the pages name."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, qtbot: QtBot, theme: Theme) -> None:
        super().__init__(folder, patch)
        self._qtbot, self._theme = qtbot, theme
        self._room: Room | None = None
        self._rooms: list[Room] = []  # kept: Python must not take a window apart while it works
        self._who = ""

    def sit(self, desk: str) -> None:
        """Leave the window here and go."""
        self.leave()
        super().sit(desk)

    def leave(self) -> None:
        """Close the window."""
        room, self._room, self._who = self._room, None, ""
        if room is not None:
            room.settle()
            room.close()
            room.waited(lambda: room.session.desk is None)

    def tasks(self, who: str) -> list[str]:
        """Look beside the window."""
        self.leave()
        return super().tasks(who)

    def holders(self, who: str) -> dict[str, str]:
        """Look beside the window."""
        self.leave()
        return super().holders(who)

    def _fresh(self) -> Room:
        self.leave()
        self._room = Room(self._qtbot, self._theme, self.folder)
        self._rooms.append(self._room)
        return self._room

    def _unlock(self) -> UnlockPage:
        room = self._fresh()
        page = room.session.show_unlock(self.vault)
        room.settle()
        return page

    def _enter(self, page: UnlockPage, who: str) -> None:
        at = page.who.findData(who)
        assert at >= 0, who
        page.who.setCurrentIndex(at)
        page.line.setText(self.passphrases[who])
        _press(page, "Unlock")
        room = self._now
        room.waited(lambda: room.page is not page or not page.notice.isHidden(), 30_000)
        room.settle()

    @property
    def _now(self) -> Room:
        assert self._room is not None
        return self._room

    def _page(self, who: str, name: str) -> Any:
        if self._who != who:
            assert self.opens(who) == ""
        return self._now.open(name)

    def opens(self, who: str) -> str:
        """Unlock with the passphrase."""
        page = self._unlock()
        self._enter(page, who)
        if isinstance(self._now.page, Shell):
            self._who = who
            return ""
        return page.sentence.text()

    def receive(self, who: str, source: Path) -> str:
        """Bring it in at the other ways in."""
        page = self._unlock()
        _press(page, "Custody copy…")
        (dialog,) = page.findChildren(CustodyDialog)
        dialog.source.set_value(_letters(source))
        dialog.who.setCurrentText(who)
        dialog.line.setText(self.passphrases[who])
        return self._answered(dialog, "Bring in the copy")

    def _answered(self, dialog: Any, go: str) -> str:
        _press(dialog, go)
        self._now.waited(lambda: not _shown(dialog) or not dialog.error.isHidden(), 30_000)
        self._now.settle()
        return dialog.error.text() if _shown(dialog) else ""

    def _asked(self, page: Any, go: str, fill: Callable[[Any], object]) -> None:
        """Fill the dialog that stands open, press its button, and see it close."""
        dialog = page.dialog
        self._now.waited(dialog.isVisible)
        fill(dialog)
        _press(dialog, go)
        self._now.waited(lambda: not _shown(dialog), 30_000)
        self._now.settle()

    def lost(self, who: str, what: str, reason: str = "") -> None:
        """Press what stands beside the copy or the account."""
        page = self._page(who, "safety")
        _press(page, "Lost…" if reason else "Declare lost too…", what)
        self._asked(page, "Declare it lost", lambda d: d.reason_line.setText(reason))

    def change_secret(self, who: str, custody: Path) -> str:
        """Change it on the page of safety."""
        page = self._page(who, "safety")
        _press(page, "Change the epoch secret now…")
        self._asked(page, "Change the secret", lambda d: d.target.set_path(str(custody)))
        self._now.waited(lambda: page.running is None, 60_000)
        self._now.settle()
        assert custody.exists(), page.flash.text()
        return str(page.flash.text())

    def issue(self, who: str, target: Path, place: str, keeper: str) -> None:
        """Issue it on the page of safety."""

        def fill(dialog: Any) -> None:
            dialog.target.set_path(str(target))
            dialog.place_line.setText(place)
            dialog.keeper_line.setText(keeper)

        page = self._page(who, "safety")
        _press(page, "Issue a further copy…")
        self._asked(page, "Write and read back", fill)

    def confirm(self, who: str, number: str) -> None:
        """Confirm it on the page of safety."""
        page = self._page(who, "safety")
        _press(page, "It was destroyed…", number)
        self._asked(page, "It was destroyed", lambda d: d.by_line.setText(who))

    def back_up(self, who: str, folder: Path) -> Path:
        """Choose the folder, then back up."""
        page = self._page(who, "safety")
        _press(page, "Choose a folder…")
        page.chooser.reject()
        page.take_folder(str(folder))
        self._now.settle()
        _press(page, "Back up now")
        self._now.waited(lambda: page.running is None, 30_000)
        self._now.settle()
        (made,) = folder.glob("*.pdbackup")
        return made

    def reset(self, who: str, name: str, passphrase: str) -> None:
        """Choose it at the three dots beside the name."""
        page = self._page(who, "officers")
        told = _("What can be done about {name}").format(name=name)

        def dots() -> list[Any]:
            buttons = page.findChildren(QAbstractButton)
            return [one for one in buttons if one.accessibleName() == told and one.isVisible()]

        self._now.waited(lambda: bool(dots()))  # rows are laid out behind the answer
        dots()[0].click()
        (action,) = [one for one in page.menu.actions() if one.text() == _("New passphrase…")]
        action.trigger()
        page.menu.close()
        self._asked(page, "Give the new passphrase", lambda d: _type(d.passphrase, passphrase))

    def recover(self, name: str, passphrase: str) -> None:
        """Bring in the kit at the other ways in."""
        page = self._unlock()
        _press(page, "Recovery kit…")
        (dialog,) = page.findChildren(KitDialog)
        dialog.source.set_value(str(self.out / "kit.pdf"))
        dialog.person.setText(name)
        _type(dialog.passphrase, passphrase)
        assert self._answered(dialog, "Enrol the officer") == ""
        self._now.waited(lambda: page.who.findData(name) >= 0)

    def give_up(self, who: str) -> None:
        """Give it up on the page of safety; the desk locks."""
        page = self._page(who, "safety")
        _press(page, "Give up…", self.account)
        room = self._now
        _press(page.dialog, "Overwrite the secret and lock")
        room.waited(lambda: room.replaced == [self.vault], 30_000)
        self._room, self._who = None, ""

    def restore(self, who: str, backup: Path, custody: Path) -> None:
        """Begin on the start page."""
        self.vault = self.folder / "again.privdesk"
        room = self._fresh()
        room.session.show_start().restore.click()
        page = room.page
        assert isinstance(page, RestorePage)
        page.take_file(str(backup))
        room.waited(lambda: page.found is not None)
        page.folder.set_path(str(self.vault))
        page.ways.buttons[DECLARED].click()
        page.custody.set_value(_letters(custody))
        page.who.setCurrentIndex(page.who.findData(who))
        page.line.setText(self.passphrases[who])
        _press(page, "Restore")
        room.waited(lambda: isinstance(room.page, UnlockPage), 30_000)

    def approve(self, who: str, custody: Path) -> None:
        """Unlock as the second officer, and approve."""
        page = self._unlock()
        self._enter(page, who)
        room = self._now
        approval = room.page
        assert isinstance(approval, ApprovalPage)
        approval.custody.set_path(str(custody))
        approval.nobody.setChecked(True)
        _press(approval, "Approve")
        room.waited(lambda: isinstance(room.page, Shell), 30_000)
        room.settle()


def _press(where: QWidget, text: str, beside: str = "") -> None:
    """Press the one button on show with a text; ``beside`` is what its row is about."""
    QApplication.processEvents()
    found = [
        one
        for one in where.findChildren(QAbstractButton)
        if one.isVisible() and one.text() == _(text) and one.accessibleName().endswith(beside)
    ]
    assert len(found) == 1, (text, beside, [one.accessibleName() for one in found])
    assert found[0].isEnabled(), text
    found[0].click()


def _shown(dialog: QWidget) -> bool:
    """Whether a dialog is still there; one that was answered is taken away."""
    return isValid(dialog) and dialog.isVisible()


def _type(box: Any, passphrase: str) -> None:
    box.first.setText(passphrase)
    box.second.setText(passphrase)


def _letters(custody: Path) -> str:
    """Return a key file's path; of a sheet its letters, as somebody types them off."""
    from privdesk.core import spelling
    from privdesk.documents.secrets import read_secret_pdf

    if custody.suffix != ".pdf":
        return str(custody)
    return "\n".join(spelling.spell(read_secret_pdf(custody.read_bytes())))
