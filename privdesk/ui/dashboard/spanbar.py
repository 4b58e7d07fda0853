"""The switch above the figures: month, quarter or year, and which of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from privdesk.core import figures
from privdesk.core.figures import Kind, Span
from privdesk.core.i18n import N_, _
from privdesk.ui.dashboard.wording import span_name
from privdesk.ui.widgets import IconButton, PlainLabel, Plane, button, row
from privdesk.ui.widgets.buttons import Button

_KINDS = {Kind.MONTH: N_("Month"), Kind.QUARTER: N_("Quarter"), Kind.YEAR: N_("Year")}
_MAKE = {Kind.MONTH: figures.month, Kind.QUARTER: figures.quarter, Kind.YEAR: figures.year}


class SpanBar(QWidget):
    """``asked`` carries the span that somebody wants to see."""

    asked = Signal(object)  # Span

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.span: Span = figures.month(today)
        self.kinds: dict[Kind, Button] = {}
        group = QButtonGroup(self)
        switch = Plane("switch")
        for kind in _KINDS:
            made = Button("", kind="switch")
            made.setCheckable(True)
            made.clicked.connect(lambda _on=False, kind=kind: self._take(kind))
            group.addButton(made)
            self.kinds[kind] = made
        row(switch, *self.kinds.values(), gap=0, margin=2)
        self.earlier = IconButton("left", "", lambda: self._move(self.span.before()))
        self.later = IconButton("right", "", lambda: self._move(self.span.after()))
        self.name = PlainLabel("", "title")
        self.now = button("", lambda: self._move(_MAKE[self.span.kind](self._today)))
        row(self, switch, 4, self.earlier, self.name, self.later, 4, self.now, None, gap=4)
        for keys, then in (("Alt+Left", self.earlier), ("Alt+Right", self.later)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(then.click)
        self.show_span(self.span, today)

    def show_span(self, span: Span, today: date) -> None:
        """Show which span is on the page; none can be asked for that has not begun."""
        self.span, self._today = span.whole, today
        self.kinds[span.kind].setChecked(True)
        self.later.setEnabled(self.span.after().first <= today)
        self.now.setVisible(today not in self.span)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        for kind, words in _KINDS.items():
            self.kinds[kind].setText(_(words))
        self.setAccessibleName(_("Span of time"))
        self.earlier.call(_("The span before"))
        self.later.call(_("The span after"))
        self.now.setText(_("Now"))
        self.name.setText(span_name(self.span))
        self.name.setMinimumSize(QSize(0, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _take(self, kind: Kind) -> None:
        """Change to the month, quarter or year that ends the one on show, or that runs."""
        day = min(self.span.last, self._today)
        self._move(_MAKE[kind](day))

    def _move(self, span: Span) -> None:
        if span.first <= self._today and span != self.span:
            self.show_span(span, self._today)
            self.asked.emit(span)
        else:
            self.kinds[self.span.kind].setChecked(True)
