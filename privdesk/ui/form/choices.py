"""Editors of what is picked from a list: one choice, several, yes or no."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.ui.form.editor import Editor, Raw
from privdesk.ui.widgets import Plane, row

_KEY = Qt.ItemDataRole.UserRole
_SHOWN_AT_ONCE = 5  # lines of a check list before it scrolls
_LINE = 28


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
    """A check list."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.list = QListWidget()
        self.list.setObjectName("checkList")
        for choice in field.choices:
            item = QListWidgetItem(_(choice.label))
            item.setData(_KEY, choice.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setFixedHeight(_LINE * min(_SHOWN_AT_ONCE, max(1, len(field.choices))) + 4)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        frame = Plane("card")
        row(frame, self.list, margin=1)
        self.hold(frame)
        self.setFocusProxy(self.list)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(i) for i in range(self.list.count())]

    def raw(self) -> Raw:
        """Return the ticked keys."""
        return [i.data(_KEY) for i in self._items() if i.checkState() is Qt.CheckState.Checked]

    def set_raw(self, raw: Raw) -> None:
        """Tick some keys."""
        ticked = raw if isinstance(raw, list) else []
        for item in self._items():
            on = item.data(_KEY) in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def value(self) -> object:
        """Return the ticked keys as a tuple, or None."""
        ticked = self.raw()
        return tuple(ticked) if isinstance(ticked, list) and ticked else None

    def set_value(self, value: object) -> None:
        """Tick some keys."""
        self.set_raw([str(v) for v in value] if isinstance(value, list | tuple) else [])

    def retranslate(self) -> None:
        """Put the labels into the language on screen."""
        blocked = self.list.blockSignals(True)
        for item, choice in zip(self._items(), self.field.choices, strict=True):
            item.setText(_(choice.label))
        self.list.blockSignals(blocked)


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
