"""The sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea

from privdesk.core.i18n import N_, _
from privdesk.ui.widgets import KeyCap, PlainLabel, Plane, column

SHEET: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        N_("Anywhere"),
        (
            ("Ctrl+K", N_("Search: name, number, command")),
            ("Ctrl+Shift+N", N_("New request")),
            ("Ctrl+1…9", N_("Group of the rail")),
            ("F6", N_("Next pane")),
            ("Esc", N_("Back")),
            ("Ctrl+L", N_("Lock the desk")),
            ("F1", N_("Help on this page")),
            ("Ctrl+F1", N_("This sheet")),
        ),
    ),
    (
        N_("In a register"),
        (
            ("Ctrl+N", N_("New record")),
            ("F2", N_("Edit")),
            ("Ctrl+F", N_("Filter")),
            ("F4", N_("Reveal for 60 seconds")),
            ("F5", N_("Look again")),
            ("Ctrl+C", N_("Copy as a table")),
            ("Ctrl+V", N_("Paste a range from a spreadsheet")),
            ("Ctrl+P", N_("Print")),
            ("Ctrl+E", N_("Export")),
        ),
    ),
    (
        N_("On the dashboard"),
        (
            ("Alt+Left", N_("One month, quarter or year earlier")),
            ("Alt+Right", N_("One later")),
            ("Ctrl+P", N_("Print")),
            ("Ctrl+E", N_("Export")),
        ),
    ),
    (
        N_("In a form"),
        (
            ("Tab", N_("Next field")),
            ("Ctrl+Enter", N_("Save")),
            ("Esc", N_("Cancel")),
        ),
    ),
)


class ShortcutSheet(QScrollArea):
    """All keys, by where they count."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self._texts: list[tuple[PlainLabel, str]] = []
        inner = Plane("surface")
        self._title = self._label(N_("Keyboard shortcuts"), "title")
        blocks = column(inner, self._title, gap=14, margin=(32, 26))
        for heading, keys in SHEET:
            blocks.addSpacing(6)
            blocks.addWidget(self._label(heading, "section"))
            blocks.addLayout(self._block(keys))
        blocks.addStretch(1)
        self.setWidget(inner)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        for label, text in self._texts:
            label.setText(_(text))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _label(self, text: str, look: str = "") -> PlainLabel:
        made = PlainLabel("", look)
        self._texts.append((made, text))
        return made

    def _block(self, keys: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(9)
        grid.setHorizontalSpacing(16)
        grid.setColumnMinimumWidth(0, 116)
        grid.setColumnStretch(1, 1)
        for at, (key, text) in enumerate(keys):
            grid.addWidget(KeyCap(key), at, 0)
            grid.addWidget(self._label(text), at, 1)
        return grid
