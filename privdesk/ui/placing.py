"""What layouts have in common that place items in a width and take the height that needs."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Placing(QLayout):
    """Items in their order; a subclass places them in a width and says how high that is."""

    def __init__(self, parent: QWidget | None, gap: int) -> None:
        super().__init__(parent)
        self.gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (called by ``addWidget``)."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the items need in a width."""
        return self.place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        self.place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of the widest item, one below the other."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the width of the widest item; the height follows from the width."""
        return QSize(max((item.minimumSize().width() for item in self._items), default=0), 0)

    def place(self, rect: QRect, *, move: bool) -> int:
        """Place the items (only if ``move``) and return the height."""
        raise NotImplementedError
