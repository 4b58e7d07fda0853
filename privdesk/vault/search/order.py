"""Ids of lines in the order of a column, read from its index in steps."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from privdesk.vault.search.driver import Connection
from privdesk.vault.search.schema import SORTS, indexed

FIRST_STEP = 500  # lines: several screens
STEP = 40_000  # lines: some 10 ms
NO_END = 2**63 - 1


def in_order(
    connection: Connection, code: int, sort: str, descending: bool, below: int = NO_END
) -> Iterator[array[int]]:
    """Yield the ids (less than ``below``) of a register's lines by ``sort``, then by id.

    Each step is a query of its own that goes on behind the last line, so nothing is
    left open when the table is closed half-way.
    """
    key = SORTS[sort]
    way, beyond = ("DESC", "<") if descending else ("ASC", ">")
    sql = (
        f"SELECT id FROM search.lines WHERE register = ? {{}} AND id < ?"
        f" ORDER BY {key} {way}, id {way} LIMIT ?"
    )

    def read(condition: str, values: tuple[Any, ...], limit: int) -> array[int]:
        return _ids(connection, sql.format(condition), (code, *values, limit))

    if not indexed(connection):
        yield read("", (below,), NO_END)
        return
    part = read("", (below,), FIRST_STEP)
    while part:
        yield part
        last = part[-1]
        value = connection.execute(f"SELECT {key} FROM search.lines WHERE id = ?", (last,))
        found = value.fetchone()
        if found is None:
            return
        # One bound on each side: of two upper ones SQLite would seek with the first only.
        same = (found[0], last) if descending else (found[0], last, below)
        part = read(f"AND {key} = ?" + ("" if descending else " AND id > ?"), same, STEP)
        if len(part) < STEP:
            part += read(f"AND {key} {beyond} ?", (found[0], below), STEP - len(part))


def in_state(
    connection: Connection, code: int, state: str, below: int = NO_END
) -> Iterator[array[int]]:
    """Yield the ids of a register's lines in a state, ascending."""
    last = -1
    while part := _ids(
        connection,
        "SELECT id FROM search.lines WHERE register = ? AND state = ? AND id > ? AND id < ?"
        " ORDER BY id LIMIT ?",
        (code, state, last, below, STEP),
    ):
        yield part
        last = part[-1]


def _ids(connection: Connection, sql: str, values: tuple[Any, ...]) -> array[int]:
    return array("q", map(itemgetter(0), connection.execute(sql, values)))


class Members:
    """A set of ids that lie close together: one byte for each in the range."""

    def __init__(self, ids: Iterable[int]) -> None:
        held = array("q", ids)
        self._first = min(held, default=0)
        self._flags = bytearray(max(held, default=-1) - self._first + 1)
        for number in held:
            self._flags[number - self._first] = 1

    def of(self, ids: Iterable[int]) -> array[int]:
        """Return those of ``ids`` that are in the set, in their order."""
        first, flags, end = self._first, self._flags, self._first + len(self._flags)
        return array("q", [n for n in ids if first <= n < end and flags[n - first]])
