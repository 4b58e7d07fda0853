"""Signing a pledge on the screen: its text, a tick, the pad."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QScrollArea, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, current
from privdesk.core.register import Outcome
from privdesk.registers.pledges.commands import PledgeCommands, SheetText
from privdesk.ui.pad import SignaturePad
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import LANGUAGE_NAMES, on_language
from privdesk.ui.widgets import (
    Hairline,
    LabelledField,
    PlainLabel,
    Plane,
    button,
    column,
    link_button,
    primary_button,
    row,
)

_WIDTH, _HEIGHT = 720, 820


class SignDialog(QDialog):
    """The person reads, ticks and signs; the officer sees to it that it is the right person."""

    signed = Signal(object)  # Outcome

    def __init__(
        self, ref: str, commands: PledgeCommands, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ref, self._commands, self._tasks = ref, commands, tasks
        self._language = current()
        self._shown: SheetText | None = None
        self.heading = PlainLabel("", "title", wrap=True)
        self.who = PlainLabel("", "muted", wrap=True)
        self.language = button("", self.change_language)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.read = QCheckBox()
        self.pad = SignaturePad()
        self.again = link_button("", self.pad.clear)
        self.head_line = QLineEdit()
        self.head = LabelledField(self.head_line)
        self.error = PlainLabel("", "error", wrap=True)
        self.go = primary_button("", self.submit, icon="edit")
        self.cancel = button("", self.reject)
        self._lay_out()
        self.read.toggled.connect(lambda _on: self._offer())
        self.pad.written.connect(self._offer)
        self.resize(_WIDTH, min(_HEIGHT, parent.window().height() - 40 if parent else _HEIGHT))
        on_language(self, self._speak)
        self._offer()
        self._ask(self._language)

    def _lay_out(self) -> None:
        sheet = Plane()
        column(self, sheet)
        words = column(None, self.heading, self.who, gap=2)
        top = row(None, words, self.language, margin=(28, 20, 28, 12))
        top.setStretch(0, 1)
        signature = row(None, self.head, None, self.again, gap=8)
        signature.setAlignment(self.again, Qt.AlignmentFlag.AlignBottom)
        self.head_line.setMinimumWidth(220)
        foot = column(
            None,
            self.read,
            self.pad,
            signature,
            self.error,
            row(None, None, self.cancel, self.go),
            gap=8,
            margin=(28, 12, 28, 20),
        )
        whole = column(sheet, top, Hairline(), self.area, Hairline(), foot, gap=0)
        whole.setStretch(2, 1)

    def change_language(self) -> None:
        """Show the text in the other language: that of its reader."""
        self._ask(self._other())

    def submit(self) -> None:
        """Record the signature."""
        written, head = self.pad.strokes(), self.head_line.text().strip()
        language = self._language
        self._free(False)
        self._tasks.run(
            self,
            lambda: self._commands.sign(self._ref, written, language, head),
            done=self._done,
            failed=self._refused,
        )

    def _done(self, outcome: Outcome) -> None:
        self.accept()
        self.signed.emit(outcome)

    def _refused(self, error: DomainError) -> None:
        self.error.setText(error.sentence())
        self._free(True)

    def _ask(self, language: str) -> None:
        self._tasks.run(
            self,
            lambda: self._commands.text(self._ref, language),
            done=lambda text: self._show(language, text),
            failed=self._refused,
            latest="text",
        )

    def _show(self, language: str, text: SheetText) -> None:
        first = self._shown is None
        self._language, self._shown = language, text
        if first:
            self.head_line.setText(text.head)
        sheet = Plane("ground")
        lines = column(sheet, gap=8, margin=(28, 16, 28, 16))
        for line in filter(None, (part.strip() for part in text.text.splitlines())):
            lines.addWidget(PlainLabel(line, wrap=True))
        lines.addStretch(1)
        self.area.setWidget(sheet)
        self.read.setChecked(False)  # what was read is another text now
        self._speak()

    def _other(self) -> str:
        return next(language for language in LANGUAGE_NAMES if language != self._language)

    def _free(self, free: bool) -> None:
        self.cancel.setEnabled(free)
        self.go.setEnabled(free and self._ready())

    def _ready(self) -> bool:
        return self._shown is not None and self.read.isChecked() and self.pad.signed

    def _offer(self) -> None:
        self.error.clear()
        self.go.setEnabled(self._ready())

    def _speak(self) -> None:
        shown = self._shown
        self.setWindowTitle(_("Sign on the screen"))
        self.heading.setText(shown.heading if shown else "")
        self.who.setText(" · ".join(filter(None, (shown.name, shown.about))) if shown else "")
        self.language.setText(LANGUAGE_NAMES[self._other()])
        self.language.setToolTip(_("Show the text in the other language"))
        name = shown.name if shown else ""
        self.read.setText(_("I, {name}, have read this and pledge it.").format(name=name))
        self.again.setText(_("Wipe and sign again"))
        self.head.tell(_("Department head, if present"))
        self.go.setText(_("Record the signature"))
        self.cancel.setText(_("Cancel"))
