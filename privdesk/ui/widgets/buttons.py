"""Buttons: one primary at most on a page, the rest outlined or quiet; danger is red."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from privdesk.ui import icons
from privdesk.ui.widgets.labels import colour_of

_ICON, _AIR = 16, 3
_INKS = {"primary": "on_accent", "danger": "on_danger", "link": "accent"}


class Button(QPushButton):
    """A push button of a ``kind`` with an icon that follows the look."""

    def __init__(
        self,
        text: str,
        then: Callable[[], object] | None = None,
        *,
        kind: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon, self._ink = icon, _INKS.get(kind, "text")
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setIconSize(QSize(_ICON + (_AIR if text else 0), _ICON))
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if then is not None:
            self.clicked.connect(lambda _checked=False: then())
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def show_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self._draw()

    def _draw(self) -> None:
        if self._icon:
            ink, grey = colour_of(self._ink), colour_of("edge")
            self.setIcon(icons.icon(self._icon, ink, grey, _ICON, _AIR if self.text() else 0))


def button(
    text: str, then: Callable[[], object] | None = None, *, icon: str = "", tip: str = ""
) -> Button:
    """Return an outlined button."""
    return _made(text, then, "", icon, tip)


def primary_button(
    text: str, then: Callable[[], object] | None = None, *, icon: str = "", tip: str = ""
) -> Button:
    """Return the one filled button of a page."""
    return _made(text, then, "primary", icon, tip)


def danger_button(
    text: str, then: Callable[[], object] | None = None, *, icon: str = "", tip: str = ""
) -> Button:
    """Return a red button for what cannot be undone."""
    return _made(text, then, "danger", icon, tip)


def quiet_button(
    text: str, then: Callable[[], object] | None = None, *, icon: str = "", tip: str = ""
) -> Button:
    """Return a button without outline."""
    return _made(text, then, "quiet", icon, tip)


def link_button(text: str, then: Callable[[], object] | None = None) -> Button:
    """Return a button that looks like a link."""
    return _made(text, then, "link", "", "")


def _made(text: str, then: Callable[[], object] | None, kind: str, icon: str, tip: str) -> Button:
    made = Button(text, then, kind=kind, icon=icon)
    made.setToolTip(tip)
    return made


class IconButton(QToolButton):
    """A square button with an icon alone; ``name`` is spoken and shown as its tip."""

    def __init__(
        self,
        icon: str,
        name: str,
        then: Callable[[], object] | None = None,
        *,
        colour: str = "muted",
        size: int = 18,
    ) -> None:
        super().__init__()
        self._icon, self._colour, self._size = icon, colour, size
        self.setIconSize(QSize(size, size))
        self.setFixedSize(size + 12, size + 12)
        self.call(name)
        if then is not None:
            self.clicked.connect(lambda _checked=False: then())
        self._draw()

    def call(self, name: str) -> None:
        """Change what is spoken and shown as tip."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def show_icon(self, icon: str, colour: str = "") -> None:
        """Change the icon (and its colour)."""
        self._icon, self._colour = icon, colour or self._colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icons.icon(self._icon, colour_of(self._colour), colour_of("line"), self._size))
