"""Sealing many new owners: in this process, or in one spawned beside it for large imports."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from privdesk.vault.payloads import seal_row

Plain = Sequence[tuple[int, Sequence[tuple[int, str]]]]
Sealed = list[tuple[int, bytes, bytes]]


class Sealer:
    """Takes chunks of plain values and gives back sealed ones, one chunk later when spawned.

    The values cross to the other process through a pipe between the two, never a file.
    """

    def __init__(self, vault: bytes, *, large: bool) -> None:
        self._vault = vault
        self._pipe: Connection | None = None
        self._process: Any = None
        self._waiting = False
        if large:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, vault), daemon=True)
            self._process.start()
            theirs.close()

    def seal(self, rows: Plain) -> Sealed:
        """Hand in a chunk; return the one before it.

        The answer is taken before more is sent: two full pipes would wait for each other.
        """
        if self._pipe is None:
            return _sealed(self._vault, rows)
        ready = self.finish()
        self._pipe.send(rows)
        self._waiting = True
        return ready

    def finish(self) -> Sealed:
        """Return what is still under way."""
        if not self._waiting or self._pipe is None:
            return []
        self._waiting = False
        found: Sealed = self._pipe.recv()
        return found

    def close(self) -> None:
        """End the other process."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
            self._process.join(5)
            if self._process.is_alive():
                self._process.kill()


def _sealed(vault: bytes, rows: Plain) -> Sealed:
    return [(number, *seal_row(vault, number, values)) for number, values in rows]


def _work(pipe: Connection, vault: bytes) -> None:
    while True:
        try:
            rows = pipe.recv()
        except EOFError:
            return
        pipe.send(_sealed(vault, rows))
