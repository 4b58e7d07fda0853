"""Labels; all of plain text, so that a name is never taken for markup."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from privdesk.ui import fonts, icons
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone


class PlainLabel(QLabel):
    """Text as it is: people's data is never markup.

    ``look``: title, section, strong, label, caption, muted, error, clock or nothing.
    """

    def __init__(
        self,
        text: str = "",
        look: str = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        if look:
            self.setProperty("look", look)
        if look == "clock":
            self.setFont(fonts.tabular(self.font()))
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class ElidedLabel(PlainLabel):
    """One line that ends in … when there is no room; the whole text is its tool tip."""

    def __init__(self, text: str = "", look: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, look, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """May shrink to almost nothing."""
        return QSize(16, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width()
        )
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, shown)


class IconLabel(QLabel):
    """An icon in a colour of the look: a tone's name, ``muted``, ``accent`` or ``text``."""

    def __init__(self, name: str, colour: str = "muted", size: int = icons.SIZE) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setFixedSize(size, size)
        self._draw()

    def show_icon(self, name: str, colour: str = "") -> None:
        """Change the icon (and its colour)."""
        self._name, self._colour = name, colour or self._colour
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, colour_of(self._colour), self._size))


def colour_of(name: str) -> str:
    """Return ``#RRGGBB`` of a tone or of a colour of the look in force."""
    look = shades()
    return tone(look, name).ink if name in look.tones else str(getattr(look, name))
