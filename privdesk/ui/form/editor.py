"""What every editor of a form has in common: a value, what was typed, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from privdesk.core.fields import Field

Raw = str | bool | list[str]
"""What a person typed or ticked, as a draft keeps it (JSON holds it as it is)."""


class Unclear(ValueError):
    """What was typed is not a value of the field; its text says why, in words."""


class Editor(QWidget):
    """One field's widget. Subclasses hold the raw input and turn it into a value."""

    changed = Signal()
    left = Signal()  # focus has gone elsewhere: time to say what is wrong

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def hold(self, *widgets: QWidget) -> None:
        """Lay out the editor's own widgets; the first takes the focus and the width."""
        for widget in widgets:
            self._row.addWidget(widget)
        self._row.setStretch(0, 1)
        self.setFocusProxy(widgets[0])

    def raw(self) -> Raw:
        """Return the input as it stands."""
        raise NotImplementedError

    def set_raw(self, raw: Raw) -> None:
        """Put back an input that ``raw`` gave."""
        raise NotImplementedError

    def value(self) -> object:
        """Return the value; None when nothing was given. Raises ``Unclear``."""
        raise NotImplementedError

    def set_value(self, value: object) -> None:
        """Show a value."""
        raise NotImplementedError

    def set_hidden_value(self, masked: str) -> None:
        """Say that there is a value, not shown, which stays unless a new one is typed."""

    def name_for_speech(self, name: str) -> None:
        """Give the accessible name to the widget that takes the focus."""
        target = self.focusProxy() or self
        target.setAccessibleName(name)

    def retranslate(self) -> None:
        """Take the words of the language on screen."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
