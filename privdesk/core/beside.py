"""A process beside this one, joined by a pipe: for work that one processor core cannot do in time.

What crosses the pipe (personal values, keys) never touches a file, and the process ends
with the one that started it. Both ends take turns: whoever has asked waits for the
answer, because two full pipes would wait for each other.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from privdesk.core import system
from privdesk.core.errors import DomainError

_PATIENCE = 1.0  # seconds that a process has to end by itself


class ProcessEndedError(DomainError):
    """A helping process ended before its work was done; perhaps there was too little memory.
    Nothing was changed; close other programs and try again.
    """


class Beside:
    """Runs ``work(pipe, *given)`` in a spawned process; ``work`` is a function of a module."""

    def __init__(self, work: Callable[..., None], *given: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_begin, args=(theirs, work, given), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, told: object) -> None:
        """Hand something over; raises ProcessEndedError where nobody is there any more."""
        try:
            self._pipe.send(told)
        except OSError as why:
            raise ProcessEndedError from why

    def receive(self) -> Any:
        """Return what the process says next; raises what was raised there."""
        try:
            told = self._pipe.recv()
        except (EOFError, OSError) as why:
            raise ProcessEndedError from why
        if isinstance(told, _Raised):
            raise told.error
        return told

    @property
    def ready(self) -> bool:
        """Whether there is something to receive at once."""
        return self._pipe.poll()

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return bool(self._process.is_alive())

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._pipe.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


class Letters:
    """Takes in what comes through a pipe at once, so that the sender never waits; told by kind."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._kept: list[object] = []
        self._ended = False
        self._come = threading.Condition()
        threading.Thread(target=self._take, daemon=True).start()

    def next(self, kind: type[Any]) -> Any:
        """Return the oldest letter of a kind, waiting for it; EOFError where none will come."""
        with self._come:
            while True:
                for letter in self._kept:
                    if isinstance(letter, kind):
                        self._kept.remove(letter)
                        return letter
                if self._ended:
                    raise EOFError
                self._come.wait()

    def _take(self) -> None:
        while not self._ended:
            try:
                told, ended = [self._pipe.recv()], False
            except (EOFError, OSError):
                told, ended = [], True
            with self._come:
                self._kept += told
                self._ended = ended
                self._come.notify()


class _Raised:
    def __init__(self, error: BaseException) -> None:
        self.error = error


def _begin(pipe: Connection, work: Callable[..., None], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    system.no_core_dumps()
    gc.disable()  # the work leaves no cycles behind, and the process does not live long
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            work(pipe, *given)
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as why:  # noqa: BLE001  (the edge: nothing of it may be printed)
            _hand_over(pipe, why)


def _hand_over(pipe: Connection, why: Exception) -> None:
    """Raise an error on the other side; one that cannot travel goes by its kind alone."""
    try:
        pipe.send(_Raised(why))
    except (TypeError, AttributeError, pickle.PicklingError):
        pipe.send(_Raised(RuntimeError(type(why).__name__)))
