"""Ids of lines in the order of a column, read from its index in steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from privdesk.vault.search.driver import Connection
from privdesk.vault.search.schema import SORTS, indexed

FIRST_STEP = 500  # lines: several screens
STEP = 20_000  # lines: some 3 ms
NO_END = 2**63 - 1


def in_order(
    connection: Connection, code: int, sort: str, descending: bool, below: int = NO_END
) -> Iterator[str]:
    """Yield the ids (less than ``below``) of a register's lines by ``sort``, then by id.

    Lines without a name come last, whichever way names are sorted.

    They come joined (``17,4,23``), a step at a time. Each step is a query of its own that
    goes on behind the last line, so nothing is left open when the table is closed.
    """
    key = SORTS[sort]
    way, beyond = ("DESC", "<") if descending else ("ASC", ">")
    sql = (
        f"SELECT id FROM search.lines WHERE register = ? {{}} AND id < ?"
        f" ORDER BY {key} {way}, id {way} LIMIT ?"
    )

    def read(condition: str, values: tuple[Any, ...], limit: int) -> str:
        return _joined(connection, sql.format(condition), (code, *values, limit))

    named_first = sort == "name" and not descending
    named, nameless = (f"AND {key} > ''", f"AND {key} = ''") if named_first else ("", "")
    if not indexed(connection):
        yield read(named, (below,), NO_END)
        if nameless:
            yield read(nameless, (below,), NO_END)
        return
    part = read(named, (below,), FIRST_STEP)
    while part:
        yield part
        last = int(part.rpartition(",")[2])
        value = connection.execute(f"SELECT {key} FROM search.lines WHERE id = ?", (last,))
        found = value.fetchone()
        if found is None:
            break
        # One bound on each side: of two upper ones SQLite would seek with the first only.
        same = (found[0], last) if descending else (found[0], last, below)
        part = read(f"AND {key} = ?" + ("" if descending else " AND id > ?"), same, STEP)
        left = STEP - part.count(",") - 1 if part else STEP
        if left > 0:
            more = read(f"AND {key} {beyond} ?", (found[0], below), left)
            part = f"{part},{more}" if part and more else part or more
    last = -1
    while nameless and (part := read(f"{nameless} AND id > ?", (last, below), STEP)):
        yield part
        last = int(part.rpartition(",")[2])


def in_state(connection: Connection, code: int, state: str, below: int = NO_END) -> Iterator[str]:
    """Yield the ids of a register's lines in a state, ascending and joined."""
    sql = (
        "SELECT id FROM search.lines WHERE register = ? AND state = ? AND id > ? AND id < ?"
        " ORDER BY id LIMIT ?"
    )
    last = -1
    while part := _joined(connection, sql, (code, state, last, below, STEP)):
        yield part
        last = int(part.rpartition(",")[2])


def _joined(connection: Connection, sql: str, values: tuple[Any, ...]) -> str:
    """Return the ids of a query in its order; joined by SQLite, four times as fast."""
    found = connection.execute(f"SELECT group_concat(id) FROM ({sql})", values).fetchone()
    return found[0] or ""
