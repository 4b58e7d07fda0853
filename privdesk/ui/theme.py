"""Fusion, one palette and one stylesheet made from the tokens; looks and language switch live."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from privdesk.core import i18n
from privdesk.ui import fonts
from privdesk.ui.qtwords import QtWords
from privdesk.ui.stylesheet import stylesheet
from privdesk.ui.tokens import DARK, LIGHT, Shades

LANGUAGE_NAMES = {"ko": "한국어", "en": "English"}
LOOKS = ("system", "light", "dark")
SCALES = (100, 125, 150, 175, 200)


def prepare(scale: int = 100) -> None:
    """Set the scale of everything in per cent; must come before the QApplication.

    Qt can't change it later, so a new scale counts from the next start or lock.
    """
    factor = min(max(scale, 100), 200) / 100
    os.environ["QT_SCALE_FACTOR"] = f"{factor:g}"
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )


def application(name: str) -> QApplication:
    """Return the application in the Fusion style.

    The style is told as an argument: to hand it over as an object takes Qt's binding longer than
    to draw the first page.
    """
    return QApplication([name, "-style", "Fusion"])


def shades() -> Shades:
    """Return the colours in force."""
    return DARK if QGuiApplication.palette().window().color().lightness() < 128 else LIGHT


class Theme(QObject):
    """The application's look and language."""

    def __init__(self, app: QApplication, look: str = "system", language: str = "ko") -> None:
        super().__init__(app)
        self._app = app
        self._look = look
        self._words = QtWords(self)
        fonts.load()
        app.setFont(fonts.font())
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.wear(look)
        self.speak(language)

    @property
    def look(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._look

    def wear(self, look: str) -> None:
        """Change to ``system``, ``light`` or ``dark``."""
        self._look = look if look in LOOKS else "system"
        chosen = self._shades()
        self._app.setPalette(palette(chosen))
        self._app.setStyleSheet(stylesheet(chosen))

    def speak(self, language: str) -> None:
        """Change the language of everything on the screen."""
        i18n.use(language)
        QLocale.setDefault(QLocale(i18n.current()))
        self._words.speak()
        for window in self._app.topLevelWidgets():
            QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))

    def _shades(self) -> Shades:
        if self._look == "system":
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self._look == "dark" else LIGHT

    def _system_changed(self) -> None:
        if self._look == "system":
            self.wear("system")


def palette(look: Shades) -> QPalette:
    """Return the Qt palette of a look."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: look.ground,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.ground,
        role.Text: look.text,
        role.PlaceholderText: look.muted,
        role.Button: look.surface,
        role.ButtonText: look.text,
        role.BrightText: look.danger,
        role.ToolTipBase: look.surface,
        role.ToolTipText: look.text,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Accent: look.accent,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.Mid: look.line,
        role.Midlight: look.line,
        role.Light: look.surface,
        role.Dark: look.edge,
        role.Shadow: look.line,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.edge))
    return made


class _Changes(QObject):
    """Calls back when its widget's look or language has changed."""

    def __init__(self, widget: QWidget, kinds: set[QEvent.Type], then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._kinds = kinds
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look; never hold anything up."""
        if event.type() in self._kinds:
            self._then()
        return False


def on_look(widget: QWidget, then: Callable[[], None]) -> None:
    """Call ``then`` now and whenever the colours change: for icons and painted things."""
    then()
    _Changes(widget, {QEvent.Type.PaletteChange}, then)


def on_language(widget: QWidget, then: Callable[[], None]) -> None:
    """Call ``then`` now and whenever the language changes (``then`` sets the texts)."""
    then()
    _Changes(widget, {QEvent.Type.LanguageChange}, then)
