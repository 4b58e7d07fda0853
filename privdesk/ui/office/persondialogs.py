"""The dialogs about a person of the vault: enrol, role, passphrase, removal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from privdesk.core.i18n import _
from privdesk.journal.telling import ROLE_NAMES
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import Member, People
from privdesk.ui.office.roles import DUTIES
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField, PassphraseLine
from privdesk.ui.wizard.passphrases import NewPassphrase

Told = Callable[[str], object]


class RoleBox(LabelledField):
    """A choice of roles; beneath it stands what the chosen one may do."""

    def __init__(self, roles: Sequence[str]) -> None:
        self._roles = tuple(roles)
        self.box = QComboBox()
        super().__init__(self.box, required=True)
        for role in self._roles:
            self.box.addItem(_(ROLE_NAMES[role]), role)
        self.box.currentIndexChanged.connect(lambda _at: self.retranslate())

    def role(self) -> str:
        """Return the chosen role."""
        return str(self.box.currentData() or "")

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        for at, role in enumerate(self._roles):
            self.box.setItemText(at, _(ROLE_NAMES[role]))
        self.tell(_("Role"), _(DUTIES.get(self.role(), "")))


class AddDialog(AskDialog):
    """Enrols a person."""

    def __init__(
        self, people: People, roles: Sequence[str], told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self._people, self._told = people, told
        self.person = QLineEdit()
        self.name = LabelledField(self.person, required=True)
        self.role = RoleBox(roles)
        self.role.box.currentIndexChanged.connect(lambda _at: self.fit())
        self.passphrase = NewPassphrase()
        self.build(self.name, self.role, self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Enrol a person"))
        self.heading.setText(_("Who shall be able to open the vault?"))
        self.why.setText(
            _("Let the person sit down and choose the passphrase: nobody else may know it.")
        )
        self.name.tell(_("Name"), _("As it shall stand on papers."))
        self.role.retranslate()
        self.go.setText(_("Enrol"))

    def submit(self) -> None:
        """Enrol the person."""
        name, role = self.person.text().strip(), self.role.role()
        self.name.complain("" if name else _("Write the person’s name."))
        passphrase = self.passphrase.value()
        self.fit()
        if name and passphrase:
            sentence = _("{name} can open the vault now.").format(name=name)
            self.attempt(
                lambda: self._people.add(name, role, passphrase),
                lambda _nothing: self._told(sentence),
            )


class RoleDialog(AskDialog):
    """Gives a person another role."""

    def __init__(
        self,
        people: People,
        member: Member,
        roles: Sequence[str],
        told: Callable[[str, str], object],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent)
        self._people, self._member, self._told = people, member, told
        self.role = RoleBox(roles)
        self.role.box.setCurrentIndex(max(0, self.role.box.findData(member.role)))
        self.role.box.currentIndexChanged.connect(lambda _at: self._chosen())
        self.build(self.role)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Change the role"))
        self.heading.setText(_("Role of {name}").format(name=self._member.name))
        self.role.retranslate()
        self.go.setText(_("Change the role"))
        self._chosen()

    def submit(self) -> None:
        """Change the role."""
        name, role = self._member.name, self.role.role()
        self.attempt(
            lambda: self._people.change_role(name, role),
            lambda _nothing: self._told(name, role),
        )

    def _chosen(self) -> None:
        if self._member.role == "officer" and self.role.role() != "officer":
            self.why.setText(
                _(
                    "The keys to data subjects are taken away. What {name} could open before, an "
                    "old copy of the folder still opens, until the epoch secret is changed."
                ).format(name=self._member.name)
            )
        else:
            self.why.setText(_("It counts from the next unlocking."))
        self.go.setEnabled(self.role.role() != self._member.role)
        self.fit()


class ResetDialog(AskDialog):
    """Gives somebody else a new passphrase."""

    def __init__(
        self, people: People, member: Member, told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self._people, self._member, self._told = people, member, told
        self.passphrase = NewPassphrase()
        self.build(self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("New passphrase"))
        self.heading.setText(_("New passphrase for {name}").format(name=self._member.name))
        self.why.setText(
            _(
                "For somebody who forgot it. Make sure that it is really this person who asks, and "
                "let the person type it. The old passphrase opens no more than older copies."
            )
        )
        self.go.setText(_("Give the new passphrase"))

    def submit(self) -> None:
        """Give the passphrase."""
        name, passphrase = self._member.name, self.passphrase.value()
        self.fit()
        if passphrase:
            sentence = _("{name} has a new passphrase.").format(name=name)
            self.attempt(
                lambda: self._people.new_passphrase(name, passphrase),
                lambda _nothing: self._told(sentence),
            )


class OwnDialog(AskDialog):
    """Changes the passphrase of whoever sits at the desk."""

    def __init__(self, people: People, told: Told, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._people, self._told = people, told
        self.present = PassphraseLine()
        self.now = LabelledField(self.present, required=True)
        self.passphrase = NewPassphrase()
        self.build(self.now, self.passphrase)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Your passphrase"))
        self.heading.setText(_("Change your passphrase"))
        self.why.setText(
            _("No data is encrypted again; from now on only the new one opens the vault for you.")
        )
        self.now.tell(_("Present passphrase"))
        self.go.setText(_("Change the passphrase"))

    def submit(self) -> None:
        """Change it."""
        present = self.present.value()
        self.now.complain("" if present else _("Type the present passphrase."))
        new = self.passphrase.value()
        self.fit()
        if present and new:
            sentence = _("Your passphrase was changed.")
            self.attempt(
                lambda: self._people.own_passphrase(present, new),
                lambda _nothing: self._told(sentence),
            )


class RemoveDialog(AskDialog):
    """Takes a person's access away."""

    def __init__(
        self, people: People, member: Member, told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._people, self._member, self._told = people, member, told
        self.build()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        name = self._member.name
        self.setWindowTitle(_("Remove access"))
        self.heading.setText(_("Take away the access of {name}?").format(name=name))
        self.why.setText(
            _(
                "{name} cannot open the vault any more. Signatures and journal entries stay. What "
                "was open to {name} before, an old copy of the folder still opens, until the epoch "
                "secret is changed."
            ).format(name=name)
        )
        self.go.setText(_("Take the access away"))

    def submit(self) -> None:
        """Take the access away."""
        name = self._member.name
        self.attempt(lambda: self._people.remove(name), lambda _nothing: self._told(name))
