"""What is left of a destroyed person: a grey card with the certificate's number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.registers.subjects.commands import Person
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, IconLabel, PlainLabel, column, link_button, row

_WIDTH = 420


class Tombstone(QWidget):
    """Says nothing about the person."""

    go = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._person: Person | None = None
        self.card = Card(margin=24, gap=10)
        self.card.setFixedWidth(_WIDTH)
        self.card.setProperty("plane", "flash")
        self.card.setProperty("tone", "destroyed")
        self.sentence = PlainLabel("", "muted", wrap=True)
        self.certificate = PlainLabel("", "title", selectable=True)
        self.proofs = PlainLabel("", "muted", wrap=True)
        self.link = link_button("", self._follow)
        words = column(None, self.certificate, self.sentence, self.proofs, self.link, gap=6)
        line = row(None, IconLabel("destroyed", "destroyed", 24), words, gap=16)
        line.setStretch(1, 1)
        line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.card.body.addLayout(line)
        column(self, None, row(None, None, self.card, None), None, None)
        on_language(self, self._speak)

    def show_person(self, person: Person) -> None:
        """Show the tombstone of a person."""
        self._person = person
        self._speak()

    def _follow(self) -> None:
        if self._person is not None:
            self.go.emit("destructions", self._person.destruction)

    def _speak(self) -> None:
        person = self._person
        if person is None:
            return
        day = person.destroyed_on
        self.sentence.setText(
            _("Everything about this person was destroyed on {day}.").format(day=day)
            if day
            else _("Everything about this person was destroyed.")
        )
        self.proofs.setVisible(bool(person.proofs))
        kept = ngettext(
            "The proof of {n} answer to a consent is kept apart.",
            "The proof of {n} answers to consents is kept apart.",
            person.proofs,
        )
        until = _("It goes on {day}.").format(day=person.proofs_until or "–")
        self.proofs.setText(f"{kept} {until}")
        self.certificate.setVisible(bool(person.certificate))
        self.certificate.setText(_("Certificate {number}").format(number=person.certificate))
        self.link.setVisible(bool(person.destruction))
        self.link.setText(_("Open the destruction {ref}").format(ref=person.destruction))
