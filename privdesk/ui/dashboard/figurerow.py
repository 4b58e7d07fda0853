"""One figure: label, number, how it moved, the bar of its share, its break-down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from privdesk.core.i18n import _
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.dashboard import marks
from privdesk.ui.dashboard.painted import PaintedButton
from privdesk.ui.dashboard.wording import FigureLine
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone

_SIDE, _AIR, _GAP = 10, 9, 12
_NUMBER, _ARROW, _GO = 20, 12, 14
_COURSE_WIDE, _COURSE_HIGH = 72, 24


@dataclass(frozen=True)
class _Places:
    """Where the parts of a row stand at one width."""

    label: QRect
    value: QRect
    course: QRect
    told: QRect
    change: QRect
    share: QRect
    bars: QRect
    height: int


class FigureRow(PaintedButton):
    """A figure; ``asked`` carries its key when somebody wants to see what is behind it.

    A figure that leads nowhere takes no focus and no click.
    """

    def __init__(self, line: FigureLine) -> None:
        super().__init__()
        self.line = line
        self._past: Sequence[float | None] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._ask)
        self.tell(line)

    def tell(self, line: FigureLine) -> None:
        """Show a figure."""
        self.line = line
        opens = bool(line.leads)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if opens else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setAccessibleName(line.spoken)
        self.setAccessibleDescription(_("Opens the list behind it") if opens else "")
        self.setToolTip(self._tip())
        self.updateGeometry()
        self.update()

    def show_past(self, values: Sequence[float | None]) -> None:
        """Draw what it was in the last spans, if more than one is known and any is more than 0."""
        known = [value for value in values if value is not None]
        self._past = values if len(known) > 1 and any(known) else ()
        self.updateGeometry()
        self.update()

    @property
    def past(self) -> Sequence[float | None]:
        """Return what is drawn of the last spans."""
        return self._past

    def hasHeightForWidth(self) -> bool:
        """A long label takes a second line where there is little room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that everything needs."""
        return self._places(width).height

    def sizeHint(self) -> QSize:
        """Return the height at the width it has."""
        width = max(self.width(), 280)
        return QSize(280, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """May become narrow."""
        return QSize(220, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        painter, look, line = QPainter(self), shades(), self.line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self._places(self.width())
        if line.leads and (self.underMouse() or self.hasFocus()):
            self._paint_plane(painter)
        painter.setFont(fonts.font())
        painter.setPen(QColor(look.text))
        painter.drawText(at.label, marks.WRAP, line.label)
        self._paint_value(painter, at.value)
        painter.setFont(fonts.font(tokens.CAPTION, tabular=True))
        painter.setPen(QColor(look.muted))
        painter.drawText(at.told, marks.WRAP, self._told())
        if line.change:
            self._paint_change(painter, at.change)
        if line.share is not None:
            marks.share(painter, at.share, line)
        if line.bars:
            marks.breakdown(painter, at.bars, line.bars)
        if self._past:
            marks.course(painter, at.course, self._past)

    # -- inside

    def _ask(self) -> None:
        if self.line.leads:
            self.asked.emit(self.line.key)

    def _told(self) -> str:
        return " · ".join(filter(None, (self.line.detail, self.line.as_of, self.line.before)))

    def _tip(self) -> str:
        clause = _("Clause {clause} of the policy").format(clause=self.line.clause)
        told = [clause if self.line.clause else "", self.accessibleDescription()]
        told += [f"{bar.label}: {bar.value}" for bar in self.line.bars]
        return "\n".join(filter(None, told))

    def _paint_plane(self, painter: QPainter) -> None:
        look = shades()
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        focus = QPen(QColor(look.accent), 2)
        painter.setPen(focus if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.hover))
        painter.drawRoundedRect(frame, tokens.RADIUS, tokens.RADIUS)

    def _paint_value(self, painter: QPainter, area: QRect) -> None:
        look, right = shades(), area.right() + 1
        if self.line.leads:
            right -= _GO
            top = area.top() + (area.height() - _GO) // 2
            ink = look.accent if self.underMouse() or self.hasFocus() else look.muted
            painter.drawPixmap(right + 2, top, icons.pixmap("right", ink, _GO))
        if self.line.unit:
            font = fonts.font(tokens.CAPTION)
            width = QFontMetrics(font).horizontalAdvance(self.line.unit)
            painter.setFont(font)
            painter.setPen(QColor(look.muted))
            spot = QRect(right - width, area.top() + 3, width, area.height() - 3)
            painter.drawText(spot, marks.RIGHT, self.line.unit)
            right -= width + 3
        painter.setFont(_number())
        painter.setPen(QColor(look.text))
        painter.drawText(
            QRect(area.left(), area.top(), right - area.left(), area.height()),
            marks.RIGHT,
            self.line.value,
        )

    def _paint_change(self, painter: QPainter, area: QRect) -> None:
        line, look = self.line, tone(shades(), self.line.tone)
        ink = look.ink if line.verdict else shades().muted
        left = area.left()
        if line.verdict:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.tint))
            painter.drawRoundedRect(QRectF(area), tokens.RADIUS, tokens.RADIUS)
            left += 6
        if line.arrow:
            top = area.top() + (area.height() - _ARROW) // 2
            painter.drawPixmap(left, top, icons.pixmap(line.arrow, ink, _ARROW))
            left += _ARROW + 3
        painter.setFont(_moved())
        painter.setPen(QColor(ink))
        room = QRect(left, area.top(), area.right() + 1 - left, area.height())
        painter.drawText(room, marks.LEFT, self._change())

    def _change(self) -> str:
        return " ".join(filter(None, (self.line.change, self.line.verdict)))

    def _places(self, width: int) -> _Places:
        line, inner = self.line, width - 2 * _SIDE
        value_wide = self._value_width()
        course_wide = _COURSE_WIDE + _GAP if self._past else 0
        room = max(inner - value_wide - course_wide - _GAP, 60)
        label_high = _high(fonts.font(), line.label, room)
        first = max(label_high, 24)
        label = QRect(_SIDE, _AIR + max((24 - label_high) // 2, 0), room, label_high)
        value = QRect(_SIDE + inner - value_wide, _AIR, value_wide, 24)
        course = QRect(value.left() - course_wide, _AIR, _COURSE_WIDE, _COURSE_HIGH - 2)
        top = _AIR + first + 3
        change_wide = self._change_width()
        left = max(inner - change_wide - (_GAP if change_wide else 0), 60)
        told_high = _high(fonts.font(tokens.CAPTION, tabular=True), self._told(), left)
        told = QRect(_SIDE, top + 1, left, told_high)
        change = QRect(_SIDE + inner - change_wide, top, change_wide, 18)
        if told_high or change_wide:
            top += max(told_high + 2, 18 if change_wide else 0)
        share = QRect(_SIDE, top + 6, inner, marks.BAR)
        if line.share is not None:
            top += 8 + marks.BAR
        bars = QRect(_SIDE, top + 4, inner, marks.breakdown_high(line.bars, inner))
        if line.bars:
            top += 4 + bars.height()
        return _Places(label, value, course, told, change, share, bars, top + _AIR)

    def _value_width(self) -> int:
        wide = QFontMetrics(_number()).horizontalAdvance(self.line.value)
        if self.line.unit:
            unit = QFontMetrics(fonts.font(tokens.CAPTION)).horizontalAdvance(self.line.unit)
            wide += unit + 3
        return wide + (_GO if self.line.leads else 0) + 2

    def _change_width(self) -> int:
        if not self.line.change:
            return 0
        wide = QFontMetrics(_moved()).horizontalAdvance(self._change()) + 2
        return wide + (_ARROW + 3 if self.line.arrow else 0) + (12 if self.line.verdict else 0)


def _number() -> QFont:
    return fonts.font(_NUMBER, QFont.Weight.DemiBold, tabular=True)


def _moved() -> QFont:
    return fonts.font(tokens.CAPTION, QFont.Weight.Medium, tabular=True)


def _high(font: QFont, text: str, width: int) -> int:
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), marks.WRAP, text).height()
