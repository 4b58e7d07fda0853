"""The dialogs about custody copies and the epoch secret."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from privdesk.core.i18n import _
from privdesk.ui.office.choosing import PathField, choose_file, choose_target
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import CustodyCopy, Holder, Safety
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField

Told = Callable[[str], object]


class TargetDialog(AskDialog):
    """Asks where a custody copy shall be written."""

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self.target = PathField(self.browse, required=True)

    def browse(self) -> None:
        """Choose the file in a dialog."""
        kinds = _("Custody sheet (*.pdf);;Key file for a drive (*.key)")
        title = _("Where the new custody copy is written")
        choose_target(self, title, "custody.pdf", kinds, self.target.set_path)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.target.tell(
            _("New custody copy"),
            _("A sheet to print (.pdf) or a key file for a drive (.key), outside the vault."),
        )

    def path(self) -> Path | None:
        """Return the path, or say that it is missing."""
        path = self.target.path()
        self.target.complain("" if path else _("Choose where the copy is written."))
        self.fit()
        return path


class IssueDialog(TargetDialog):
    """Writes a further custody copy."""

    def __init__(self, safety: Safety, told: Told, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._safety, self._told = safety, told
        self.place_line = QLineEdit()
        self.place = LabelledField(self.place_line, required=True)
        self.keeper_line = QLineEdit()
        self.keeper = LabelledField(self.keeper_line)
        self.build(self.target, self.place, self.keeper)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Custody copy"))
        self.heading.setText(_("Issue a further custody copy"))
        self.why.setText(
            _("It is numbered, written, and read back. Print a sheet, seal it, remove the file.")
        )
        self.place.tell(_("Where it is kept"), _("For example: safe of the legal department"))
        self.keeper.tell(_("Keeper"))
        self.go.setText(_("Write and read back"))

    def submit(self) -> None:
        """Write the copy."""
        path, place = self.path(), self.place_line.text().strip()
        self.place.complain("" if place else _("Write where it is kept."))
        self.fit()
        if path and place:
            keeper = self.keeper_line.text().strip()
            self.attempt(lambda: self._safety.issue(path, place, keeper), self._issued)

    def _issued(self, number: str) -> None:
        self._told(_("Custody copy {number} was written and read back.").format(number=number))


class ConfirmDialog(AskDialog):
    """Confirms where a copy of the present secret lies."""

    def __init__(
        self, safety: Safety, copy: CustodyCopy, told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self._safety, self._copy, self._told = safety, copy, told
        self.place_line = QLineEdit(copy.place)
        self.place = LabelledField(self.place_line)
        self.keeper_line = QLineEdit(copy.keeper)
        self.keeper = LabelledField(self.keeper_line)
        self.file = PathField(self.browse)
        self.build(self.place, self.keeper, self.file)

    def browse(self) -> None:
        """Choose the copy in a dialog."""
        kinds = _("Custody copies (*.pdf *.key)")
        choose_file(self, _("The custody copy"), kinds, self.file.set_path)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        number = self._copy.number
        self.setWindowTitle(_("Custody copy"))
        self.heading.setText(_("Where is {number}?").format(number=number))
        self.why.setText(_("Confirm that the copy lies sealed where it should."))
        self.place.tell(_("Where it is kept"))
        self.keeper.tell(_("Keeper"))
        self.file.tell(
            _("The copy itself (optional)"), _("It is read and compared with the secret in use.")
        )
        self.go.setText(_("It is there"))

    def submit(self) -> None:
        """Confirm."""
        number, place = self._copy.number, self.place_line.text().strip()
        file, keeper = self.file.path(), self.keeper_line.text().strip()
        told = _("{number} is confirmed.")
        self.attempt(
            lambda: self._safety.confirm(number, file, place, keeper),
            lambda _state: self._told(told.format(number=number)),
        )


class LostDialog(AskDialog):
    """Declares a copy lost, as the first officer with a reason, or as the second one."""

    def __init__(
        self, safety: Safety, copy: CustodyCopy, told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._safety, self._copy, self._told = safety, copy, told
        self.reason_line = QLineEdit()
        self.reason = LabelledField(self.reason_line, required=not copy.waits)
        self.build(self.reason)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Custody copy"))
        self.heading.setText(_("Is {number} lost?").format(number=self._copy.number))
        self.why.setText(
            _(
                "Whoever finds it can open backups made so far, with a passphrase. Change the "
                "epoch secret right afterwards; every other desk then needs the new copy once."
            )
        )
        self.reason.tell(_("How it was lost"), _("It goes into the journal."))
        self.go.setText(_("Declare it lost"))
        if self._copy.waits:
            self._speak_as_second()

    def _speak_as_second(self) -> None:
        copy = self._copy
        told = _("{names} declared {number} lost: {reason}")
        self.heading.setText(_("Is {number} really lost?").format(number=copy.number))
        told = told.format(names=copy.declared_by, number=copy.number, reason=copy.why_lost)
        self.why.setText(
            f"{told}\n"
            + _("With your signature it counts as lost; certificates print it as a limit.")
        )

    def submit(self) -> None:
        """Declare it lost."""
        number, reason = self._copy.number, self.reason_line.text().strip()
        enough = bool(reason) or self._copy.waits
        self.reason.complain("" if enough else _("Write what happened."))
        self.fit()
        if enough:
            self.attempt(lambda: self._safety.lose(number, reason), self._declared)

    def _declared(self, state: str) -> None:
        if state == "lost":
            sentence = _("{number} is recorded as lost. Change the epoch secret now.")
            if self._copy.state == "to-replace":  # it opens older copies only
                sentence = _("{number} is recorded as lost.")
        else:
            sentence = _("You declared {number} lost. It waits for a second officer.")
        self._told(sentence.format(number=self._copy.number))


class AccountLostDialog(AskDialog):
    """Declares the account of a lost computer lost, first or as the second officer."""

    def __init__(
        self, safety: Safety, holder: Holder, told: Told, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._safety, self._holder, self._told = safety, holder, told
        self._name = f"{holder.account}@{holder.workstation}"
        self.reason_line = QLineEdit()
        self.reason = LabelledField(self.reason_line, required=not holder.waits)
        self.build(self.reason)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Lost computer"))
        self.heading.setText(_("Is the computer of {account} lost?").format(account=self._name))
        self.why.setText(
            _(
                "Whoever has it holds the epoch secret, and with a passphrase opens copies of the "
                "vault made so far. Give whoever used it a new passphrase, then change the epoch "
                "secret; every other desk needs the new custody copy once."
            )
        )
        self.reason.tell(_("How it was lost"), _("It goes into the journal."))
        self.go.setText(_("Declare it lost"))
        if self._holder.waits:
            self._speak_as_second()

    def _speak_as_second(self) -> None:
        told = _("{names} declared {number} lost: {reason}")
        holder = self._holder
        told = told.format(names=holder.declared_by, number=self._name, reason=holder.why_lost)
        self.heading.setText(_("Is {number} really lost?").format(number=self._name))
        self.why.setText(f"{told}\n{self.why.text()}")

    def submit(self) -> None:
        """Declare it lost."""
        reason = self.reason_line.text().strip()
        enough = bool(reason) or self._holder.waits
        self.reason.complain("" if enough else _("Write what happened."))
        self.fit()
        if enough:
            self.attempt(lambda: self._safety.lose_account(self._name, reason), self._declared)

    def _declared(self, state: str) -> None:
        if state == "lost":
            sentence = _("{number} is recorded as lost. Change the epoch secret now.")
        else:
            sentence = _("You declared {number} lost. It waits for a second officer.")
        self._told(sentence.format(number=self._name))


class RetireDialog(AskDialog):
    """Gives up the secret on this computer; ``gone`` is called afterwards, to lock the desk."""

    def __init__(
        self, safety: Safety, gone: Callable[[], object], tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent, danger=True)
        self._safety, self._gone = safety, gone
        self.build()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Give up this computer"))
        self.heading.setText(_("Shall this computer forget the epoch secret?"))
        self.why.setText(
            _(
                "The secret on this account is overwritten and the desk locks. Whoever wants to "
                "open the vault here again has to bring in a custody copy."
            )
        )
        self.go.setText(_("Overwrite the secret and lock"))

    def submit(self) -> None:
        """Overwrite the secret."""
        self.attempt(self._safety.retire, lambda _name: self._gone())


class RollDialog(TargetDialog):
    """Asks for the new custody copy; ``begin`` gets its path and starts the long work."""

    def __init__(self, begin: Callable[[Path], object], tasks: Tasks, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._begin = begin
        self.build(self.target)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Epoch secret"))
        self.heading.setText(_("Change the epoch secret now"))
        self.why.setText(
            _(
                "The vault is encrypted anew, a backup is made and opened, and the old secret is "
                "overwritten. Older backups and copies of the folder open nothing any more; what "
                "was destroyed is gone from them for good. Every older custody copy has to be "
                "destroyed afterwards."
            )
        )
        self.go.setText(_("Change the secret"))

    def submit(self) -> None:
        """Close and begin."""
        path = self.path()
        if path:
            self.accept()
            self._begin(path)
