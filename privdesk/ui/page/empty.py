"""What stands in for the table: nothing recorded yet, or nothing that matches."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Register
from privdesk.ui.table.cells import new_words
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import EmptyState, button, column, primary_button

_ICONS = {
    "people": "people",
    "life-cycle": "life-cycle",
    "partners": "partners",
    "staff": "staff",
    "safety": "safety",
    "policy": "policy",
}


class NothingYet(QWidget):
    """Why the register matters, its clause, Add and Import."""

    add_asked = Signal()
    import_asked = Signal()

    def __init__(self, register: Register, *, writes: bool) -> None:
        super().__init__()
        self._register = register
        self.add = primary_button("", self.add_asked.emit, icon="plus", tip="Ctrl+N")
        self.bring_in = button("", self.import_asked.emit, icon="import")
        self.face = EmptyState(_ICONS.get(register.group, "documents"), self.add, self.bring_in)
        self.add.setVisible(writes and register.creatable)
        self.bring_in.setVisible(writes and register.importable)
        column(self, self.face)
        on_language(self, self._speak)

    def _speak(self) -> None:
        register = self._register
        clause = _("Clause {clause} of the policy").format(clause=register.clause)
        heading = _("{register}: nothing recorded yet").format(register=_(register.title))
        self.face.tell(heading, _(register.why), clause if register.clause else "")
        self.add.setText(new_words(register))
        self.bring_in.setText(_("Import…"))


class NothingFound(QWidget):
    """No record matches; one button takes the filters away."""

    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.clear = button("", self.clear_asked.emit)
        self.face = EmptyState("search", self.clear)
        column(self, self.face)
        on_language(self, self._speak)

    def _speak(self) -> None:
        self.face.tell(_("Nothing matches"), _("No record has what the filters ask for."))
        self.clear.setText(_("Show all records"))
