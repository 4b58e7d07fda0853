"""The Papers tab: what can be printed of a record, and what was issued about it before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from privdesk.core.i18n import _
from privdesk.core.register import Document, Register, Row
from privdesk.ui.page.context import PageContext
from privdesk.ui.widgets import PlainLabel, Plane, button, column, row

_NUMBERED = re.compile(r"d[0-9]+[a-z]?")
"""Codes by which offices know a paper, such as d11 or d7a."""


class Papers(QScrollArea):
    """A line for each paper with Print, and one for each issued paper with Print again."""

    asked = Signal(object, str)  # Document, reference
    again_asked = Signal(str)  # reference of the issued paper

    def __init__(self, register: Register, context: PageContext) -> None:
        super().__init__()
        self._documents = [d for d in register.documents if not d.of_list]
        self._context = context
        self._ref = ""
        self._issued: QVBoxLayout | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_row(self, shown: Row) -> None:
        """Offer the papers of a record; those issued before are asked for."""
        self._ref = shown.ref
        sheet = Plane()
        outer = column(sheet, gap=8, margin=(16, 12, 12, 16))
        fitting = [d for d in self._documents if d.fits(shown)]
        coded = any(_code(document) for document in fitting)
        for document in fitting:
            outer.addLayout(self._line(document, shown.ref, coded=coded))
        if not fitting:
            outer.addWidget(PlainLabel(_("No paper fits this record as it stands."), "muted"))
        self._issued = column(None, gap=8)
        outer.addLayout(self._issued)
        outer.addStretch(1)
        self.setWidget(sheet)
        kept = self._context.kept
        if kept is not None:
            ref = shown.ref
            self._context.tasks.run(
                self,
                lambda: kept(ref),
                done=lambda papers: self._show_issued(ref, papers),
                latest="papers",
            )

    def _show_issued(self, ref: str, papers: Sequence[Row]) -> None:
        if self._issued is None or ref != self._ref or not papers:
            return
        self._issued.addSpacing(8)
        self._issued.addWidget(PlainLabel(_("Issued before"), "strong"))
        for paper in papers:
            self._issued.addLayout(self._issued_line(paper))

    def _line(self, document: Document, ref: str, *, coded: bool) -> QHBoxLayout:
        """Return the line of a paper; the codes stand in a column where one has any."""
        issue = button(_("Print…"), partial(self.asked.emit, document, ref), icon="print")
        issue.setAccessibleName(f"{issue.text()} {_(document.label)}")
        issue.setEnabled(self._context.issue is not None)
        name = PlainLabel(_(document.label), wrap=True)
        if not coded:
            return row(None, name, None, issue)
        code = PlainLabel(_code(document), "caption")
        code.setMinimumWidth(36)
        return row(None, code, name, None, issue)

    def _issued_line(self, paper: Row) -> QHBoxLayout:
        values = paper.values
        words = column(None, PlainLabel(str(values["number"])), gap=2)
        told = f"{values['title']} · {values['issued_on']}"
        words.addWidget(PlainLabel(told, "caption", wrap=True))
        again = button(_("Print again…"), partial(self.again_asked.emit, paper.ref), icon="print")
        again.setAccessibleName(f"{again.text()} {values['number']}")
        again.setEnabled(self._context.reprint is not None and bool(values["file"]))
        line = row(None, words, again)
        line.setStretch(0, 1)
        return line


def _code(document: Document) -> str:
    """Return the code by which offices know a paper; a word of the program's own says nothing."""
    return document.code.upper() if _NUMBERED.fullmatch(document.code) else ""
