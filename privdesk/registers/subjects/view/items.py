"""The left column: each item kept of the person, what needs it, and where it lies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.registers.subjects.commands import Item, Person
from privdesk.ui.table.cells import value_text
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Hairline,
    IconButton,
    IconLabel,
    PlainLabel,
    Plane,
    Pool,
    column,
    row,
)

WIDTH = 300


class _Told(QWidget):
    """An icon and what it says; gone while there is nothing to say."""

    def __init__(self, icon: str, tone: str = "muted") -> None:
        super().__init__()
        self._icon = icon
        self.icon, self.words = IconLabel(icon, tone, 14), PlainLabel("", "caption", wrap=True)
        row(self, self.icon, self.words, gap=6).setStretch(1, 1)

    def tell(self, words: str, tone: str = "") -> None:
        """Say something, or nothing."""
        self.words.setText(words)
        if tone:
            self.icon.show_icon(self._icon, tone)
        self.setVisible(bool(words))


class ItemBlock(QWidget):
    """One item: its value, masked or in the clear, its purposes and places."""

    copied = Signal(str)  # a revealed value

    def __init__(self) -> None:
        super().__init__()
        self.line = Hairline()
        self.heading = PlainLabel("", "label")
        self.masked = PlainLabel("", wrap=True)
        self.clear = PlainLabel("", "strong", wrap=True, selectable=True)
        self.copy = IconButton("copy", "", lambda: self.copied.emit(self.clear.text()), size=14)
        self.copy.setFixedSize(22, 22)
        in_clear = row(None, self.clear, self.copy, gap=6)
        in_clear.setStretch(0, 1)
        self.frozen = _Told("held", "held")
        self.purposes, self.places = _Told("policy"), _Told("office")
        told = (self.frozen, self.purposes, self.places)
        lines = column(None, self.heading, self.masked, in_clear, *told, gap=3)
        column(self, self.line, lines, gap=10)

    def show_value(self, label: str, text: str, *, masked: bool) -> PlainLabel:
        """Show a value and return its label; what was in the clear before is forgotten."""
        self.heading.setText(label)
        self.copy.call(_("Copy for 30 seconds"))
        self.forget()
        shown = self.masked if masked else self.clear
        shown.setText(text)
        self.masked.setVisible(masked)
        self.clear.setVisible(not masked)
        self.copy.setVisible(not masked)
        shown.setAccessibleName(f"{label}: {text}")
        return shown

    def show_item(self, item: Item | None) -> None:
        """Tell what needs the item and where it lies."""
        frozen = item is not None and item.frozen
        self.frozen.tell(_("Frozen: not used until the result is there") if frozen else "")
        names, places = (item.purposes, item.places) if item else ((), ())
        none = _("no purpose needs it any more") if item else ""
        self.purposes.tell(", ".join(names) or none, "muted" if names else "overdue")
        self.places.tell(", ".join(places))

    def forget(self) -> None:
        """Keep nothing of the person before."""
        for label in (self.masked, self.clear):
            label.clear()
            label.setAccessibleName("")


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
        self._heading, self._none = PlainLabel("", "section"), PlainLabel("", "muted")
        sheet = Plane()
        lines = column(sheet, self._heading, self._none, None, gap=10, margin=(20, 14, 16, 16))
        self._blocks = Pool(lines, 1, self._block)
        self.setWidget(sheet)
        on_language(self, self._show)

    def show_person(self, person: Person, fields: Sequence[Field]) -> None:
        """Show a person's items; ``fields`` are those of the service."""
        self._person, self._fields = person, fields
        self._row = person.row
        self._show()
        self.verticalScrollBar().setValue(0)

    def show_values(self, shown: Row) -> None:
        """Show other values of the same person: in the clear, or masked again."""
        self._row = shown
        self._show()

    def _show(self) -> None:
        person, shown = self._person, self._row
        if person is None or shown is None:
            return
        texts = [(field, value_text(field, shown)) for field in self._fields if field.sealed]
        kept = [(field, text) for field, text in texts if text and field.name != "source_ids"]
        items = {item.name: item for item in person.items}
        self._heading.setText(_("Items"))
        self._none.setText(_("No item is kept."))
        self._none.setVisible(not kept)
        self.values = {}
        blocks = self._blocks.take(len(kept))
        for place, (block, (field, text)) in enumerate(zip(blocks, kept, strict=True)):
            masked = field.name in shown.masked
            self.values[field.name] = block.show_value(_(field.label), text, masked=masked)
            block.show_item(items.get(field.name))
            block.line.setVisible(place > 0)
        for block in self._blocks.rest(len(kept)):
            block.forget()

    def _block(self) -> ItemBlock:
        made = ItemBlock()
        made.copied.connect(self.copied)
        return made
