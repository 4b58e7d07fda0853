"""A line for a passphrase, with Show and a word when caps lock is on."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from privdesk.core.i18n import _
from privdesk.ui import icons
from privdesk.ui.widgets.labels import colour_of


class PassphraseLine(QLineEdit):
    """Hides what is typed; ``value()`` is what was typed in one form (NFC)."""

    caps = Signal(bool)  # caps lock seems to be on

    def __init__(self) -> None:
        super().__init__()
        self._caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._show = self.addAction(
            icons.icon("eye", colour_of("muted")), QLineEdit.ActionPosition.TrailingPosition
        )
        self._show.triggered.connect(self.toggle)
        self.retranslate()

    def value(self) -> str:
        """Return the passphrase, composed (NFC), so that every keyboard gives the same."""
        return unicodedata.normalize("NFC", self.text())

    @property
    def shown(self) -> bool:
        """Whether it can be read on the screen."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def toggle(self) -> None:
        """Show or hide what was typed."""
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Password if self.shown else mode.Normal)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self._show.setText(_("Hide the passphrase") if self.shown else _("Show the passphrase"))
        self._show.setIcon(icons.icon("eye-off" if self.shown else "eye", colour_of("muted")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice capitals that were typed without Shift, and the reverse."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps(text.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._set_caps(False)
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow look and language."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()

    def _set_caps(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps.emit(on)
