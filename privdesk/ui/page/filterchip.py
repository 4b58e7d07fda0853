"""One condition above the table: a word, and a cross that takes it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from privdesk.core.i18n import _
from privdesk.ui.page.conditions import Condition
from privdesk.ui.widgets import IconButton, PlainLabel, Plane, row

_HEIGHT = 28


class FilterChip(Plane):
    """Reads “State: Overdue”; a click changes it, the cross (or Delete) removes it."""

    edit_asked = Signal()
    removed = Signal()

    def __init__(self, condition: Condition, text: str) -> None:
        super().__init__("card")
        self.condition = condition
        self.text = PlainLabel(text)
        self.cross = IconButton("close", "", self.removed.emit, size=12)
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setFixedSize(20, 20)
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row(self, self.text, self.cross, gap=4, margin=(10, 0, 4, 0))
        self.say(text)

    def say(self, text: str) -> None:
        """Set the words."""
        self.text.setText(text)
        self.cross.call(_("Remove filter"))
        self.setAccessibleName(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change the condition."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.edit_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter change it, Delete removes it."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)
