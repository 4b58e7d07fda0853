"""A list of the office's own days: closures, or holidays that the calendar does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.office.frame import Columns, Section
from privdesk.ui.today.days import long_day
from privdesk.ui.widgets import (
    Hairline,
    IconButton,
    LabelledField,
    PlainLabel,
    button,
    column,
    row,
)

_DAY = Field("day", N_("Date"), Kind.DATE)
_LONGEST = 80


class DaysSection(Section):
    """Days by date, a line to add one; ``put`` and ``drop`` keep what changed."""

    def __init__(self, put: Callable[[date, str], object], drop: Callable[[date], object]) -> None:
        super().__init__()
        self._put, self._drop = put, drop
        self._days: Mapping[date, str] = {}
        self._may_change = True
        self._name, self._why, self._empty = "", "", ""
        self.list = Columns(stretch=1)
        self.day = DateEditor(_DAY)
        self.on = LabelledField(self.day, required=True)
        self.name_line = QLineEdit()
        self.name_line.setMaxLength(_LONGEST)
        self.called = LabelledField(self.name_line, required=True)
        self.add = button("", self.add_day, icon="plus")
        self.on.setFixedWidth(180)
        line = row(None, self.on, self.called, column(None, 20, self.add, None, gap=0), gap=10)
        line.setStretch(1, 1)
        self.foot = QWidget()
        column(self.foot, Hairline(), row(None, line, margin=(14, 10)), gap=0)
        self.card.body.addWidget(self.list)
        self.card.body.addWidget(self.foot)
        self.name_line.returnPressed.connect(self.add_day)
        self.day.changed.connect(lambda: self.on.complain(""))

    def name_it(self, name: str, why: str, empty: str) -> None:
        """Set heading, sentence and what is said where there is no day."""
        self._name, self._why, self._empty = name, why, empty
        self.retranslate()

    def show_days(self, days: Mapping[date, str], may_change: bool) -> None:
        """Show these days, the latest first."""
        self._days, self._may_change = days, may_change
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.tell(self._name, self._why)
        self.on.tell(_("Date"))
        self.day.name_for_speech(_("Date"))
        self.called.tell(_("Name of the day"))
        self.add.setText(_("Add"))
        self.foot.setVisible(self._may_change)
        rows = [self._row(day) for day in sorted(self._days, reverse=True)]
        self.list.fill((), rows, self._empty)

    def add_day(self) -> None:
        """Add what was typed."""
        day, name = self._typed(), self.name_line.text().strip()
        self.called.complain("" if name else _("Write what the day is called."))
        if day is not None and name:
            self._put(day, name)

    def added(self) -> None:
        """What was typed has been kept: empty the line."""
        self.day.set_raw("")
        self.name_line.clear()
        self.called.complain("")

    def refuse(self, sentence: str) -> None:
        """Say why the day was refused."""
        self.on.complain(sentence)

    def _typed(self) -> date | None:
        try:
            value = self.day.value()
        except Unclear as why:
            self.on.complain(str(why))
            return None
        self.on.complain("" if value else _("Write the date."))
        return value if isinstance(value, date) else None

    def _row(self, day: date) -> Sequence[QWidget]:
        name = self._days[day]
        remove = IconButton("close", _("Remove {name}").format(name=name))
        remove.clicked.connect(lambda: self._drop(day))
        remove.setVisible(self._may_change)
        when = PlainLabel(long_day(day))
        when.setMinimumWidth(190)
        return when, PlainLabel(name, "strong"), remove
