"""Above the tabs: the question for a reason, or how long the record stays in the clear."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.page.reveal import SECONDS
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, PlainLabel, Plane, button, column, primary_button, row


class RevealBar(Plane):
    """Hidden most of the time."""

    given = Signal(str)  # the reason
    hide_asked = Signal()

    def __init__(self) -> None:
        super().__init__("bar")
        self.reason = QLineEdit()
        self.use = primary_button("", self._use)
        self.cancel = button("", self.hide)
        self.note = PlainLabel("", "caption", wrap=True)
        self.left = Chip("", "soon", "eye")
        self.remask = button("", self.hide_asked.emit, icon="eye-off")
        asking = row(None, self.use, self.cancel, None)
        showing = row(None, self.left, None, self.remask)
        column(self, self.note, self.reason, asking, showing, gap=6, margin=(16, 4, 10, 10))
        self.reason.returnPressed.connect(self._use)
        self.reason.textChanged.connect(lambda text: self.use.setEnabled(bool(text.strip())))
        self._count = 0
        self._why = ""
        on_language(self, self._speak)
        self.hide()

    def ask(self, why: str = "") -> None:
        """Ask for the reason that the journal will hold; ``why`` says why the case is none."""
        self._why = why
        self._speak()
        self._switch(asking=True)
        self.reason.clear()
        self.use.setEnabled(False)
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def count(self, seconds: int) -> None:
        """Show how long the record stays in the clear."""
        self._count = seconds
        self._switch(asking=False)
        self.left.tell(ngettext("Visible for {n} second", "Visible for {n} seconds", seconds))
        self.show()

    def _switch(self, *, asking: bool) -> None:
        asked: tuple[QWidget, ...] = (self.note, self.reason, self.use, self.cancel)
        counted: tuple[QWidget, ...] = (self.left, self.remask)
        for widget in (*asked, *counted):
            widget.setVisible((widget in asked) is asking)

    def _use(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.hide()
            self.given.emit(reason)

    def _speak(self) -> None:
        self.note.setText(
            self._why or _("The look is journalled with its reason; no case is open.")
        )
        self.reason.setPlaceholderText(_("Why do you need to see it?"))
        self.reason.setAccessibleName(_("Why do you need to see it?"))
        self.use.setText(_("Reveal for {seconds} seconds").format(seconds=SECONDS))
        self.cancel.setText(_("Cancel"))
        self.remask.setText(_("Mask again"))
        if self._count:
            self.left.tell(
                ngettext("Visible for {n} second", "Visible for {n} seconds", self._count)
            )
