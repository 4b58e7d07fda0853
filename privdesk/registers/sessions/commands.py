"""What the page of the sessions asks of the flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from privdesk.core.register import Outcome


@dataclass(frozen=True)
class Counts:
    """How the office stands today: who must be trained, is, is not, and lapses within a month."""

    needed: int
    current: int
    over: int
    lapsing: int


@dataclass(frozen=True)
class Person:
    """One line of the sheet that is ticked; ``result`` and ``score`` as they are recorded."""

    staff: int
    name: str
    number: str
    department: str
    result: str = ""
    score: int | None = None


@dataclass(frozen=True)
class Sheet:
    """The sheet of a session; ``test`` says whether there are points."""

    ref: str
    title: str
    test: bool
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Pasted:
    """What pasted lines say: people as the sheet has them, and lines not understood in words."""

    people: tuple[Person, ...]
    faults: tuple[str, ...]


class TrainingCommands(Protocol):
    """Implemented where the flows are known."""

    def counts(self) -> Counts:
        """Return how the office stands today."""

    def sheet(self, ref: str) -> Sheet:
        """Return who is on the sheet of a session."""

    def pasted(self, text: str) -> Pasted:
        """Return what lines copied from a spreadsheet say; nothing is changed."""

    def record(self, ref: str, people: Sequence[Person]) -> Outcome:
        """Record attendance and points of these people; who is not on the sheet is put there."""
