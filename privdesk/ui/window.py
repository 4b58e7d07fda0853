"""The program's one window: start page, unlock, set-up and desk take turns in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QIcon
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from privdesk.ui import icons, tokens
from privdesk.ui.theme import on_language, shades


class Window(QWidget):
    """Shows one page at a time; ``may_close`` is asked before it closes."""

    def __init__(self, may_close: Callable[[], bool] = lambda: True) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self.may_close = may_close
        self._name = ""
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setMinimumSize(min(tokens.LEAST_WIDTH, 960), 620)
        self._take_size()
        QTimer.singleShot(0, self, self._take_icon)
        on_language(self, self.retranslate)

    @property
    def page(self) -> QWidget | None:
        """The page in view."""
        return self._stack.currentWidget()

    def show_page(self, page: QWidget, name: str = "") -> None:
        """Put ``page`` into the window; the one before is closed and deleted."""
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.call(name)
        page.setFocus()
        if before is not None and before is not page:
            before.close()
            self._stack.removeWidget(before)
            before.deleteLater()

    def call(self, name: str) -> None:
        """Set the window's title: the office's name, or nothing."""
        self._name = name
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.setWindowTitle(f"{self._name} · privdesk" if self._name else "privdesk")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing would be lost."""
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def _take_icon(self) -> None:
        self.setWindowIcon(QIcon(icons.pixmap("privdesk", shades().accent, 64)))

    def _take_size(self) -> None:
        screen = self.screen()
        room = screen.availableGeometry() if screen else None
        width = min(tokens.WIDTH, room.width()) if room else tokens.WIDTH
        height = min(tokens.HEIGHT, room.height()) if room else tokens.HEIGHT
        self.resize(width, height)
