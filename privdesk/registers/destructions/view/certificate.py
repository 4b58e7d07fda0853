"""The last step: what was reached, who has still to answer, and the certificate itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from privdesk.core.clock import office_time
from privdesk.core.i18n import LANGUAGES, N_, _, ngettext
from privdesk.registers.destructions.commands import IssuedPaper, PlaceOrder, Standing
from privdesk.registers.destructions.rules import STATE_LABELS, State
from privdesk.registers.destructions.view.orders import OrderCard
from privdesk.registers.destructions.view.sheet import PaperSheet
from privdesk.registers.destructions.view.step import MARGINS, WIDEST, StepFace
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, IconLabel, PlainLabel, button, column, row

REACHED = ("executed", "backups_closed", "complete")
IN_LANGUAGE = {"ko": N_("In Korean"), "en": N_("In English")}


class Milestones(Card):
    """Executed, backups closed, complete: reached ones with a check mark and what was done."""

    def __init__(self) -> None:
        super().__init__(gap=10)
        self._standing: Standing | None = None
        self.icons = [IconLabel("minus", "muted", 18) for _state in REACHED]
        self.names = [PlainLabel("", "strong") for _state in REACHED]
        self.notes = [PlainLabel("", "caption", wrap=True) for _state in REACHED]
        for icon, name, note in zip(self.icons, self.names, self.notes, strict=True):
            words = column(None, name, note, gap=1)
            line = row(None, icon, words, gap=12)
            line.setStretch(1, 1)
            self.body.addLayout(line)
        on_language(self, self._speak)

    def tell(self, standing: Standing) -> None:
        """Show what a destruction has reached."""
        self._standing = standing
        self._speak()

    def _speak(self) -> None:
        standing = self._standing
        for name, state in zip(self.names, REACHED, strict=True):
            words = _(STATE_LABELS[State(state)])
            name.setText(words[:1].upper() + words[1:])
        if standing is None:
            return
        at = REACHED.index(standing.state) if standing.state in REACHED else -1
        notes = (_executed(standing), _closed(standing), _complete(standing))
        for place, (icon, note) in enumerate(zip(self.icons, self.notes, strict=True)):
            icon.show_icon("check" if place <= at else "waiting", "kept" if place <= at else "soon")
            note.setText(notes[place])


def _executed(standing: Standing) -> str:
    if standing.executed_at is None:
        return ""
    when = office_time(standing.executed_at).strftime("%Y-%m-%d %H:%M")
    if not standing.destroyed and not standing.tombstones:
        return when  # a file that is known by its count alone
    holdings = ngettext("{n} holding", "{n} holdings", standing.destroyed)
    people = ngettext("{n} person entirely", "{n} people entirely", standing.tombstones)
    return f"{when} · {holdings} · {people}"


def _closed(standing: Standing) -> str:
    if standing.epoch is None:
        return _("Older copies of the vault still open the destroyed values.")
    words = _("epoch {epoch}, backup {backup}, custody copy {custody}")
    return words.format(epoch=standing.epoch, backup=standing.backup, custody=standing.custody)


def _complete(standing: Standing) -> str:
    if standing.state == "complete":
        return _("Every place, account and custody copy has confirmed.")
    waits = ngettext(
        "{n} place has not answered yet", "{n} places have not answered yet",
        len(standing.outstanding),
    ) if standing.outstanding else ""  # fmt: skip
    return "\n".join(part for part in (waits, _still_open(standing.closings)) if part)


def _still_open(closings: Sequence[str]) -> str:
    """Say which custody copies and accounts are awaited, and where that is confirmed."""
    if not closings:
        return ""
    words = _(
        "Still open: {closings}. Destroy an older custody copy, then confirm it on the page"
        " Safety; an account follows when it next opens the vault."
    )
    return words.format(closings="; ".join(closings))


class CertificateStep(StepFace):
    """Ends the procedure on the page itself."""

    print_asked = Signal(str)  # an order's reference
    answered = Signal(object)  # Answer
    act_asked = Signal(object, str)  # Action, reference of the order
    issue_asked = Signal(str)  # language

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[OrderCard] = []
        self.milestones = Milestones()
        self.open_heading = PlainLabel("", "section")
        self._open: QVBoxLayout = column(None, gap=8)
        self.stale = PlainLabel("", wrap=True)
        self._stale = Card(margin=12)
        self.renew = button("", icon="documents")
        self._menu = QMenu(self)
        self.renew.setMenu(self._menu)
        self.again = button("", icon="documents")
        self.again.setMenu(self._menu)
        line = row(None, IconLabel("info", "soon", 18), self.stale, self.renew, gap=12)
        line.setStretch(1, 1)
        self._stale.body.addLayout(line)
        self.sheet = PaperSheet()
        row(self.sheet.extra, self.again)
        self.body.addWidget(self.milestones)
        self.body.addWidget(self.open_heading)
        self.body.addLayout(self._open)
        self.body.addWidget(self._stale)
        self.body.addWidget(self.sheet)
        self.body.addStretch(1)
        self.firsts = (self.sheet.print,)
        self._stale.hide()
        self.sheet.hide()
        on_language(self, self._speak)

    def tell(self, standing: Standing) -> None:
        """Show what was reached and who is awaited."""
        self.milestones.tell(standing)
        while (item := self._open.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.cards = [self._card(order) for order in standing.outstanding]
        self.open_heading.setVisible(bool(self.cards))
        self._speak()

    def print_out(self) -> None:
        """Print the certificate."""
        self.sheet.print_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the certificate as wide as the step."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = min(self.area.viewport().width(), WIDEST)
        self.sheet.fit(room - MARGINS)

    def _card(self, order: PlaceOrder) -> OrderCard:
        card = OrderCard(order, may_print=True, may_answer=True)
        card.print_asked.connect(self.print_asked)
        card.answered.connect(self.answered)
        card.act_asked.connect(self.act_asked)
        self._open.addWidget(card)
        return card

    def show_certificate(self, paper: IssuedPaper | None) -> None:
        """Show the newest certificate."""
        self.sheet.setVisible(paper is not None)
        self._stale.setVisible(paper is None or paper.stale)
        self.again.setVisible(paper is not None and not paper.stale)
        if paper is not None:
            self.sheet.show_paper(paper)
            self._fit()
        self._speak()

    def _speak(self) -> None:
        self.heading.setText(_("Certificate"))
        self.lead.setText(_("What was done, when, by whom, and what each place has confirmed."))
        self.open_heading.setText(_("Places that have still to answer"))
        words = _("More was confirmed since this certificate was issued.")
        self.stale.setText(words if self.sheet.paper else _("No certificate was issued yet."))
        self.renew.setText(_("Issue it in the state reached"))
        self.again.setText(_("Issue again"))
        self._menu.clear()
        for language in LANGUAGES:
            self._menu.addAction(_(IN_LANGUAGE[language]), self._issuer(language))

    def _issuer(self, language: str) -> Callable[[], None]:
        return lambda: self.issue_asked.emit(language)
