"""The dialog that puts a new recovery kit in the place of the one there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.ui.office.choosing import PathField, choose_target
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import People
from privdesk.ui.tasks import Tasks


class KitDialog(AskDialog):
    """Asks where the new kit is written; ``told`` is given its number."""

    def __init__(
        self, people: People, told: Callable[[str], object], tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(tasks, parent)
        self._people, self._told = people, told
        self.target = PathField(self.browse, required=True)
        self.build(self.target)

    def browse(self) -> None:
        """Choose the file in a dialog."""
        title = _("Where the new recovery kit is written")
        kinds = _("Sheet to print (*.pdf)")
        choose_target(self, title, "recovery-kit.pdf", kinds, self.target.set_path)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Recovery kit"))
        self.heading.setText(_("Print a new recovery kit"))
        self.why.setText(
            _(
                "It is written, opened as a trial, and takes the place of the old one, which opens "
                "this vault no more. Print it, seal it, delete the file, and shred the old sheet. "
                "Older copies of the vault open to the old kit until the epoch secret is changed."
            )
        )
        self.target.tell(_("New recovery kit"), _("A sheet to print (.pdf), outside the vault."))
        self.go.setText(_("Write and open it"))

    def submit(self) -> None:
        """Write the kit."""
        path = self.target.path()
        self.target.complain("" if path else _("Choose where the kit is written."))
        self.fit()
        if path:
            self.attempt(lambda: self._people.new_kit(path), self._told)
