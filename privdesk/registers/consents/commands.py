"""What the page of the consents asks of the flows: plain values in and out. No Qt.

Everything is called on the database thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from privdesk.core.register import Outcome


class ConsentCommands(Protocol):
    """The procedures that begin at consents."""

    def plan(self, refs: Sequence[str]) -> Any:
        """Return what withdrawing some consents would do, as the dialog shows it."""

    def withdraw(self, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
        """Withdraw consents: event, exceptions, request of destruction, notices."""

    def destroyable(self, refs: Sequence[str]) -> Sequence[str]:
        """Return what a destruction takes of children whose guardian did not agree."""

    def guardian_plan(self, refs: Sequence[str]) -> Any:
        """Return what goes at once where no destruction takes anything."""

    def forget_guardians(self, refs: Sequence[str]) -> Outcome:
        """Destroy that at once."""

    def receipts_out(self, path: Path, reason: str, ref: str) -> Outcome:
        """Write consent receipts, of one person or of everybody."""

    def receipts_in(self, path: Path, reason: str) -> Outcome:
        """Take consent receipts in."""
