"""A small dialog that asks, tries on the database thread, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QPushButton, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    PlainLabel,
    Plane,
    button,
    column,
    danger_button,
    primary_button,
    row,
)

T = TypeVar("T")
WIDTH = 520


class AskDialog(QDialog):
    """Heading, why, rows, Cancel and a button that says what will happen."""

    def __init__(self, tasks: Tasks, parent: QWidget | None, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks = tasks
        self._danger = danger
        self.heading = PlainLabel("", "title", wrap=True)
        self.why = PlainLabel("", "muted", wrap=True)
        self.error = PlainLabel("", "error", wrap=True)
        self.error.hide()
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setRange(0, 0)
        self.busy.hide()
        make = danger_button if danger else primary_button
        self.go: QPushButton = make("", self.submit)
        self.cancel = button("", self.reject)

    def build(self, *rows: QWidget) -> None:
        """Lay out the dialog around its own rows."""
        sheet = Plane()
        column(self, sheet)
        column(
            sheet,
            self.heading,
            self.why,
            8,
            *rows,
            self.error,
            self.busy,
            None,
            10,
            row(None, None, self.cancel, self.go),
            gap=8,
            margin=(28, 24, 28, 22),
        )
        self._sheet = sheet
        safe = self.cancel if self._danger else self.go
        safe.setDefault(True)
        on_language(self, self.retranslate)

    def submit(self) -> None:
        """Try it; each dialog says how."""

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.cancel.setText(_("Cancel"))

    def attempt(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Try on the database thread; when it worked, close and tell ``done``."""
        self.error.hide()
        self._set_busy(True)

        def worked(answer: T) -> None:
            self.accept()
            done(answer)

        self._tasks.run(self, work, done=worked, failed=self.explain)

    def explain(self, error: DomainError) -> None:
        """Show what is wrong in one sentence."""
        self._set_busy(False)
        self.error.setText(error.sentence())
        self.error.show()
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the wrapped sentences need."""
        super().showEvent(event)
        self.fit()
        if self._danger and isinstance(self.focusWidget(), QPushButton | None):
            self.cancel.setFocus()  # Enter by habit does no harm

    def fit(self) -> None:
        """Take the height that the rows need now."""
        layout = self._sheet.layout()
        assert layout is not None
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.go.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        self.fit()
