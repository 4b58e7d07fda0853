"""Work in a process of its own that is killed: at a random moment, or where it says it is.

The processes are forked from a server that has loaded the program already, so that many
kills take little time. Nothing of the test's own process is in them.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from privdesk.core.system import EPOCH_DIR
from privdesk.vault import crypto
from tests import copies, stretching

LONGEST = 120.0  # seconds that any of the work may take


def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.work", "tests.faults.edits"])
    return context


def _in_account(
    account: str,
    known: dict[tuple[str, bytes, crypto.Cost], bytes],
    work: Callable[..., None],
    args: tuple[Any, ...],
) -> None:
    """Run in the child: take on the test's account and the keys it has stretched, then work."""
    copies.be_account(Path(account))
    stretching.KNOWN.update(known)
    crypto.stretch = stretching.stretch
    work(*args)
    os._exit(0)


def begun(work: Callable[..., None], *args: Any) -> ForkServerProcess:
    """Begin work in a process of its own."""
    account = os.environ[EPOCH_DIR]
    process = _context().Process(target=_in_account, args=(account, stretching.KNOWN, work, args))
    process.start()
    return process


def ended(work: Callable[..., None], *args: Any) -> int | None:
    """Let work run to its end; return its exit code."""
    process = begun(work, *args)
    process.join(LONGEST)
    return process.exitcode


def killed_after(seconds: float, work: Callable[..., None], *args: Any) -> bool:
    """Kill work after a while; return whether it was still at it.

    The work makes the file that its first argument names when it begins in earnest.
    """
    return _killed_after(seconds, work, *args)[0]


def _killed_after(seconds: float, work: Callable[..., None], *args: Any) -> tuple[bool, float]:
    """Kill work after a while; return whether it was still at it, and how long it was."""
    started = Path(args[0])
    started.unlink(missing_ok=True)
    process = begun(work, *args)
    while process.is_alive() and not started.exists():
        time.sleep(0.002)
    at = time.monotonic()
    process.join(seconds)
    spent = time.monotonic() - at
    alive = process.is_alive()
    if alive and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
    process.join(LONGEST)
    assert process.exitcode in (0, -signal.SIGKILL)
    return alive, spent


class Killer:
    """Kills work at shares of its own length: that of the last one that came to its end.

    The first one is not killed. Machines differ, and so does what else they have to do.
    """

    def __init__(self) -> None:
        self._length = LONGEST

    def __call__(self, share: float, work: Callable[..., None], *args: Any) -> bool:
        """Kill work after a share of its length; return whether it was still at it."""
        first = self._length == LONGEST
        alive, spent = _killed_after(LONGEST if first else share * self._length, work, *args)
        if not alive:
            self._length = spent
        return alive

    @property
    def length(self) -> float:
        """How long the work is, in seconds."""
        return self._length


def moments(count: int, longest: float, seed: int) -> list[float]:
    """Return random moments, spread over the whole of the work."""
    rng = random.Random(seed)
    return [longest * (n + rng.random()) / count for n in range(count)]
