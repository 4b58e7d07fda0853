"""The desk as it will be on another day: the same records, another today."""

from __future__ import annotations

from datetime import date, timedelta

from privdesk.core.clock import FixedClock, start_of
from privdesk.registers.desk import Desk

_NOON = timedelta(hours=12)


class DeskOn(Desk):
    """An open desk that takes ``on`` for its today; for reading only.

    It has services of its own, because those ask their desk what day it is.
    """

    def __init__(self, desk: Desk, on: date) -> None:
        super().__init__(desk.vault, FixedClock(start_of(on) + _NOON), desk.registers.values())
        self._on = on

    def today(self) -> date:
        """Return the chosen day, also one that has passed."""
        return self._on

    def ahead(self) -> timedelta:
        """Return that nothing is: this clock is no workstation's."""
        return timedelta()


def desk_on(desk: Desk, on: date | None) -> Desk:
    """Return the desk itself, or the desk as of another day."""
    return desk if on is None or on == desk.today() else DeskOn(desk, on)
