"""What the page of questions shows and gives back; whoever knows the registers implements it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from privdesk.core.register import Outcome

YES, NO, NONE = "yes", "no", "na"


@dataclass(frozen=True)
class Line:
    """A question and its answer: ``yes``, ``no``, ``na`` or nothing; ``due`` as it is typed."""

    ref: str
    no: int
    section: str
    question: str
    answer: str = ""
    finding: str = ""
    due: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Asked:
    """All questions of one record; ``due`` is the day that a No begins with."""

    ref: str
    title: str
    lines: tuple[Line, ...]
    due: str = ""


class Answering(Protocol):
    """Reads and records the answers of one kind of record."""

    def asked(self, ref: str) -> Asked:
        """Return the questions of a record as they are answered so far."""

    def record(self, ref: str, lines: Sequence[Line]) -> Outcome:
        """Record these answers, all or none."""
