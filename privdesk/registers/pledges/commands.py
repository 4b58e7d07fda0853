"""What the page of the pledges asks of the flows: plain values in and out. No Qt.

Everything is called on the database thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from privdesk.core.register import Outcome
from privdesk.registers.pledges.scans import Page, Stack
from privdesk.ui.progress import Progress


@dataclass(frozen=True)
class Counts:
    """How the office stands: who must have signed and has, who is missing, late sheets, again.

    ``waiting`` are the sheets that wait for a signature; ``every`` the months after which the
    pledge is renewed, 0 for never.
    """

    needed: int
    signed: int
    missing: int
    coming: int
    again: int
    gone: int
    waiting: int
    every: int
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetText:
    """What somebody reads before signing on the screen."""

    ref: str
    title: str
    heading: str
    text: str
    name: str
    about: str
    head: str = ""


class PledgeCommands(Protocol):
    """The procedures that begin at pledges."""

    def counts(self) -> Counts:
        """Return how the office stands today."""

    def draw(self, kind: str, department: str, progress: Progress) -> Outcome:
        """Draw up a pledge for everybody who lacks one."""

    def sheets(
        self, refs: Sequence[str], language: str, department: str, progress: Progress
    ) -> Outcome:
        """Print the sheets of these pledges, or of all that wait, as one file."""

    def renew_every(self, months: int) -> Outcome:
        """Set after how many months the pledge is signed again."""

    def text(self, ref: str, language: str) -> SheetText:
        """Return what a pledge says, with its places filled in."""

    def sign(
        self,
        ref: str,
        written: Sequence[Sequence[Sequence[float]]],
        language: str,
        head: str,
    ) -> Outcome:
        """Record a signature written on the screen."""

    def read(self, paths: Sequence[Path], progress: Progress) -> Stack:
        """Read scans; nothing is changed."""

    def picture(self, stack: Stack, page: Page) -> bytes:
        """Return a page as a PNG, upright where its code says how it lies."""

    def by_hand(self, page: Page, ref: str) -> Page:
        """Return a page that belongs to the pledge somebody chose."""

    def take(self, stack: Stack, on: date, head: str, progress: Progress) -> Outcome:
        """Record the signatures of the sheets on which somebody saw one."""
