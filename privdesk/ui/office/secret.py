"""The sections of the epoch secret: custody copies, the secret itself, who holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QAbstractButton, QWidget

from privdesk.core.i18n import N_, _, ngettext
from privdesk.ui.office.backups import written
from privdesk.ui.office.frame import Columns, Notice, Section
from privdesk.ui.office.ports import CustodyCopy, Holder, SafetyStand
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    Hairline,
    IconLabel,
    PlainLabel,
    button,
    column,
    link_button,
    row,
)

KINDS = {"sheet": N_("Sealed sheet"), "file": N_("Key file")}
STATES = {
    "making": (N_("Not finished"), "overdue"),
    "held": (N_("In custody"), "kept"),
    "to-replace": (N_("To be destroyed"), "soon"),
    "replaced": (N_("Confirmed destroyed"), "destroyed"),
    "lost": (N_("Lost"), "overdue"),
}
WAITS = (N_("Waits for a second officer"), "waiting")
HOLDER_STATES = {
    "retired": (N_("Given up"), "destroyed"),
    "lost": (N_("Lost"), "overdue"),
}
WAITING = {
    "destroyed": N_("Destroyed people can still be opened from older copies. Change it now."),
    "lost": N_("A custody copy of this epoch is lost: it opens the vault. Change it now."),
    "account": N_("An account with this epoch’s secret is lost. Change it now."),
    "removed": N_("Somebody lost access: the keys of that role are replaced with the next change."),
    "dropped": N_("Corrected or withdrawn values can still be opened from older copies."),
}
Ask = Callable[[CustodyCopy], object]


class CustodySection(Section):
    """Numbered copies of the secret; those confirmed destroyed are folded away."""

    def __init__(
        self, issue: Callable[[], object], confirm: Ask, destroyed: Ask, lose: Ask
    ) -> None:
        self.issue = button("", issue, icon="plus")
        super().__init__(self.issue)
        self._confirm, self._destroyed, self._lose = confirm, destroyed, lose
        self._all = False
        self._stand: SafetyStand | None = None
        self.list = Columns(stretch=2)
        self.more = link_button("", self._toggle)
        self.card.body.addWidget(self.list)
        self.card.body.addLayout(row(None, self.more, None, margin=(14, 0, 14, 6)))
        self.buttons: dict[str, tuple[QAbstractButton, ...]] = {}

    def show_stand(self, stand: SafetyStand) -> None:
        """Show the copies, newest first."""
        self._stand = stand
        self.tell(
            _("Custody copies"),
            _("The epoch secret, sealed in a safe; never beside the vault or its backups."),
        )
        self.issue.setText(_("Issue a further copy…"))
        self.issue.setVisible(stand.may_change)
        self.buttons.clear()
        shown = [copy for copy in stand.copies if self._all or copy.state != "replaced"]
        where = f"{_('Place')} · {_('Keeper')}"
        heads = (_("Number"), _("Kind"), where, _("Issued on"), _("Epoch"), _("State"), "")
        empty = _("There is no custody copy: without one, a lost disk is a lost vault.")
        self.list.fill(heads, [self._row(copy, stand.may_change) for copy in shown], empty)
        hidden = sum(copy.state == "replaced" for copy in stand.copies)
        self.more.setVisible(hidden > 0)
        older = ngettext("{n} destroyed copy", "{n} destroyed copies", hidden)
        self.more.setText(_("Show less") if self._all else older)

    def _toggle(self) -> None:
        self._all = not self._all
        if self._stand is not None:
            self.show_stand(self._stand)

    def _buttons(self, copy: CustodyCopy) -> tuple[QAbstractButton, ...]:
        """Return what can be done about a copy; one that was being made may be there or not."""
        confirm = link_button(_("Confirm…"), lambda: self._confirm(copy))
        gone = link_button(_("It was destroyed…"), lambda: self._destroyed(copy))
        if copy.state == "making":
            return confirm, gone
        text = _("Declare lost too…") if copy.waits else _("Lost…")
        lost = link_button(text, lambda: self._lose(copy))
        lost.setEnabled(not (copy.waits and copy.mine))
        return (gone if copy.state == "to-replace" else confirm), lost

    def _row(self, copy: CustodyCopy, may_change: bool) -> Sequence[QWidget]:
        label, tone = WAITS if copy.waits else STATES.get(copy.state, (copy.state, "plain"))
        acts = QWidget()
        line = row(acts, None, gap=14)
        if may_change and copy.state in ("making", "held", "to-replace"):
            made = self._buttons(copy)
            for each in made:
                each.setAccessibleName(f"{each.text()} {copy.number}")
                line.addWidget(each)
            self.buttons[copy.number] = made
        chip = Chip(_(label), tone)
        chip.setToolTip(copy.destroyed)
        if copy.declared_by:
            chip.setToolTip(_("Declared lost by {names}").format(names=copy.declared_by))
        return (
            PlainLabel(copy.number, "strong"),
            PlainLabel(_(KINDS.get(copy.kind, copy.kind))),
            ElidedLabel(_where(copy)),
            PlainLabel(written(copy.issued_at)[:10]),
            PlainLabel(str(copy.epoch)),
            chip,
            acts,
        )


def _where(copy: CustodyCopy) -> str:
    """Return where a copy is and who keeps it."""
    place = copy.place or _where_the_other_lay(copy)
    if place and not copy.seen:
        place = _("{place} (not confirmed yet)").format(place=place)
    return " · ".join(filter(None, (place, copy.keeper)))


def _where_the_other_lay(copy: CustodyCopy) -> str:
    return _("where {number} lay").format(number=copy.replaces) if copy.replaces else ""


class SecretSection(Section):
    """The epoch, when it was changed, and the button that changes it."""

    def __init__(
        self,
        change: Callable[[], object],
        exclude: Callable[[], object],
        act: Callable[[Holder], object],
    ) -> None:
        self._do = act
        self.losers: dict[str, QAbstractButton] = {}
        self.change = button("", change, icon="refresh")
        super().__init__(self.change)
        self.waiting = Notice()
        self.epoch = PlainLabel("", "strong")
        self.rolled = PlainLabel("", "muted")
        self.excluded = IconLabel("soon", "soon", 16)
        self.rule = PlainLabel("", wrap=True)
        self.folder = ElidedLabel("", "caption")
        self.exclude = button("", exclude, icon="check")
        self.list = Columns(stretch=1)
        first = row(None, IconLabel("kit", "muted", 18), self.epoch, self.rolled, None, gap=10)
        words = column(None, self.rule, self.folder, gap=1)
        second = row(None, self.excluded, words, self.exclude, gap=10)
        second.setStretch(1, 1)
        top = QWidget()
        column(top, self.waiting, first, second, gap=10, margin=(14, 12))
        self.card.body.addWidget(top)
        self.card.body.addWidget(Hairline())
        self.card.body.addWidget(self.list)

    def show_stand(self, stand: SafetyStand) -> None:
        """Show the secret and who holds it."""
        self.tell(
            _("Epoch secret"),
            _("A change closes every older backup and copy to what was destroyed since."),
        )
        self.change.setText(_("Change the epoch secret now…"))
        self.change.setVisible(stand.may_change)
        tone = "overdue" if stand.waiting in ("destroyed", "lost") else "soon"
        self.waiting.tell(_(WAITING[stand.waiting]) if stand.waiting else "", tone)
        self.epoch.setText(_("Epoch {n}").format(n=stand.epoch))
        since = written(stand.rolled_at)[:10] if stand.rolled_at else ""
        self.rolled.setText(
            _("changed on {day}").format(day=since) if since else _("never changed so far")
        )
        self._tell_folder(stand)
        heads = (_("Account"), _("Workstation"), _("Last seen"), _("Epoch"), "", "")
        self.losers.clear()
        self.list.fill(heads, [(*_holder(one), self._act(one, stand)) for one in stand.holders])

    def _act(self, one: Holder, stand: SafetyStand) -> QWidget:
        acts = QWidget()
        line = row(acts, None, gap=14)
        if stand.may_change and one.state == "held":
            text = _("Declare lost too…") if one.waits else _("Lost…")
            text = _("Give up…") if one.here else text
            lost = link_button(text, lambda: self._do(one))
            lost.setEnabled(not (one.waits and one.mine))
            lost.setAccessibleName(f"{text} {one.account}@{one.workstation}")
            line.addWidget(lost)
            self.losers[f"{one.account}@{one.workstation}"] = lost
        return acts

    def _tell_folder(self, stand: SafetyStand) -> None:
        done = stand.excluded_on is not None
        self.excluded.show_icon("kept" if done else "soon", "kept" if done else "soon")
        if done:
            text = _("Its folder is left out of other backups (recorded on {day}).")
            self.rule.setText(text.format(day=stand.excluded_on))
        else:
            self.rule.setText(
                _("Leave its folder out of profile backup, roaming and disk images, then confirm.")
            )
        self.folder.setText(stand.epoch_folder)
        self.exclude.setText(_("Confirm: left out"))
        self.exclude.setVisible(stand.may_change and not done)


def _holder(one: Holder) -> Sequence[QWidget]:
    if one.state != "held" or one.waits:
        label, tone = WAITS if one.waits else HOLDER_STATES[one.state]
        chip = Chip(_(label), tone)
        if one.declared_by:
            chip.setToolTip(_("Declared lost by {names}").format(names=one.declared_by))
    elif one.present:
        chip = Chip(_("This account") if one.here else _("Up to date"), "kept")
    else:
        chip = Chip(_("Has the old secret"), "soon")
    return (
        PlainLabel(one.account, "strong"),
        PlainLabel(one.workstation),
        PlainLabel(written(one.seen_at)),
        PlainLabel(str(one.epoch)),
        chip,
    )
