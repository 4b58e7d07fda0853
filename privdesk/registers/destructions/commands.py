"""What the destruction page asks of the flow: plain values in, plain values out. No Qt.

Everything is called on the database thread. The flow stands above the registers, so that
whoever wires the desk hands it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from privdesk.ui.progress import Progress


@dataclass(frozen=True)
class Part:
    """Of what is due only one file and purpose, due from the first day to the last."""

    file: str
    purpose: str
    first: date
    last: date

    def text(self) -> str:
        """Return the part as a task's button carries it."""
        return f"{self.file}:{self.purpose}:{self.first}:{self.last}"


def part_of(text: str) -> Part:
    """Return the part that ``Part.text`` told."""
    file, purpose, first, last = text.split(":")
    return Part(file, purpose, date.fromisoformat(first), date.fromisoformat(last))


@dataclass(frozen=True)
class Scope:
    """What a destruction is to take: one of a day, a file, or people by reference.

    ``part`` narrows what is due by the day.
    """

    due_on: date | None = None
    file: str = ""
    refs: tuple[str, ...] = ()
    part: Part | None = None

    @property
    def given(self) -> bool:
        """Whether anything was chosen."""
        return self.due_on is not None or bool(self.file) or bool(self.refs)


@dataclass(frozen=True)
class Lot:
    """What goes of one file for one purpose; ``earliest`` is the earliest due day in it."""

    file: str
    purpose: str
    people: int
    holdings: int
    earliest: date | None = None


@dataclass(frozen=True)
class Sample:
    """One line of the set, masked; ``why`` is a message id where it is left out.

    ``early`` is whether it goes although its day has not come.
    """

    ref: str
    title: str
    file: str
    purpose: str
    due: date | None = None
    why: str = ""
    early: bool = False


@dataclass(frozen=True)
class Planned:
    """An order that would go out: place, file and how many people it names."""

    place: str
    file: str
    people: int


@dataclass(frozen=True)
class Content:
    """What a set takes and leaves out; ``left_out`` is (message id, people).

    ``early`` is how many of the people are not due yet.
    """

    people: int = 0
    holdings: int = 0
    items: tuple[str, ...] = ()
    lots: tuple[Lot, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    samples: tuple[Sample, ...] = ()
    early: int = 0

    @property
    def skipped(self) -> int:
        """How many people stay although they were looked at."""
        return sum(people for _why, people in self.left_out)


@dataclass(frozen=True)
class Preview:
    """What a request would take, and the orders that would go out."""

    content: Content
    places: tuple[Planned, ...] = ()


@dataclass(frozen=True)
class Signed:
    """Who signed which part (``requester``, ``approver``, ``operator``), and when."""

    part: str
    person: str
    at: datetime


@dataclass(frozen=True)
class PlaceOrder:
    """An order to a place with what it answered; ``methods`` are those its medium allows."""

    ref: str
    place: str
    name: str
    file: str
    state: str
    expected: int
    count: int | None = None
    by: str = ""
    on: date | None = None
    method: str = ""
    evidence: bool = False
    methods: tuple[str, ...] = ()

    @property
    def outstanding(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state in ("open", "sent", "differs")


@dataclass(frozen=True)
class Standing:
    """Where a destruction stands, and who sits before it.

    ``approvers`` may sign beside the requester, ``witnesses`` are offered to whoever runs
    it now; ``closings`` names custody copies and accounts that still open the old epoch.
    """

    ref: str
    state: str
    scope: str
    reason: str
    content: Content
    places: tuple[PlaceOrder, ...]
    digest: str
    digest_executed: str
    requested_on: date | None
    approved_on: date | None
    executed_at: datetime | None
    destroyed: int
    tombstones: int
    epoch: int | None
    backup: str
    custody: str
    signed: tuple[Signed, ...]
    two_officers: bool
    me: str
    approvers: tuple[str, ...]
    witnesses: tuple[str, ...]
    witness: str = ""
    due_by: date | None = None
    file: str = ""
    closings: tuple[str, ...] = ()
    cancelled_why: str = ""

    def signer(self, part: str) -> Signed | None:
        """Return the newest signature for a part."""
        return next((s for s in reversed(self.signed) if s.part == part), None)

    @property
    def outstanding(self) -> tuple[PlaceOrder, ...]:
        """Return the orders that no place has confirmed yet."""
        return tuple(order for order in self.places if order.outstanding)

    @property
    def may_approve(self) -> bool:
        """Whether the officer at the desk may sign as the second one."""
        return self.state == "requested" and self.me in self.approvers


@dataclass(frozen=True)
class IssuedPaper:
    """A paper as issued; ``stale`` when more was confirmed after a certificate."""

    title: str
    number: str
    data: bytes
    stale: bool = False


@dataclass(frozen=True)
class Answer:
    """What a place answered to its order."""

    place: str
    by: str
    on: date
    count: int
    method: str = ""
    evidence: Path | None = None


class DestructionCommands(Protocol):
    """The flow of a destruction, as the page drives it."""

    @property
    def stages(self) -> Sequence[str]:
        """The stages of an execution in order, as ``Progress.stage`` names them."""

    @property
    def last_stop(self) -> int:
        """How many of the stages can still be cancelled."""

    def preview(self, scope: Scope) -> Preview:
        """Return what a request would take and leave out; changes nothing."""

    def request(self, scope: Scope, reason: str) -> str:
        """Sign a request; return the destruction's reference."""

    def approve(self, ref: str) -> None:
        """Sign the same digest as the second officer."""

    def execute(
        self, ref: str, custody: Path, witness: str, progress: Progress
    ) -> tuple[str, str, IssuedPaper]:
        """Destroy, roll, verify, certify; return reference, state reached and certificate."""

    def place(self, ref: str, answer: Answer) -> None:
        """Enter a place's answer."""

    def settle(self) -> None:
        """Complete what waits for nothing any more, after an order was accepted or lost."""

    def status(self, ref: str) -> Standing:
        """Return where a destruction stands."""

    def draft(self, code: str, ref: str, language: str) -> IssuedPaper:
        """Return a paper as it would be issued; changes nothing."""

    def print(self, code: str, ref: str, language: str) -> IssuedPaper:
        """Issue a paper: ``d1``, ``d1a`` of a destruction, ``order`` of an order."""

    def certificate(self, ref: str) -> IssuedPaper | None:
        """Return the newest certificate as it was issued, or None."""

    def destruction_of(self, order: str) -> str:
        """Return the destruction that an order belongs to."""
