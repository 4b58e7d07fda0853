"""The heads of a table: the sign of the order never lies over the words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget


class Heads(QHeaderView):
    """Heads of which the one that sorts makes room for its sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Set the words of the sorted head to the left: the sign stands on the right."""
        super().initStyleOptionForIndex(option, section)
        if section == self.sortIndicatorSection():
            option.textAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
