"""How much of a holding's time is over, as a bar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone

_HEIGHT, _THICK = 14, 6


def share(since: date | None, until: date | None, today: date) -> float | None:
    """Return how much of the time is over, 0 to 1; None where no end is known."""
    if since is None or until is None:
        return None
    whole = (until - since).days
    return 1.0 if whole <= 0 else min(max((today - since).days / whole, 0.0), 1.0)


class ExpiryBar(QWidget):
    """A track from collection to expiry; dashed where no end is known."""

    def __init__(self) -> None:
        super().__init__()
        self.over: float | None = None
        self._tone = "plain"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, over: float | None, tone_name: str) -> None:
        """Show how much is over, 0 to 1; None where no end is known."""
        self.over, self._tone = over, tone_name
        words = _("{share} of the period is over").format(share=f"{over:.0%}") if over else ""
        self.setAccessibleName(words or _("no end is known"))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a slim line."""
        return QSize(120, _HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(tone(look, self._tone).ink)
        top = (self.height() - _THICK) / 2
        track = QRectF(0, top, self.width(), _THICK)
        if self.over is None:
            middle = round(self.height() / 2)
            painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
            painter.drawLine(0, middle, self.width(), middle)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.line))
        painter.drawRoundedRect(track, _THICK / 2, _THICK / 2)
        painter.setBrush(ink)
        width = max(self.width() * self.over, _THICK)
        painter.drawRoundedRect(QRectF(0, top, width, _THICK), _THICK / 2, _THICK / 2)
