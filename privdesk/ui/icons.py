"""Line icons of 20 pixels, drawn once for each colour and resolution."""

from __future__ import annotations

import atexit
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from privdesk.core.resources import resource

SIZE = 20

_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'


@lru_cache(maxsize=512)
def _source(name: str, colour: str) -> bytes:
    try:
        text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except OSError:  # a gap where an icon was, instead of a window that cannot be drawn
        text = _NOTHING
    return text.replace("currentColor", colour).encode()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixels = round(size * ratio)
    made = QPixmap(QSize(pixels, pixels))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(_source(name, colour))).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, colour: str, size: int = SIZE, ratio: float = 0) -> QPixmap:
    """Return icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` logical pixels wide."""
    screen = QGuiApplication.primaryScreen()
    return _drawn(name, colour, size, ratio or (screen.devicePixelRatio() if screen else 1.0))


def icon(name: str, colour: str, disabled: str = "", size: int = SIZE, gap: int = 0) -> QIcon:
    """Return an icon for a button or an action, greyed with ``disabled`` where that is given.

    ``gap`` pixels to its right stay empty: air between an icon and its word.
    """
    made = QIcon(_padded(pixmap(name, colour, size), gap))
    if disabled:
        made.addPixmap(_padded(pixmap(name, disabled, size), gap), QIcon.Mode.Disabled)
    return made


def _padded(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    made = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


@atexit.register
def forget() -> None:
    """Drop all drawn icons: a picture that outlives the application ends it with a crash."""
    _drawn.cache_clear()
