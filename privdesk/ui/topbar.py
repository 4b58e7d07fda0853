"""The top bar: page title, search box, who sits here, when the desk locks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from privdesk.core.i18n import _, current
from privdesk.ui import fonts, tokens
from privdesk.ui.parts import Officer
from privdesk.ui.theme import LANGUAGE_NAMES, LOOKS
from privdesk.ui.widgets import (
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
    SearchBox,
    quiet_button,
    row,
)

_SOON = 60  # seconds


class TopBar(Plane):
    """44 pixels; its menu behind the officer's name has language, look, help and lock."""

    lock_asked = Signal()
    help_asked = Signal()
    keys_asked = Signal()
    language_asked = Signal(str)
    look_asked = Signal(str)

    def __init__(self, officer: Officer) -> None:
        super().__init__("bar")
        self.setFixedHeight(tokens.TOPBAR)
        self._officer = officer
        self._look = "system"
        self._seconds = 0
        self.title = ElidedLabel("", "section")
        self.search = SearchBox("Ctrl+K")
        self.search.setMinimumWidth(240)
        self.search.setMaximumWidth(460)
        self.search.setFixedHeight(30)
        self.person = quiet_button("", self._offer, icon="user")
        self.lock_icon = IconButton("lock", "", self.lock_asked.emit, size=16)
        self.left = PlainLabel("", "muted")
        self.left.setFont(fonts.font(tokens.BODY, tabular=True))
        self.left.setFixedWidth(self.left.fontMetrics().horizontalAdvance("00:00") + 4)
        line = row(
            self,
            self.title,
            self.search,
            None,
            self.person,
            6,
            self.lock_icon,
            self.left,
            gap=6,
            margin=(20, 0, 16, 0),
        )
        line.setStretch(0, 5)
        line.setStretch(1, 8)
        line.setStretch(2, 2)
        self.retranslate()

    def set_look(self, look: str) -> None:
        """Say which look is chosen, for the menu."""
        self._look = look

    def show_left(self, seconds: int) -> None:
        """Show how long it is until the idle lock."""
        self._seconds = seconds
        self.left.setText(f"{seconds // 60}:{seconds % 60:02d}")
        self.lock_icon.show_icon("lock", "soon" if seconds <= _SOON else "muted")
        self.left.setAccessibleName(_("Locks in {left}").format(left=self.left.text()))

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.search.tell(_("Name, number, command"))
        self.person.setText(f"{self._officer.name} · {_(self._officer.role)}")
        self.person.setAccessibleName(_("Menu of {name}").format(name=self._officer.name))
        self.lock_icon.call(_("Lock"))
        self.left.setToolTip(_("The desk locks when nobody touches it for this long."))
        self.left.setAccessibleName(_("Locks in {left}").format(left=self.left.text()))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def menu(self) -> QMenu:
        """Return the menu behind the officer's name."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        languages = QActionGroup(made)
        for key, label in LANGUAGE_NAMES.items():
            action = made.addAction(label)
            action.setCheckable(True)
            action.setChecked(key == current())
            action.triggered.connect(lambda _on=False, key=key: self.language_asked.emit(key))
            languages.addAction(action)
        made.addSeparator()
        names = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
        looks = QActionGroup(made)
        for key in LOOKS:
            action = made.addAction(names[key])
            action.setCheckable(True)
            action.setChecked(key == self._look)
            action.triggered.connect(lambda _on=False, key=key: self.look_asked.emit(key))
            looks.addAction(action)
        made.addSeparator()
        for label, keys, signal in (
            (_("Help"), "F1", self.help_asked),
            (_("Keyboard shortcuts"), "Ctrl+F1", self.keys_asked),
            (_("Lock"), "Ctrl+L", self.lock_asked),
        ):
            action = made.addAction(label)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(lambda _on=False, signal=signal: signal.emit())
        return made

    def _offer(self) -> None:
        self.menu().popup(self.person.mapToGlobal(QPoint(0, self.person.height() + 4)))
