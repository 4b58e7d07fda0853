"""The bar of the case at hand, beneath the top bar: what it is, until when, what can be done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from privdesk.core.i18n import _
from privdesk.ui.case.ports import CaseFacts
from privdesk.ui.table.cells import d_day, due_tone
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    IconLabel,
    PlainLabel,
    Plane,
    button,
    link_button,
    quiet_button,
    row,
)

HEIGHT = 40
_WAITING = 3  # as many things that are open stand in the bar


class CaseBar(Plane):
    """Hidden while there is no case."""

    person_asked = Signal()
    request_asked = Signal()
    identify_asked = Signal()
    why_asked = Signal()
    close_asked = Signal()
    waiting_asked = Signal(str, str)  # register, reference

    def __init__(self) -> None:
        super().__init__("case")
        self.setFixedHeight(HEIGHT)
        self._facts: CaseFacts | None = None
        self._today: date | None = None
        self.ref = link_button("", self.request_asked.emit)
        self.words = ElidedLabel("", "")
        self.person = link_button("", self.person_asked.emit)
        self.due = Chip()
        self.why = quiet_button("", self.why_asked.emit)
        self.identify = button("", self.identify_asked.emit, icon="user")
        self.checked = Chip()
        self.close_case = button("", self.close_asked.emit, icon="close")
        self.heading = PlainLabel("", "strong")
        self.waiting = [link_button("", partial(self._ask_waiting, at)) for at in range(_WAITING)]
        line = row(
            self,
            IconLabel("pin", "accent", 16),
            self.heading,
            self.ref,
            self.words,
            self.person,
            self.due,
            self.why,
            *self.waiting,
            self.checked,
            self.identify,
            self.close_case,
            gap=8,
            margin=(20, 0, 16, 0),
        )
        line.setStretch(3, 1)
        on_language(self, self._speak)
        self.hide()

    def show_case(self, facts: CaseFacts | None, today: date | None = None) -> None:
        """Show a case, or none."""
        self._facts, self._today = facts, today or self._today
        self._speak()
        self.setVisible(facts is not None)

    def _speak(self) -> None:
        self.heading.setText(_("Case"))
        self.why.setText(_("Why this day?"))
        self.identify.setText(_("Check identity…"))
        self.close_case.setText(_("Close"))
        self.close_case.setToolTip(
            _("Ends the looking. The request stays open until it is answered.")
        )
        facts = self._facts
        if facts is None:
            return
        told = [_(part) for part in (facts.kind, facts.channel) if part]
        self.words.setText(" · ".join(told))
        self.ref.setText(facts.ref)
        self.ref.setAccessibleName(_("Open the request {ref}").format(ref=facts.ref))
        self.person.setText(facts.name or _("caller not known yet"))
        self.person.setEnabled(bool(facts.person))
        self.checked.tell(_("Identity checked"), "kept")
        self.checked.setVisible(facts.identified)
        self.identify.setVisible(not facts.identified)
        for at, link in enumerate(self.waiting):
            there = at < len(facts.waits)
            link.setText(facts.waits[at].text if there else "")
            link.setVisible(there)
        self._speak_due(facts)
        self.setAccessibleName(f"{_('Case')} {facts.ref}. {self.words.text()}. {self.due.text()}")

    def _ask_waiting(self, at: int) -> None:
        waits = self._facts.waits if self._facts is not None else ()
        if at < len(waits):
            self.waiting_asked.emit(waits[at].register, waits[at].ref)

    def _speak_due(self, facts: CaseFacts) -> None:
        self.due.setVisible(facts.due is not None)
        self.why.setVisible(facts.due is not None)
        if facts.due is not None and self._today is not None:
            day = f"{facts.due.isoformat()} · {d_day(facts.due, self._today)}"
            self.due.tell(_("due {day}").format(day=day), due_tone(facts.due, self._today))
