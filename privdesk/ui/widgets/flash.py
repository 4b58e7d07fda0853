"""A line that says what just happened and goes by itself: never a message box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.theme import shades
from privdesk.ui.tokens import tone
from privdesk.ui.widgets.buttons import IconButton
from privdesk.ui.widgets.cards import Plane
from privdesk.ui.widgets.labels import IconLabel, PlainLabel
from privdesk.ui.widgets.layout import row

_SECONDS = 4
_WIDEST = 720


class FlashLine(Plane):
    """Floats at the bottom of ``over``; refusals stay until they are closed."""

    def __init__(self, over: QWidget) -> None:
        super().__init__("flash", over)
        self._over = over
        self.icon = IconLabel("kept", "kept", 18)
        self.label = PlainLabel("", wrap=False)
        self.close_button = IconButton("close", _("Close"), self.hide, size=14)
        self.offer = QPushButton()
        self.offer.hide()
        self.offer.clicked.connect(self._take_up)
        self._then: Callable[[], object] | None = None
        parts = (self.icon, self.label, self.offer, self.close_button)
        row(self, *parts, gap=10, margin=(14, 5, 6, 5))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def text(self) -> str:
        """Return the sentence shown, or nothing."""
        return "" if self.isHidden() else self.label.text()

    def tell(self, sentence: str, tone_name: str = "kept") -> None:
        """Show a sentence for a few seconds."""
        self._show(sentence, tone_name)
        self._timer.start(_SECONDS * 1000)

    def offer_next(self, sentence: str, words: str, then: Callable[[], object]) -> None:
        """Show a sentence with a button for what comes next, until it is pressed or closed."""
        self._show(sentence, "kept", (words, then))
        self._timer.stop()

    def refuse(self, error: DomainError) -> None:
        """Show why something was refused, until it is closed."""
        self._show(error.sentence(), "overdue")
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep in place when what lies beneath changes its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Follow look and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.close_button.call(_("Close"))

    def _take_up(self) -> None:
        then = self._then
        self.hide()
        if then is not None:
            then()

    def _show(
        self,
        sentence: str,
        tone_name: str,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        words, self._then = offer or ("", None)
        self.offer.setText(words)
        self.offer.setVisible(bool(words))
        self.icon.show_icon(tone(shades(), tone_name).icon, tone_name)
        self.label.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone_name)
        for widget in (self, self.label):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
        self.raise_()
        self._place()

    def _place(self) -> None:
        over = self._over
        widest = min(_WIDEST, over.width() - 32)
        beside = self.offer.sizeHint().width() + 10 if self._then is not None else 0
        room = widest - 78 - beside
        natural = self.label.fontMetrics().horizontalAdvance(self.label.text()) + 4
        self.label.setWordWrap(natural > room)
        self.label.setFixedWidth(min(natural, room))
        self.adjustSize()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 16)
