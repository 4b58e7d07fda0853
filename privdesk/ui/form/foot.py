"""The foot of a form: Save and Cancel, the reason of a refusal, the question before leaving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from privdesk.core.i18n import _
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import PlainLabel, Plane, button, danger_button, primary_button, row


class FormFoot(Plane):
    """Stays in sight while the form scrolls."""

    def __init__(self) -> None:
        super().__init__("foot")
        self._save_text = ""
        self._then: Callable[[], None] | None = None
        self.notice = PlainLabel("", "error", wrap=True)
        self.notice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.save = primary_button("")
        self.cancel = button("")
        self.discard = danger_button("", self._discard)
        self.keep = button("", self.back_to_work)
        buttons = (self.save, self.cancel, self.discard, self.keep)
        row(self, *buttons, 8, self.notice, margin=(24, 10))
        self.back_to_work()
        on_language(self, self._speak)

    def _speak(self) -> None:
        self.save.setText(self._save_text or _("Save"))
        self.save.setToolTip("Ctrl+Enter")
        self.cancel.setText(_("Cancel"))
        self.cancel.setToolTip("Esc")
        self.discard.setText(_("Discard changes"))
        self.keep.setText(_("Keep editing"))

    def name_save(self, text: str, *, danger: bool = False) -> None:
        """Let the button say what it does instead of Save; red when it cannot be undone."""
        self._save_text = text
        self.save.setText(text)
        if danger:
            self.save.setProperty("kind", "danger")

    def back_to_work(self) -> None:
        """Offer Save and Cancel."""
        self._then = None
        self._offer(asking=False)
        self.save.setEnabled(True)
        self.notice.clear()

    def explain(self, sentence: str) -> None:
        """Say why nothing was saved; Save can be pressed again."""
        self.back_to_work()
        self.notice.setText(sentence)

    def wait(self) -> None:
        """Keep Save from being pressed twice while the answer is on its way."""
        self.save.setEnabled(False)
        self.notice.clear()

    def ask(self, then: Callable[[], None]) -> None:
        """Ask before changes are lost; ``then`` follows when they may go."""
        self._then = then
        self._offer(asking=True)
        self.notice.setText(_("What you typed has not been saved."))
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, *, asking: bool) -> None:
        for widget in (self.discard, self.keep):
            widget.setVisible(asking)
        for widget in (self.save, self.cancel):
            widget.setVisible(not asking)

    def _discard(self) -> None:
        then = self._then
        self.back_to_work()
        if then is not None:
            then()
