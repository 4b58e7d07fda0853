"""What the pages of a restore ask for, and what they are told. No Qt.

Every call runs on the database thread and raises DomainError only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from privdesk.ui.progress import Progress
from privdesk.ui.unlock import Person

PLAIN, LIVING, DECLARED = "plain", "living", "declared"
WAYS = (PLAIN, LIVING, DECLARED)


@dataclass(frozen=True)
class Found:
    """What a backup says of itself, and by which of the ways it is best restored here.

    ``opens`` is whether it may be opened as it is with this account's secret, ``dropped`` whether
    not because values were destroyed since; ``folder`` is where the vault may go.
    """

    office: str
    made: datetime
    people: Sequence[Person]
    way: str
    opens: bool
    folder: Path
    dropped: bool = False


@dataclass(frozen=True)
class Wish:
    """Which backup becomes a vault where, by which way, and who opens it."""

    file: Path
    folder: Path
    way: str
    name: str
    passphrase: str
    live: Path | None = None  # the living vault, or a newer backup of it
    custody: str = ""  # a path or the letters


class Restorer(Protocol):
    """Makes a vault of a backup."""

    def look(self, file: Path) -> Found:
        """Read what a backup says of itself."""

    def people(self, live: Path) -> Sequence[Person]:
        """Return who may open a living vault or a newer backup of it."""

    def restore(self, wish: Wish, progress: Progress) -> Path:
        """Make the vault; return its folder. It can be cancelled until it has its name."""


class Approval(Protocol):
    """A restore that waits for the second officer, who has opened it."""

    by: str
    day: date  # of the backup
    living: bool  # whether this account holds the secret of a later vault, which it lets go of

    def numbers(self, paper: Path) -> Sequence[str]:
        """Return the numbers of people and destructions that a paper names."""

    def approve(
        self, told: str, certificate: str, custody: Path | None, progress: Progress, *, lost: bool
    ) -> int:
        """Destroy again whom ``told`` names, and approve; return how many were.

        ``lost`` says that nothing is left of the living vault. It can be cancelled until it is
        approved.
        """
