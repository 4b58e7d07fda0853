"""The dialog in which somebody's work passes to a successor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from privdesk.core.i18n import _
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import Member, People
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField
from privdesk.ui.wizard.passphrases import NewPassphrase


class HandOverDialog(AskDialog):
    """Names the successor: somebody with access already, or a new person with a passphrase."""

    def __init__(
        self,
        people: People,
        member: Member,
        others: Sequence[str],
        told: Callable[[str, str, str], object],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._people, self._member, self._told = people, member, told
        self.who = QComboBox()
        self.who.addItems(["", *others])
        self.successor = LabelledField(self.who, required=True)
        self.person = QLineEdit()
        self.name = LabelledField(self.person, required=True)
        self.passphrase = NewPassphrase()
        self.who.currentIndexChanged.connect(lambda _at: self._chosen())
        self.build(self.successor, self.name, self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        name = self._member.name
        self.setWindowTitle(_("Hand over"))
        self.heading.setText(_("Hand over the work of {name}").format(name=name))
        self.why.setText(
            _(
                "The successor gets the role, the open requests and tasks, and the custody copies "
                "that {name} keeps. The access of {name} is taken away at the same moment."
            ).format(name=name)
        )
        self.who.setItemText(0, _("A new person…"))
        self.successor.tell(_("Successor"))
        self.name.tell(_("Name"), _("As it shall stand on papers."))
        self.passphrase.retranslate()
        self.go.setText(_("Hand over and take the access away"))
        self._chosen()

    def submit(self) -> None:
        """Hand over."""
        known = self.who.currentText() if self.who.currentIndex() else ""
        to = known or self.person.text().strip()
        self.name.complain("" if to else _("Write the person’s name."))
        passphrase = "" if known else self.passphrase.value()
        self.fit()
        if to and (known or passphrase):
            name = self._member.name
            self.attempt(
                lambda: self._people.hand_over(name, to, passphrase or ""),
                lambda record: self._told(name, to, record),
            )

    def _chosen(self) -> None:
        new = self.who.currentIndex() <= 0
        self.name.setVisible(new)
        self.passphrase.setVisible(new)
        self.fit()
