"""The page *Today*: what waits, in sections; calendar, set-up and safety beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget

from privdesk.core.clock import Clock, SystemClock, office_date
from privdesk.core.findings import Finding
from privdesk.core.i18n import _
from privdesk.core.register import Action
from privdesk.registers.findings import asking, wording
from privdesk.registers.findings.board import Board
from privdesk.registers.findings.marks import Task
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.findings.setup import Step
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.today.cards import ClockCard, FactCard, SetUpCard, emptied
from privdesk.ui.today.fortnight import Fortnight
from privdesk.ui.today.lines import SectionLines
from privdesk.ui.today.section import Section
from privdesk.ui.widgets import (
    Card,
    EmptyState,
    FlashLine,
    PlainLabel,
    add,
    column,
    link_button,
    row,
)
from privdesk.ui.widgets.taborder import FollowLayout

Go = Callable[[str, str, str], object]
_EVERY = 20_000  # milliseconds between two looks at the clock
_SIDE_LEAST, _SIDE_MOST = 300, 392


class TodayPage(QWidget):
    """Asks the service on the database thread; ``go`` opens register, record and action."""

    help_topic = "due"

    def __init__(
        self,
        service: FindingsService,
        tasks: Tasks,
        go: Go,
        clock: Clock | None = None,
        *,
        explain: Callable[[Finding], object] | None = None,
        write: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._service, self._tasks, self._go = service, tasks, go
        self._explain = explain
        self._clock = clock or SystemClock()
        self.board: Board | None = None
        self.sections: dict[str, Section] = {}
        self._shown: list[SectionLines] = []
        self.dialog: ActionDialog | None = None
        self.menu: QMenu | None = None
        self.headline = PlainLabel("", "title")
        self.nothing = EmptyState("kept")
        self.clocks = ClockCard()
        self.set_up = SetUpCard()
        self.calendar = Card(gap=10)
        self.fortnight = Fortnight()
        self.export = link_button("", write)
        self.export.setVisible(write is not None)
        self.safety = FactCard()
        self.flash = FlashLine(self)
        self._lay_out()
        self._cards = (self.nothing, self.clocks, self.set_up, self.calendar, self.safety)
        for (
            card
        ) in self._cards:  # until the first answer: an empty desk would look like a quiet one
            card.hide()
        self.set_up.step_asked.connect(self._begin_step)
        self.set_up.skip_asked.connect(self._skip_step)
        self.safety.asked.connect(lambda: self._go("safety", "", "list"))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_EVERY)

    def activated(self) -> None:
        """Look again when the page comes into view."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again; the answer comes back on the UI thread."""
        self._tasks.run(
            self, self._service.today, done=self._show, failed=self.flash.refuse, latest="today"
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language: with what is known, then with names as translated.

        Not before the event is over, since it goes on to the rows that are replaced.
        """
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.board is not None:
            QTimer.singleShot(0, self, self._speak_again)

    def _speak_again(self) -> None:
        self._fill()
        self.refresh()

    # -- laying out and filling

    def _lay_out(self) -> None:
        left = QWidget()
        self._left = column(left, self.headline, self.nothing, gap=20, margin=(24, 20, 16, 24))
        self._left.addStretch(1)
        add(self.calendar.body, self.fortnight, row(None, None, self.export))
        side = QWidget()
        cards = (self.clocks, self.set_up, self.calendar, self.safety)
        column(side, *cards, None, gap=16, margin=(8, 20, 24, 24))
        side.setMinimumWidth(_SIDE_LEAST)
        side_area = _area(side)
        side_area.setMinimumWidth(_SIDE_LEAST)
        side_area.setMaximumWidth(_SIDE_MOST)
        whole = row(self, _area(left), side_area, gap=0)
        whole.setStretch(0, 2)
        whole.setStretch(1, 1)
        FollowLayout(self, left, side)

    def _show(self, board: Board) -> None:
        if self.board is None:
            for card in self._cards:
                card.show()
        self.board = board
        self._fill()

    def _fill(self) -> None:
        board = self.board
        assert board is not None
        self.headline.setText(wording.headline(board))
        self._fill_sections(board)
        self.clocks.head(_("Running terms"))
        self.clocks.show_clocks(wording.clock_lines(board), self._clock.now())
        self.set_up.show_steps(wording.steps(board))
        if board.only_looks:
            self.set_up.hide()
        self.calendar.head(_("The next fortnight"))
        self.export.setText(_("Due days as a calendar file…"))
        self.fortnight.show_days(wording.cells(board))
        self.safety.tell(
            _("Backup and custody"), wording.facts(board), _("Backups and custody copies")
        )

    def _fill_sections(self, board: Board) -> None:
        self.nothing.setVisible(board.quiet)
        hint = _("What is still to be set up stands on the right.")
        self.nothing.tell(wording.nothing_due(board), hint if board.set_up.open else "")
        wanted = wording.sections(board)
        if wanted == self._shown and self.sections:
            return  # nothing new: keep what has the focus
        self._shown = wanted
        opened = {name for name, section in self.sections.items() if section.opened}
        emptied(self._left, 2)
        self.sections.clear()
        for lines in wanted:
            section = Section(lines, menu=board.may_decide, opened=lines.name in opened)
            section.go_asked.connect(self._go_to)
            section.menu_asked.connect(self._open_menu)
            self.sections[lines.name] = section
            self._left.addWidget(section)
            section.show()
        self._left.addStretch(1)

    def _tick(self) -> None:
        """Move the clocks on, and look again when the day has changed."""
        now = self._clock.now()
        self.clocks.tick(now)
        if self.board is not None and office_date(now) > self.board.day and self.isVisible():
            self.refresh()

    # -- a task

    def _task(self, key: str) -> Task | None:
        board = self.board
        if board is None:
            return None
        everything = [*board.excepted, *(t for tasks in board.buckets.values() for t in tasks)]
        return next((task for task in everything if task.key == key), None)

    def _go_to(self, key: str) -> None:
        task = self._task(key)
        if task is not None:
            there = self.board.target(task) if self.board else task.target
            self._go(there.register, there.ref, there.action)

    def _open_menu(self, key: str, at: QPoint) -> None:
        task, board = self._task(key), self.board
        if task is None or board is None:
            return
        menu = self.menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        people = menu.addMenu(_("Give to"))
        for number, name in board.people.items():
            entry = people.addAction(name, partial(self._give, key, number))
            entry.setCheckable(True)
            entry.setChecked(task.given is not None and task.given.person == number)
        if self._explain is not None and task.finding.due is not None:
            menu.addAction(_("Why this day?"), partial(self._explain, task.finding))
        menu.addSeparator()
        if task.asked is not None:
            mine = task.asked.person == board.me
            approve = menu.addAction(_("Approve the exception"), partial(self._approve, key))
            approve.setEnabled(not mine)
            refuse = _("Take the request back…") if mine else _("Refuse the exception…")
            menu.addAction(refuse, partial(self._ask, asking.REFUSE, key))
        elif task.excepted is None:
            menu.addAction(_("Put off…"), partial(self._ask, asking.PUT_OFF, key))
            menu.addAction(_("Ask for an exception…"), partial(self._ask, asking.EXCEPT, key))
        if task.put_off is not None or task.excepted is not None:
            menu.addAction(_("Take up again"), partial(self._take_up, key))
        menu.popup(at)

    def _give(self, key: str, person: int) -> None:
        name = self.board.people.get(person, "") if self.board else ""
        done = _("Given to {name}").format(name=name)
        self._do(partial(self._service.give, key, person), done)

    def _approve(self, key: str) -> None:
        self._do(partial(self._service.approve_exception, key), _("Exception approved"))

    def _take_up(self, key: str) -> None:
        self._do(partial(self._service.take_up, key), _("The task is back"))

    def _ask(self, action: Action, key: str) -> None:
        task = self._task(key)
        if task is not None:
            self._open_dialog(action, task.finding.what_text(), partial(self._decide, action, key))

    def _decide(self, action: Action, key: str, values: dict[str, Any]) -> None:
        method = getattr(self._service, action.method)
        self._do(partial(method, key, **values), _("Recorded"), self.dialog)

    # -- the set-up list

    def _step(self, key: str) -> Step | None:
        steps = self.board.set_up.steps if self.board else ()
        return next((step for step in steps if step.key == key), None)

    def _begin_step(self, key: str) -> None:
        step = self._step(key)
        if step is None:
            return
        if step.action == asking.EPOCH_FOLDER.name and self.board and self.board.may_decide:
            self._open_dialog(asking.EPOCH_FOLDER, _(step.why), self._confirm_epoch_folder)
        else:
            self._go(step.register, "", step.action)

    def _confirm_epoch_folder(self, _values: dict[str, Any]) -> None:
        self._do(self._service.confirm_epoch_folder, _("Recorded"), self.dialog)

    def _skip_step(self, key: str) -> None:
        step = self._step(key)
        if step is not None:
            self._open_dialog(asking.NOT_NEEDED, _(step.title), partial(self._not_needed, key))

    def _not_needed(self, key: str, values: dict[str, Any]) -> None:
        work = partial(self._service.not_needed, key, **values)
        self._do(work, _("Recorded"), self.dialog)

    # -- doing

    def _open_dialog(
        self, action: Action, about: str, then: Callable[[dict[str, Any]], None]
    ) -> None:
        self.dialog = ActionDialog(action, about, self._tasks, lambda _name: None, self)
        self.dialog.on_submit(then)
        self.dialog.open()

    def _do(self, work: Callable[[], None], done: str, dialog: ActionDialog | None = None) -> None:
        """Do something on the database thread, say so, and look again."""

        def finished(_nothing: None) -> None:
            if dialog is not None:
                dialog.accept()
            self.flash.tell(done)
            self.refresh()

        failed = dialog.refused if dialog is not None else self.flash.refuse
        self._tasks.run(self, work, done=finished, failed=failed)


def _area(inside: QWidget) -> QScrollArea:
    inside.setProperty("plane", "ground")
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
