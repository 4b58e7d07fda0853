"""One record in the clear for a minute: asked for with a reason, journalled, masked again."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from privdesk.core.errors import DomainError
from privdesk.core.register import Row, Service
from privdesk.ui.tasks import Tasks

SECONDS = 60
CLIPBOARD_SECONDS = 30
_NOT_KEPT = "x-kde-passwordManagerHint"  # asks clipboard histories to leave it out


class Reveal(QObject):
    """Keeps the time a record is in the clear."""

    shown = Signal(object)  # Row in the clear
    hidden = Signal(str)  # reference
    ticked = Signal(int)  # seconds left
    failed = Signal(object)  # DomainError

    def __init__(self, service: Service, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._tasks = tasks
        self._row: Row | None = None
        self._left = 0
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.tick)

    @property
    def row(self) -> Row | None:
        """Return the record in the clear, if one is."""
        return self._row

    @property
    def seconds_left(self) -> int:
        """Return how long it stays in the clear."""
        return self._left

    def ask(self, ref: str, reason: str) -> None:
        """Ask the service, which journals the look, for a record in the clear."""
        self.hide()
        self._tasks.run(
            self,
            lambda: self._service.get(ref, reveal=reason),
            done=self._show,
            failed=self._refused,
        )

    def _show(self, row: Row) -> None:
        self._row, self._left = row, SECONDS
        self._second.start()
        self.shown.emit(row)
        self.ticked.emit(self._left)

    def _refused(self, error: DomainError) -> None:
        self.failed.emit(error)

    def tick(self) -> None:
        """Count one second."""
        self._left -= 1
        if self._left <= 0:
            self.hide()
        else:
            self.ticked.emit(self._left)

    def hide(self) -> None:
        """Mask the record again."""
        self._second.stop()
        row, self._row, self._left = self._row, None, 0
        if row is not None:
            self.hidden.emit(row.ref)


class SecretClipboard(QObject):
    """Puts a revealed value on the clipboard and takes it off again, unless it is gone already.

    The clipboard is asked for each time and never kept: with PySide 6.11 what was put on
    it is freed with the object that keeps it, while Qt still holds it. Nor is
    ``mimeData()`` asked, which PySide keeps when Qt has long deleted it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.timer = QTimer(self, singleShot=True, interval=CLIPBOARD_SECONDS * 1000)
        self.timer.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Copy a value for a short while."""
        mime = QMimeData()
        mime.setText(text)
        mime.setData(_NOT_KEPT, b"secret")
        QGuiApplication.clipboard().setMimeData(mime)
        self._text = text
        self.timer.start()

    def clear(self) -> None:
        """Take the value off the clipboard if it is still there."""
        self.timer.stop()
        text, self._text = self._text, ""
        if text and QGuiApplication.clipboard().text() == text:
            QGuiApplication.clipboard().clear()
