"""Beneath the items: where each consent stands today, or stood on a day that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.registers.subjects.commands import Standing
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, PlainLabel, Plane, column, row

_DAY = Field("on", N_("On"), Kind.DATE)
_HEAD, _LINE, _MOST = 56, 44, 4  # pixels; lines shown before it scrolls


class StandingPanel(Plane):
    """A line for each purpose; the day beside the heading looks back."""

    day_chosen = Signal(date)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._standings: Sequence[Standing] = ()
        self.heading = PlainLabel("", "section")
        self.day = DateEditor(_DAY)
        self.day.set_value(today())
        self.day.setFixedWidth(128)
        self.wrong = PlainLabel("", "error", wrap=True)
        self.wrong.hide()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.chips: list[Chip] = []
        head = row(None, self.heading, None, self.day, gap=8, margin=(20, 10, 12, 4))
        column(self, head, self.wrong, self.area, gap=0).setStretch(2, 1)
        self.day.changed.connect(self._chosen)
        on_language(self, self._speak)

    def show_today(self, standings: Sequence[Standing]) -> None:
        """Show how it is today, whatever day was looked at before."""
        self.day.blockSignals(True)
        self.day.set_value(self._today())
        self.day.blockSignals(False)
        self.wrong.hide()
        self.show_standings(standings)

    def show_standings(self, standings: Sequence[Standing]) -> None:
        """Show these lines."""
        self._standings = standings
        self._speak()

    def _chosen(self) -> None:
        try:
            day = self.day.value()
        except Unclear:
            return  # still being typed
        if not isinstance(day, date):
            return
        late = day > self._today()
        self.wrong.setText(_("Nobody has answered on a day still to come.") if late else "")
        self.wrong.setVisible(late)
        if not late:
            self.day_chosen.emit(day)

    def _speak(self) -> None:
        self.heading.setText(_("Consents on"))
        self.day.name_for_speech(_("Day on which the consents are looked at"))
        sheet = Plane()
        lines = column(sheet, gap=6, margin=(20, 4, 12, 10))
        self.chips = []
        for one in self._standings:
            lines.addWidget(self._line(one))
        if not self._standings:
            lines.addWidget(PlainLabel(_("Nothing was ever asked."), "muted", wrap=True))
        lines.addStretch(1)
        self.area.setWidget(sheet)
        lines_shown = min(max(len(self._standings), 1), _MOST)
        self.setFixedHeight(_HEAD + _LINE * lines_shown + 10 + 20 * self.wrong.isVisible())

    def _line(self, one: Standing) -> QWidget:
        holder = QWidget()
        chip = Chip(_(one.state), one.tone)
        self.chips.append(chip)
        words = PlainLabel(one.purpose, "", wrap=True)
        since = PlainLabel(one.since.isoformat() if one.since else "", "caption")
        since.setVisible(one.since is not None)
        told = column(None, words, since, gap=0)
        row(holder, told, chip, gap=8).setStretch(0, 1)
        holder.setAccessibleName(f"{one.purpose}: {_(one.state)} {one.since or ''}".strip())
        return holder
