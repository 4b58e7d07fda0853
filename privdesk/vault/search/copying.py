"""The fresh copy of ``search.db``, made by a process beside this one when the file is large."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection as Pipe

from privdesk.core.beside import Beside
from privdesk.vault import engine, freshcopy
from privdesk.vault.engine import Connection
from privdesk.vault.freshcopy import Copy
from privdesk.vault.search import schema

LARGE = 16 << 20  # bytes from which a second process pays


def begin(stack: ExitStack, connection: Connection, copy: Copy) -> Callable[[], object]:
    """Have the copy made and checked; return what waits for it and raises what went wrong.

    Nothing else may use search.db meanwhile. ``stack`` ends the process in any case.
    """
    if copy.path.stat().st_size < LARGE:
        make(connection, copy)
        return lambda: None
    return stack.enter_context(Beside(_beside, copy)).receive


def make(connection: Connection, copy: Copy) -> None:
    """Write the index of grams as one segment, which nobody deleted is in; copy and check."""
    schema.optimize(connection)
    freshcopy.write(connection, copy)
    freshcopy.check(connection, copy)


def _beside(pipe: Pipe, copy: Copy) -> None:
    connection = engine.bare()
    try:
        engine.attach(connection, copy.schema, copy.path, copy.old)
        make(connection, copy)
    finally:
        connection.close()
    pipe.send(True)
