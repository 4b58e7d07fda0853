"""Layouts of the page: cards in even columns, tiles in even rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from privdesk.ui.placing import Placing


class Columns(Placing):
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


class Tiles(Placing):
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
