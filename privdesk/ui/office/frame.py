"""What the pages of the office are built of: a scrolled page, sections, lists in columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from privdesk.ui.widgets import (
    Card,
    FlashLine,
    Hairline,
    IconLabel,
    PlainLabel,
    Plane,
    column,
    row,
)
from privdesk.ui.widgets.layout import Item
from privdesk.ui.widgets.taborder import FollowLayout

WIDTH = 860
_ROW = 40


class OfficePage(QWidget):
    """Title and why above, sections beneath; ``refresh`` asks again."""

    help_topic = "start"

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel("", "title")
        self.why = PlainLabel("", "muted", wrap=True)
        self.area = QScrollArea()
        self.flash = FlashLine(self)

    def build(self, *items: Item) -> None:
        """Lay the sections out beneath the title."""
        body = QWidget()
        body.setMaximumWidth(WIDTH)
        column(body, self.title, self.why, 14, *items, None, gap=4)
        inner = Plane("none")
        held = row(inner, body, None, gap=0, margin=(32, 26))
        held.setStretch(0, 10)
        held.setStretch(1, 1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        column(self, self.area)
        FollowLayout(self, inner, body)
        self.flash.raise_()

    def activated(self) -> None:
        """Look again when the page comes into view."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again; the answer comes back on the UI thread."""

    def retranslate(self) -> None:
        """Set the texts in the language of the screen, with what is known already."""

    def show_part(self, part: QWidget) -> None:
        """Bring a section into view."""
        QTimer.singleShot(0, part, lambda: self._bring(part))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language; not before the event is over, since rows are replaced."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self.retranslate)

    def _bring(self, part: QWidget) -> None:
        inner = self.area.widget()
        if inner is not None:
            top = part.mapTo(inner, part.rect().topLeft()).y()
            self.area.verticalScrollBar().setValue(max(0, top - 16))


class Section(QWidget):
    """A heading with its sentence, buttons at the right, and a card with the content."""

    def __init__(self, *buttons: QWidget, margin: int = 0) -> None:
        super().__init__()
        self.name = PlainLabel("", "section")
        self.why = PlainLabel("", "caption", wrap=True)
        self.card = Card(margin=margin, gap=0)
        words = column(None, self.name, self.why, gap=2)
        head = row(None, words, *buttons, gap=8)
        head.setStretch(0, 1)
        for made in buttons:
            head.setAlignment(made, Qt.AlignmentFlag.AlignBottom)
        column(self, head, self.card, gap=8, margin=(0, 10))

    def tell(self, name: str, why: str = "") -> None:
        """Set the texts."""
        self.name.setText(name)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.card.setAccessibleName(name)


class Columns(QWidget):
    """Rows of widgets in columns, a hairline between them; ``stretch`` takes the room."""

    def __init__(self, stretch: int = 0) -> None:
        super().__init__()
        self._stretch = stretch
        self._next = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 4, 10, 4)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(0)
        self.rows: list[Sequence[QWidget]] = []

    def fill(
        self, heads: Sequence[str], rows: Sequence[Sequence[QWidget]], empty: str = ""
    ) -> None:
        """Show these rows; ``empty`` is said where there is none."""
        self._clear()
        self.rows = list(rows)
        width = len(heads) or max((len(cells) for cells in rows), default=self._stretch + 1)
        self._grid.setColumnStretch(self._stretch, 1)
        if any(heads) and rows:
            self._line([PlainLabel(head, "label") for head in heads], 26)
        if not rows:
            self._line([PlainLabel(empty, "muted", wrap=True)], _ROW, span=width)
        for number, cells in enumerate(rows):
            if number or any(heads):
                self._grid.addWidget(Hairline(), self._next, 0, 1, width)
                self._next += 1
            self._line(cells, _ROW)

    def _line(self, cells: Sequence[QWidget], height: int, span: int = 1) -> None:
        self._grid.setRowMinimumHeight(self._next, height)
        for number, cell in enumerate(cells):
            self._grid.addWidget(cell, self._next, number, 1, span, Qt.AlignmentFlag.AlignVCenter)
        self._next += 1

    def _clear(self) -> None:
        for at in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(at, 0)
        self._next = 0
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class Notice(Plane):
    """A sentence with its icon for what must not be overlooked: ``overdue`` or ``soon``."""

    def __init__(self, tone: str = "overdue") -> None:
        super().__init__("flash")
        self.sentence = PlainLabel("", wrap=True)
        self._icon = IconLabel(tone, tone, 18)
        self.body = row(self, self._icon, self.sentence, gap=10, margin=(14, 10))
        self.body.setStretch(1, 1)
        self.setProperty("tone", tone)
        self.hide()

    def tell(self, sentence: str, tone: str = "") -> None:
        """Show a sentence, or nothing."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        if tone:
            self._icon.show_icon(tone, tone)
            self.setProperty("tone", tone)
            for widget in (self, self.sentence):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.setVisible(bool(sentence))
