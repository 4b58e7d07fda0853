"""The screen's own typeface, so that Hangul looks the same on every workstation."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from privdesk.core.errors import DomainError
from privdesk.core.resources import resource
from privdesk.ui import tokens

FAMILY = "Pretendard"
FACES = ("Regular", "Medium", "SemiBold")


class FontMissingError(DomainError):
    """The typeface {file} is missing from the installation; the program was not started. \
Install privdesk again; your vault is untouched.
    """


def load() -> None:
    """Register the bundled faces with Qt.

    Raises FontMissingError when a file is gone or cannot be read.
    """
    for face in FACES:
        path = resource("fonts", "screen", f"Pretendard-{face}.otf")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissingError(file=path.name)


def font(
    size: int = tokens.BODY,
    weight: QFont.Weight = QFont.Weight.Normal,
    *,
    tabular: bool = False,
) -> QFont:
    """Return the screen face in ``size`` pixels; ``tabular`` gives figures of one width."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def tabular(base: QFont) -> QFont:
    """Return ``base`` with figures of one width."""
    made = QFont(base)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
