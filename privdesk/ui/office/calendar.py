"""The office calendar: holidays, the office's own days and hours, and what a change moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import partial

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QCheckBox, QTimeEdit, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.ui.office.days import DaysSection
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.frame import Columns, OfficePage, Section
from privdesk.ui.office.ports import CalendarRules, CalendarStand, MovedDay, Office
from privdesk.ui.office.yeargrid import YearGrid
from privdesk.ui.settings import SettingLine
from privdesk.ui.tasks import Tasks
from privdesk.ui.today.days import long_day, short_day
from privdesk.ui.widgets import Chip, IconButton, PlainLabel, column, quiet_button, row

_SHOWN = 10  # moved days that the question lists
_HOURS = 190


class MovesDialog(AskDialog):
    """Says what a change of the calendar moves, before it is kept."""

    def __init__(
        self,
        moves: Sequence[MovedDay],
        keep: Callable[[], Sequence[MovedDay]],
        kept: Callable[[Sequence[MovedDay]], object],
        tasks: Tasks,
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent)
        self._keep, self._kept, self._today = keep, kept, today
        self.moves = moves
        self.list = Columns(stretch=0)
        self.more = PlainLabel("", "muted")
        self.build(self.list, self.more)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        number = len(self.moves)
        told = ngettext("{n} due day moves", "{n} due days move", number)
        self.setWindowTitle(told)
        self.heading.setText(told)
        self.why.setText(_("Everything that is open is reckoned anew when the change is kept."))
        self.go.setText(_("Keep the change"))
        self.list.fill((), [self._row(move) for move in self.moves[:_SHOWN]])
        rest = number - _SHOWN
        self.more.setVisible(rest > 0)
        self.more.setText(ngettext("and {n} more", "and {n} more", max(rest, 0)))

    def submit(self) -> None:
        """Keep the change."""
        self.attempt(self._keep, self._kept)

    def _row(self, move: MovedDay) -> Sequence[QWidget]:
        days = f"{short_day(move.before, self._today)} → {short_day(move.after, self._today)}"
        return PlainLabel(move.what, wrap=True), PlainLabel(days, "strong")


class CalendarPage(OfficePage):
    """A change is looked at first: what it moves is asked, and kept only then."""

    help_topic = "calendar"

    def __init__(self, office: Office, tasks: Tasks, today: Callable[[], date]) -> None:
        super().__init__()
        self._office, self._tasks, self._today = office, tasks, today
        self.known: CalendarStand | None = None
        self.dialog: MovesDialog | None = None
        self.year = today().year
        self.before = IconButton("left", "", partial(self._turn, -1))
        self.after = IconButton("right", "", partial(self._turn, 1))
        self.this = quiet_button("", self._turn_back)
        self.year_name = PlainLabel("", "section")
        self.grid = YearGrid()
        self.legend = [Chip(tone=tone) for tone in ("overdue", "held", "soon")]
        self.public = Section()
        self.public_list = Columns(stretch=1)
        self.public.card.body.addWidget(self.public_list)
        self.closures = DaysSection(partial(self._put, "closures"), partial(self._drop, "closures"))
        self.holidays = DaysSection(partial(self._put, "holidays"), partial(self._drop, "holidays"))
        self.hours = PlainLabel("", "section")
        self.opens, self.closes = _clock(), _clock()
        self.still = QCheckBox()
        self.lines = [
            SettingLine(self.opens, width=_HOURS),
            SettingLine(self.closes, width=_HOURS),
            SettingLine(_right(self.still), width=_HOURS),
        ]
        turning = row(None, self.before, self.year_name, self.after, self.this, None, gap=6)
        for chip in self.legend:
            turning.addWidget(chip)
        year = column(None, turning, self.grid, gap=10)
        self.build(
            year, 10, self.holidays, self.closures, 8, self.hours, *self.lines, 8, self.public
        )
        self.opens.editingFinished.connect(self._hours_changed)
        self.closes.editingFinished.connect(self._hours_changed)
        self.still.clicked.connect(lambda on: self._ask(stands_still=on))
        self.retranslate()
        self.setEnabled(False)

    # -- showing

    def refresh(self) -> None:
        """Ask again for the year on show."""
        year = self.year
        self._tasks.run(
            self,
            lambda: self._office.calendar(year),
            done=self._show,
            failed=self.flash.refuse,
            latest="calendar",
        )

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Office calendar"))
        self.why.setText(_("Every due day is reckoned by it. A change says first what it moves."))
        self.before.call(_("The year before"))
        self.after.call(_("The year after"))
        self.this.setText(_("This year"))
        words = (_("Public holiday"), _("Temporary holiday"), _("Closure"))
        for chip, word in zip(self.legend, words, strict=True):
            chip.tell(word, icon="calendar")
        self.closures.name_it(
            _("Closures"),
            _("Days on which the company is closed. No statute waits for them."),
            _("No closure has been entered."),
        )
        self.holidays.name_it(
            _("Temporary holidays"),
            _("Public holidays proclaimed at short notice; terms that end on them move on."),
            _("None has been entered; the regular ones are known."),
        )
        self.hours.setText(_("Opening hours"))
        texts = (
            (_("Opens at"), _("From then on somebody can be spoken to (policy S5.3).")),
            (_("Closes at"), _("On business days.")),
            (
                _("The 24-hour clock stands still"),
                _("On days on which the office is closed (policy S5.4). Off: 24 hours are 24."),
            ),
        )
        for line, (name, why) in zip(self.lines, texts, strict=True):
            line.tell(name, why)
        self.still.setAccessibleName(texts[2][0])
        self.still.setText(_("Switched on") if self.still.isChecked() else _("Switched off"))
        if self.known is not None:
            self._fill(self.known)

    def _show(self, stand: CalendarStand) -> None:
        self.known = stand
        self.setEnabled(True)
        self._fill(stand)

    def _fill(self, stand: CalendarStand) -> None:
        rules = stand.rules
        self.year_name.setText(str(stand.year))
        self.this.setVisible(stand.year != stand.today.year)
        self.grid.show_year(stand.year, stand.public, rules.holidays, rules.closures, stand.today)
        self.public.tell(
            _("Public holidays of {year}").format(year=stand.year),
            _("Substitutes are among them; the list comes with the program."),
        )
        days = sorted(stand.public)
        self.public_list.fill((), [self._public_row(day, stand.public[day]) for day in days])
        for line, at in ((self.opens, rules.opens), (self.closes, rules.closes)):
            line.blockSignals(True)
            line.setTime(QTime(at.hour, at.minute))
            line.blockSignals(False)
        self.still.setChecked(rules.stands_still)
        self.still.setText(_("Switched on") if rules.stands_still else _("Switched off"))
        for control in (self.opens, self.closes, self.still):
            control.setEnabled(stand.may_change)
        self.closures.show_days(rules.closures, stand.may_change)
        self.holidays.show_days(rules.holidays, stand.may_change)

    def _public_row(self, day: date, name: str) -> Sequence[QWidget]:
        when = PlainLabel(long_day(day))
        when.setMinimumWidth(190)
        return when, PlainLabel(name, "strong")

    def _turn(self, by: int) -> None:
        self.year += by
        self.refresh()

    def _turn_back(self) -> None:
        self.year = self._today().year
        self.refresh()

    # -- changing

    def _put(self, which: str, day: date, name: str) -> None:
        self._ask_days(which, {**self._days(which), day: name})

    def _drop(self, which: str, day: date) -> None:
        self._ask_days(which, {at: name for at, name in self._days(which).items() if at != day})

    def _days(self, which: str) -> Mapping[date, str]:
        rules = self.known.rules if self.known is not None else CalendarRules()
        return rules.closures if which == "closures" else rules.holidays

    def _ask_days(self, which: str, days: Mapping[date, str]) -> None:
        section = self.closures if which == "closures" else self.holidays
        if which == "closures":
            self._ask(section, closures=days)
        else:
            self._ask(section, holidays=days)

    def _hours_changed(self) -> None:
        opens, closes = (_time(line) for line in (self.opens, self.closes))
        if self.known and (opens, closes) != (self.known.rules.opens, self.known.rules.closes):
            self._ask(opens=opens, closes=closes)

    def _ask(self, section: DaysSection | None = None, **changed: object) -> None:
        """Look what a change moves; ask where it moves anything, else keep it at once."""
        if self.known is None:
            return
        rules = replace(self.known.rules, **changed)  # type: ignore[arg-type]

        def told(moves: Sequence[MovedDay]) -> None:
            if moves:
                self._open(rules, moves, section)
            else:
                self._keep(rules, section)

        self._tasks.run(
            self,
            lambda: self._office.moved_by(rules),
            done=told,
            failed=partial(self._refused, section),
        )

    def _open(
        self, rules: CalendarRules, moves: Sequence[MovedDay], section: DaysSection | None
    ) -> None:
        self.dialog = MovesDialog(
            moves,
            lambda: self._office.put_calendar(rules),
            partial(self._kept, section),
            self._tasks,
            self._today(),
            self,
        )
        self.dialog.finished.connect(lambda _result: self.refresh())
        self.dialog.open()

    def _keep(self, rules: CalendarRules, section: DaysSection | None) -> None:
        self._tasks.run(
            self,
            lambda: self._office.put_calendar(rules),
            done=partial(self._kept, section),
            failed=partial(self._refused, section),
        )

    def _kept(self, section: DaysSection | None, moves: Sequence[MovedDay]) -> None:
        if section is not None:
            section.added()
        told = ngettext("{n} due day moved.", "{n} due days moved.", len(moves))
        self.flash.tell(told if moves else _("Kept; no due day moved."))
        self.refresh()

    def _refused(self, section: DaysSection | None, error: DomainError) -> None:
        if section is not None:
            section.refuse(error.sentence())
        else:
            self.flash.refuse(error)
            self.refresh()


def _clock() -> QTimeEdit:
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    made.setKeyboardTracking(False)
    made.lineEdit().setTextMargins(6, 0, 0, 0)  # the stylesheet cannot
    return made


def _time(line: QTimeEdit) -> time:
    at = line.time()
    return time(at.hour(), at.minute())


def _right(box: QCheckBox) -> QWidget:
    """Return a box at the right edge, where the other controls end."""
    holder = QWidget()
    holder.setFocusProxy(box)
    row(holder, box, None)
    return holder
