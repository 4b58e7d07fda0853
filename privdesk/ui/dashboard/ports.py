"""What the page of figures asks for, and what it is told. No Qt.

Every call runs on the database thread and raises DomainError only. It reads open and office
data alone: a manager, who can open no data subject, is told the same as an officer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from privdesk.core.board import Board, Pair
from privdesk.core.figures import Span


@dataclass(frozen=True)
class Shown:
    """All figures of a span beside those of the one before.

    ``leads`` names by a figure's key the register whose list stands behind it, where this person
    may open that.
    """

    board: Board
    leads: Mapping[str, str]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return all figures in their order."""
        return tuple(pair for group in self.board.groups for pair in group.pairs)


@dataclass(frozen=True)
class Past:
    """What the figures were in the spans that end with the one shown, oldest first.

    ``values`` holds, by key, one number a span; None where it cannot be told. A number is that
    many per cent where the figure is a part of something.
    """

    spans: Sequence[Span]
    values: Mapping[str, Sequence[float | None]]


class Counting(Protocol):
    """Counts for the page."""

    def shown(self, span: Span) -> Shown:
        """Return the figures of a span and of the one before."""

    def past(self, span: Span) -> Past:
        """Return what the figures were in the last spans."""
