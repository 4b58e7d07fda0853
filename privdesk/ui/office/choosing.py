"""Choosing files and folders without holding the program up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from privdesk.core.i18n import _
from privdesk.ui.widgets import LabelledField, button, row

Then = Callable[[str], object]


def choose_folder(parent: QWidget, title: str, start: str, then: Then) -> QFileDialog:
    """Ask for a folder; ``then`` gets its path."""
    dialog = _dialog(parent, title, start, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()
    return dialog


def choose_target(parent: QWidget, title: str, name: str, kinds: str, then: Then) -> QFileDialog:
    """Ask where a file shall be written."""
    dialog = _dialog(parent, title, str(Path.home()), then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(kinds.split(";;"))
    dialog.selectFile(name)
    dialog.open()
    return dialog


def choose_file(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """Ask for a file that is there."""
    dialog = _dialog(parent, title, str(Path.home()), then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(kinds.split(";;"))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, start: str, then: Then) -> QFileDialog:
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    return dialog


class PathField(LabelledField):
    """A line for a path with a button that chooses it."""

    def __init__(self, browse: Callable[[], object], *, required: bool = False) -> None:
        self.line = QLineEdit()
        self.browse = button("", browse, icon="folder")
        holder = QWidget()
        holder.setFocusProxy(self.line)
        row(holder, self.line, self.browse, gap=8).setStretch(0, 1)
        super().__init__(holder, required=required)

    def tell(self, label: str, hint: str = "") -> None:
        """Set label and hint."""
        super().tell(label, hint)
        self.line.setAccessibleName(label)
        self.browse.setText(_("Choose…"))

    def path(self) -> Path | None:
        """Return what was typed or chosen."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: str) -> None:
        """Show a path."""
        self.line.setText(path)
        self.complain("")
