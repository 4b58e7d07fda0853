"""Unlock: the office's name, officer, passphrase, and other ways in.

Loads nothing slow: the app calls ``preload`` while the passphrase is typed.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QProgressBar

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.ui.front import FrontPage
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import (
    ElidedLabel,
    Hairline,
    IconLabel,
    LabelledField,
    PassphraseLine,
    PlainLabel,
    Plane,
    column,
    link_button,
    primary_button,
    row,
)

_WIDTH = 420
_PAINTED = 50  # milliseconds after which the page stands on the screen, and checking may begin


@dataclass(frozen=True)
class Person:
    """Somebody who may open the vault; ``role`` is a message id."""

    name: str
    role: str = ""


class Opener(Protocol):
    """What opens a vault; everything but ``office`` runs on the database thread."""

    office: str  # the company's name, or the vault's where that is not known before opening
    names: Sequence[Person]  # who may open it, as its head says before anything was checked

    def people(self) -> Sequence[Person]:
        """Return who may open the vault."""

    def open(self, name: str, passphrase: str) -> object:
        """Open it; raises DomainError, with ``seconds`` in its details while one must wait."""

    def recover(self, kit: str, name: str, passphrase: str) -> None:
        """Enrol a new officer with the recovery kit: a path or the letters."""

    def receive(self, custody: str, name: str, passphrase: str) -> None:
        """Take the epoch secret from a custody copy: a path or the letters."""


def preload(*modules: str) -> threading.Thread:
    """Import the slow parts on a thread of their own; the caller may join it."""

    def load() -> None:
        for module in modules:
            importlib.import_module(module)

    thread = threading.Thread(target=load, name="preload", daemon=True)
    thread.start()
    return thread


class UnlockPage(FrontPage):
    """Asks who it is; ``opened`` carries what the opener gave."""

    help_topic = "unlock"
    opened = Signal(object)
    other_vault = Signal()

    def __init__(self, opener: Opener, tasks: Tasks, theme: Theme, path: str = "") -> None:
        super().__init__(theme, _WIDTH)
        self._opener, self._tasks = opener, tasks
        self._people: list[Person] = []
        self._wait = 0
        self._error: DomainError | None = None
        self.office = PlainLabel(opener.office, "title", wrap=True)
        self.path = ElidedLabel(path, "caption")
        self.who = QComboBox()
        self.officer = LabelledField(self.who)
        self.line = PassphraseLine()
        self.passphrase = LabelledField(self.line)
        self.caps_icon = IconLabel("caps", "soon", 14)
        self.caps = PlainLabel("", "caption")
        self.notice = Plane("notice")
        self.sentence = PlainLabel("", wrap=True)
        self.busy = QProgressBar()
        self.unlock = primary_button("", self.submit, icon="unlock")
        self.kit = link_button("", self._with_kit)
        self.custody = link_button("", self._with_custody)
        self.other = link_button("", self.other_vault.emit)
        self.ways = PlainLabel("", "label")
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        self._build()
        self.line.returnPressed.connect(self.submit)
        self.line.caps.connect(self._caps)
        self.line.textEdited.connect(self._forget_error)
        self.who.currentIndexChanged.connect(self._forget_error)
        self.retranslate()
        self._caps(False)
        self._show_people(opener.names)
        QTimer.singleShot(_PAINTED, self, self._look)

    def _build(self) -> None:
        self.busy.setTextVisible(False)
        self.busy.setRange(0, 0)
        mark = IconLabel("overdue", "overdue", 18)
        said = row(self.notice, mark, self.sentence, gap=8, margin=(10, 8))
        said.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        said.setStretch(1, 1)
        self.notice.hide()
        self.busy.hide()
        self.unlock.setMinimumHeight(36)
        self.unlock.setStyleSheet("min-height: 34px; max-height: 34px;")
        column(
            self.card,
            self.office,
            self.path,
            14,
            self.officer,
            6,
            self.passphrase,
            row(None, self.caps_icon, self.caps, None, gap=5),
            self.notice,
            4,
            self.unlock,
            self.busy,
            8,
            Hairline(),
            4,
            self.ways,
            row(None, self.kit, 14, self.custody, None),
            row(None, self.other, None),
            gap=4,
            margin=(28, 26, 28, 22),
        )
        for first, second in (
            (self.who, self.line),
            (self.line, self.unlock),
            (self.unlock, self.kit),
            (self.kit, self.custody),
            (self.custody, self.other),
        ):
            self.setTabOrder(first, second)

    def submit(self) -> None:
        """Try the passphrase."""
        if not self.unlock.isEnabled():
            return
        name, passphrase = str(self.who.currentData() or ""), self.line.value()
        if not passphrase:
            self.line.setFocus()
            return
        self._forget_error()
        self._set_busy(True)
        self._tasks.run(
            self,
            lambda: self._opener.open(name, passphrase),
            done=self._opened,
            failed=self.explain,
        )

    def refuse(self, error: DomainError) -> None:
        """Show what went wrong in the window itself."""
        self.explain(error)

    def explain(self, error: DomainError) -> None:
        """Show what is wrong in one sentence; count down where one has to wait."""
        self._set_busy(False)
        self._error = error
        self.line.selectAll()
        self.line.setFocus()
        self._wait = int(str(error.details.get("seconds", 0)))
        if self._wait:
            self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.officer.tell(_("Officer"))
        self.passphrase.tell(_("Passphrase"))
        self.caps.setText(_("Caps lock is on"))
        self.ways.setText(_("Other ways in"))
        self.kit.setText(_("Recovery kit…"))
        self.custody.setText(_("Custody copy…"))
        self.other.setText(_("Another vault…"))
        for index, person in enumerate(self._people):
            self.who.setItemText(index, _label(person))
        self._label_button()
        self.sentence.setText(self._error.sentence() if self._error else "")
        self.notice.setVisible(self._error is not None)
        self.notice.setAccessibleName(self.sentence.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor where the passphrase goes."""
        super().showEvent(event)
        self.line.setFocus()

    def _label_button(self) -> None:
        if self._wait:
            self.unlock.setText(ngettext("Wait {n} second", "Wait {n} seconds", self._wait))
        elif self.busy.isHidden():
            self.unlock.setText(_("Unlock"))
        else:
            self.unlock.setText(_("Opening…"))
        self.unlock.setEnabled(not self._wait and self.busy.isHidden())

    def _look(self) -> None:
        """Have the vault's head checked: who may open it, or what is wrong with it."""
        self._tasks.run(self, self._opener.people, done=self._show_people, failed=self.explain)

    def _show_people(self, people: Sequence[Person]) -> None:
        if list(people) == self._people:
            return
        chosen = self.who.currentData()
        self._people = list(people)
        self.who.clear()
        for person in self._people:
            self.who.addItem(_label(person), person.name)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0) if self._people else -1)

    def _opened(self, vault: object) -> None:
        self.line.clear()
        self.opened.emit(vault)

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        for control in (self.who, self.line, self.kit, self.custody, self.other):
            control.setEnabled(not busy)
        self._label_button()

    def _forget_error(self, *_args: object) -> None:
        if not self._wait:
            self._error = None
            self.notice.hide()

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._wait = 0
            self._timer.stop()
            self._forget_error()
        self._label_button()

    def _caps(self, on: bool) -> None:
        self.caps.setVisible(on)
        self.caps_icon.setVisible(on)

    def _with_kit(self) -> None:
        from privdesk.ui.waysin import KitDialog

        self._ask(KitDialog(self._opener, self._tasks, self))

    def _with_custody(self) -> None:
        from privdesk.ui.waysin import CustodyDialog

        names = [person.name for person in self._people]
        self._ask(CustodyDialog(self._opener, names, self._tasks, self))

    def _ask(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._look)
        dialog.open()


def _label(person: Person) -> str:
    return f"{person.name} · {_(person.role)}" if person.role else person.name
