"""Where long work stands, on a terminal; nothing is written where nobody looks."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from privdesk.core.i18n import N_, _
from privdesk.ui.progress import Progress


class TerminalProgress(Progress):
    """Writes the stage and how far it is on one line of the terminal."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ""

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a named stage."""
        super().stage(name, total)
        self._tell()

    def at(self, done: int) -> None:
        """Say how many steps are done."""
        super().at(done)
        self._tell()

    def clear(self) -> None:
        """Take the line away."""
        if self._told:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _tell(self) -> None:
        stand = self.stand
        share = "" if stand.fraction is None else f" {stand.fraction:.0%}"
        told = f"{_(stand.stage)}{share}"
        if told != self._told:
            self._told = told
            sys.stderr.write(f"\r\x1b[K{told}")
            sys.stderr.flush()


STOPPING = N_("Stopping…")
NOT_NOW = N_("It can’t be stopped any more; it ends by itself.")


@contextmanager
def stopped_by_key(progress: Progress) -> Iterator[None]:
    """Let Ctrl+C stop the work at a place where nothing is left of it.

    Once more, and it ends at once. Past the point of no return it says so and goes on.
    """

    def pressed(_signal: int, _frame: FrameType | None) -> None:
        if not progress.stand.stoppable:
            sys.stderr.write(f"\n{_(NOT_NOW)}\n")
        elif progress.stopping:
            raise KeyboardInterrupt
        else:
            progress.stop()
            if sys.stderr.isatty():
                sys.stderr.write(f"\n{_(STOPPING)}\n")

    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def shown() -> Iterator[Progress]:
    """Give a progress that is shown where somebody looks."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    progress = TerminalProgress()
    try:
        yield progress
    finally:
        progress.clear()
