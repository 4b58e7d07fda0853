"""The ways by which requests are taken, each a box to tick."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from privdesk.core.fields import Choice
from privdesk.core.i18n import _

_ACROSS = 3


class ChannelBoxes(QWidget):
    """Boxes in rows of three; ``changed`` is emitted when somebody ticks one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._choices: Sequence[Choice] = ()
        self.boxes: dict[str, QCheckBox] = {}

    def show_channels(self, choices: Sequence[Choice], chosen: Collection[str]) -> None:
        """Show the ways there are, and which of them are taken."""
        for at, choice in enumerate(choices):
            if choice.key not in self.boxes:
                box = self.boxes[choice.key] = QCheckBox()
                box.clicked.connect(lambda _on: self.changed.emit())
                self._grid.addWidget(box, at // _ACROSS, at % _ACROSS)
            self.boxes[choice.key].setChecked(choice.key in chosen)
        self._choices = choices
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))
        self.retranslate()

    def chosen(self) -> tuple[str, ...]:
        """Return the ways that are ticked."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        for choice in self._choices:
            self.boxes[choice.key].setText(_(choice.label))
