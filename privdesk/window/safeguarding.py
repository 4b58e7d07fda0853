"""The list of safeguards as its page drives it."""

from __future__ import annotations

from privdesk.core.register import Outcome
from privdesk.registers.desk import Desk


class Safeguarding:
    """Implements what the page of the safeguards asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take_over(self) -> Outcome:
        """Enter what the shipped list has and the office has not."""
        outcome: Outcome = self._desk.service("safeguards").take_over()
        return outcome
