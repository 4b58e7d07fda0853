"""The board in words, for the page *Today*. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import overload

from privdesk.core.calendar import d_day, d_day_label
from privdesk.core.clock import office_date
from privdesk.core.findings import Bucket, Severity
from privdesk.core.i18n import N_, _, current, ngettext
from privdesk.registers.findings.board import Board, DayLoad
from privdesk.registers.findings.marks import Task
from privdesk.registers.findings.safety import Safety
from privdesk.ui.today.days import long_day, short_day
from privdesk.ui.today.lines import (
    ClockLine,
    DayCell,
    FactLine,
    SectionLines,
    StepLine,
    TaskLine,
)

SOON_DAYS = 3
EXCEPTED = "excepted"
# Sections in the order of the page: heading, tone, folded.
_SECTIONS = (
    (Bucket.OVERDUE, N_("Overdue"), "overdue", False),
    (Bucket.TODAY, N_("Today"), "soon", False),
    (Bucket.WEEK, N_("This week"), "plain", False),
    (Bucket.WAITING, N_("Waiting for others"), "waiting", False),
    (Bucket.LATER, N_("Later"), "plain", True),
)


class TaskLines(Sequence[TaskLine]):
    """Tasks as lines, each put into words when it is first looked at: most never are."""

    def __init__(self, board: Board, tasks: Sequence[Task]) -> None:
        self._board, self._tasks = board, tasks
        self._said = (tuple(tasks), board.day, board.people, board.who, current())
        self._known: dict[int, TaskLine] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    @overload
    def __getitem__(self, at: int) -> TaskLine: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[TaskLine]: ...
    def __getitem__(self, at: int | slice) -> TaskLine | Sequence[TaskLine]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        if number not in self._known:
            self._known[number] = task_line(self._board, self._tasks[number])
        return self._known[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TaskLines) and self._said == other._said

    __hash__ = None  # type: ignore[assignment]


def sections(board: Board) -> list[SectionLines]:
    """Return the sections that have tasks, in the order of the page."""
    found = [
        SectionLines(
            bucket.value,
            _(heading),
            tone,
            TaskLines(board, board.buckets[bucket]),
            folded,
        )
        for bucket, heading, tone, folded in _SECTIONS
    ]
    excepted = TaskLines(board, board.excepted)
    found.append(SectionLines(EXCEPTED, _("Excepted"), "held", excepted, folded=True))
    return [section for section in found if section.lines]


def task_line(board: Board, task: Task) -> TaskLine:
    """Return a task as a line."""
    one = task.finding
    chip, tone = _chip(task, board.day)
    note, note_tone = _note(board, task)
    do = _do(board, task)
    return TaskLine(
        key=task.key,
        chip=chip,
        tone=tone,
        what=one.what_text(),
        detail=_reason(task) or do,
        clause=one.clause,
        who=board.holder(task),
        label=_(board.target(task).label),
        do=do,
        note=note,
        note_tone=note_tone,
        law=_(one.article),
    )


def _do(board: Board, task: Task) -> str:
    """Return what to do; to who only looks on it is told as what the officers have to do."""
    do = task.finding.do_text()
    return do if board.theirs(task) or not do else _("Officers: {do}").format(do=do)


def _chip(task: Task, today: date) -> tuple[str, str]:
    one = task.finding
    if one.due is None:
        breach = one.severity is Severity.BREACH
        return (_("Breach"), "overdue") if breach else (_("Check"), "plain")
    left = d_day(today, one.due)
    if left < 0:
        return d_day_label(left), "overdue"
    if one.waiting:
        return d_day_label(left), "waiting"
    return d_day_label(left), "soon" if left <= SOON_DAYS else "plain"


def _note(board: Board, task: Task) -> tuple[str, str]:
    """Return the decision in force, and its tone."""
    if task.excepted is not None and task.excepted.until is not None:
        day = short_day(task.excepted.until, board.day)
        return _("Excepted until {day}").format(day=day), "held"
    if task.asked is not None:
        return _("Exception asked for"), "waiting"
    if task.put_off is not None and task.put_off.until is not None:
        day = short_day(task.put_off.until, board.day)
        return _("Put off to {day}").format(day=day), "plain"
    return "", ""


def _reason(task: Task) -> str:
    mark = task.excepted or task.asked or task.put_off
    return mark.reason if mark is not None else ""


def headline(board: Board) -> str:
    """Return the day and, where it is one, the holiday."""
    name = board.fortnight[0].name if board.fortnight else ""
    return f"{long_day(board.day)} · {name}" if name else long_day(board.day)


def nothing_due(board: Board) -> str:
    """Return the sentence of a day on which nothing is due."""
    following = board.next_due
    if following is None:
        return _("Nothing is due.")
    day, what = short_day(following.day, board.day), _(following.what)
    return _("Nothing is due. Next: {day}, {what}.").format(day=day, what=what)


def cells(board: Board) -> list[DayCell]:
    """Return the days of the fortnight."""
    return [DayCell(d.day, d.rest, d.tasks, _day_tip(d)) for d in board.fortnight]


def _day_tip(load: DayLoad) -> str:
    told = [long_day(load.day), load.name]
    if load.tasks:
        told.append(ngettext("{n} task", "{n} tasks", load.tasks))
    if load.people:
        told.append(
            ngettext("the period of {n} person ends", "the periods of {n} people end", load.people)
        )
    return " · ".join(part for part in told if part)


def steps(board: Board) -> list[StepLine]:
    """Return the set-up list."""
    return [
        StepLine(step.key, _(step.title), _(step.why), _(step.label), step.done or step.skipped)
        for step in board.set_up.steps
    ]


def clock_lines(board: Board) -> list[ClockLine]:
    """Return the running terms."""
    return [ClockLine(_(clock.what), clock.since, clock.ends) for clock in board.clocks]


def facts(board: Board) -> list[FactLine]:
    """Return where backup, custody copies and epoch secret stand."""
    safety = board.safety
    return [_backup(safety, board.day), *_custody(safety), *_epoch(safety)]


def _backup(safety: Safety, today: date) -> FactLine:
    if safety.backup_at is None:
        return FactLine("backup", "soon", _("No backup yet"))
    made = office_date(safety.backup_at)
    days = (today - made).days
    tone = "kept" if days < safety.old_after and safety.failed is None else "soon"
    if days <= 0:
        text = _("Backup made today")
    else:
        text = ngettext("Backup made {n} day ago", "Backup made {n} days ago", days)
    return FactLine("backup", tone, text, safety.backup_name)


def _custody(safety: Safety) -> list[FactLine]:
    found = []
    kinds = {"file": _("on a drive"), "sheet": _("on paper")}
    held = [
        " ".join(filter(None, (copy.number, kinds.get(copy.kind), _in_brackets(copy.place))))
        for copy in safety.held
    ]
    if held:
        text = ngettext("{n} custody copy", "{n} custody copies", len(held))
        found.append(FactLine("custody", "kept", text, "; ".join(held)))
    elif safety.roll == "done":
        found.append(FactLine("custody", "overdue", _("No custody copy opens this vault")))
    if safety.lost:
        numbers = ", ".join(copy.number for copy in safety.lost)
        found.append(FactLine("custody", "overdue", _("Lost: {what}").format(what=numbers)))
    if safety.lost_accounts:
        names = ", ".join(one.name for one in safety.lost_accounts)
        found.append(FactLine("custody", "overdue", _("Lost: {what}").format(what=names)))
    if safety.to_replace:
        numbers = ", ".join(copy.number for copy in safety.to_replace)
        found.append(FactLine("custody", "soon", _("To be destroyed: {what}").format(what=numbers)))
    return found


def _in_brackets(place: str) -> str:
    return f"({place})" if place else ""


def _epoch(safety: Safety) -> list[FactLine]:
    found = []
    if safety.roll != "done" or safety.roll_since is not None:
        found.append(
            FactLine(
                "kit",
                "overdue" if safety.roll != "done" else "soon",
                _("Older copies still open what was destroyed"),
            )
        )
    elif safety.to_replace or safety.behind:  # whoever has one of these opens backups of then
        told = _("Older copies are not all closed yet")
        found.append(FactLine("kit", "soon", told, _epoch_text(safety)))
    else:
        found.append(FactLine("kit", "kept", _("Older copies are closed"), _epoch_text(safety)))
    if safety.behind:
        text = ngettext(
            "{n} account still has the old secret",
            "{n} accounts still have the old secret",
            len(safety.behind),
        )
        found.append(FactLine("user", "soon", text, ", ".join(one.name for one in safety.behind)))
    return found


def _epoch_text(safety: Safety) -> str:
    return _("Epoch {n}").format(n=safety.epoch)
