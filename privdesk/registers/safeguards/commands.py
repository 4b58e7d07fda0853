"""What the page of the safeguards asks of its service: plain values in and out. No Qt.

Everything is called on the database thread.
"""

from __future__ import annotations

from typing import Protocol

from privdesk.core.register import Outcome


class SafeguardCommands(Protocol):
    """What begins at the page and not at a record."""

    def take_over(self) -> Outcome:
        """Enter what the shipped list has and the office has not."""
