"""The garbage collector runs on the UI thread alone.

Python collects on whichever thread happens to allocate. On the database thread that may
destroy a widget, which Qt answers with a crash. So automatic collection is off while the
window is there, and a timer of the UI thread does it.
"""

from __future__ import annotations

import gc
from time import monotonic

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # milliseconds
FULL_EVERY = 60.0  # seconds


class Sweeper(QObject):
    """Collects young objects often and old ones rarely; ``stop`` gives Python its own way back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._full_at = monotonic()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(EVERY)

    def sweep(self) -> None:
        """Collect the generations that are full, as Python itself would."""
        limits = gc.get_threshold()
        if gc.get_count()[0] < limits[0]:
            return
        gc.collect(0)
        if gc.get_count()[1] > limits[1]:
            gc.collect(1)
            if gc.get_count()[2] > limits[2] and monotonic() - self._full_at > FULL_EVERY:
                self.sweep_all()

    def sweep_all(self) -> None:
        """Collect everything; what is left after start-up need not be looked at again."""
        gc.collect()
        self._full_at = monotonic()

    def settle(self) -> None:
        """Collect everything and set what is left aside, so that later sweeps are short."""
        self.sweep_all()
        gc.freeze()

    def stop(self) -> None:
        """Stop sweeping and let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
