"""A new passphrase: typed twice, with a meter of its strength."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from privdesk.core.i18n import _
from privdesk.ui.theme import shades
from privdesk.ui.widgets import LabelledField, PassphraseLine, PlainLabel, column, row

SHORTEST = 15
_SCORES = 5


def by_zxcvbn(passphrase: str) -> int:
    """Return 0 (guessed at once) to 4 (very strong)."""
    from zxcvbn import zxcvbn

    return int(zxcvbn(passphrase[:72])["score"]) if passphrase else 0


class StrengthMeter(QWidget):
    """Four bars: how long somebody would have to guess."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int) -> None:
        """Show 0 (nothing or too short) to 4 (very strong)."""
        self._level = level
        self.update()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(160, 4)

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        look, painter = shades(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tone = ("overdue", "overdue", "soon", "kept", "kept")[self._level]
        width = (self.width() - 3 * 4) / 4
        for bar in range(4):
            on = bar < self._level
            painter.setBrush(QColor(look.tones[tone].ink if on else look.line))
            painter.drawRoundedRect(QRectF(bar * (width + 4), 0, width, 4), 2, 2)


class NewPassphrase(QWidget):
    """Two lines and the meter; ``value()`` is the passphrase when both agree and it is long."""

    changed = Signal()

    def __init__(self, score: Callable[[str], int] = by_zxcvbn) -> None:
        super().__init__()
        self._score = score
        self._tried = False
        self.first, self.second = PassphraseLine(), PassphraseLine()
        self.one = LabelledField(self.first, required=True)
        self.two = LabelledField(self.second, required=True)
        self.meter = StrengthMeter()
        self.verdict = PlainLabel("", "caption")
        self.verdict.setMinimumWidth(150)
        column(
            self,
            self.one,
            row(None, self.meter, self.verdict, gap=10),
            self.two,
            gap=8,
        )
        self.first.textChanged.connect(self._changed)
        self.second.textChanged.connect(self._changed)
        self.retranslate()

    def value(self) -> str:
        """Return the passphrase, or nothing and say why beneath the line."""
        self._tried = True
        self._judge()
        good = not self.one.error.text() and not self.two.error.text()
        return self.first.value() if good else ""

    def ready(self) -> bool:
        """Whether ``value`` would return one; says nothing."""
        typed = self.first.value()
        return len(typed) >= SHORTEST and typed == self.second.value()

    def complain(self, sentence: str) -> None:
        """Show why the passphrase was refused."""
        self.one.complain(sentence)

    def clear(self) -> None:
        """Forget what was typed."""
        self._tried = False
        self.first.clear()
        self.second.clear()
        self.one.complain("")
        self.two.complain("")

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.one.tell(_("Passphrase"), _("15 characters or more: four or five words are good."))
        self.two.tell(_("The same once more"))
        self._show_strength()
        if self._tried:
            self._judge()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _changed(self) -> None:
        self._show_strength()
        if self._tried:
            self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        typed, again = self.first.value(), self.second.value()
        short = _("This passphrase has {n} characters; it needs 15 or more.")
        self.one.complain(short.format(n=len(typed)) if len(typed) < SHORTEST else "")
        self.two.complain("" if typed == again else _("The two passphrases differ."))

    def _show_strength(self) -> None:
        typed = self.first.value()
        level = min(self._score(typed), _SCORES - 1)
        if len(typed) < SHORTEST:
            level = min(level, 1)
        self.meter.show_level(level if typed else 0)
        words = (
            _("Guessed at once"),
            _("Easily guessed"),
            _("Fair"),
            _("Strong"),
            _("Very strong"),
        )
        if typed and len(typed) < SHORTEST:
            self.verdict.setText(_("{n} of 15 characters").format(n=len(typed)))
        else:
            self.verdict.setText(words[level] if typed else "")
        self.meter.setAccessibleName(self.verdict.text())
