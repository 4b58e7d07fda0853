"""Somebody who works in the window: pages, rows, small forms, buttons, the preview of a paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from privdesk.core.clock import FixedClock
from privdesk.flows import custody
from privdesk.registers.desk import Desk
from privdesk.registers.findings.view import TodayPage
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.preview import Preview
from privdesk.ui.theme import Theme
from tests.copies import copy_office, open_as
from tests.desks import ALICE, BORA
from tests.e2e.hands import Given, Hand, words_of
from tests.window.rooms import Room

CTRL = Qt.KeyboardModifier.ControlModifier


class InWindow(Hand):
    """The window of one officer; another officer sits down at a window of her own."""

    name = "window"

    def __init__(self, folder: Path, clock: FixedClock, qtbot: QtBot, theme: Theme) -> None:
        super().__init__(folder, copy_office(folder), clock)
        self._qtbot, self._theme = qtbot, theme
        self._room: Room | None = None

    @property
    def room(self) -> Room:
        """The window, opened when it is first needed."""
        if self._room is None:
            self._room = self.sit_down(ALICE)
        return self._room

    def sit_down(self, who: str) -> Room:
        """Open the vault in a window as somebody."""
        room = Room(self._qtbot, self._theme, self.folder)
        room.session.show_desk(open_as(self.vault, who, self.clock))
        room.settle()
        return room

    def close(self) -> None:
        """Leave the desk; a window that shows a bug fails the test."""
        room, self._room = self._room, None
        if room is not None:
            room.settle()
            room.close()
            room.waited(lambda: room.session.desk is None)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Look at the vault beside the window, or through it while it is open."""
        if self._room is not None:
            self._room.settle()
            yield self._room.desk
            return
        with super().desk() as desk:
            yield desk

    # -- looking

    def find(self, text: str) -> list[str]:
        """Type into the search box; return the people offered."""
        return [line.right for line in self._offered(text) if line.right.startswith("S-")]

    def shown(self, text: str) -> str:
        """Return what the search box offers."""
        return " ".join(f"{line.title} {line.subtitle}" for line in self._offered(text))

    def _offered(self, text: str) -> list[Any]:
        room = self.room
        line = room.shell.top.search.line
        room.session.window.activateWindow()
        room.waited(room.session.window.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget() or room.shell, Qt.Key.Key_K, CTRL)
        room.waited(line.hasFocus)
        line.setText(text)
        room.settle()
        room.waited(room.shell.palette_list.isVisible)
        found = [one for one in room.shell.palette_list.lines() if one.go is not None]
        QTest.keyClick(line, Qt.Key.Key_Escape)
        return found

    def page(self, register: str, ref: str = "") -> Any:
        """Show a register's page, at a record where one is named."""
        room = self.room
        page: Any = room.open(register)
        if ref:
            page.open_ref(ref)
            room.settle()
            room.waited(lambda: page.list.current() is not None and page.list.current().ref == ref)
        return page

    # -- doing

    def enter(self, register: str, **values: Given) -> str:
        """Fill the form of a new record and save it."""
        page = self.page(register)
        page.new()
        assert page.form is not None
        form = page.form.form
        made: list[str] = []
        page.form.saved.connect(lambda row, _new: made.append(row.ref))
        self._fill(form, values)
        form.foot.save.click()
        self.room.settle()
        assert made, _faults(form)
        return made[0]

    def not_entered(self, register: str, **values: Given) -> str:
        """Fill the form of a new record, which is refused, and leave it."""
        page = self.page(register)
        page.new()
        assert page.form is not None
        form = page.form.form
        self._fill(form, values)
        form.foot.save.click()
        self.room.settle()
        told = _faults(form)
        assert told
        page.show_list()
        return told

    def act(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Begin an action of the record that is fitting, fill its small form, press its button."""
        page = self._begin(register, ref, action, values)
        assert page.actor.dialog is None, _faults(page.actor.dialog.form)
        return str(page.flash.text())

    def cannot(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Begin an action that is not offered, or refused."""
        page = self.page(register, ref)
        if action not in {one.name for one in page.fitting()}:
            return ""
        page = self._begin(register, ref, action, values)
        dialog = page.actor.dialog
        if dialog is None:
            return str(page.flash.text())
        told = _faults(dialog.form)
        dialog.reject()
        assert told
        return told

    def _begin(self, register: str, ref: str, action: str, values: dict[str, Given]) -> Any:
        page = self.page(register, ref)
        offered = {one.name: one for one in page.fitting()}
        assert action in offered, f"{action} is not among {sorted(offered)}"
        page.start(offered[action])
        self.room.settle()
        dialog = page.actor.dialog
        if dialog is not None:
            self._fill(dialog.form, values)
            dialog.form.foot.save.click()
            self.room.settle()
        return page

    def _fill(self, form: Any, values: dict[str, Given]) -> None:
        for name, value in values.items():
            form.boxes[name].editor.set_raw(value)
        self.room.settle()

    def paper(self, register: str, code: str, ref: str) -> str:
        """Open a paper of the record from its Papers tab, read the preview, issue and save it."""
        page: RegisterPage = self.page(register, ref)
        page.show_detail()
        (document,) = [one for one in page.register.documents if one.code == code]
        page.detail.papers.asked.emit(document, ref)
        preview = self.preview()
        assert preview.draft.isVisible()
        return self._saved(preview)

    def preview(self) -> Preview:
        """Return the paper on show."""
        room = self.room

        def on_show() -> list[Preview]:
            found = room.session.window.findChildren(Preview)
            return [one for one in found if one.isVisible()]

        room.waited(lambda: bool(on_show()), 30_000)
        room.settle()
        return on_show()[-1]

    def _saved(self, preview: Preview) -> str:
        out = self.pdf()
        preview.save_to(out)
        self.room.settle()
        assert not preview.draft.isVisible(), preview.flash.text()
        preview.reject()
        return words_of(out)

    def tasks(self) -> dict[str, str]:
        """Return what Today shows."""
        page = self.room.open("today")
        assert isinstance(page, TodayPage)
        page.refresh()
        self.room.settle()
        assert page.board is not None
        told = [task.finding for tasks in page.board.buckets.values() for task in tasks]
        return {one.ref: one.what_text() for one in told}

    def destroy_child(self, consent: str) -> str:
        """Begin from the consent; the page of destructions opens with what was collected."""
        page = self.page("consents", consent)
        (action,) = [one for one in page.fitting() if one.name == "destroy"]
        page.start(action)
        self.room.settle()
        assert self.room.shell.current == "destructions"
        case = self._case()
        if not case.chooser.why_text():
            case.chooser.reason.setPlainText(f"No guardian agreed: {consent}")
        case.chooser.on.click()
        self.room.settle()
        case.places.request.click()
        self.room.settle()
        assert case.ref, case.chooser.why.error.text()
        return str(case.ref)

    def destroyed(self, ref: str) -> None:
        """Have Bora sit down, approve by the digest and execute by the count."""
        self.close()
        self._room = self.sit_down(BORA)
        self.page("destructions").open_ref(ref)
        self.room.settle()
        case = self._case()
        case.approval.approve.click()
        self.room.settle()
        case.execution.number.setText(str(case.execution.wanted))
        case.execution.path.setText(str(self.folder / "safe.key"))
        assert case.execution.go.isEnabled()
        case.execution.go.click()
        self.room.settle()
        assert case.standing.state in ("backups_closed", "complete"), case.standing.state
        custody.destroyed(self.room.desk, "C-1", BORA)
        self.close()

    def place_confirms(self, ref: str, place: str, on: str) -> None:
        """Enter the answer on the page of the destruction, beside its place."""
        self.page("destructions").open_ref(ref)
        self.room.settle()
        case = self._case()
        (card,) = [one for one in case.certificate.cards if one.order.name == place]
        card.enter.click()
        card.form.who.setText("IT team")
        card.form.day.set_raw(on)
        card.form.save.click()
        self.room.settle()

    def _case(self) -> Any:
        page: Any = self.room.shell.page("destructions")
        self.room.waited(lambda: page.case is not None)
        return page.case


def _faults(form: Any) -> str:
    """Return what a form says is wrong."""
    told = [box.error.text() for box in form.boxes.values()]
    told += [form.foot.notice.text()] if hasattr(form.foot, "notice") else []
    return " ".join(filter(None, told))
