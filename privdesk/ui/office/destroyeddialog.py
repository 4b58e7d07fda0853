"""The dialog in which the destruction of an outdated custody copy is confirmed."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import CustodyCopy, Safety
from privdesk.ui.office.safetydialogs import Told
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField

_DAY = Field("on", N_("Destroyed on"), Kind.DATE, required=True)


class DestroyedDialog(AskDialog):
    """Asks on which day a copy was destroyed, and by whom: certificates close on it."""

    def __init__(
        self, safety: Safety, copy: CustodyCopy, today: date, told: Told,
        tasks: Tasks, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(tasks, parent, danger=True)
        self._safety, self._copy, self._told = safety, copy, told
        self.day_line = DateEditor(_DAY)
        self.day_line.set_value(today)
        self.day = LabelledField(self.day_line, required=True)
        self.by_line = QLineEdit()
        self.by = LabelledField(self.by_line, required=True)
        self.build(self.day, self.by)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Custody copy"))
        self.heading.setText(_("Was {number} destroyed?").format(number=self._copy.number))
        self.why.setText(
            _(
                "Confirm only when the sheet was shredded or the file overwritten: certificates of "
                "destruction count on it, and print day and name."
            )
        )
        self.day.tell(_("Destroyed on"))
        self.by.tell(_("Who destroyed it"))
        self.go.setText(_("It was destroyed"))

    def submit(self) -> None:
        """Confirm the destruction."""
        by, on = self.by_line.text().strip(), self._day()
        self.day.complain("" if on else _("Write the day."))
        self.by.complain("" if by else _("Write the name."))
        self.fit()
        if by and on is not None:
            number, day = self._copy.number, on
            told = _("{number} is recorded as destroyed.").format(number=number)
            self.attempt(
                lambda: self._safety.destroyed(number, by, day), lambda _state: self._told(told)
            )

    def _day(self) -> date | None:
        try:
            value = self.day_line.value()
        except Unclear:
            return None
        return value if isinstance(value, date) else None
