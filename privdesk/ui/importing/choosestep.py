"""The first step: a file chosen or dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.core.register import Register
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import IconLabel, PlainLabel, Plane, column, primary_button, row

_WIDTH, _HEIGHT = 560, 260


class DropCard(Plane):
    """Takes one file that is dropped on it."""

    dropped = Signal(Path)

    def __init__(self) -> None:
        super().__init__("card")
        self.setAcceptDrops(True)
        self.setFixedSize(_WIDTH, _HEIGHT)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files only."""
        if _file_of(event) is not None:
            event.acceptProposedAction()
            self._shine("hot")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file has gone elsewhere."""
        self._shine("card")

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        self._shine("card")
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _shine(self, plane: str) -> None:
        self.setProperty("plane", "float" if plane == "hot" else "card")
        self.style().unpolish(self)
        self.style().polish(self)


def _file_of(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class ChooseStep(QWidget):
    """Where the list comes from."""

    chosen = Signal(Path)

    def __init__(self, register: Register) -> None:
        super().__init__()
        self._register = register
        self.card = DropCard()
        self.card.dropped.connect(self.chosen)
        self.choose = primary_button("", self._ask, icon="folder")
        self.heading = PlainLabel("", "section")
        self.formats = PlainLabel("", "muted", wrap=True)
        self.formats.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.formats.setFixedWidth(420)
        self.fault = PlainLabel("", "error", wrap=True)
        self.fault.setFixedWidth(_WIDTH)
        icon = IconLabel("import", "muted", 32)
        column(
            self.card,
            None,
            row(None, None, icon, None),
            row(None, None, self.heading, None),
            row(None, None, self.formats, None),
            8,
            row(None, None, self.choose, None),
            None,
            gap=8,
            margin=24,
        )
        middle = (row(None, None, w, None) for w in (self.card, self.fault))
        column(self, None, *middle, None, None, gap=12)
        on_language(self, self._speak)

    def explain(self, error: DomainError) -> None:
        """Say why the file cannot be read."""
        self.wait(False)
        self.fault.setText(error.sentence())

    def wait(self, on: bool) -> None:
        """Keep a second file from being chosen while one is read."""
        self.choose.setEnabled(not on)
        self.card.setAcceptDrops(not on)
        self.fault.clear()

    def _ask(self) -> None:
        lists = _("Lists (*.csv *.tsv *.txt *.xlsx *.json)")
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a list"), "", f"{lists};;{_('All files (*)')}"
        )
        if name:
            self.chosen.emit(Path(name))

    def _speak(self) -> None:
        self.heading.setText(_("Drop a list here"))
        self.formats.setText(
            _("CSV, XLSX or JSON; encoding, separator and column names are found by themselves.")
        )
        self.choose.setText(_("Choose a file…"))
