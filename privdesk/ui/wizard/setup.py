"""What the wizard collects and what it asks of the office's builder. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from privdesk.core.i18n import N_
from privdesk.ui.progress import Progress

# Bands of the law's own thresholds: the lowest number of each band, and its label.
SALES: tuple[tuple[int, str], ...] = (
    (0, N_("Under 1 billion won")),
    (1_000_000_000, N_("1 to 180 billion won")),
    (180_000_000_001, N_("More than 180 billion won")),
)
PEOPLE: tuple[tuple[int, str], ...] = (
    (0, N_("Under 1,000")),
    (1_000, N_("1,000 to 9,999")),
    (10_000, N_("10,000 to 49,999")),
    (50_000, N_("50,000 to 999,999")),
    (1_000_000, N_("1,000,000 or more")),
)


@dataclass(frozen=True)
class Company:
    """Who the office works for; numbers are the lowest of their band."""

    name: str
    sales: int = 0
    people: int = 0
    sensitive: bool = False
    marketing: bool = False
    overseas: bool = False


@dataclass(frozen=True)
class NewOfficer:
    """An officer to be enrolled."""

    name: str
    passphrase: str


@dataclass(frozen=True)
class CustodySheet:
    """A custody copy: who keeps it and where."""

    number: int
    keeper: str
    place: str


@dataclass(frozen=True)
class Missing:
    """A line of the set-up list: what, why it matters, clause, whether it is done."""

    title: str
    why: str
    clause: str = ""
    done: bool = False


class SetUp(Protocol):
    """Builds the office step by step; every call runs on the database thread.

    Everything raises DomainError only, and leaves nothing behind when it does.
    """

    def folder_for(self, company: str) -> Path:
        """Return where a vault of this name would be made (runs on the UI thread; no disk)."""

    def check_folder(self, folder: Path) -> None:
        """Raise when no vault can be made there."""

    def check_passphrase(self, passphrase: str, names: Sequence[str]) -> None:
        """Raise when a passphrase is too weak."""

    def create(
        self,
        folder: Path,
        company: Company,
        language: str,
        officers: Sequence[NewOfficer],
        progress: Progress,
    ) -> None:
        """Make the vault and enrol the officers; the first one stays signed in."""

    def kit(self) -> bytes:
        """Return the recovery kit as PDF."""

    def check_kit(self, source: str) -> str:
        """Open the office with a saved kit (path) or its letters; return the check shown."""

    def custody(self, keeper: str, place: str) -> tuple[CustodySheet, bytes]:
        """Return the custody sheet and its PDF."""

    def check_custody(self, source: str) -> str:
        """Read a custody copy back (path or letters); return the check shown."""

    def missing(self) -> Sequence[Missing]:
        """Return what the office still has to set up."""

    def finish(self) -> object:
        """Return what ``Opener.open`` would have returned for the first officer."""
