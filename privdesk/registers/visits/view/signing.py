"""Signing the visit book on the screen: what is kept and how long, then the pad."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.register import Outcome
from privdesk.registers.visits.commands import Shown, VisitCommands
from privdesk.ui.pad import SignaturePad
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    PlainLabel,
    Plane,
    button,
    column,
    link_button,
    primary_button,
    row,
)

_WIDTH = 640


class SignVisit(QDialog):
    """The visitor reads what is kept, and signs."""

    signed = Signal(object)  # Outcome

    def __init__(
        self, ref: str, commands: VisitCommands, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ref, self._commands, self._tasks = ref, commands, tasks
        self._shown: Shown | None = None
        self.heading = PlainLabel("", "title", wrap=True)
        self.who = PlainLabel("", "muted", wrap=True)
        self.notice = PlainLabel("", wrap=True)
        self.pad = SignaturePad()
        self.again = link_button("", self.pad.clear)
        self.error = PlainLabel("", "error", wrap=True)
        self.go = primary_button("", self.submit, icon="edit")
        self.cancel = button("", self.reject)
        sheet = Plane()
        column(self, sheet)
        column(
            sheet,
            column(None, self.heading, self.who, gap=2),
            self.notice,
            self.pad,
            row(None, None, self.again),
            self.error,
            row(None, None, self.cancel, self.go),
            gap=12,
            margin=(28, 20),
        )
        self.pad.written.connect(self._offer)
        self.resize(_WIDTH, self.sizeHint().height())
        on_language(self, self._speak)
        self._offer()
        tasks.run(self, lambda: commands.shown(ref), done=self._show, failed=self._refused)

    def submit(self) -> None:
        """Record the signature."""
        written = self.pad.strokes()
        self.go.setEnabled(False)
        self._tasks.run(
            self,
            lambda: self._commands.sign(self._ref, written),
            done=self._done,
            failed=self._refused,
        )

    def _done(self, outcome: Outcome) -> None:
        self.accept()
        self.signed.emit(outcome)

    def _refused(self, error: DomainError) -> None:
        self._offer()
        self.error.setText(error.sentence())

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._speak()
        self._offer()

    def _offer(self) -> None:
        self.error.clear()
        self.go.setEnabled(self._shown is not None and self.pad.signed)

    def _speak(self) -> None:
        shown = self._shown
        self.setWindowTitle(_("Sign the visit book"))
        self.heading.setText(shown.zone if shown else "")
        self.who.setText(f"{shown.name} · {shown.since} · {shown.ref}" if shown else "")
        years = shown.years if shown else 1
        self.notice.setText(
            _(
                "To protect this room we keep your name, company, telephone and signature for"
                " {n} year(s) and then destroy them. They are used for nothing else. You may"
                " refuse; then you cannot enter the room."
            ).format(n=years)
        )
        self.again.setText(_("Wipe and sign again"))
        self.go.setText(_("Record the signature"))
        self.cancel.setText(_("Cancel"))
