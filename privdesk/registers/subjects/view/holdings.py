"""The right column: holdings with expiry bars, and their holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea

from privdesk.core.i18n import _
from privdesk.core.register import Action, Register
from privdesk.registers.subjects.commands import Kept
from privdesk.registers.subjects.view.bars import ExpiryBar, share
from privdesk.ui.page.acting import fitting
from privdesk.ui.page.menus import add_actions
from privdesk.ui.table.cells import d_day, due_tone
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Card,
    Chip,
    ElidedLabel,
    IconButton,
    PlainLabel,
    Plane,
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

    def __init__(self, kept: Kept, register: Register, role: str, today: date) -> None:
        super().__init__(margin=12, gap=6)
        self.kept = kept
        held = kept.row
        state = register.state(held.state)
        tone = state.tone if state else "plain"
        self.chip = Chip(_(state.label) if state else held.state, tone)
        self.hold = button("")
        self.more = IconButton("more", _("More"))
        ref = held.ref
        self.why = IconButton(
            "help", _("Why this day?"), lambda: self.why_asked.emit("holdings", ref), size=14
        )
        self.why.setFixedSize(22, 22)
        self.body.addLayout(row(None, ElidedLabel(kept.purpose or "–", "strong"), self.chip))
        self.body.addWidget(ElidedLabel(f"{kept.file} · {held.ref}", "caption"))
        since, until = held.values.get("collected_on"), _until(kept)
        gone = held.state == "destroyed"
        if not gone:
            self.bar = ExpiryBar(share(since, until, today), "held" if until is None else tone)
            self.body.addWidget(self.bar)
        self.body.addLayout(self._days(since, until, today, gone=gone))
        for words in self._reasons():
            self.body.addWidget(PlainLabel(words, "caption", wrap=True))
        if gone:
            ref = str(held.values.get("certificate") or "")
            self.body.addWidget(link_button(ref, partial(self.go.emit, "destructions", ref)))
        else:
            self._offer(fitting(register, [held], role))
        self.setAccessibleName(f"{kept.purpose}, {kept.file}, {self.chip.text()}")

    def _days(self, since: object, until: object, today: date, *, gone: bool) -> QHBoxLayout:
        begin = since.isoformat() if isinstance(since, date) else "–"
        held = self.kept.row.state == "held"
        unknown = _("until the hold is released") if held else _("no end is known")
        end = until.isoformat() if isinstance(until, date) else unknown
        days = row(None, PlainLabel(f"{begin} – {end}", "muted"), None)
        if isinstance(until, date) and not gone and self.kept.row.state != "held":
            days.addWidget(Chip(d_day(until, today), due_tone(until, today)))
            days.addWidget(self.why)
        return days

    def _reasons(self) -> list[str]:
        values = self.kept.row.values
        told = []
        if values.get("frozen"):
            told.append(_("Frozen: {items}").format(items=values["frozen"]))
        if values.get("hold") and values.get("hold_reason"):
            told.append(_("Legal hold: {reason}").format(reason=values["hold_reason"]))
        if values.get("kept_until"):
            words = _("Kept under {law} until {day}")
            told.append(words.format(law=values.get("kept_law"), day=values["kept_until"]))
        return told

    def _offer(self, actions: Sequence[Action]) -> None:
        holds = [action for action in actions if action.name in HOLDS]
        others = [action for action in actions if action.name not in HOLDS]
        self.hold.setVisible(bool(holds))
        self.more.setVisible(bool(others))
        if holds:
            self.hold.setText(f"{_(holds[0].label)}…")
            self.hold.clicked.connect(lambda _on=False: self._ask(holds[0]))
        if others:
            menu = QMenu(self)
            add_actions(menu, others, self._ask)
            self.more.setMenu(menu)
            self.more.setPopupMode(self.more.ToolButtonPopupMode.InstantPopup)
        if actions:
            self.body.addLayout(row(None, self.hold, self.more, None))

    def _ask(self, action: Action) -> None:
        self.act_asked.emit(action, self.kept.row)


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
        on_language(self, self._show)

    def show_holdings(self, kept: Sequence[Kept]) -> None:
        """Show some holdings."""
        self._kept = kept
        self._show()

    def _show(self) -> None:
        sheet = Plane()
        lines = column(sheet, gap=10, margin=(16, 14, 16, 16))
        lines.addWidget(PlainLabel(_("Holdings"), "section"))
        self.cards = []
        if self._register is not None:
            self.cards = [
                HoldingCard(one, self._register, self._role, self._today()) for one in self._kept
            ]
        for card in self.cards:
            card.act_asked.connect(self.act_asked)
            card.go.connect(self.go)
            card.why_asked.connect(self.why_asked)
            lines.addWidget(card)
        if not self.cards:
            words = _("Nothing is held for any purpose; what is kept has no ground.")
            lines.addWidget(PlainLabel(words, "muted", wrap=True))
        lines.addStretch(1)
        self.setWidget(sheet)
