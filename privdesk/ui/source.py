"""A box that takes a file or typed letters: for recovery kits and custody sheets."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget

from privdesk.core.i18n import _
from privdesk.ui.widgets import LabelledField, button, column, row

_HEIGHT = 112


class SourceBox(QWidget):
    """``value()`` is the path of the chosen file or the letters that were typed."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.letters = QPlainTextEdit()
        self.letters.setFixedHeight(_HEIGHT)
        self.letters.setTabChangesFocus(True)
        self.field = LabelledField(self.letters, required=True)
        self.choose = button("", self._choose, icon="folder")
        column(self, self.field, row(None, self.choose, *buttons, None), gap=6)
        self.retranslate()

    def value(self) -> str:
        """Return the path or the letters, without space around them."""
        return self.letters.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Fill in a path or letters."""
        self.letters.setPlainText(text)

    def tell(self, label: str) -> None:
        """Set the label."""
        self.field.tell(label)

    def complain(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.field.complain(sentence)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.choose.setText(_("Choose a file…"))

    def _choose(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, _("Choose a file…"))
        if path:
            self.set_value(path)
