"""What can be done to the selected rows; slides in beneath the table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtWidgets import QMenu

from privdesk.core.fields import Field
from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Action
from privdesk.ui.page.changing import change_of
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    IconButton,
    PlainLabel,
    Plane,
    button,
    danger_button,
    quiet_button,
    row,
)

_HEIGHT = 48
_MILLISECONDS = 140


class BulkBar(Plane):
    """“312 selected”, the actions that fit, Copy, and a cross that gives the selection up."""

    action_asked = Signal(object)  # Action
    copy_asked = Signal()
    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__("foot")
        self._size = 0
        self._actions: tuple[Action, ...] = ()
        self._fields: tuple[Field, ...] = ()
        self.label = PlainLabel("", "strong")
        self.copy = quiet_button("", self.copy_asked.emit, icon="copy", tip="Ctrl+C")
        self.cross = IconButton("close", "", self.clear_asked.emit, size=14)
        self.buttons = row(None, gap=8)
        self.change = quiet_button("", self._open_fields, icon="edit")
        parts = (self.label, 8, self.buttons, self.change, self.copy, None, self.cross)
        row(self, *parts, margin=(12, 8))
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setDuration(_MILLISECONDS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._settle)
        self.setMaximumHeight(0)
        self.hide()
        on_language(self, self._speak)

    def offer(self, size: int, actions: Sequence[Action], changeable: Sequence[Field] = ()) -> None:
        """Show the bar for a selection of some rows; with fewer than two it goes.

        ``changeable`` are the fields that may get one value in all of them.
        """
        self._size, self._fields = size, tuple(changeable)
        self.change.setVisible(bool(changeable))
        if tuple(actions) != self._actions:
            self._actions = tuple(actions)
            self._make_buttons()
        self._speak()
        self._move(_HEIGHT if size > 1 else 0)

    def fields_menu(self) -> QMenu:
        """Return the menu of what can be changed in all selected records."""
        menu = QMenu(self)
        for field in self._fields:
            ask = partial(self.action_asked.emit, change_of(field))
            menu.addAction(f"{_(field.label)}…", ask)
        return menu

    def _open_fields(self) -> None:
        menu = self.fields_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.change.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _move(self, height: int) -> None:
        if self._slide.endValue() == height:
            return
        self._slide.stop()
        self._slide.setStartValue(self.maximumHeight())
        self._slide.setEndValue(height)
        if height:
            self.show()
        self._slide.start()

    def _settle(self) -> None:
        self.setVisible(self.maximumHeight() > 0)

    def _make_buttons(self) -> None:
        while (item := self.buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for action in self._actions:
            make = danger_button if action.danger else button
            self.buttons.addWidget(
                make(_(action.label), partial(self.action_asked.emit, action), tip=action.key)
            )

    def _speak(self) -> None:
        self.label.setText(ngettext("{n} selected", "{n} selected", self._size))
        self.copy.setText(_("Copy as table"))
        self.change.setText(_("Change a field"))
        self.cross.call(_("Clear selection"))
        for place, action in enumerate(self._actions):
            item = self.buttons.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, type(self.copy)):
                widget.setText(_(action.label))
