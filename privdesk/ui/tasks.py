"""One database thread with priorities; answers come back on the UI thread.

A widget that was closed or destroyed gets no answer. ``DomainError`` goes to
``failed``; anything else is a bug and goes to the crash handler.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from privdesk.core.errors import DomainError
from privdesk.ui.progress import Progress

T = TypeVar("T")


class Priority(IntEnum):
    """What goes first on the database thread."""

    SCREEN = 0  # somebody waits for it
    BACKGROUND = 1  # counts, findings, the rest of the program
    CLOSE = 2  # the last thing of all


class Ticket:
    """One piece of work; ``drop()`` when its answer is no longer wanted."""

    def __init__(
        self,
        priority: Priority,
        number: int,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[DomainError], object] | None = None,
        after: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        self.priority, self.number, self.key = priority, number, key
        self.owner, self.work = owner, work
        self.done, self.failed, self.after = done, failed, after
        self.dropped = False
        self.begun = False
        self.between = False  # long work may let it in

    def __lt__(self, other: Ticket) -> bool:
        return (self.priority, self.number) < (other.priority, other.number)

    def drop(self) -> None:
        """Give no answer, and do not even begin if it has not begun."""
        self.dropped = True


@dataclass(frozen=True)
class LongWork:
    """Long work in hand, for the bar at the bottom of the page."""

    title: str
    progress: Progress


class _Answer:
    def __init__(
        self, ticket: Ticket, value: object = None, error: BaseException | None = None
    ) -> None:
        self.ticket, self.value, self.error = ticket, value, error


class _Closing(QObject):
    """Drops the tickets of an owner that is closed while they are under way."""

    def __init__(self, drop: Callable[[], None]) -> None:
        super().__init__()
        self._drop = drop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only look; never hold anything up."""
        if event.type() in (QEvent.Type.Close, QEvent.Type.DeferredDelete):
            self._drop()
        return False


