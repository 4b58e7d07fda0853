"""A section of tasks under its heading; long ones show their first lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui.today.lines import SectionLines
from privdesk.ui.today.taskrow import TaskRow
from privdesk.ui.widgets import (
    Card,
    Hairline,
    IconLabel,
    PlainLabel,
    add,
    column,
    link_button,
    row,
)

FIRST = 12


class Section(QWidget):
    """Heading with its number, and a card with a row for each task."""

    go_asked = Signal(str)
    menu_asked = Signal(str, QPoint)

    def __init__(self, lines: SectionLines, *, menu: bool, opened: bool = False) -> None:
        super().__init__()
        self._lines, self._menu = lines, menu
        self.rows: list[TaskRow] = []
        tone = lines.tone
        self.heading = PlainLabel(lines.heading, "section")
        self.number = PlainLabel(f"{len(lines.lines):,}", "muted")
        self.toggle = link_button("", self._toggled)
        self.card = Card(margin=0, gap=0)
        self.card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        head = row(
            None,
            IconLabel(_ICONS.get(tone, tone), tone, 16),
            self.heading,
            self.number,
            None,
            self.toggle,
            gap=8,
            margin=(2, 0, 2, 0),
        )
        column(self, head, self.card, gap=8)
        self._whole = opened
        self._fill()

    @property
    def opened(self) -> bool:
        """Whether somebody asked for all its tasks."""
        return self._whole

    @property
    def name(self) -> str:
        """The section's name."""
        return self._lines.name

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()

    def _toggled(self) -> None:
        self._whole = not self._whole
        self.rows.clear()
        while (item := self.card.body.takeAt(1)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fill()

    def _fill(self) -> None:
        first = 0 if self._lines.folded else FIRST
        shown = self._lines.lines if self._whole else self._lines.lines[:first]
        for line in shown:
            if self.rows:
                add(self.card.body, Hairline())
            made = TaskRow(line, menu=self._menu)
            made.go_asked.connect(self.go_asked)
            made.menu_asked.connect(self.menu_asked)
            self.rows.append(made)
            self.card.body.addWidget(made)
            made.show()
        self.card.setVisible(bool(self.rows))
        self._speak()

    def _speak(self) -> None:
        total = len(self._lines.lines)
        self.toggle.setVisible(self._lines.folded or total > FIRST)
        if self._whole:
            self.toggle.setText(_("Show less"))
        else:
            self.toggle.setText(_("Show all {n}").format(n=f"{total:,}"))


_ICONS = {"plain": "calendar"}
