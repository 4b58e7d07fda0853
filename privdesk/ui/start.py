"""The start page: open a vault, start an office, look around the sample office."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui import fonts, icons, tokens
from privdesk.ui.front import FrontPage
from privdesk.ui.theme import Theme, shades
from privdesk.ui.widgets import FlashLine, Hairline, PlainLabel, column, row
from privdesk.ui.widgets.layout import Item

_WIDTH, _HEIGHT = 520, 62


class Choice(QAbstractButton):
    """A way to begin: icon, what it is, one sentence."""

    def __init__(self, icon: str, height: int = _HEIGHT) -> None:
        super().__init__()
        self._icon, self._hint, self._height = icon, "", height
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, text: str, hint: str) -> None:
        """Set the texts."""
        self.setText(text)
        self._hint = hint
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self._height)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, text, hint and an arrow."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(look.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.chosen if self.isDown() else look.hover))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawPixmap(14, (box.height() - 22) // 2, icons.pixmap(self._icon, look.accent, 22))
        painter.drawPixmap(
            box.right() - 28, (box.height() - 14) // 2, icons.pixmap("right", look.muted, 14)
        )
        text = box.adjusted(52, 0, -40, 0)
        upper, lower = (
            text.adjusted(0, 11, 0, -box.height() // 2),
            text.adjusted(0, box.height() // 2 - 1, 0, -11),
        )
        painter.setFont(fonts.font(tokens.BODY, QFont.Weight.DemiBold))
        painter.setPen(QColor(look.text))
        painter.drawText(upper, middle, _elided(painter, self.text(), upper.width()))
        painter.setFont(fonts.font(tokens.CAPTION))
        painter.setPen(QColor(look.muted))
        painter.drawText(lower, middle, _elided(painter, self._hint, lower.width()))


class StartPage(FrontPage):
    """Where no vault is chosen yet; ``recent`` are folders of vaults on this workstation."""

    open_asked = Signal(str)
    new_asked = Signal()
    sample_asked = Signal()
    restore_asked = Signal()

    def __init__(self, theme: Theme, recent: Sequence[Path] = ()) -> None:
        super().__init__(theme, _WIDTH)
        self.heading = PlainLabel("", "title")
        self.why = PlainLabel("", "muted", wrap=True)
        self.open = Choice("folder")
        self.new = Choice("office")
        self.sample = Choice("sample")
        self.restore = Choice("undo")
        self.recent_label = PlainLabel("", "label")
        self.recent = [self._recent(path) for path in recent[:5]]
        self.open.clicked.connect(self._choose)
        self.new.clicked.connect(self.new_asked)
        self.sample.clicked.connect(self.sample_asked)
        self.restore.clicked.connect(self.restore_asked)
        label = row(None, self.recent_label, margin=(14, 0))
        rest: list[Item] = [8, Hairline(), 10, label, *self.recent] if self.recent else []
        column(
            self.card,
            column(None, self.heading, self.why, gap=6, margin=(14, 0)),
            10,
            self.new,
            self.open,
            self.restore,
            self.sample,
            *rest,
            gap=4,
            margin=(14, 22, 14, 14),
        )
        self.flash = FlashLine(self)
        self.retranslate()

    def refuse(self, error: DomainError) -> None:
        """Show why a vault cannot be opened."""
        self.flash.refuse(error)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.heading.setText(_("The desk of your privacy office"))
        self.why.setText(
            _(
                "One encrypted vault on this workstation: each promise of the policy a record, "
                "a deadline or a rule, and each can be printed as evidence."
            )
        )
        self.new.tell(
            _("Start a new office"), _("Company, two officers, recovery kit, custody sheet")
        )
        self.open.tell(_("Open a vault…"), _("A folder whose name ends in .privdesk"))
        self.restore.tell(
            _("Restore a backup…"), _("A file whose name ends in .pdbackup becomes a vault again")
        )
        self.sample.tell(
            _("Look around the sample office"), _("An invented company with every page filled in")
        )
        self.recent_label.setText(_("Opened before on this workstation"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _recent(self, path: Path) -> Choice:
        made = Choice("lock", 52)
        made.tell(path.name.removesuffix(".privdesk"), str(path.parent))
        made.clicked.connect(lambda _on=False: self.open_asked.emit(str(path)))
        return made

    def _choose(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Open a vault…"))
        if path:
            self.open_asked.emit(path)


def _elided(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)
