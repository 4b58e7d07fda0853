"""Links that shrink. Apart from the other buttons: loading QStyle takes longer than all of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from privdesk.ui.widgets.buttons import Button


class ElidedLink(Button):
    """A link on one line that ends in … when there is no room; the whole text is its tool tip."""

    def __init__(self, text: str, then: Callable[[], object] | None = None) -> None:
        super().__init__(text, then, kind="link")
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """May shrink to almost nothing."""
        return QSize(16, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width() + 1
        )
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
