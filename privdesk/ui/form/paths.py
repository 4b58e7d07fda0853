"""The editor of a file's path: typed, or chosen in the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.widgets import button

SAVE = "save"


class PathEditor(LineEditor):
    """A line with a button; ``field.picks`` says whether the file is read or written."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.choose = button("", self.ask)
        super().__init__(field, parent)
        self._row.addWidget(self.choose)

    def ask(self) -> None:
        """Ask for the file; an answer replaces what was typed."""
        title, start = _(self.field.label), self.line.text() or str(Path.home())
        if self.field.picks == SAVE:  # nothing is replaced, so the dialog need not offer it
            option = QFileDialog.Option.DontConfirmOverwrite
            name, _kind = QFileDialog.getSaveFileName(self, title, start, options=option)
        else:
            name, _kind = QFileDialog.getOpenFileName(self, title, start)
        if name:
            self.set_raw(name)
            self.changed.emit()
            self.left.emit()

    def retranslate(self) -> None:
        """Say what the button does."""
        super().retranslate()
        self.choose.setText(_("Browse…"))
