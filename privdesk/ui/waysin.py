"""Other ways in: a new officer by the recovery kit, the epoch secret by a custody copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QProgressBar, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.source import SourceBox
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.unlock import Opener
from privdesk.ui.widgets import (
    LabelledField,
    PassphraseLine,
    PlainLabel,
    button,
    column,
    primary_button,
    row,
)
from privdesk.ui.wizard.passphrases import NewPassphrase

_WIDTH = 520


class WayIn(QDialog):
    """Asks for something, tries it on the database thread, says what is wrong."""

    def __init__(self, tasks: Tasks, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._tasks = tasks
        self.heading = PlainLabel("", "title")
        self.why = PlainLabel("", "muted", wrap=True)
        self.source = SourceBox()
        self.error = PlainLabel("", "error", wrap=True)
        self.error.hide()
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setRange(0, 0)
        self.busy.hide()
        self.go = primary_button("", self.submit)
        self.cancel = button("", self.reject)

    def build(self, *rows: QWidget) -> None:
        """Lay out the dialog around its own rows."""
        buttons = row(None, None, self.cancel, self.go)
        column(
            self,
            self.heading,
            self.why,
            8,
            *rows,
            self.error,
            self.busy,
            10,
            buttons,
            gap=8,
            margin=(28, 24, 28, 22),
        )
        on_language(self, self.retranslate)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the wrapped sentences need."""
        super().showEvent(event)
        self._fit()

    def submit(self) -> None:
        """Try it; each way says how."""

    def attempt(self, work: Callable[[], object]) -> None:
        """Try on the database thread and close when it worked."""
        self.error.hide()
        self._set_busy(True)
        self._tasks.run(self, work, done=lambda _answer: self.accept(), failed=self.explain)

    def explain(self, error: DomainError) -> None:
        """Show what is wrong in one sentence."""
        self._set_busy(False)
        self.error.setText(error.sentence())
        self.error.show()
        self._fit()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.cancel.setText(_("Cancel"))
        self.source.retranslate()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _set_busy(self, busy: bool) -> None:
        self.busy.setVisible(busy)
        self.go.setEnabled(not busy)


class KitDialog(WayIn):
    """Enrols a new officer with the recovery kit."""

    def __init__(self, opener: Opener, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._opener = opener
        self.person = QLineEdit()
        self.name = LabelledField(self.person, required=True)
        self.passphrase = NewPassphrase()
        self.build(self.source, self.name, self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Recovery kit"))
        self.heading.setText(_("Enter with the recovery kit"))
        self.why.setText(
            _(
                "The kit can do one thing: enrol an officer again. Its use is written into the "
                "journal. This workstation must hold the epoch secret; where it does not, bring "
                "in a custody copy afterwards."
            )
        )
        self.source.tell(_("The kit’s file, or its letters"))
        self.name.tell(_("Name of the new officer"))
        self.passphrase.retranslate()
        self.go.setText(_("Enrol the officer"))

    def submit(self) -> None:
        """Enrol the officer."""
        source, name = self.source.value(), self.person.text().strip()
        self.source.complain("" if source else _("Choose the file or type the letters."))
        self.name.complain("" if name else _("Write the officer’s name."))
        passphrase = self.passphrase.value()
        if source and name and passphrase:
            self.attempt(lambda: self._opener.recover(source, name, passphrase))


class CustodyDialog(WayIn):
    """Takes the epoch secret from a custody copy, for a workstation that does not hold it."""

    def __init__(
        self,
        opener: Opener,
        names: Sequence[str],
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, parent)
        self._opener = opener
        self.who = QComboBox()
        self.who.addItems(list(names))
        self.officer = LabelledField(self.who)
        self.line = PassphraseLine()
        self.passphrase = LabelledField(self.line, required=True)
        self.build(self.source, self.officer, self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Custody copy"))
        self.heading.setText(_("Bring in a custody copy"))
        self.why.setText(
            _(
                "A new workstation, or one that was away for long, needs the epoch secret from "
                "the newest custody copy. Put the sheet back into its envelope afterwards and "
                "note the opening."
            )
        )
        self.source.tell(_("The custody file, or the letters on the sheet"))
        self.officer.tell(_("Officer"))
        self.passphrase.tell(_("Passphrase"))
        self.go.setText(_("Bring in the copy"))

    def submit(self) -> None:
        """Take the secret."""
        source, passphrase = self.source.value(), self.line.value()
        self.source.complain("" if source else _("Choose the file or type the letters."))
        self.passphrase.complain("" if passphrase else _("Type the passphrase."))
        if source and passphrase:
            name = self.who.currentText()
            self.attempt(lambda: self._opener.receive(source, name, passphrase))
