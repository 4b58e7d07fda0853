"""The sheet of a session on the screen: ticked person by person, or filled by pasted lines."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from privdesk.core.hangul import name_key
from privdesk.core.i18n import _, ngettext
from privdesk.registers.sessions.commands import Pasted, Person, Sheet, TrainingCommands
from privdesk.ui.page.context import PageContext
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import FlashLine, PlainLabel, Plane, button, column, row
from privdesk.ui.widgets.buttons import primary_button

WAS_THERE, ABSENT = "attended", "absent"
_TICK, _NAME, _NUMBER, _DEPARTMENT, _POINTS = range(5)
_WIDTHS = (70, 160, 130, 220, 90)


class TickPage(QWidget):
    """Who is ticked was there; who was ticked before and is not any more was absent.

    Nobody else is touched: closing the session counts who is left as absent.
    """

    left = Signal()
    recorded = Signal(object)  # Outcome

    def __init__(self, sheet: Sheet, context: PageContext, commands: TrainingCommands) -> None:
        super().__init__()
        self.setProperty("plane", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._commands = context, commands
        self.sheet = sheet
        self.people: list[Person] = []
        self.title = PlainLabel(sheet.title, "title")
        self.count = PlainLabel("", "muted")
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.table = QTableWidget(0, 5 if sheet.test else 4)
        self.everybody = button("", self.tick_all)
        self.paste_button = button("", self.paste, icon="import")
        self.shut = button("", self.left.emit)
        self.save = primary_button("", self.record)
        self.flash = FlashLine(self)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.table.itemChanged.connect(self._recount)
        self.table.cellClicked.connect(self._clicked)
        self.table.installEventFilter(self)
        on_language(self, self._speak)
        self._fill(sheet.people)

    def _lay_out(self) -> None:
        bar, foot, held = Plane("bar"), Plane("bar"), Plane()
        row(bar, self.title, 12, self.count, None, self.search, self.everybody,
            self.paste_button, gap=6, margin=(18, 10))  # fmt: skip
        row(foot, None, self.shut, self.save, gap=8, margin=(18, 10))
        self.search.setFixedWidth(220)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at in range(self.table.columnCount()):
            self.table.setColumnWidth(at, _WIDTHS[at])
        head.setSectionResizeMode(_DEPARTMENT, QHeaderView.ResizeMode.Stretch)
        column(held, self.table, margin=(16, 10))
        column(self, bar, held, foot, gap=0).setStretch(1, 1)

    # -- what is done

    def tick_all(self) -> None:
        """Tick everybody in sight."""
        for at in range(self.table.rowCount()):
            if not self.table.isRowHidden(at):
                self._cell(at, _TICK).setCheckState(Qt.CheckState.Checked)

    def paste(self) -> None:
        """Take lines copied from a spreadsheet: they tick, and put people on the sheet."""
        text = QApplication.clipboard().text()
        self._context.tasks.run(
            self,
            lambda: self._commands.pasted(text),
            done=self._take,
            failed=self.flash.refuse,
        )

    def record(self) -> None:
        """Record what was ticked."""
        people = self.changed()
        self.save.setEnabled(False)
        self._context.tasks.run(
            self,
            lambda: self._commands.record(self.sheet.ref, people),
            done=self.recorded.emit,
            failed=self._refused,
        )

    def changed(self) -> list[Person]:
        """Return who was there now, and who was taken back."""
        found = []
        for at, one in enumerate(self.people):
            ticked = self._cell(at, _TICK).checkState() is Qt.CheckState.Checked
            score = self._points(at) if ticked else None
            if ticked and (one.result != WAS_THERE or score != one.score):
                found.append(replace(one, result=WAS_THERE, score=score))
            elif not ticked and one.result == WAS_THERE:
                found.append(replace(one, result=ABSENT, score=None))
        return found

    def drafted(self) -> tuple[Person, ...]:
        """Return everybody as the sheet has them now, recorded or not; none if nothing changed."""
        if not self.changed():
            return ()
        return tuple(self._as_shown(at, one) for at, one in enumerate(self.people))

    def resume(self, people: tuple[Person, ...]) -> None:
        """Tick as it was ticked before the sheet was left."""
        self._tick(people)
        self.flash.tell(_("Your ticks from before; they are not recorded yet."), "soon")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste with the usual key; Escape goes back."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick the current person with the space bar, whichever column is current."""
        at, place = self.table.currentRow(), self.table.currentColumn()
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and at >= 0
            and place != _POINTS
        ):
            self._toggle(at)
            return True
        return super().eventFilter(watched, event)

    # -- inside

    def _clicked(self, at: int, place: int) -> None:
        if place in (_NAME, _NUMBER, _DEPARTMENT):
            self._toggle(at)

    def _toggle(self, at: int) -> None:
        cell = self._cell(at, _TICK)
        ticked = cell.checkState() is Qt.CheckState.Checked
        cell.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _fill(self, people: tuple[Person, ...]) -> None:
        self.table.blockSignals(True)
        for one in people:
            self._add(one, ticked=one.result == WAS_THERE)
        self.table.blockSignals(False)
        self._recount()

    def _add(self, one: Person, *, ticked: bool) -> None:
        at = len(self.people)
        self.people.append(one)
        self.table.insertRow(at)
        tick = QTableWidgetItem()
        tick.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
        tick.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        tick.setData(Qt.ItemDataRole.AccessibleTextRole, one.name)
        self.table.setItem(at, _TICK, tick)
        for place, text in (
            (_NAME, one.name),
            (_NUMBER, one.number),
            (_DEPARTMENT, one.department),
        ):
            cell = QTableWidgetItem(text)
            cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(at, place, cell)
        if self.sheet.test:
            points = "" if one.score is None else str(one.score)
            self.table.setItem(at, _POINTS, QTableWidgetItem(points))

    def _as_shown(self, at: int, one: Person) -> Person:
        ticked = self._cell(at, _TICK).checkState() is Qt.CheckState.Checked
        score = self._points(at) if ticked else None
        return replace(one, result=WAS_THERE if ticked else "", score=score)

    def _tick(self, people: tuple[Person, ...]) -> None:
        """Tick people as they are told; who is not on the sheet is put there."""
        places = {one.staff: at for at, one in enumerate(self.people)}
        self.table.blockSignals(True)
        for one in people:
            if one.staff not in places:
                places[one.staff] = len(self.people)
                self._add(replace(one, result="", score=None), ticked=False)
            at, there = places[one.staff], one.result == WAS_THERE
            state = Qt.CheckState.Checked if there else Qt.CheckState.Unchecked
            self._cell(at, _TICK).setCheckState(state)
            if self.sheet.test and one.score is not None:
                self._cell(at, _POINTS).setText(str(one.score))
        self.table.blockSignals(False)
        self._recount()

    def _take(self, pasted: Pasted) -> None:
        self._tick(pasted.people)
        told = ngettext("{n} line understood", "{n} lines understood", len(pasted.people))
        if pasted.faults:
            self.flash.tell(f"{told}; " + "; ".join(pasted.faults[:3]), "overdue")
        else:
            self.flash.tell(told)

    def _cell(self, at: int, place: int) -> QTableWidgetItem:
        found = self.table.item(at, place)
        assert found is not None
        return found

    def _points(self, at: int) -> int | None:
        if not self.sheet.test:
            return None
        text = self._cell(at, _POINTS).text().strip()
        return int(text) if text.isdigit() else None

    def _refused(self, error: Exception) -> None:
        from privdesk.core.errors import DomainError

        self.save.setEnabled(True)
        assert isinstance(error, DomainError)
        self.flash.refuse(error)

    def _narrow(self, text: str) -> None:
        needle = name_key(text)
        for at, one in enumerate(self.people):
            told = name_key(f"{one.name} {one.number} {one.department}")
            self.table.setRowHidden(at, needle not in told)

    def _recount(self) -> None:
        there = sum(
            self._cell(at, _TICK).checkState() is Qt.CheckState.Checked
            for at in range(self.table.rowCount())
        )
        told = _("{n} of {all} were there")
        self.count.setText(told.format(n=f"{there:,}", all=f"{len(self.people):,}"))

    def _speak(self) -> None:
        self.search.setPlaceholderText(_("Name, number, department"))
        self.search.setAccessibleName(_("Name, number, department"))
        self.everybody.setText(_("Tick everybody in sight"))
        self.paste_button.setText(_("Paste a list"))
        self.paste_button.setToolTip(_("Lines copied from a spreadsheet: who, attendance, points"))
        self.shut.setText(_("Back"))
        self.save.setText(_("Record attendance"))
        heads = [_("Was there"), _("Full name"), _("Staff number"), _("Department"), _("Points")]
        self.table.setHorizontalHeaderLabels(heads[: self.table.columnCount()])
        self.table.setAccessibleName(_("Attendance sheet"))
        self._recount()
