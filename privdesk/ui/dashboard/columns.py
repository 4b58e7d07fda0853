"""Layouts of the page: cards in even columns, tiles in even rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class _Placing(QLayout):
    """Items in their order; a subclass places them in a width and says how high that is."""

    def __init__(self, parent: QWidget | None = None, gap: int = 16) -> None:
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


class Columns(_Placing):
    """Cards read down one column after the other; the columns are as even as can be."""

    NARROWEST, MOST = 420, 3

    def place(self, rect: QRect, *, move: bool) -> int:
        """Place the cards."""
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        wanted = (rect.width() + self.gap) // (self.NARROWEST + self.gap)
        number = min(max(wanted, 1), self.MOST, len(shown))
        wide = (rect.width() - self.gap * (number - 1)) // number
        heights = [_high(item, wide) for item in shown]
        tallest, start = 0, 0
        for column, end in enumerate(split(heights, number, self.gap)):
            x, y = rect.x() + column * (wide + self.gap), rect.y()
            for at in range(start, end):
                if move:
                    shown[at].setGeometry(QRect(x, y, wide, heights[at]))
                y += heights[at] + self.gap
            tallest, start = max(tallest, y - self.gap - rect.y()), end
        return tallest


class Tiles(_Placing):
    """Tiles of one size in rows that are filled evenly."""

    NARROWEST = 230

    def place(self, rect: QRect, *, move: bool) -> int:
        """Place the tiles."""
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        most = max((rect.width() + self.gap) // (self.NARROWEST + self.gap), 1)
        rows = -(-len(shown) // most)
        a_row = -(-len(shown) // rows)
        wide = (rect.width() - self.gap * (a_row - 1)) // a_row
        tall = max(_high(item, wide) for item in shown)
        for number, item in enumerate(shown if move else ()):
            down, across = divmod(number, a_row)
            corner = QPoint(
                rect.x() + across * (wide + self.gap), rect.y() + down * (tall + self.gap)
            )
            item.setGeometry(QRect(corner, QSize(wide, tall)))
        return rows * (tall + self.gap) - self.gap


def split(heights: Sequence[int], number: int, gap: int = 0) -> list[int]:
    """Return where each of so many columns ends, so that the highest is as low as can be."""
    least, most = max(heights), sum(heights) + gap * len(heights)
    while least < most:
        middle = (least + most) // 2
        if len(_filled(heights, middle, gap)) <= number:
            most = middle
        else:
            least = middle + 1
    ends = _filled(heights, least, gap)
    return ends + [len(heights)] * (number - len(ends))


def _filled(heights: Sequence[int], limit: int, gap: int) -> list[int]:
    """Return the ends of the columns when each is filled up to the limit."""
    ends, high = [], -gap
    for at, height in enumerate(heights):
        if high + gap + height > limit and high >= 0:
            ends.append(at)
            high = -gap
        high += gap + height
    return [*ends, len(heights)]


def _high(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
