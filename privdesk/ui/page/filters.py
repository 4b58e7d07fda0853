"""The chips above a table, and the menus that make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.core.register import Service
from privdesk.ui.page.conditions import DAYS, Condition, filterable, options, reads, where
from privdesk.ui.page.filterchip import FilterChip
from privdesk.ui.page.flow import FlowLayout
from privdesk.ui.page.spanbox import SpanBox
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import link_button


class Filters(QWidget):
    """The conditions in force; hidden while there are none."""

    changed = Signal()

    def __init__(self, service: Service, today: Callable[[], date], anchor: QWidget) -> None:
        super().__init__()
        self._anchor = anchor  # where menus come up while no chip is in sight
        self._service = service
        self._register = service.register
        self._today = today
        self._fields: dict[str, Field] = {}
        self._conditions: tuple[Condition, ...] = ()
        self.chips: list[FilterChip] = []
        self.clear_all = link_button("", self.clear)
        self._flow = FlowLayout(self, gap=6)
        self._flow.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        on_language(self, self._speak)

    def _speak(self) -> None:
        """Take labels in the language of the screen; some are the office's own."""
        found = filterable(self._register, self._service.fields())
        self._fields = {field.name: field for field in found}
        self._show()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions in force."""
        return self._conditions

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields that can be narrowed."""
        return tuple(self._fields.values())

    def where(self) -> dict[str, Any]:
        """Return what a query takes, counted from today."""
        return where(self._conditions, self._fields, self._today())

    def set(self, conditions: tuple[Condition, ...]) -> None:
        """Put other conditions in force."""
        self._conditions = tuple(c for c in conditions if c.field in self._fields and c.wanted)
        self._show()
        self.changed.emit()

    def narrow(self, name: str, *wanted: str) -> None:
        """Set the condition on one field; with nothing wanted it goes."""
        kept = tuple(c for c in self._conditions if c.field != name)
        self.set((*kept, Condition(name, wanted)) if wanted else kept)

    def clear(self) -> None:
        """Take all conditions away."""
        self.set(())

    def _show(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.deleteLater()
        self.chips = [self._chip(c) for c in self._conditions]
        for widget in (*self.chips, self.clear_all):
            self._flow.addWidget(widget)
            widget.show()
        self.clear_all.setText(_("Clear all"))
        self.setVisible(bool(self.chips))
        self.updateGeometry()

    def _chip(self, condition: Condition) -> FilterChip:
        field = self._fields[condition.field]
        chip = FilterChip(condition, reads(condition, field, self._register))
        chip.removed.connect(partial(self.narrow, condition.field))
        chip.edit_asked.connect(partial(self._edit, chip))
        return chip

    def _edit(self, chip: FilterChip) -> None:
        menu = QMenu(self)
        self._fill(menu, self._fields[chip.condition.field])
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + 2)))

    # the menu behind "Filter"

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu that adds a condition: fields, each with what it can be."""
        menu = QMenu(parent)
        for field in self._fields.values():
            self._fill(menu.addMenu(_(field.label)), field)
        return menu

    def _fill(self, menu: QMenu, field: Field) -> None:
        wanted = next((c.wanted for c in self._conditions if c.field == field.name), ())
        several = field.kind in (Kind.CHOICE, Kind.CHOICES)
        for key, words in options(self._register, field):
            action = menu.addAction(_(words))
            action.setCheckable(True)
            action.setChecked(key in wanted)
            action.triggered.connect(partial(self._pick, field.name, key, several))
        if field.kind in DAYS:
            menu.addSeparator()
            menu.addAction(_("From … to …"), partial(self._ask_span, field))

    def _pick(self, name: str, key: str, several: bool, on: bool) -> None:
        before = next((c.wanted for c in self._conditions if c.field == name), ())
        if not several:
            self.narrow(name, *((key,) if on else ()))
        elif on:
            self.narrow(name, *before, key)
        else:
            self.narrow(name, *(k for k in before if k != key))

    def _ask_span(self, field: Field) -> None:
        box = SpanBox(field, self)
        box.chosen.connect(partial(self.narrow, field.name, "from"))
        box.open_below(self._anchor if self.isHidden() else self)
