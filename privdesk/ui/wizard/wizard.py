"""The set-up wizard: steps on the left, one at a time on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, current
from privdesk.ui.longbar import LongBar
from privdesk.ui.progress import Progress
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import (
    FlashLine,
    IconLabel,
    PlainLabel,
    Plane,
    column,
    primary_button,
    quiet_button,
    row,
)
from privdesk.ui.wizard.done import DoneStep
from privdesk.ui.wizard.papers import CustodyStep, KitStep
from privdesk.ui.wizard.setup import Missing, SetUp
from privdesk.ui.wizard.steps import CompanyStep, LanguageStep, OfficerStep, Step

T = TypeVar("T")
_WIDTH, _SIDE = 620, 248


class _Mark(QWidget):
    """A step's name in the list on the left."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconLabel("plain", "muted", 18)
        self.label = PlainLabel()
        row(self, self.icon, self.label, None, gap=10, margin=(0, 7))

    def show_state(self, text: str, state: str) -> None:
        icons = {"done": ("kept", "kept"), "now": ("go", "accent"), "later": ("plain", "muted")}
        self.icon.show_icon(*icons[state])
        self.label.setText(text)
        self.label.setProperty("look", {"done": "", "now": "strong", "later": "muted"}[state])
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)


class Wizard(QWidget):
    """``finished`` carries what ``SetUp.finish`` gave; ``cancelled`` before anything was made."""

    finished = Signal(object)
    cancelled = Signal()

    def __init__(self, setup: SetUp, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self._setup, self._tasks = setup, tasks
        self._at = 0
        self._made = False
        self.language = LanguageStep(theme)
        self.company = CompanyStep(setup)
        self.officer = OfficerStep(second=False)
        self.second = OfficerStep(second=True, others=(self.officer,))
        self.kit = KitStep(setup, tasks)
        self.custody = CustodyStep(setup, tasks)
        self.done = DoneStep()
        self.steps: list[Step] = [
            self.language,
            self.company,
            self.officer,
            self.second,
            self.kit,
            self.custody,
            self.done,
        ]
        self._before: dict[Step, Callable[[], None]] = {
            self.company: self._check_folder,
            self.officer: lambda: self._check_passphrase(self.officer),
            self.second: lambda: self._check_passphrase(self.second),
            self.custody: self._list_missing,
            self.done: self._finish,
        }
        self.marks = [_Mark() for _step in self.steps]
        self.heading = PlainLabel("", "section")
        self.back = quiet_button("", self.go_back, icon="back")
        self.next = primary_button("", self.go_on)
        self.flash = FlashLine(self)
        self._build(tasks)
        for step in self.steps:
            step.changed.connect(self._refresh)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help)
        self.retranslate()

    @property
    def step(self) -> Step:
        """The step in view."""
        return self.steps[self._at]

    def go_on(self) -> None:
        """Check the step, do what it asks for, and show the next one."""
        if not self.next.isEnabled() or not self.step.check():
            return
        self._before.get(self.step, self._advance)()

    def go_back(self) -> None:
        """Show the step before; what was made stays made."""
        if self._at == 0:
            self.cancelled.emit()
        elif self._can_go_back():
            self._show(self._at - 1)

    def help(self) -> None:
        """Open the help on the step in view."""
        from privdesk.ui.help import HelpWindow

        secret = self.step in (self.kit, self.custody)
        HelpWindow.open_at(self, "custody" if secret else "first-day")

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.heading.setText(_("Set up the office"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _build(self, tasks: Tasks) -> None:
        side = Plane("rail")
        side.setFixedWidth(_SIDE)
        column(
            side,
            row(None, IconLabel("privdesk", "accent", 24), self.heading, None, gap=10),
            18,
            *self.marks,
            None,
            gap=0,
            margin=(24, 26, 16, 24),
        )
        self.pages = QStackedWidget()
        for step in self.steps:
            self.pages.addWidget(_scrolled(step))
        foot = Plane("foot")
        line = row(None, self.back, None, self.next)
        holder = QWidget()
        holder.setFixedWidth(_WIDTH)
        holder.setLayout(line)
        row(foot, None, holder, None, gap=0, margin=(0, 12))
        right = column(None, self.pages, LongBar(tasks), foot, gap=0)
        row(self, side, right, gap=0)

    def _refresh(self) -> None:
        for at, (mark, step) in enumerate(zip(self.marks, self.steps, strict=True)):
            state = "done" if at < self._at else "now" if at == self._at else "later"
            mark.show_state(step.name(), state)
        self.next.setText(self.step.next_label())
        self.next.setEnabled(self.step.complete())
        self.back.setText(_("Cancel") if self._at == 0 else _("Back"))
        self.back.setVisible(self._at == 0 or self._can_go_back())

    def _can_go_back(self) -> bool:
        return not self._made or self._at > self.steps.index(self.kit)

    def _show(self, at: int) -> None:
        self._at = at
        self.pages.setCurrentIndex(at)
        self._refresh()
        first = self.step.focusWidget() or next(
            (w for w in self.step.findChildren(QWidget) if w.focusPolicy() & 2), None
        )
        if first is not None:
            first.setFocus()

    def _advance(self) -> None:
        self._show(self._at + 1)

    def _check_folder(self) -> None:
        folder = self.company.folder_value()
        self._run(
            lambda: self._setup.check_folder(folder),
            lambda _none: self._advance(),
            self.company.refuse_folder,
        )

    def _check_passphrase(self, step: OfficerStep) -> None:
        officer, company = step.officer(), self.company.company_value().name
        last = step is self.second

        def good(_none: None) -> None:
            if last:
                self._create()
            else:
                self._advance()

        self._run(
            lambda: self._setup.check_passphrase(officer.passphrase, (company, officer.name)),
            good,
            step.refuse,
        )

    def _create(self) -> None:
        folder, company = self.company.folder_value(), self.company.company_value()
        officers = (self.officer.officer(), self.second.officer())
        language = current()

        def work(progress: Progress) -> None:
            self._setup.create(folder, company, language, officers, progress)

        def made(_none: None) -> None:
            self._made = True
            self.officer.passphrase.clear()
            self.second.passphrase.clear()
            self._advance()

        self.next.setEnabled(False)
        self._tasks.long(self, work, title=_("Making the vault"), done=made, failed=self._refused)

    def _list_missing(self) -> None:
        def listed(missing: Sequence[Missing]) -> None:
            self.done.show_missing(missing)
            self._advance()

        self._run(self._setup.missing, listed, self._refused)

    def _finish(self) -> None:
        self._run(self._setup.finish, self.finished.emit, self._refused)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[DomainError], None],
    ) -> None:
        self.next.setEnabled(False)

        def refused(error: DomainError) -> None:
            self._refresh()
            failed(error)

        self._tasks.run(self, work, done=done, failed=refused)

    def refuse(self, error: DomainError) -> None:
        """Show what went wrong in the window itself."""
        self.flash.refuse(error)

    def _refused(self, error: DomainError) -> None:
        self._refresh()
        self.flash.refuse(error)


def _scrolled(step: Step) -> QScrollArea:
    step.setFixedWidth(_WIDTH)
    holder = Plane("surface")
    row(holder, None, step, None, gap=0, margin=(0, 40))
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(holder)
    return made
