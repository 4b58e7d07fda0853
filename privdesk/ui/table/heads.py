"""The heads of a table: the sign of the order never lies over the words, long words fold."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

_LONG = 60  # pixels: a shorter head stays on one line
_APART = "\u00a0\u00a0"  # keeps a number's head, like the number, off the words that follow


class Heads(QHeaderView):
    """Heads of which the one that sorts makes room for its sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._folded = False

    @property
    def folded(self) -> bool:
        """Whether long heads stand on two lines, where the columns would not have room else."""
        return self._folded

    def fold(self, on: bool) -> None:
        """Put long heads on two lines, or all of them on one."""
        if on != self._folded:
            self._folded = on
            self.updateGeometry()
            self.viewport().update()

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """Set the words of the sorted head to the left: the sign stands on the right."""
        super().initStyleOptionForIndex(option, section)
        if section == self.sortIndicatorSection():
            option.textAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self._folded:
            option.text = in_two_lines(option.text, self.fontMetrics())
        if option.textAlignment & Qt.AlignmentFlag.AlignRight:
            option.text = "\n".join(line + _APART for line in option.text.split("\n"))

    def sectionSizeFromContents(self, section: int) -> QSize:
        """Return what the words of a head take, on the lines they stand on."""
        size = super().sectionSizeFromContents(section)
        if not self._folded:
            return size
        metrics = self.fontMetrics()
        text = str(self.model().headerData(section, self.orientation()) or "")
        folded = in_two_lines(text, metrics)
        if folded == text:
            return size
        lines = [metrics.horizontalAdvance(line) for line in folded.split("\n")]
        spared = metrics.horizontalAdvance(text) - max(lines)
        return QSize(size.width() - spared, size.height() + metrics.lineSpacing())


def in_two_lines(text: str, metrics: QFontMetrics) -> str:
    """Return a long text broken where its two lines are shortest; others as they are."""
    words = text.split(" ")
    if len(words) == 1 or metrics.horizontalAdvance(text) <= _LONG:
        return text
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return "\n".join(min(halves, key=lambda pair: max(map(metrics.horizontalAdvance, pair))))
