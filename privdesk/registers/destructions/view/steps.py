"""The steps on the left: Set, Places, Approval, Execute, Certificate."""

from __future__ import annotations

from enum import IntEnum
from functools import partial

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from privdesk.core.i18n import N_, _
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.theme import on_language, shades
from privdesk.ui.widgets import Plane, column


class Stage(IntEnum):
    """The steps in order."""

    SET = 0
    PLACES = 1
    APPROVAL = 2
    EXECUTE = 3
    CERTIFICATE = 4


LABELS = {
    Stage.SET: N_("Set"),
    Stage.PLACES: N_("Places"),
    Stage.APPROVAL: N_("Approval"),
    Stage.EXECUTE: N_("Execute"),
    Stage.CERTIFICATE: N_("Certificate"),
}
STANDING = {
    "done": N_("done already"),
    "now": N_("the present step"),
    "open": N_("can be looked at"),
    "shut": N_("not possible yet"),
}
WIDTH, _HEIGHT, _RING = 200, 60, 24
_LEFT, _TEXT = 18, 54


class StepButton(QAbstractButton):
    """A ring with number or check mark, the step's name, and what is known of it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.standing = "shut"
        self.note = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        on_language(self, self._speak)

    def sizeHint(self) -> QSize:
        """Return a row that holds two lines."""
        return QSize(WIDTH, _HEIGHT)

    def tell(self, standing: str, note: str) -> None:
        """Show ``done``, ``now``, ``open`` or ``shut``, and a note beneath the name."""
        self.standing, self.note = standing, note
        self.setEnabled(standing != "shut")
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the step."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            ground = look.chosen if self.isChecked() else look.hover
            painter.fillRect(self.rect(), QColor(ground))
        if self.isChecked():
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(look.accent))
        self._draw_line(painter)
        self._draw_ring(painter)
        self._draw_words(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 4, 4)

    def _ring(self) -> QRectF:
        return QRectF(_LEFT, (self.height() - _RING) / 2, _RING, _RING)

    def _draw_line(self, painter: QPainter) -> None:
        ring, middle = self._ring(), _LEFT + _RING // 2
        painter.setPen(QPen(QColor(shades().line), 2))
        if self.stage is not Stage.SET:
            painter.drawLine(middle, 0, middle, round(ring.top()) - 4)
        if self.stage is not Stage.CERTIFICATE:
            painter.drawLine(middle, round(ring.bottom()) + 4, middle, self.height())

    def _draw_ring(self, painter: QPainter) -> None:
        look, ring = shades(), self._ring()
        done, now = self.standing == "done", self.standing == "now"
        kept = look.tones["kept"]
        edge = kept.ink if done else look.accent if now else look.edge
        painter.setPen(QPen(QColor(edge), 1.5))
        painter.setBrush(QColor(kept.tint if done else look.accent if now else look.surface))
        painter.drawEllipse(ring.adjusted(0.75, 0.75, -0.75, -0.75))
        if done:
            mark = icons.pixmap("check", kept.ink, 14)
            painter.drawPixmap(round(ring.left()) + 5, round(ring.top()) + 5, mark)
            return
        painter.setPen(QColor(look.on_accent if now else self._ink()))
        painter.setFont(fonts.font(tokens.CAPTION, QFont.Weight.DemiBold, tabular=True))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self.stage + 1))

    def _draw_words(self, painter: QPainter) -> None:
        look, room = shades(), self.width() - _TEXT - 8
        strong = self.isChecked() or self.standing == "now"
        face = fonts.font(tokens.BODY, QFont.Weight.DemiBold if strong else QFont.Weight.Medium)
        painter.setFont(face)
        painter.setPen(QColor(self._ink()))
        top = self.height() // 2 - (18 if self.note else 9)
        area = QRect(_TEXT, top, room, 18)
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, upright, _(LABELS[self.stage]))
        if self.note:
            small = fonts.font(tokens.CAPTION)
            painter.setFont(small)
            painter.setPen(QColor(look.muted))
            words = QFontMetrics(small).elidedText(self.note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(area.translated(0, 18), upright, words)

    def _ink(self) -> str:
        return shades().text if self.isEnabled() else shades().muted

    def _speak(self) -> None:
        spoken = _("Step {n} of {all}: {name}, {standing}").format(
            n=self.stage + 1,
            all=len(Stage),
            name=_(LABELS[self.stage]),
            standing=_(STANDING[self.standing]),
        )
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(self.note)
        self.setToolTip(self.note)
        self.update()


class StepRail(Plane):
    """All steps one below the other; up and down go from one to the next."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__("surface")
        self.setFixedWidth(WIDTH)
        self.buttons = [StepButton(stage) for stage in Stage]
        column(self, 8, *self.buttons, None, gap=0)
        for one in self.buttons:
            one.clicked.connect(partial(self._ask, one.stage))

    def tell(self, stage: Stage, standing: str, note: str = "") -> None:
        """Show where one step stands."""
        self.buttons[stage].tell(standing, note)

    def mark(self, stage: Stage) -> None:
        """Show which step is open."""
        for one in self.buttons:
            one.setChecked(one.stage == stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up or down among the steps."""
        move = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), None)
        if move is None or at is None:
            super().keyPressEvent(event)
            return
        others = self.buttons[at + move :: move] if at + move >= 0 else []
        for one in others:
            if one.isEnabled():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _ask(self, stage: Stage, _on: bool = False) -> None:
        self.buttons[stage].setChecked(True)
        self.asked.emit(int(stage))
