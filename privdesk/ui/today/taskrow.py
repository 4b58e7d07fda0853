"""One task, 44 pixels high or more: chip, words, clause, who has it, button, menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui import tokens
from privdesk.ui.today.lines import TaskLine
from privdesk.ui.today.tasktext import TaskText
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
    button,
    column,
    row,
)

_CHIP, _WHO, _BUTTON = 78, 72, 158
_TIGHT = 700  # of a row: the words need the room beside a short button
_SHORTEST = 84  # of the button: as wide as its words beyond that, on the right of its column
_MORE = 16  # what a third or fourth line adds to the height


class TaskRow(Plane):
    """A task; ``go_asked`` and ``menu_asked`` carry its key (and where to open the menu)."""

    go_asked = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, line: TaskLine, *, menu: bool) -> None:
        super().__init__("task")
        self.line = line
        self.setFixedHeight(tokens.TASK_ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chip = Chip(line.chip, line.tone)
        self.words = TaskText(line.what, line.detail, line.note, line.note_tone)
        self.clause = PlainLabel(line.clause, "caption")
        self.clause.setToolTip(line.law)
        self.who = ElidedLabel(line.who, "caption")
        self.go = button(line.label, lambda: self.go_asked.emit(line.key), tip=line.do)
        self.more = IconButton("more", "", self._ask_menu)
        self._lay_out()
        self.more.setVisible(menu)
        self.retranslate()

    def _lay_out(self) -> None:
        chip, beside = QWidget(), QWidget()
        chip.setFixedWidth(_CHIP)
        row(chip, self.chip, None)
        beside.setFixedWidth(_WHO)
        names = (self.clause, self.who) if self.line.who else (self.clause,)
        column(beside, None, *names, None, gap=2)
        self._step = step = QWidget()
        self.go.setMinimumWidth(_SHORTEST)
        row(step, None, self.go)
        parts = (chip, self.words, beside, step, self.more)
        row(self, *parts, gap=12, margin=(14, 0, 8, 0)).setStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where the sentence needs more than two lines: its end is often the date."""
        super().resizeEvent(event)
        needed = self.go.sizeHint().width()
        self._step.setFixedWidth(_BUTTON if self.width() > _TIGHT else max(needed, _SHORTEST))
        more = max(0, len(self.words.lines()) - 2)
        self.setFixedHeight(tokens.TASK_ROW + more * _MORE)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        line = self.line
        self.more.call(_("More for this task"))
        self.setAccessibleName(f"{line.spoken()}. {line.who or _('Nobody has it yet')}")
        self.go.setAccessibleName(f"{line.label}: {line.what}")
        self.go.setAccessibleDescription(line.do)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu where the pointer is."""
        if not self.more.isHidden():
            self.menu_asked.emit(self.line.key, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with its own key."""
        if event.key() == Qt.Key.Key_Menu and not self.more.isHidden():
            self._ask_menu()
        else:
            super().keyPressEvent(event)

    def _ask_menu(self) -> None:
        below = self.more.mapToGlobal(QPoint(0, self.more.height()))
        self.menu_asked.emit(self.line.key, below)
