"""Editors of what is picked from a list: one choice, several, yes or no."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.ui.form.editor import Editor, Raw
from privdesk.ui.widgets import Plane

_ACROSS = 3
_LONG = 22  # letters of a choice that stands alone in its line


class ChoiceEditor(Editor):
    """A combo box; the empty line stands for "not given"."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = QComboBox()
        self.combo.addItem("", "")
        for choice in field.choices:
            self.combo.addItem(_(choice.label), choice.key)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.combo.activated.connect(lambda _at: self.left.emit())
        self.hold(self.combo)
        self.retranslate()

    def raw(self) -> Raw:
        """Return the key."""
        return str(self.combo.currentData() or "")

    def set_raw(self, raw: Raw) -> None:
        """Pick a key; one that is no longer offered leaves the combo empty."""
        self.combo.setCurrentIndex(max(0, self.combo.findData(raw)))

    def value(self) -> object:
        """Return the key, or None."""
        return self.raw() or None

    def set_value(self, value: object) -> None:
        """Pick a key."""
        self.set_raw("" if value is None else str(value))

    def retranslate(self) -> None:
        """Put the labels into the language on screen."""
        self.combo.setItemText(0, _("Choose…"))
        for place, choice in enumerate(self.field.choices, start=1):
            self.combo.setItemText(place, _(choice.label))


class ChoicesEditor(Editor):
    """A tick for each choice, three beside each other; long ones one below the other."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.ticks = {choice.key: QCheckBox(_(choice.label)) for choice in field.choices}
        frame = Plane("card")
        grid = QGridLayout(frame)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setVerticalSpacing(4)
        longest = max((len(tick.text()) for tick in self.ticks.values()), default=0)
        columns = _ACROSS if longest <= _LONG else 1
        for place, tick in enumerate(self.ticks.values()):
            grid.addWidget(tick, place // columns, place % columns)
            tick.toggled.connect(lambda _on: self.changed.emit())
        for across in range(columns):
            grid.setColumnStretch(across, 1)
        self.hold(frame)
        if self.ticks:
            self.setFocusProxy(next(iter(self.ticks.values())))

    def raw(self) -> Raw:
        """Return the ticked keys."""
        return [key for key, tick in self.ticks.items() if tick.isChecked()]

    def set_raw(self, raw: Raw) -> None:
        """Tick some keys."""
        for key, tick in self.ticks.items():
            tick.setChecked(isinstance(raw, list) and key in raw)

    def value(self) -> object:
        """Return the ticked keys as a tuple, or None."""
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked()) or None

    def set_value(self, value: object) -> None:
        """Tick some keys."""
        self.set_raw([str(v) for v in value] if isinstance(value, list | tuple) else [])

    def name_for_speech(self, name: str) -> None:
        """Name the group; each tick has its own words."""
        self.setAccessibleName(name)

    def retranslate(self) -> None:
        """Put the labels into the language on screen."""
        for choice in self.field.choices:
            self.ticks[choice.key].setText(_(choice.label))


class FlagEditor(Editor):
    """A tick; its words stand beside it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.tick = QCheckBox()
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self.hold(self.tick)
        self.retranslate()

    def raw(self) -> Raw:
        """Return whether it is ticked."""
        return self.tick.isChecked()

    def set_raw(self, raw: Raw) -> None:
        """Tick it or not."""
        self.tick.setChecked(bool(raw))

    def value(self) -> object:
        """Return whether it is ticked."""
        return self.tick.isChecked()

    def set_value(self, value: object) -> None:
        """Tick it or not."""
        self.tick.setChecked(bool(value))

    def retranslate(self) -> None:
        """Say what the tick means."""
        self.tick.setText(_("Yes"))
