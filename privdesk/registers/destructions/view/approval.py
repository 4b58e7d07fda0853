"""The third step: the digest as words, who signs, and the second officer's signature."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from privdesk.core.clock import office_time
from privdesk.core.i18n import N_, _, ngettext
from privdesk.registers.destructions import spoken
from privdesk.registers.destructions.commands import Standing
from privdesk.registers.destructions.view.step import StepFace
from privdesk.ui import fonts, tokens
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Card,
    Chip,
    IconLabel,
    KeyCap,
    PlainLabel,
    button,
    primary_button,
    quiet_button,
    row,
)

PARTS = {
    "requester": N_("Requester"),
    "approver": N_("Approver"),
    "operator": N_("Operator"),
    "witness": N_("Witness"),
}
_ACROSS = 4


class DigestCard(Card):
    """The digest as eight words to read out, and whole in groups as the papers print it."""

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.words: list[PlainLabel] = []
        self.groups = PlainLabel("", "caption", selectable=True, wrap=True)
        self.groups.setFont(fonts.font(tokens.CAPTION, tabular=True))
        self.hint = PlainLabel("", "muted", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for at in range(2 * _ACROSS):
            label = PlainLabel("", "section", selectable=True)
            self.words.append(label)
            grid.addWidget(label, at // _ACROSS, at % _ACROSS)
        grid.setColumnStretch(_ACROSS, 1)
        self.body.addWidget(self.hint)
        self.body.addLayout(grid)
        self.body.addWidget(self.groups)
        on_language(self, self._speak)

    def tell(self, digest: str) -> None:
        """Show a digest."""
        for label, word in zip(self.words, spoken.words(digest), strict=True):
            label.setText(word)
        parts = spoken.groups(digest)
        self.groups.setText(f"{' '.join(parts[:8])}\n{' '.join(parts[8:])}")
        self.setAccessibleName(" ".join(spoken.words(digest)))

    def _speak(self) -> None:
        self.head(_("Digest of the set"))
        self.hint.setText(
            _(
                "Both officers sign exactly this. Compare it with the printed request, or read"
                " the words out."
            )
        )


class Signatures(Card):
    """Who signs which part: signed with the time, or awaited."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self._standing: Standing | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        on_language(self, self._speak)

    def tell(self, standing: Standing) -> None:
        """Show the signatures of a destruction."""
        self._standing = standing
        self._speak()

    def _speak(self) -> None:
        self.head(_("Who signs"))
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if self._standing is not None:
            for line, part in enumerate(("requester", "approver", "operator")):
                self._line(line, part, self._standing)
            if self._standing.witness:
                self._put(3, PARTS["witness"], self._standing.witness, None)

    def _line(self, line: int, part: str, standing: Standing) -> None:
        signed = standing.signer(part)
        if signed is None:
            who = " / ".join(standing.approvers) if part == "approver" else "–"
            self._put(line, PARTS[part], who, Chip(_("not signed yet"), "waiting"))
            return
        when = office_time(signed.at).strftime("%Y-%m-%d %H:%M")
        chip = Chip(_("signed by key, {when}").format(when=when), "kept")
        self._put(line, PARTS[part], signed.person, chip)

    def _put(self, line: int, label: str, who: str, chip: QWidget | None) -> None:
        self._grid.addWidget(PlainLabel(_(label), "muted"), line, 0)
        self._grid.addWidget(PlainLabel(who, "strong"), line, 1)
        if chip is not None:
            self._grid.addWidget(chip, line, 2, Qt.AlignmentFlag.AlignRight)


class ApprovalStep(StepFace):
    """Tells the requester who signs next, and lets the second officer sign."""

    approve_asked = Signal()
    print_asked = Signal()
    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self.digest = DigestCard()
        self.signatures = Signatures()
        self.waiting = Card(gap=6)
        self.how = PlainLabel("", wrap=True)
        self.keys = KeyCap("Ctrl+L")
        self.waiting.body.addLayout(
            row(None, IconLabel("lock", "accent", 18), self.how, self.keys, gap=12)
        )
        self.approve = primary_button("", self._sign, icon="check")
        self.print = button("", self.print_asked.emit, icon="print")
        self.cancel = quiet_button("", self.cancel_asked.emit)
        for card in (self.waiting, self.digest, self.signatures):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.foot(self.approve, self.print, self.cancel)
        self.firsts = (self.approve, self.print)
        on_language(self, self._speak)

    def tell(self, standing: Standing) -> None:
        """Show where the approval stands."""
        self._standing = standing
        self.forgive()
        self.digest.tell(standing.digest)
        self.signatures.tell(standing)
        requested = standing.state == "requested"
        self.waiting.setVisible(requested and not standing.may_approve)
        self.approve.setVisible(requested and standing.may_approve)
        self.approve.setEnabled(True)
        self.cancel.setVisible(standing.state in ("requested", "approved"))
        self._speak()

    def go_on(self) -> None:
        """Sign as the second officer."""
        if self.approve.isVisible():
            self.approve.click()

    def print_out(self) -> None:
        """Print the request."""
        self.print_asked.emit()

    def _sign(self) -> None:
        self.approve.setEnabled(False)
        self.approve_asked.emit()

    def _speak(self) -> None:
        standing = self._standing
        self.heading.setText(_("Approval"))
        self.print.setText(_("Print the request…"))
        self.cancel.setText(_("Cancel the destruction…"))
        if standing is None:
            return
        self.approve.setText(
            ngettext("Approve {n} person", "Approve {n} people", standing.content.people)
        )
        self.how.setText(self._how(standing))
        self.lead.setText(self._lead(standing))

    def _how(self, standing: Standing) -> str:
        if not standing.approvers:
            return _("This office has no second officer yet. Enrol one in the settings first.")
        words = _(
            "A second officer has to sign: {names}. Lock the desk, and let the other officer"
            " sign in; the request waits there under Today."
        )
        return words.format(names=", ".join(standing.approvers))

    def _lead(self, standing: Standing) -> str:
        if standing.state == "cancelled":
            words = _("This destruction was cancelled; nothing was destroyed. Reason: {reason}")
            return words.format(reason=standing.cancelled_why or "–")
        if standing.state == "requested" and standing.may_approve:
            words = _("{person} asks for this destruction. Reason: {reason}")
            signed = standing.signer("requester")
            return words.format(person=signed.person if signed else "", reason=standing.reason)
        if standing.state == "requested":
            return _("Your request is signed. Nothing happens before a second signature.")
        if not standing.two_officers:
            return _("The two-officer rule was off; the certificate says so.")
        return _("Approved: two officers have signed the same digest.")
