"""What a page says when there is nothing on it yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from privdesk.ui.widgets.labels import IconLabel, PlainLabel
from privdesk.ui.widgets.layout import column, row

_WIDEST = 480


class EmptyState(QWidget):
    """An icon, one heading, one sentence, its clause, and up to two buttons."""

    def __init__(self, icon: str = "plain", *buttons: QPushButton) -> None:
        super().__init__()
        self.icon = IconLabel(icon, "muted", 32)
        self.heading = PlainLabel("", "section")
        self.sentence = PlainLabel("", "muted", wrap=True)
        self.clause = PlainLabel("", "caption")
        for label in (self.heading, self.sentence, self.clause):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(_WIDEST)
        self._buttons = row(None, None, *buttons, None)
        centred = [row(None, None, widget, None) for widget in (self.icon, self.sentence)]
        column(
            self,
            None,
            centred[0],
            8,
            self.heading,
            centred[1],
            self.clause,
            12,
            self._buttons,
            None,
            None,
            gap=6,
            margin=24,
        )

    def offer(self, further: QPushButton) -> None:
        """Add one more button, beside those that were there."""
        self._buttons.insertWidget(self._buttons.count() - 1, further)

    def tell(self, heading: str, sentence: str = "", clause: str = "") -> None:
        """Set the texts."""
        for label, text in (
            (self.heading, heading),
            (self.sentence, sentence),
            (self.clause, clause),
        ):
            label.setText(text)
            label.setVisible(bool(text))
