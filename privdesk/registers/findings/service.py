"""What the page *Today* asks: the board, and decisions about tasks, each journalled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import insert, select, update

from privdesk.core import references
from privdesk.core.errors import DomainError, NotFoundError, UnknownNameError
from privdesk.core.findings import Bucket, Severity
from privdesk.core.i18n import N_, _
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings import board, marks, safety, setup
from privdesk.registers.findings.board import Board, NextDue
from privdesk.registers.findings.collect import gathered
from privdesk.registers.findings.marks import Mark, Task
from privdesk.registers.findings.model import FindingMark
from privdesk.registers.findings.setup import SetUpList
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table

SLOT_REASON = 1
PUT_OFF_DAYS, EXCEPT_DAYS = 31, 366
DECIDES = "officer"
LOOKS_ON = ("manager", "auditor")


class NotAfterTodayError(DomainError):
    """{until} is not after today. Nothing was changed; choose a later day."""


class TooFarError(DomainError):
    """{until} is further off than {days} days. Nothing was changed; choose an earlier day."""


class TaskGoneError(DomainError):
    """This task is no longer as the screen shows it. Nothing was changed; look again with F5."""


class SameOfficerError(DomainError):
    """Who asked for an exception cannot approve it. Nothing was changed; another officer has to
    look at it.
    """


class NotAskedError(DomainError):
    """Nobody asked for an exception from this task. Nothing was changed; look again with F5."""


class ReasonMissingError(DomainError):
    """A decision needs a reason that someone else understands. Nothing was changed; write one."""


class FindingsService:
    """Use from the desk's own thread, as every service."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    def today(self) -> Board:
        """Return everything that waits, by bucket, and what stands beside it."""
        desk = self._desk
        with desk.vault.reading():
            tasks, todo = self._tasks()
            state = safety.look(desk)
            return Board(
                day=desk.today(),
                buckets=board.in_buckets(tasks, desk.today()),
                excepted=tuple(task for task in tasks if task.excepted is not None),
                fortnight=board.fortnight(desk, tasks),
                next_due=board.next_due(desk, tasks, state),
                safety=state,
                clocks=board.clocks(state),
                set_up=todo,
                people=self.people(),
                me=desk.vault.person.id,
                may_decide=desk.vault.role == DECIDES,
                only_looks=desk.vault.role in LOOKS_ON,
                who=self._who(tasks),
            )

    def due_by_page(self) -> Mapping[str, int]:
        """Return how many tasks are overdue or for today, by register: figures in the rail."""
        with self._desk.vault.reading():
            found = board.in_buckets(self._tasks()[0], self._desk.today())
        due = (*found[Bucket.OVERDUE], *found[Bucket.TODAY])
        return Counter(task.finding.register for task in due)

    def due_count(self) -> int:
        """Return how many tasks are overdue or for today."""
        return sum(self.due_by_page().values())

    def set_up(self) -> SetUpList:
        """Return the set-up list: what is done, and what is still missing."""
        with self._desk.vault.reading():
            return gathered(self._desk)[1]

    def next_due(self) -> NextDue | None:
        """Return what comes next after today, for the page on which nothing is due."""
        with self._desk.vault.reading():
            tasks, _todo = self._tasks()
            return board.next_due(self._desk, tasks, safety.look(self._desk))

    def people(self) -> Mapping[int, str]:
        """Return who can be given a task, by number in the vault."""
        head = self._desk.vault.header
        return {p.id: p.name for p in head.people if p.active and p.role != "recovery"}

    # -- deciding

    def give(self, key: str, person: int) -> None:
        """Give a task to a person of the office; it stays where it stands."""
        name = self.people().get(person)
        if name is None:
            raise NotFoundError(what=_(N_("person")), ref=str(person))
        with self._deciding(key) as (change, task):
            self._end(change, task, marks.GIVEN)
            self._mark(change, task, marks.GIVEN, person=person)
            self._note(change, "finding.given", task, "", to=name)

    def pass_on(self, change: Change, giver: int, taker: int) -> int:
        """Give every task that one person has to another; the caller journals it.

        Return how many there were.
        """
        t = table(FindingMark)
        mine = (t.c.state == marks.GIVEN) & (t.c.person == giver)
        return change.sql.execute(update(t).where(mine).values(person=taker)).rowcount

    def put_off(self, key: str, until: date, reason: str) -> None:
        """Put a task off until a day; its legal day stays what it is."""
        self._check(until, PUT_OFF_DAYS, reason)
        with self._deciding(key) as (change, task):
            self._end(change, task, marks.PUT_OFF)
            self._mark(change, task, marks.PUT_OFF, until=until, reason=reason)
            self._note(change, "finding.put-off", task, reason, until=str(until))

    def except_(self, key: str, until: date, reason: str) -> None:
        """Ask for an exception until a day; another officer has to approve it."""
        self._check(until, EXCEPT_DAYS, reason)
        with self._deciding(key) as (change, task):
            self._end(change, task, marks.ASKED)
            self._mark(change, task, marks.ASKED, until=until, reason=reason)
            self._note(change, "finding.excepted", task, reason, step="asked", until=str(until))

    def approve_exception(self, key: str) -> None:
        """Approve what another officer asked for: the task is off the page until that day."""
        with self._deciding(key) as (change, task):
            asked = self._asked(task)
            if self._desk.vault.is_me(asked.person):
                raise SameOfficerError
            self._set(change, asked.id, marks.EXCEPTED)
            self._note(change, "finding.excepted", task, asked.reason, step="approved")

    def refuse_exception(self, key: str, reason: str) -> None:
        """Refuse an exception, or take back one's own; the task stays."""
        self._require_reason(reason)
        with self._deciding(key) as (change, task):
            self._set(change, self._asked(task).id, marks.ENDED)
            self._note(change, "finding.excepted", task, reason, step="refused")

    def take_up(self, key: str) -> None:
        """End the put-off or the exception of a task: it is back where it belongs."""
        with self._deciding(key) as (change, task):
            for mark, action in (
                (task.put_off, "finding.put-off"),
                (task.excepted, "finding.excepted"),
            ):
                if mark is not None:
                    self._set(change, mark.id, marks.ENDED)
                    self._note(change, action, task, "", step="ended")
            if not change.notes:
                raise TaskGoneError

    # -- the set-up list

    def confirm_epoch_folder(self) -> None:
        """Record as a control that the epoch folder is left out of profile backups."""
        self._desk.require(DECIDES)
        self._desk.set_setting(setup.EPOCH_FOLDER, self._desk.today().isoformat())

    def not_needed(self, step: str, reason: str) -> None:
        """Record that the office does not need a step of the set-up list."""
        self._desk.require(DECIDES)
        self._require_reason(reason)
        if step not in {one.key for one in setup.STEPS}:
            raise UnknownNameError(what=_(N_("step")), name=step)
        skipped = self._desk.setting(setup.SKIPPED, [])
        with self._desk.change() as change:
            self._desk.set_setting(setup.SKIPPED, sorted({*skipped, step}))
            change.note("finding.excepted", reason=reason, details={"task": f"set-up {step}"})

    # -- inside

    def _tasks(self) -> tuple[list[Task], SetUpList]:
        """Return all tasks of today with the reasons of decisions, and the set-up list."""
        found, todo = gathered(self._desk)
        known = self._marks()
        made = marks.tasks(found, known, self._desk.today())
        used = {
            mark.id
            for task in made
            for mark in (task.put_off, task.asked, task.excepted)
            if mark is not None
        }
        reasons = {
            number: values.get(SLOT_REASON, "")
            for number, values in self._desk.vault.payloads.read_many(OFFICE, used).items()
        }
        return [board.with_reason(task, reasons) for task in made], todo

    def _marks(self) -> list[Mark]:
        t = table(FindingMark)
        columns = (t.c.id, t.c.key, t.c.state, t.c.since, t.c.through, t.c.count, t.c.until)
        wanted = select(*columns, t.c.person).where(t.c.state != marks.ENDED).order_by(t.c.id)
        with self._desk.vault.reading() as sql:
            return [Mark(*row) for row in sql.execute(wanted)]

    def _who(self, tasks: list[Task]) -> dict[str, str]:
        """Return the names of the persons in charge, by reference."""
        refs = {task.finding.who for task in tasks if task.finding.who}
        numbers = {ref: references.number(ref) for ref in refs}
        names = self._desk.service("staff").titles(sorted(numbers.values()))
        return {ref: names.get(number, ref) for ref, number in numbers.items()}

    @contextmanager
    def _deciding(self, key: str) -> Iterator[tuple[Change, Task]]:
        """One transaction about a task, which must still be as the screen shows it."""
        self._desk.require(DECIDES)
        with self._desk.change() as change:
            yield change, self.task(key)

    def task(self, key: str) -> Task:
        """Return a task as it is now."""
        for task in self._tasks()[0]:
            if task.key == key and task.finding.severity is not Severity.SETUP:
                return task
        raise TaskGoneError

    def _asked(self, task: Task) -> Mark:
        if task.asked is None:
            raise NotAskedError
        return task.asked

    def _check(self, until: date, days: int, reason: str) -> None:
        today = self._desk.today()
        if until <= today:
            raise NotAfterTodayError(until=until)
        if until > today + timedelta(days=days):
            raise TooFarError(until=until, days=days)
        self._require_reason(reason)

    def _require_reason(self, reason: str) -> None:
        if not reason.strip():
            raise ReasonMissingError

    def _mark(
        self,
        change: Change,
        task: Task,
        state: str,
        *,
        person: int | None = None,
        until: date | None = None,
        reason: str = "",
    ) -> None:
        vault = self._desk.vault
        number = vault.new_ids()[0]
        change.sql.execute(
            insert(table(FindingMark)).values(
                id=number,
                key=marks.key_of(task.finding),
                state=state,
                since=task.since,
                through=task.through,
                count=task.finding.count,
                until=until,
                person=vault.person.id if person is None else person,
                made_at=self._desk.now().isoformat(),
            )
        )
        if reason:
            vault.payloads.put(OFFICE, number, {SLOT_REASON: reason.strip()})

    def _end(self, change: Change, task: Task, state: str) -> None:
        """End an earlier decision of this kind about the same task."""
        earlier = {marks.GIVEN: task.given, marks.PUT_OFF: task.put_off, marks.ASKED: task.asked}
        mark = earlier[state]
        if mark is not None:
            self._set(change, mark.id, marks.ENDED)

    def _set(self, change: Change, number: int, state: str) -> None:
        t = table(FindingMark)
        me = self._desk.vault.person.id
        change.sql.execute(update(t).where(t.c.id == number).values(state=state, approver=me))

    def _note(self, change: Change, action: str, task: Task, reason: str, **told: str) -> None:
        one = task.finding
        register = one.register if one.register in self._desk.registers else ""
        record = references.number(one.ref) if one.ref and register else None
        details = {"task": marks.key_of(one), **told}
        change.note(action, register, record, reason=reason, details=details, count=one.count)
