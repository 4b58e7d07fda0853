"""A pad to sign on: with a finger, a pen or the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.core.strokes import LEAST_INK, Strokes, length
from privdesk.ui.theme import shades
from privdesk.ui.tokens import RADIUS

HEIGHT = 150
_PEN = 2.4


class SignaturePad(QWidget):
    """Takes strokes; ``written`` says when one has ended or the pad was cleared."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[QPointF]] = []
        self._down = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.retranslate()

    def strokes(self) -> Strokes:
        """Return what was written, in widths of the pad (see ``core.strokes``)."""
        wide = max(self.width(), 1)
        return tuple(
            tuple((point.x() / wide, point.y() / wide) for point in stroke)
            for stroke in self._strokes
            if len(stroke) > 1
        )

    @property
    def signed(self) -> bool:
        """Whether there is more than a dot."""
        return length(self.strokes()) >= LEAST_INK

    def clear(self) -> None:
        """Wipe the pad."""
        self._strokes.clear()
        self.update()
        self.written.emit()

    def retranslate(self) -> None:
        """Say what the pad is for."""
        self.setAccessibleName(_("Room for the signature"))
        self.setToolTip(_("Sign here with a pen, a finger or the mouse."))

    def sizeHint(self) -> QSize:
        """Wide enough for a name."""
        return QSize(520, HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Follow look and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke; a pen and a finger arrive as the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._down = True
            self._strokes.append([self._within(event.position())])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._down:
            self._strokes[-1].append(self._within(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton and self._down:
            self._down = False
            self.written.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pad as paper in either look: what is written is printed black on white."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(shades().edge), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        base = self.height() - 34
        painter.setPen(QPen(QColor("#C4CBD5"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(24, base, self.width() - 24, base)
        if not self._strokes:
            painter.setPen(QColor("#5B6675"))
            painter.drawText(
                self.rect().adjusted(24, 0, -24, -10),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
                _("Sign here"),
            )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = QPen(QColor("#17202B"), _PEN)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        for stroke in self._strokes:
            painter.drawPath(_path(stroke))

    def _within(self, point: QPointF) -> QPointF:
        return QPointF(
            min(max(point.x(), 0.0), float(self.width())),
            min(max(point.y(), 0.0), float(self.height())),
        )


def _path(stroke: list[QPointF]) -> QPainterPath:
    path = QPainterPath(stroke[0])
    for point in stroke[1:]:
        path.lineTo(point)
    return path
