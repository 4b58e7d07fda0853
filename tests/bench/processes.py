"""Memory and processor time of processes and their children, as Linux tells them."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]  # where the processes that are measured start
_PAUSE = 0.25


class Peak:
    """Watches the memory (proportional set size) of a process and its children."""

    def __init__(self, pid: int) -> None:
        self.mebibytes = 0.0
        self.processor = 0.0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_PAUSE):
            family = [self._pid, *children(self._pid)]
            self.mebibytes = max(self.mebibytes, proportional(family))
            self.processor = max(self.processor, sum(map(_processor, family)))


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in path.read_text().split()]
        except OSError:
            continue
    return found


def proportional(pids: Sequence[int]) -> float:
    """Return the memory of processes in MiB; what they share is counted once."""
    return sum(map(_proportional, pids)) / 1024


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _processor(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
