"""The Papers tab: what can be printed of a record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea

from privdesk.core.i18n import _
from privdesk.core.register import Document, Register, Row
from privdesk.ui.widgets import PlainLabel, Plane, button, column, row


class Papers(QScrollArea):
    """A line for each paper, with Print."""

    asked = Signal(object, str)  # Document, reference

    def __init__(self, register: Register, *, can_issue: bool) -> None:
        super().__init__()
        self._documents = [d for d in register.documents if not d.of_list]
        self._can_issue = can_issue
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_row(self, shown: Row) -> None:
        """Offer the papers of a record."""
        sheet = Plane()
        outer = column(sheet, gap=8, margin=(16, 12, 12, 16))
        for document in self._documents:
            outer.addLayout(self._line(document, shown.ref))
        if not self._documents:
            outer.addWidget(PlainLabel(_("This register prints no paper of one record."), "muted"))
        outer.addStretch(1)
        self.setWidget(sheet)

    def _line(self, document: Document, ref: str) -> QHBoxLayout:
        code = PlainLabel(document.code.upper(), "caption")
        code.setFixedWidth(36)
        issue = button(_("Print…"), partial(self.asked.emit, document, ref), icon="print")
        issue.setEnabled(self._can_issue)
        return row(None, code, PlainLabel(_(document.label), wrap=True), None, issue)
