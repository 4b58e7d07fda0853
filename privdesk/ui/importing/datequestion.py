"""The question about dates that can be read in two ways: shown with one of the list's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from privdesk.core.i18n import _
from privdesk.core.normal import DateOrder, DateRules, as_date
from privdesk.ui.importing.opened import Doubt
from privdesk.ui.widgets import Chip, PlainLabel, Plane, column, row

_ORDERS = tuple(DateOrder)


class DateQuestion(Plane):
    """One doubt: each reading is a button that shows what the date would become."""

    answered = Signal(str, object)  # field, DateOrder

    def __init__(self, doubt: Doubt) -> None:
        super().__init__("card")
        self.doubt = doubt
        question = _("Which way are the dates in “{column}” written?").format(column=doubt.column)
        self.group = QButtonGroup(self)
        self.buttons: dict[DateOrder, QRadioButton] = {}
        lines = column(None, gap=2)
        for order in _ORDERS:
            read = as_date(doubt.value, DateRules(order))
            button = QRadioButton(f"{doubt.value}  =  {read}")
            button.clicked.connect(partial(self._answer, order))
            self.group.addButton(button)
            self.buttons[order] = button
            lines.addWidget(button)
        head = row(None, PlainLabel(question, "strong", wrap=True), Chip(_("Asked"), "soon"))
        head.setStretch(0, 1)
        column(self, head, lines, gap=8, margin=(16, 12))

    def _answer(self, order: DateOrder, _on: bool = False) -> None:
        self.answered.emit(self.doubt.field, order)
