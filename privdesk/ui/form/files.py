"""The editor of a file on this workstation: its path, typed or chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.ui.form.lines import LineEditor
from privdesk.ui.widgets import button

FILE = "file"
"""The name of the field by which an action asks for a file."""


class FileEditor(LineEditor):
    """A line for a path with a button that opens the system's own dialog."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        self.choose = button("", self.ask, icon="folder")
        super().__init__(field, parent)
        self.hold(self.line, self.choose)

    def ask(self) -> None:
        """Let somebody choose a file."""
        kinds = _("Scans (*.pdf *.png *.jpg);;All files (*)")
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the file"), "", kinds)
        if name:
            self.line.setText(name)
            self.changed.emit()

    def retranslate(self) -> None:
        """Name the button."""
        super().retranslate()
        self.choose.setText(_("Choose…"))
