"""What the page of the visits asks for: plain values in and out. No Qt.

Everything is called on the database thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from privdesk.core.register import Outcome


@dataclass(frozen=True)
class Counts:
    """How the visit book stands: who is inside, since before today, came in without right; due."""

    inside: int
    overnight: int
    without: int
    expired: int


@dataclass(frozen=True)
class Shown:
    """What a visitor sees before signing: where and since when, the masked name, how long kept."""

    ref: str
    zone: str
    since: str
    name: str
    years: int


class VisitCommands(Protocol):
    """What begins at visits."""

    def counts(self) -> Counts:
        """Return how the visit book stands today."""

    def shown(self, ref: str) -> Shown:
        """Return what a visitor sees before signing."""

    def sign(self, ref: str, written: Sequence[Sequence[Sequence[float]]]) -> Outcome:
        """Record a signature written on the screen."""
