"""A register's page whose records open as full pages of their own."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QPushButton

from privdesk.core.register import Service
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.widgets import Plane, row


class Opened(Protocol):
    """The full page of one record."""

    def reload(self) -> None:
        """Look again at what is on show."""


class OpeningPage(RegisterPage):
    """The list stands behind the record; a button of the pane and Enter go in.

    Whoever derives from it makes the full page in ``open_ref``, and says in ``opened``
    which one is on show.
    """

    def __init__(self, service: Service, context: PageContext, go_in: QPushButton) -> None:
        super().__init__(service, context)
        self.go_in = go_in
        go_in.clicked.connect(lambda _checked: self.open_current())
        self.opener = Plane()
        row(self.opener, go_in, None, margin=(16, 0, 10, 8))
        self.detail.insert(self.opener)
        self.list.table.opened.connect(lambda _position: self.open_current())

    def opened(self) -> Opened | None:
        """Return the full page on show, if one is."""
        return None

    def open_current(self) -> None:
        """Show the full page of the current row."""
        shown = self.list.current()
        if shown is not None:
            self.open_ref(shown.ref)

    def refresh(self) -> None:
        """Look again at what is on show."""
        super().refresh()
        self._reload()

    def activated(self) -> None:
        """Look again whenever the page comes into view."""
        super().activated()
        self._reload()

    def _reload(self) -> None:
        page = self.opened()
        if page is not None:
            page.reload()
