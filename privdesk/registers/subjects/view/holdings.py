"""The right column: holdings with expiry bars, and their holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QScrollArea

from privdesk.core.i18n import _
from privdesk.core.register import Action, Register
from privdesk.registers.subjects.commands import Kept
from privdesk.registers.subjects.view.bars import ExpiryBar, share
from privdesk.ui.page.acting import fitting
from privdesk.ui.page.menus import add_actions, emptied
from privdesk.ui.table.cells import d_day, due_tone
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Card,
    Chip,
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
    Pool,
    add,
    button,
    column,
    link_button,
    row,
)

WIDTH = 340
HOLDS = ("hold", "release")


class HoldingCard(Card):
    """One holding: purpose, file, bar, days, hold."""

    act_asked = Signal(object, object)  # Action, Row of the holding
    go = Signal(str, str)
    why_asked = Signal(str, str)  # register, reference

    def __init__(self) -> None:
        super().__init__(margin=12, gap=6)
        self.kept: Kept | None = None
        self._actions: Sequence[Action] = ()
        self.purpose, self.chip = ElidedLabel("", "strong"), Chip()
        self.file, self.days = ElidedLabel("", "caption"), PlainLabel("", "muted")
        self.bar, self.left = ExpiryBar(), Chip()
        self.why = IconButton("help", "", self._ask_why, size=14)
        self.why.setFixedSize(22, 22)
        self.reasons = [PlainLabel("", "caption", wrap=True) for _reason in range(3)]
        self.certificate = link_button("", self._follow)
        self.hold = button("", self._ask_hold)
        self.more = IconButton("more", "")
        self.more.setMenu(QMenu(self))
        self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        self.more.menu().aboutToShow.connect(self._fill)
        self.body.addLayout(row(None, self.purpose, self.chip))
        add(self.body, self.file, self.bar, row(None, self.days, None, self.left, self.why))
        add(self.body, *self.reasons, self.certificate, row(None, self.hold, self.more, None))

    def show_kept(self, kept: Kept, register: Register, role: str, today: date) -> None:
        """Show a holding."""
        self.kept, held = kept, kept.row
        state = register.state(held.state)
        tone = state.tone if state else "plain"
        gone = held.state == "destroyed"
        self.chip.tell(_(state.label) if state else held.state, tone)
        self.purpose.setText(kept.purpose or "–")
        self.file.setText(f"{kept.file} · {held.ref}")
        since, until = held.values.get("collected_on"), _until(kept)
        self.bar.setVisible(not gone)
        self.bar.show_share(share(since, until, today), "held" if until is None else tone)
        self._show_days(since, until, today, gone=gone)
        told = _reasons(kept)
        for place, label in enumerate(self.reasons):
            label.setText(told[place] if place < len(told) else "")
            label.setVisible(place < len(told))
        self.certificate.setText(str(held.values.get("certificate") or ""))
        self.certificate.setVisible(gone)
        self._offer(() if gone else fitting(register, [held], role))
        self.setAccessibleName(f"{kept.purpose}, {kept.file}, {self.chip.text()}")

    def _show_days(self, since: object, until: date | None, today: date, *, gone: bool) -> None:
        begin = since.isoformat() if isinstance(since, date) else "–"
        held = self.kept is not None and self.kept.row.state == "held"
        unknown = _("until the hold is released") if held else _("no end is known")
        self.days.setText(f"{begin} – {until.isoformat() if until else unknown}")
        counted = until is not None and not gone and not held
        if until is not None:
            self.left.tell(d_day(until, today), due_tone(until, today))
        self.why.call(_("Why this day?"))
        self.left.setVisible(counted)
        self.why.setVisible(counted)

    def _offer(self, actions: Sequence[Action]) -> None:
        self._actions = actions
        hold, others = self._hold(), self._others()
        self.hold.setText(f"{_(hold.label)}…" if hold else "")
        self.hold.setVisible(hold is not None)
        self.more.call(_("More"))
        self.more.setVisible(bool(others))

    def _hold(self) -> Action | None:
        return next((action for action in self._actions if action.name in HOLDS), None)

    def _others(self) -> list[Action]:
        return [action for action in self._actions if action.name not in HOLDS]

    def _fill(self) -> None:
        menu = self.more.menu()
        emptied(menu)
        add_actions(menu, self._others(), self._ask)

    def _ask(self, action: Action) -> None:
        if self.kept is not None:
            self.act_asked.emit(action, self.kept.row)

    def _ask_hold(self) -> None:
        hold = self._hold()
        if hold is not None:
            self._ask(hold)

    def _ask_why(self) -> None:
        if self.kept is not None:
            self.why_asked.emit("holdings", self.kept.row.ref)

    def _follow(self) -> None:
        self.go.emit("destructions", self.certificate.text())


def _reasons(kept: Kept) -> list[str]:
    values = kept.row.values
    told = []
    if values.get("frozen"):
        told.append(_("Frozen: {items}").format(items=values["frozen"]))
    if values.get("hold") and values.get("hold_reason"):
        told.append(_("Legal hold: {reason}").format(reason=values["hold_reason"]))
    if values.get("kept_until"):
        words = _("Kept under {law} until {day}")
        told.append(words.format(law=values.get("kept_law"), day=values["kept_until"]))
    return told


def _until(kept: Kept) -> date | None:
    due = kept.row.values.get("due_on")
    return due if isinstance(due, date) else None


class HoldingColumn(QScrollArea):
    """All holdings of a person, destroyed ones last."""

    act_asked = Signal(object, object)
    go = Signal(str, str)
    why_asked = Signal(str, str)

    def __init__(self, register: Register | None, role: str, today: Callable[[], date]) -> None:
        super().__init__()
        self._register, self._role, self._today = register, role, today
        self._kept: Sequence[Kept] = ()
        self.cards: list[HoldingCard] = []
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heading, self._none = PlainLabel("", "section"), PlainLabel("", "muted", wrap=True)
        sheet = Plane()
        lines = column(sheet, self._heading, self._none, None, gap=10, margin=(16, 14, 16, 16))
        self._pool = Pool(lines, 1, self._card)
        self.setWidget(sheet)
        on_language(self, self._show)

    def show_holdings(self, kept: Sequence[Kept]) -> None:
        """Show some holdings."""
        self._kept = kept
        self._show()
        self.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        self._heading.setText(_("Holdings"))
        self._none.setText(_("Nothing is held for any purpose; what is kept has no ground."))
        register, kept = self._register, self._kept if self._register is not None else ()
        self._none.setVisible(not kept)
        self.cards = self._pool.take(len(kept))
        if register is not None:
            for card, one in zip(self.cards, kept, strict=True):
                card.show_kept(one, register, self._role, self._today())

    def _card(self) -> HoldingCard:
        made = HoldingCard()
        made.act_asked.connect(self.act_asked)
        made.go.connect(self.go)
        made.why_asked.connect(self.why_asked)
        return made
