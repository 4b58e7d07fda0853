"""The left column: each item kept of the person, what needs it, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.registers.subjects.commands import Item, Person
from privdesk.ui.table.cells import value_text
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, IconButton, IconLabel, PlainLabel, Plane, column, row

WIDTH = 300


class ItemColumn(QScrollArea):
    """Values masked, or in the clear while they are revealed."""

    copied = Signal(str)  # a revealed value

    def __init__(self) -> None:
        super().__init__()
        self._person: Person | None = None
        self._row: Row | None = None
        self._fields: Sequence[Field] = ()
        self.values: dict[str, PlainLabel] = {}
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        on_language(self, self._show)

    def show_person(self, person: Person, fields: Sequence[Field]) -> None:
        """Show a person's items; ``fields`` are those of the service."""
        self._person, self._fields = person, fields
        self._row = person.row
        self._show()

    def show_values(self, shown: Row) -> None:
        """Show other values of the same person: in the clear, or masked again."""
        self._row = shown
        self._show()

    def _show(self) -> None:
        person, shown = self._person, self._row
        if person is None or shown is None:
            return
        self.values = {}
        sheet = Plane()
        lines = column(sheet, gap=10, margin=(20, 14, 16, 16))
        lines.addWidget(PlainLabel(_("Items"), "section"))
        items = {item.name: item for item in person.items}
        first = True
        for field in self._fields:
            text = value_text(field, shown)
            if not field.sealed or not text or field.name == "source_ids":
                continue
            if not first:
                lines.addWidget(Hairline())
            first = False
            lines.addWidget(self._block(field, text, shown, items))
        if first:
            lines.addWidget(PlainLabel(_("No item is kept."), "muted"))
        lines.addStretch(1)
        self.setWidget(sheet)

    def _block(self, field: Field, text: str, shown: Row, items: Mapping[str, Item]) -> QWidget:
        block = QWidget()
        lines = column(block, PlainLabel(_(field.label), "label"), gap=3)
        masked = field.name in shown.masked
        value = PlainLabel(text, "" if masked else "strong", wrap=True, selectable=not masked)
        value.setAccessibleName(f"{_(field.label)}: {text}")
        self.values[field.name] = value
        if masked:
            lines.addWidget(value)
        else:
            copy = IconButton("copy", _("Copy for 30 seconds"), size=14)
            copy.setFixedSize(22, 22)
            copy.clicked.connect(lambda _on=False: self.copied.emit(text))
            line = row(None, value, copy, gap=6)
            line.setStretch(0, 1)
            lines.addLayout(line)
        item = items.get(field.name)
        if item is not None and item.frozen:
            words = PlainLabel(
                _("Frozen: not used until the result is there"), "caption", wrap=True
            )
            line = row(None, IconLabel("held", "held", 14), words, gap=6)
            line.setStretch(1, 1)
            lines.addLayout(line)
        if item is not None:
            for icon, names, none in (
                ("policy", item.purposes, _("no purpose needs it any more")),
                ("office", item.places, ""),
            ):
                if names or none:
                    tone = "muted" if names else "overdue"
                    words = PlainLabel(", ".join(names) or none, "caption", wrap=True)
                    line = row(None, IconLabel(icon, tone, 14), words, gap=6)
                    line.setStretch(1, 1)
                    lines.addLayout(line)
        return block
