"""What the page of figures asks for, and what it is told. No Qt.

Every call runs on the database thread and raises DomainError only. It reads open and office
data alone: a manager, who can open no data subject, is told the same as an officer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from privdesk.core.figures import Figure, Span


@dataclass(frozen=True)
class Pair:
    """A figure of the span, and the same of the span before where that can be told.

    ``leads`` names the register whose list stands behind it, empty where this person has none.
    """

    now: Figure
    before: Figure | None = None
    leads: str = ""


@dataclass(frozen=True)
class Topic:
    """Figures that belong together; ``title`` is a message id."""

    key: str
    title: str
    pairs: Sequence[Pair]


@dataclass(frozen=True)
class Shown:
    """All figures of ``span``, cut at ``today`` while it runs, beside those of ``before``."""

    span: Span
    before: Span
    today: date
    topics: Sequence[Topic]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Return all figures in their order."""
        return tuple(pair for topic in self.topics for pair in topic.pairs)


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