class Tasks(QObject):
    """Runs callables on the database thread and brings the answers back."""

    busy = Signal(bool)
    long_started = Signal(object)  # LongWork
    long_ended = Signal(object)  # LongWork
    bug = Signal(object)  # the DomainError that tells of a bug, when nobody else can
    _answered = Signal(object)

    def __init__(
        self,
        crash: Callable[[BaseException], DomainError | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._crash = crash or _to_stderr
        self._numbers = itertools.count()
        self._queue: queue.PriorityQueue[Ticket] = queue.PriorityQueue()
        self._short: queue.SimpleQueue[Ticket] = queue.SimpleQueue()  # what long work lets in
        self._long = 0  # how much long work is in hand
        self._open: list[Ticket] = []
        self._watches: dict[int, tuple[QObject, _Closing]] = {}
        self._last: _Answer | None = None
        self._ended = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name="database", daemon=True)
        self._thread.start()

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[DomainError], object] | None = None,
        priority: Priority = Priority.SCREEN,
        latest: str = "",
        between: bool = False,
    ) -> Ticket:
        """Run ``work`` on the database thread.

        With ``latest`` (a name) an older piece of the same owner and name gives no
        answer any more: for search as you type. Work that only reads, shortly and masked, may
        run ``between`` two steps of long work, inside its transaction.
        """
        if latest:
            for ticket in self._open:
                if ticket.owner is owner and ticket.key == latest:
                    ticket.drop()
        number = next(self._numbers)
        ticket = Ticket(priority, number, owner, work, done, failed, key=latest)
        ticket.between = between
        return self._put(ticket)

    def long(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        *,
        title: str,
        done: Callable[[T], object] | None = None,
        failed: Callable[[DomainError], object] | None = None,
        priority: Priority = Priority.SCREEN,
    ) -> Progress:
        """Run work with named stages and Cancel; a cancelled one fails with ``Cancelled``.

        The bar at the bottom of the page shows it from ``long_started`` to
        ``long_ended``, whether or not its owner still wants the answer.
        """
        progress = Progress(self._serve_between)
        long_work = LongWork(title, progress)

        self._put(
            Ticket(
                priority,
                next(self._numbers),
                owner,
                lambda: work(progress),
                done,
                failed,
                after=lambda: self._end_long(long_work),
            )
        )
        self._long += 1
        self.long_started.emit(long_work)
        return progress

    def _end_long(self, work: LongWork) -> None:
        self._long -= 1
        if not self._long:
            self._short = queue.SimpleQueue()
        self.long_ended.emit(work)

    def _put(self, ticket: Ticket) -> Ticket:
        if self._ended:
            ticket.drop()
            return ticket
        if not self._open:
            self.busy.emit(True)
        self._open.append(ticket)
        self._watch(ticket.owner)
        self._queue.put(ticket)
        if ticket.between and self._long:
            self._short.put(ticket)
        return ticket

    @property
    def open_tickets(self) -> int:
        """How much was asked and is not answered yet."""
        return len(self._open)

    def forget(self, owner: QObject) -> None:
        """Give ``owner`` no more answers to what it asked so far."""
        for ticket in self._open:
            if ticket.owner is owner:
                ticket.drop()

    def finish(self, last: Callable[[], object], then: Callable[[], object]) -> None:
        """Finish what runs, drop the rest, do ``last``, end the thread, and call ``then``.

        Whatever is asked for afterwards is dropped; so nothing meets a vault that ``last``
        has closed.
        """
        self._end(last, then)

    def close(self, last: Callable[[], object] = lambda: None) -> None:
        """Finish what runs, drop the rest, do ``last`` and wait for the thread to end."""
        self._end(last, lambda: None)
        self._thread.join()

    def _end(self, last: Callable[[], object], then: Callable[[], object]) -> None:
        if self._ended:
            return
        for ticket in self._open:
            ticket.drop()
        self._ended = True
        ending = Ticket(
            Priority.CLOSE,
            next(self._numbers),
            self,
            last,
            done=lambda _nothing: then(),
            failed=lambda _error: then(),
        )
        self._open.append(ending)
        self._watch(self)
        self._queue.put(ending)

    def _serve(self) -> None:
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Work on one ticket; on return this thread holds nothing of it any more."""
        ticket = self._queue.get()
        if not ticket.begun:
            self._answer(ticket)
        return ticket.priority is not Priority.CLOSE

    def _serve_between(self) -> None:
        """Let the short reads in that wait while long work goes on; called by it."""
        while not self._short.empty():
            ticket = self._short.get()
            if not ticket.begun:
                self._answer(ticket)

    def _answer(self, ticket: Ticket) -> None:
        ticket.begun = True
        self._answered.emit(_Answer(ticket) if ticket.dropped else _work(ticket))

    @Slot(object)
    def _deliver(self, answer: _Answer) -> None:
        self._last = answer  # until the next one: the widgets in it must not end on that thread
        ticket = answer.ticket
        self._open.remove(ticket)
        if not self._open:
            self.busy.emit(False)
        self._unwatch(ticket.owner)
        if ticket.after is not None:
            ticket.after()
        if answer.error is not None and not isinstance(answer.error, DomainError):
            self._report(ticket, answer.error)
        elif ticket.dropped or not isValid(ticket.owner):
            return
        elif isinstance(answer.error, DomainError):
            if ticket.failed is not None:
                ticket.failed(answer.error)
        elif ticket.done is not None:
            ticket.done(answer.value)

    def _report(self, ticket: Ticket, error: BaseException) -> None:
        told = self._crash(error)
        if told is None:
            return
        if ticket.failed is not None and not ticket.dropped and isValid(ticket.owner):
            ticket.failed(told)
        else:
            self.bug.emit(told)

    def _watch(self, owner: QObject) -> None:
        if id(owner) not in self._watches:
            watch = _Closing(lambda: self.forget(owner))
            self._watches[id(owner)] = (owner, watch)
            owner.installEventFilter(watch)

    def _unwatch(self, owner: QObject) -> None:
        if any(ticket.owner is owner for ticket in self._open):
            return
        _, watch = self._watches.pop(id(owner))
        if isValid(owner):
            owner.removeEventFilter(watch)


def _to_stderr(error: BaseException) -> None:
    from privdesk.ui.crash import to_stderr

    to_stderr(error)


def _work(ticket: Ticket) -> _Answer:
    try:
        return _Answer(ticket, ticket.work())
    except BaseException as error:  # noqa: BLE001 - the edge between thread and screen
        return _Answer(ticket, error=error)
