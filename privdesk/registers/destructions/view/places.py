"""The second step: the orders that go to the places, and the signature that asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.registers.destructions.commands import Preview, Standing
from privdesk.registers.destructions.view.orders import OrderCard, PlannedCard
from privdesk.registers.destructions.view.step import StepFace
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import PlainLabel, button, column, primary_button

PRINTED_FROM = ("approved", "executing", "executed", "backups_closed", "complete")
ANSWERED_FROM = ("executed", "backups_closed", "complete")


class PlacesStep(StepFace):
    """Before the request the orders planned, after it the orders themselves."""

    request_asked = Signal()
    back_asked = Signal()
    print_asked = Signal(str)
    answered = Signal(object)  # Answer
    act_asked = Signal(object, str)  # Action, reference of the order

    def __init__(self) -> None:
        super().__init__()
        self._people = 0
        self._standing: Standing | None = None
        self.cards: list[OrderCard] = []
        self._list: QVBoxLayout = column(None, gap=8)
        self.nothing = PlainLabel("", "muted", wrap=True)
        self.request = primary_button("", self.request_asked.emit, icon="check")
        self.back = button("", self.back_asked.emit)
        self.body.addLayout(self._list)
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)
        self.foot(self.request, self.back)
        self.firsts = (self.request,)
        on_language(self, self._speak)

    def show_planned(self, preview: Preview) -> None:
        """Show the orders that a request would draw up."""
        self._standing, self._people = None, preview.content.people
        self._fill([PlannedCard(one) for one in preview.places])
        self.cards = []
        self.bar.show()
        self._speak()

    def show_orders(self, standing: Standing) -> None:
        """Show the orders of a destruction."""
        self._standing, self._people = standing, standing.content.people
        self.cards = [
            OrderCard(
                order,
                may_print=standing.state in PRINTED_FROM,
                may_answer=standing.state in ANSWERED_FROM,
            )
            for order in standing.places
        ]
        for card in self.cards:
            card.print_asked.connect(self.print_asked)
            card.answered.connect(self.answered)
            card.act_asked.connect(self.act_asked)
        self._fill(self.cards)
        self.bar.hide()
        self._speak()

    def go_on(self) -> None:
        """Sign the request."""
        if self.request.isVisible():
            self.request.click()

    def _fill(self, cards: Sequence[QWidget]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for card in cards:
            self._list.addWidget(card)
        self.nothing.setVisible(not cards)

    def _speak(self) -> None:
        standing = self._standing
        self.heading.setText(_("Orders to the places"))
        if standing is None:
            lead = _(
                "The vault destroys its own records by itself; each place that keeps a copy"
                " gets an order with the numbers of the people, and answers it."
            )
        elif standing.state == "requested":
            lead = _("The orders can be printed once a second officer has approved.")
        elif standing.state == "approved":
            lead = _(
                "Print the orders before you execute: a printed order counts as sent, and its"
                " list of numbers is destroyed with the people."
            )
        else:
            lead = _("What the places have confirmed so far.")
        self.lead.setText(lead)
        self.nothing.setText(
            _(
                "No copy elsewhere is recorded, so that no order goes out. Where the data came"
                " from a system or lies at a processor, enter that place with its file first."
            )
        )
        self.request.setText(
            ngettext(
                "Sign and request the destruction of {n} person",
                "Sign and request the destruction of {n} people",
                self._people,
            )
        )
        self.back.setText(_("Back to the set"))
