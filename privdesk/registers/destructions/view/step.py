"""What the steps have in common: a heading, a body that scrolls, and a foot with what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from privdesk.core.errors import DomainError
from privdesk.ui.widgets import PlainLabel, Plane, column, row

WIDEST, MARGINS = 820, 56


class StepFace(QWidget):
    """One step. Add to ``body``; buttons go into the foot with ``foot``."""

    def __init__(self) -> None:
        super().__init__()
        self.firsts: tuple[QWidget, ...] = ()
        self.heading = PlainLabel("", "title")
        self.lead = PlainLabel("", "muted", wrap=True)
        room = QWidget()
        room.setMaximumWidth(WIDEST)
        self.body = column(room, self.heading, self.lead, 4, gap=10, margin=(28, 22, 28, 24))
        outer = Plane("ground")
        row(outer, room, gap=0).setAlignment(Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(outer)
        self.bar = Plane("foot")
        self.notice = PlainLabel("", "error", wrap=True)
        self.notice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column(self, self.area, self.bar, gap=0).setStretch(0, 1)
        self.bar.hide()

    def foot(self, *widgets: QWidget) -> None:
        """Put buttons into the foot; what is wrong stands beside them."""
        row(self.bar, *widgets, 8, self.notice, margin=(28, 10)).setStretch(len(widgets) + 1, 1)
        self.bar.show()

    def focus_first(self) -> None:
        """Put the cursor where work begins; a step without anything to do takes none."""
        first = next((w for w in self.firsts if w.isVisibleTo(self) and w.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Press the step's own button (Ctrl+Enter); what cannot be undone is never pressed so."""

    def print_out(self) -> None:
        """Print the step's paper (Ctrl+P), where it has one."""

    def refuse(self, error: DomainError) -> None:
        """Say why nothing was done."""
        self.notice.setText(error.sentence())

    def forgive(self) -> None:
        """Take the refusal away."""
        self.notice.clear()
