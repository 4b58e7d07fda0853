"""A search line with its icon, and the keys that lead there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from privdesk.ui.widgets.cards import Plane
from privdesk.ui.widgets.keycap import KeyCap
from privdesk.ui.widgets.labels import IconLabel
from privdesk.ui.widgets.layout import row

_FORWARD = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
)


class _Line(QLineEdit):
    steered = Signal(QKeyEvent)
    focused = Signal(bool)
    composing = Signal(str)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            text, at = self.text(), self.cursorPosition()
            self.composing.emit(text[:at] + event.preeditString() + text[at:])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _FORWARD and not event.modifiers():
            self.steered.emit(event)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class SearchBox(Plane):
    """An icon, a line and, when idle, the keys that lead to it.

    ``typed`` carries every change of the text, also while a syllable is still being
    composed; ``steered`` the arrow keys, Enter and Esc.
    """

    typed = Signal(str)
    steered = Signal(QKeyEvent)
    focused = Signal(bool)

    def __init__(self, keys: str = "") -> None:
        super().__init__("search")
        self.line = _Line()
        self.line.setProperty("plane", "bare")
        self._keys = KeyCap(keys)
        self._keys.setVisible(bool(keys))
        self._has_keys = bool(keys)
        self.setFocusProxy(self.line)
        self.setFixedHeight(32)
        self.setProperty("active", False)
        row(self, IconLabel("search", "muted", 16), self.line, self._keys, margin=(9, 0, 7, 0))
        self.line.textChanged.connect(self.typed)
        self.line.composing.connect(self.typed)
        self.line.steered.connect(self.steered)
        self.line.focused.connect(self._focus_changed)

    def tell(self, placeholder: str) -> None:
        """Set what stands in the empty box."""
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(placeholder)

    def sizeHint(self) -> QSize:
        """Wide enough for its placeholder."""
        return QSize(360, 32)

    def _focus_changed(self, on: bool) -> None:
        self._keys.setVisible(self._has_keys and not on)
        self.setProperty("active", on)
        self.style().unpolish(self)
        self.style().polish(self)
        self.focused.emit(on)
