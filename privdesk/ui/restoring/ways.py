"""The choice by which of the three ways a backup opens."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from privdesk.core.i18n import _
from privdesk.ui.restoring.ports import DECLARED, LIVING, PLAIN, WAYS
from privdesk.ui.widgets import PlainLabel, column

_INDENT = 26


class WayChoice(QWidget):
    """Three radio buttons, each with its sentence."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opens, self._dropped = True, False
        self.heading = PlainLabel("", "label")
        self.buttons = {way: QRadioButton() for way in WAYS}
        self.why = {way: PlainLabel("", "caption", wrap=True) for way in WAYS}
        self._group = QButtonGroup(self)  # each has a parent of its own
        lines = []
        for way in WAYS:
            self._group.addButton(self.buttons[way])
            line = QWidget()
            under = column(None, self.why[way], margin=(_INDENT, 0, 0, 4))
            column(line, self.buttons[way], under, gap=0)
            lines.append(line)
            self.buttons[way].toggled.connect(lambda on: self.changed.emit() if on else None)
        column(self, self.heading, *lines, gap=4)
        self.buttons[PLAIN].setChecked(True)

    @property
    def way(self) -> str:
        """The way that is chosen."""
        return next(way for way, button in self.buttons.items() if button.isChecked())

    def choose(self, way: str, *, opens: bool, dropped: bool = False) -> None:
        """Choose what is best; the first way only where the backup opens as it is.

        ``dropped`` says that it does not because values were destroyed since.
        """
        self._opens, self._dropped = opens, dropped
        self.buttons[PLAIN].setEnabled(opens)
        self.buttons[way].setChecked(True)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.heading.setText(_("What is there besides the backup"))
        labels = {
            PLAIN: _("This PC’s secret opens it"),
            LIVING: _("The vault in use, or a newer backup of it"),
            DECLARED: _("Nothing but a custody copy of then"),
        }
        why = {
            PLAIN: _("The secret was not changed since the backup was made."),
            LIVING: _(
                "Records come from the backup, keys from the vault in use. Who was destroyed since "
                "stays destroyed."
            ),
            DECLARED: _(
                "A declared restore: it opens once another officer has approved it and named who "
                "was destroyed since."
            ),
        }
        if not self._opens:
            why[PLAIN] = _("Not this one: this PC’s secret is another one now, or there is none.")
        if self._dropped:
            why[PLAIN] = _("Not this one: values were destroyed since, and would be back with it.")
        for way in WAYS:
            self.buttons[way].setText(labels[way])
            self.why[way].setText(why[way])
