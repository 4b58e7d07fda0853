"""What the pages before the desk share: a quiet ground, a card in the middle, the language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from privdesk import __version__
from privdesk.core.i18n import _, current
from privdesk.ui.theme import LANGUAGE_NAMES, Theme
from privdesk.ui.widgets import IconLabel, PlainLabel, Plane, column, quiet_button, row


class FrontPage(QWidget):
    """A card of ``width`` in the middle; head with the program's name, foot with the languages."""

    help_topic = "start"

    def __init__(self, theme: Theme, width: int) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self._theme = theme
        self.card = Plane("card")
        self.card.setFixedWidth(width)
        self.product = PlainLabel("privdesk", "section")
        self.version = PlainLabel(__version__, "caption")
        self.languages = {
            key: quiet_button(name, self._speaker(key)) for key, name in LANGUAGE_NAMES.items()
        }
        for key, button in self.languages.items():
            button.setCheckable(True)
            button.setAccessibleName(LANGUAGE_NAMES[key])
        self.look = quiet_button("", self._other_look, icon="moon")
        mark = IconLabel("privdesk", "accent", 26)
        head = row(
            None,
            mark,
            self.product,
            self.version,
            None,
            *self.languages.values(),
            self.look,
            gap=8,
            margin=(24, 16, 20, 0),
        )
        inner = Plane("none")
        self._under = column(None, gap=8)
        column(
            inner,
            None,
            row(None, None, self.card, None),
            16,
            row(None, None, self._under, None),
            None,
            None,
            margin=16,
            gap=0,
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column(self, head, scroll, gap=0)
        self._mark_language()
        QShortcut(QKeySequence("F1"), self).activated.connect(self.help)

    def help(self) -> None:
        """Open the help where one stands."""
        from privdesk.ui.help import HelpWindow

        HelpWindow.open_at(self, self.help_topic)

    def put_under(self, widget: QWidget) -> None:
        """Put something beneath the card."""
        self._under.addWidget(widget)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        dark = self._theme.look == "dark"
        self.look.setText(_("Light") if dark else _("Dark"))
        self.look.show_icon("sun" if dark else "moon")
        self._mark_language()

    def _mark_language(self) -> None:
        for key, button in self.languages.items():
            button.setChecked(key == current())

    def _speaker(self, key: str) -> Callable[[], None]:
        def speak() -> None:
            self._theme.speak(key)
            self._mark_language()

        return speak

    def _other_look(self) -> None:
        self._theme.wear("light" if self._theme.look == "dark" else "dark")
        self.retranslate()
