"""Planes, cards and hairlines: hairlines stand where others put boxes and shadows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from privdesk.ui.widgets.labels import PlainLabel


class Plane(QFrame):
    """A frame of one of the stylesheet's planes: surface, card, bar, foot, rail, float."""

    def __init__(self, plane: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plane", plane)


class Card(Plane):
    """A surface with a hairline around it and, if wanted, a heading; add to ``body``."""

    def __init__(self, heading: str = "", *, margin: int = 16, gap: int = 8) -> None:
        super().__init__("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(gap)
        self.heading = PlainLabel(heading, "section")
        self.heading.setVisible(bool(heading))
        self.body.addWidget(self.heading)

    def head(self, text: str) -> None:
        """Change the heading."""
        self.heading.setText(text)
        self.heading.setVisible(bool(text))


class Hairline(QFrame):
    """A line one pixel thin."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__()
        self.setProperty("plane", "line")
        if orientation is Qt.Orientation.Horizontal:
            self.setFixedHeight(1)
        else:
            self.setFixedWidth(1)
