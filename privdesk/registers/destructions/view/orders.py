"""An order to a place as a card: what it asks, where it stands, Print, and the answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from privdesk.core.i18n import _, ngettext
from privdesk.core.register import Action
from privdesk.registers.destructions.commands import PlaceOrder, Planned
from privdesk.registers.destructions.fields import ORDER_TONES, ORDERS
from privdesk.registers.destructions.rules import METHOD_LABELS, ORDER_LABELS, Method, OrderState
from privdesk.registers.destructions.view.answer import AnswerForm
from privdesk.ui.page.menus import add_actions
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Card,
    Chip,
    ElidedLabel,
    IconButton,
    IconLabel,
    PlainLabel,
    button,
    column,
    quiet_button,
    row,
)


class PlannedCard(Card):
    """An order that a request would draw up."""

    def __init__(self, planned: Planned) -> None:
        super().__init__(margin=12, gap=4)
        self._planned = planned
        self.count = PlainLabel()
        words = column(None, ElidedLabel(planned.place, "strong"), gap=2)
        words.addWidget(ElidedLabel(planned.file, "caption"))
        line = row(None, IconLabel("office", "muted", 18), words, self.count, gap=12)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        on_language(self, self._speak)

    def _speak(self) -> None:
        self.count.setText(ngettext("{n} person", "{n} people", self._planned.people))
        self.setAccessibleName(f"{self._planned.place}, {self.count.text()}")


class OrderCard(Card):
    """One order; where the people are destroyed already, its answer can be entered."""

    print_asked = Signal(str)  # reference of the order
    answered = Signal(object)  # Answer
    act_asked = Signal(object, str)  # Action, reference of the order

    def __init__(self, order: PlaceOrder, *, may_print: bool, may_answer: bool) -> None:
        super().__init__(margin=12, gap=8)
        self.order = order
        self.form: AnswerForm | None = None
        self._facts = PlainLabel("", "caption", wrap=True)
        self.count = PlainLabel()
        self.chip = Chip()
        self.print = button("", lambda: self.print_asked.emit(order.ref), icon="print")
        self.print.setEnabled(may_print)
        self.print.setVisible(order.outstanding)
        self.enter = quiet_button("", self.open_form, icon="edit")
        self.enter.setVisible(may_answer and order.outstanding)
        self.others = [
            action for action in ORDERS.actions if may_answer and order.state in action.states
        ]
        self.more = IconButton("more", "")
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.more.setVisible(bool(self.others))
        words = column(None, ElidedLabel(order.name, "strong"), self._facts, gap=2)
        line = row(None, IconLabel("office", "muted", 18), words, self.count, self.chip, gap=12)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        if order.outstanding:
            self.body.addLayout(row(None, 30, self.print, self.enter, self.more, None, gap=8))
        on_language(self, self._speak)

    def open_form(self) -> None:
        """Show the form for the answer."""
        if self.form is not None:
            self.form.who.setFocus()
            return
        self.form = AnswerForm(self.order)
        self.form.given.connect(self.answered)
        self.form.left.connect(self._close_form)
        self.body.addWidget(self.form)
        self.enter.hide()
        self.form.who.setFocus()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.hide()
            form.deleteLater()
        self.enter.show()
        self.enter.setFocus()

    def _speak(self) -> None:
        order = self.order
        state = OrderState(order.state)
        self.chip.tell(_(ORDER_LABELS[state]), ORDER_TONES.get(order.state, "plain"))
        self.count.setText(ngettext("{n} person", "{n} people", order.expected))
        self._facts.setText(" · ".join(self._told()))
        self.print.setText(_("Print the order…") if order.state == "open" else _("Print again…"))
        self.enter.setText(_("Enter the answer"))
        self.setAccessibleName(f"{order.name}, {self.count.text()}, {self.chip.text()}")
        self.more.call(_("More"))
        menu = QMenu(self)
        add_actions(menu, self.others, self._ask)
        self.more.setMenu(menu)
        self.enter.setAccessibleName(_("Enter the answer of {place}").format(place=order.name))
        self.print.setAccessibleName(_("Print the order to {place}").format(place=order.name))

    def _ask(self, action: Action) -> None:
        self.act_asked.emit(action, self.order.ref)

    def _told(self) -> list[str]:
        order = self.order
        told = [order.file, order.ref]
        if order.by:
            words = _("{count} confirmed by {person} on {day}")
            told.append(words.format(count=f"{order.count or 0:,}", person=order.by, day=order.on))
        if order.method:
            told.append(_(METHOD_LABELS[Method(order.method)]))
        if order.evidence:
            told.append(_("evidence on file"))
        return told
