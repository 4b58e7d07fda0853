"""The questions about dates that can be read in several ways: shown with one of the list's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton

from privdesk.core.i18n import _
from privdesk.core.normal import DateOrder, DateRules, Fault, as_date
from privdesk.ui.importing.opened import Doubt
from privdesk.ui.widgets import Chip, PlainLabel, Plane, button, column, number_box, row

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
            choice = QRadioButton(_reading(doubt.value, DateRules(order)))
            choice.clicked.connect(partial(self._answer, order))
            self.group.addButton(choice)
            self.buttons[order] = choice
            lines.addWidget(choice)
        column(self, _head(question), lines, gap=8, margin=(16, 12))

    def _answer(self, order: DateOrder, _on: bool = False) -> None:
        self.answered.emit(self.doubt.field, order)


class YearsQuestion(Plane):
    """Years of two digits: the last one of this century, and what that makes of one of them."""

    answered = Signal(str, int)  # field, pivot

    def __init__(self, doubt: Doubt, pivot: int) -> None:
        super().__init__("card")
        self.doubt = doubt
        question = _(
            "Years in “{column}” have two digits. Up to which are they 20xx? Later ones are 19xx."
        ).format(column=doubt.column)
        self.pivot = number_box(0, 99)
        self.pivot.setValue(pivot)
        self.pivot.setAccessibleName(question)
        self.reading = PlainLabel("")
        self.take = button(_("Read them so"), self._answer)
        self.pivot.valueChanged.connect(self._show)
        line = row(None, self.pivot, self.reading, 16, self.take, None, gap=12)
        column(self, _head(question), line, gap=8, margin=(16, 12))
        self._show()

    def _show(self) -> None:
        rules = DateRules(pivot=self.pivot.value())
        self.reading.setText(_reading(self.doubt.value, rules))

    def _answer(self) -> None:
        self.answered.emit(self.doubt.field, self.pivot.value())


def _head(question: str) -> QHBoxLayout:
    head = row(None, PlainLabel(question, "strong", wrap=True), Chip(_("Asked"), "soon"))
    head.setStretch(0, 1)
    return head


def _reading(value: str, rules: DateRules) -> str:
    read = as_date(value, rules)
    return f"{value}  =  {read.text() if isinstance(read, Fault) else read}"
