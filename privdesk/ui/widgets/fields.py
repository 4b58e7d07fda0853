"""A label above, a control, and what is wrong beneath it in words."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from privdesk.ui.widgets.labels import PlainLabel
from privdesk.ui.widgets.layout import column


class LabelledField(QWidget):
    """A control with its label above and a hint or an error beneath."""

    def __init__(self, control: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.control = control
        self.required = required
        self.label = PlainLabel("", "label")
        self.hint = PlainLabel("", "caption", wrap=True)
        self.error = PlainLabel("", "error", wrap=True)
        self.label.setBuddy(control)
        self.hint.hide()
        self.error.hide()
        self.setFocusProxy(control)
        column(self, self.label, control, self.hint, self.error, gap=4)

    def tell(self, label: str, hint: str = "") -> None:
        """Set label and hint; a dot stands for required."""
        self.label.setText(f"{label} •" if self.required else label)
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(hint)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint) and self.error.isHidden())

    def complain(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.hint.setVisible(bool(self.hint.text()) and not sentence)
        if bool(self.control.property("wrong")) != bool(sentence):
            self.control.setProperty("wrong", bool(sentence))
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)


def number_box(least: int, most: int) -> QSpinBox:
    """Return a box for a whole number; a number being typed counts once it is left."""
    box = QSpinBox(minimum=least, maximum=most)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(6, 0, 0, 0)  # the stylesheet cannot
    return box
