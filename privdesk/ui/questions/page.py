"""The page of questions: a table that is answered without leaving the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.page.context import PageContext
from privdesk.ui.questions.asked import NO, NONE, YES, Answering, Asked
from privdesk.ui.questions.table import DUE, EVIDENCE, FINDING, QuestionTable
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    FlashLine,
    PlainLabel,
    Plane,
    button,
    column,
    primary_button,
    quiet_button,
    row,
)

KEYS = {
    **dict.fromkeys("yY1ㅛ", YES),
    **dict.fromkeys("nN2ㅜ", NO),
    **dict.fromkeys("aA3ㅁ", NONE),
}
"""A letter, a digit, or what the letter's key types while Hangul is on."""


class AnswerPage(QWidget):
    """Y, N and A answer the question at hand; the answers are recorded together."""

    left = Signal()
    recorded = Signal(object)  # Outcome

    def __init__(self, asked: Asked, context: PageContext, answering: Answering) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._answering, self.asked = context, answering, asked
        self.title = PlainLabel(asked.title, "title")
        self.count = PlainLabel("", "muted")
        self.hint = PlainLabel("", "muted")
        self.table = QuestionTable(asked)
        self.rest = button("", self.answer_rest)
        self.drop = quiet_button("", self.left.emit)
        self.save = primary_button("", self.record, tip="Ctrl+Enter")
        self.flash = FlashLine(self)
        bar, held, foot = Plane("bar"), Plane(), Plane("bar")
        row(bar, self.title, 12, self.count, None, self.rest, gap=6, margin=(18, 10))
        column(held, self.table, margin=(16, 10))
        row(foot, self.hint, None, self.drop, self.save, gap=8, margin=(18, 10))
        column(self, bar, held, foot, gap=0).setStretch(1, 1)
        self.table.answered.connect(self._recount)
        self.table.installEventFilter(self)
        on_language(self, self._speak)
        self.table.to_first_open()

    @property
    def dirty(self) -> bool:
        """Whether something was answered that is not recorded yet."""
        return bool(self.table.changed())

    def answer_rest(self) -> None:
        """Answer what is open with Yes."""
        for one in self.table.lines():
            if not one.answer:
                self.table.answer(one.ref, YES)

    def record(self) -> None:
        """Record the answers given so far; nothing was done where there are none."""
        lines = self.table.changed()
        if not lines:
            self.left.emit()
            return
        self.save.setEnabled(False)
        self._context.tasks.run(
            self,
            lambda: self._answering.record(self.asked.ref, lines),
            done=self.recorded.emit,
            failed=self._refused,
        )

    def answers(self) -> list[dict[str, Any]]:
        """Return what is not recorded yet, as JSON holds it."""
        names = ("ref", "answer", "finding", "due", "evidence")
        return [{n: getattr(one, n) for n in names} for one in self.table.changed()]

    def take(self, answers: Sequence[dict[str, Any]]) -> None:
        """Put answers in that ``answers`` gave before a lock."""
        for told in answers:
            self.table.put(str(told["ref"]), {k: str(v) for k, v in told.items() if k != "ref"})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer with a key while no cell is edited; Ctrl+Enter records."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        free = self.table.state() is not QAbstractItemView.State.EditingState
        told = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if told and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record()
            return True
        if free and not told and event.text() in KEYS and self.table.currentColumn() < FINDING:
            self._press(KEYS[event.text()])
            return True
        return super().eventFilter(watched, event)

    def _press(self, answer: str) -> None:
        ref = self.table.current_ref()
        if not ref:
            return
        self.table.answer(ref, answer)
        if answer == NO:
            self.table.ask_finding(ref)
        else:
            self.table.to_next()

    def _refused(self, error: Any) -> None:
        self.save.setEnabled(True)
        self.flash.refuse(error)

    def _recount(self) -> None:
        lines = self.table.lines()
        given = sum(bool(one.answer) for one in lines)
        lacking = sum(one.answer == NO for one in lines)
        told = _("{n} of {all} answered").format(n=given, all=len(lines))
        if lacking:
            told += " · " + ngettext("{n} lacking", "{n} lacking", lacking)
        self.count.setText(told)
        self.rest.setEnabled(given < len(lines))

    def _speak(self) -> None:
        self.hint.setText(_("Y yes · N no · A does not apply · Tab to what is lacking"))
        self.rest.setText(_("Answer the rest with Yes"))
        self.drop.setText(_("Leave without recording"))
        self.save.setText(_("Record answers"))
        self.table.setAccessibleName(_("Questions and answers"))
        self.table.name_columns(
            {
                0: _("No."),
                1: _("Question"),
                2: _("Yes"),
                3: _("No"),
                4: _("N/A"),
                FINDING: _("What is lacking"),
                DUE: _("Put right by"),
                EVIDENCE: _("Evidence"),
            }
        )
        self._recount()
