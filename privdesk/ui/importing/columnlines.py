"""The columns of a list, each with the field it fills."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import N_, _
from privdesk.ui.importing.opened import OpenedList
from privdesk.ui.widgets import Chip, ElidedLabel, IconLabel, PlainLabel

HOW = {
    "name": N_("by its name"),
    "content": N_("by what it holds"),
    "asked": N_("as you said"),
    "remembered": N_("as last time"),
}
_NAME, _SAMPLE, _FIELD = 190, 230, 220
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ColumnLines(QWidget):
    """A line for each column: its name, what it holds, the field, why that one."""

    picked = Signal(str, str)  # column, field name or nothing

    def __init__(self) -> None:
        super().__init__()
        self.combos: dict[str, QComboBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for place, width in ((0, _NAME), (1, _SAMPLE), (3, _FIELD)):
            self._grid.setColumnMinimumWidth(place, width)
        self._grid.setColumnStretch(4, 1)

    def show_list(self, opened: OpenedList) -> None:
        """Show the columns of a list."""
        self._empty()
        heads = (_("Column"), _("Holds"), "", _("Fills"), "")
        for place, text in enumerate(heads):
            self._grid.addWidget(PlainLabel(text, "label"), 0, place)
        enterable = (f for f in opened.fields if f.enterable)
        fields = sorted(enterable, key=lambda f: not f.required)
        for at, name in enumerate(opened.mapping.header):
            self._line(at, name, opened, fields)

    def _empty(self) -> None:
        self.combos.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _line(self, at: int, name: str, opened: OpenedList, fields: Sequence[Field]) -> None:
        line = at + 1
        column = ElidedLabel(name, "strong")
        sample = ElidedLabel(" · ".join(opened.samples(at)), "muted")
        arrow = IconLabel("right", "muted", 14)
        combo = self._combo(name, opened.mapping.fields[at], fields)
        for place, widget in enumerate((column, sample, arrow, combo)):
            self._grid.addWidget(widget, line, place)
        how, field = opened.mapping.how[at], opened.mapping.fields[at]
        if field:
            chip = Chip(_(HOW[how]), "soon" if how == "content" else "plain")
            self._grid.addWidget(chip, line, 4, _MIDDLE)
        elif how == "remembered":
            self._grid.addWidget(Chip(_("left out, as last time"), "soon"), line, 4, _MIDDLE)
        else:
            words = _("worked out by privdesk") if how == "computed" else _("left out")
            self._grid.addWidget(PlainLabel(words, "muted"), line, 4, _MIDDLE)

    def _combo(self, column: str, chosen: str, fields: Sequence[Field]) -> QComboBox:
        combo = QComboBox()
        combo.setFixedWidth(_FIELD)
        combo.addItem(_("Leave out"), "")
        for field in fields:
            dot = " •" if field.required else ""
            combo.addItem(f"{_(field.label)}{dot}", field.name)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.setAccessibleName(_("Field of the column {column}").format(column=column))
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.activated.connect(partial(self._pick, column, combo))
        self.combos[column] = combo
        return combo

    def _pick(self, column: str, combo: QComboBox, _place: int) -> None:
        self.picked.emit(column, str(combo.currentData()))
