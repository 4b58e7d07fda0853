"""How long work says where it stands and learns that it should stop. No Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from privdesk.core.errors import DomainError


class Cancelled(DomainError):
    """Stopped. Nothing was changed."""


@dataclass(frozen=True)
class Stand:
    """Where long work stands; ``total`` 0 means that nobody knows how much is left."""

    stage: str = ""
    done: int = 0
    total: int = 0
    stoppable: bool = True

    @property
    def fraction(self) -> float | None:
        """Return 0 to 1, or None when the end is not known."""
        return min(self.done / self.total, 1.0) if self.total else None


class Progress:
    """Handed to long work; written by its thread, read by the screen.

    The work calls ``between`` where its thread may do something short for somebody else.
    """

    def __init__(self, between: Callable[[], None] = lambda: None) -> None:
        self.between = between
        self._stand = Stand()
        self._stop = threading.Event()
        self._turning = threading.Lock()  # Cancel comes before the point of no return or after it

    @property
    def stand(self) -> Stand:
        """Where the work stands now."""
        return self._stand

    @property
    def stopping(self) -> bool:
        """Whether somebody pressed Cancel."""
        return self._stop.is_set()

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a named stage of ``total`` steps; raises Cancelled."""
        self.check()
        self._stand = Stand(name, 0, total, self._stand.stoppable)

    def at(self, done: int) -> None:
        """Say how many steps of the stage are done; raises Cancelled."""
        self.check()
        self._stand = replace(self._stand, done=done)

    def step(self, steps: int = 1) -> None:
        """Count further steps of the stage; raises Cancelled."""
        self.at(self._stand.done + steps)

    def no_return(self) -> None:
        """From here on the work cannot be stopped; raises Cancelled for the last time."""
        with self._turning:
            self.check()
            self._stand = replace(self._stand, stoppable=False)

    def stop(self) -> None:
        """Ask the work to stop; ignored after the point of no return."""
        with self._turning:
            if self._stand.stoppable:
                self._stop.set()

    def check(self) -> None:
        """Raise Cancelled when somebody pressed Cancel and the work can still stop."""
        if self._stop.is_set() and self._stand.stoppable:
            raise Cancelled
