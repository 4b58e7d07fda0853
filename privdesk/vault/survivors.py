"""Opening every payload with the keys of a fresh copy; by two processes when there are many."""

from __future__ import annotations

from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3.dbapi2 as dbapi

from privdesk.core.beside import Beside
from privdesk.vault.payloads import check_row

if TYPE_CHECKING:
    from privdesk.vault.engine import Connection

MANY = 100_000  # owners from which a second process pays
OURS = 40  # in a hundred: this process has the pages and the keys to check besides
_AT_ONCE = 5_000
_SQL = (
    "SELECT k.id, k.body, p.body FROM fresh.keys k LEFT JOIN main.payloads p ON p.id = k.id"
    " WHERE k.id > ? AND k.id <= ? ORDER BY k.id"
)

File = tuple[Path, bytes]  # with its key


def check(connection: Connection, identity: bytes, register: File, fresh: File) -> None:
    """Open all payloads with the keys of the attached ``fresh``; raise where one does not open.

    ``register`` and ``fresh`` are the same files, for the other process.
    """
    count, first, last = connection.execute(
        "SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM fresh.keys"
    ).fetchone()
    if count < MANY:
        check_between(connection, identity, first - 1, last)
        return
    middle = first + (last - first) * OURS // 100
    with Beside(_check_beside, identity, register, fresh, middle, last) as beside:
        check_between(connection, identity, first - 1, middle)
        beside.receive()


def check_between(connection: Connection, identity: bytes, after: int, last: int) -> None:
    """Open the payloads of the owners behind ``after`` up to ``last``."""
    cursor = connection.execute(_SQL, (after, last))
    while rows := cursor.fetchmany(_AT_ONCE):
        for owner, keys, body in rows:
            check_row(identity, owner, keys, body or b"")


def _check_beside(
    pipe: Pipe, identity: bytes, register: File, fresh: File, after: int, last: int
) -> None:
    connection = dbapi.connect(f"file:{_quoted(register[0])}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{register[1].hex()}'\"")
        uri = f"file:{_quoted(fresh[0])}?mode=ro"
        connection.execute("ATTACH ? AS fresh KEY ?", (uri, f"x'{fresh[1].hex()}'"))
        check_between(connection, identity, after, last)
    finally:
        connection.close()
    pipe.send(True)


def _quoted(path: Path) -> str:
    return str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
