"""A secret that an action made, shown this one time: to read out, or to write down."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Outcome
from privdesk.ui.page.reveal import SecretClipboard
from privdesk.ui.widgets import PlainLabel, Plane, button, column, primary_button, row

_WIDTH = 460


class OnceDialog(QDialog):
    """Says what was done and shows the secret until it is closed; nothing keeps it."""

    def __init__(self, title: str, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.clipboard = SecretClipboard(parent or self)  # clears it also once this is shut
        self.secret = PlainLabel(outcome.once, "title")
        self.secret.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.secret.setAccessibleName(_("Passphrase"))
        self.copy = button(_("Copy the passphrase"), self._copy, icon="copy")
        self.shut = primary_button(_("I have noted it"), self.accept)
        self.flash = PlainLabel("", "caption", wrap=True)
        sheet = Plane()
        column(self, sheet)
        outer = column(sheet, gap=12, margin=(24, 20, 24, 20))
        outer.addWidget(PlainLabel(title, "section"))
        outer.addWidget(PlainLabel(outcome.message, "muted", wrap=True))
        outer.addWidget(self.secret)
        outer.addWidget(
            PlainLabel(_("It is shown this once and kept nowhere."), "strong", wrap=True)
        )
        outer.addWidget(self.flash)
        outer.addLayout(row(None, self.copy, None, self.shut))
        self.shut.setFocus()

    def _copy(self) -> None:
        self.clipboard.put(self.secret.text())
        self.flash.setText(_("Copied; the clipboard is cleared in 30 seconds."))
