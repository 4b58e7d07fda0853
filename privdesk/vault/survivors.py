"""Opening every payload with the keys of a fresh copy; by two processes when there are many.

In one walk over the keys as they were: each stands in the copy to the byte, and opens; and the
copy has no others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import TYPE_CHECKING

from privdesk.core.beside import Beside
from privdesk.vault import engine
from privdesk.vault.errors import DamagedFileError
from privdesk.vault.freshcopy import Copy
from privdesk.vault.payloads import check_rows

if TYPE_CHECKING:
    from privdesk.vault.engine import Connection

MANY = 100_000  # record numbers from which a second process pays
SPAN = 20_000  # record numbers that a process looks at before it asks for more
_SQL = (
    "SELECT k.id, k.body, coalesce(p.body, x''), f.body FROM {old}.keys k"
    " LEFT JOIN fresh.keys f ON f.id = k.id LEFT JOIN {register}.payloads p ON p.id = k.id"
    " WHERE k.id > ? AND k.id <= ? ORDER BY k.id"
)

File = tuple[Path, bytes]  # with its key
Span = tuple[int, int]  # behind the first, up to the last


def check(
    connection: Connection,
    identity: bytes,
    register: File,
    copy: Copy,
    tick: Callable[[float], None] = lambda _share: None,
) -> None:
    """Open all payloads with the keys of the attached ``fresh``; raise where one does not open.

    The connection has the file of the copy attached as well, and register.db as main;
    ``register`` and ``copy`` are for the other process. ``tick`` is told the share that is done,
    and may raise to stop the work.
    """
    first, last = connection.execute(
        f"SELECT coalesce((SELECT min(id) FROM {copy.schema}.keys), 0),"
        f" coalesce((SELECT max(id) FROM {copy.schema}.keys), 0)"
    ).fetchone()
    spans = deque((at, min(at + SPAN, last)) for at in range(first - 1, last, SPAN))
    sql = _SQL.format(old=copy.schema, register="main")

    def look(span: Span) -> int:
        tick((span[0] - first + 1) / (last - first + 1))
        return _look(connection, sql, identity, copy, span)

    if last - first < MANY:
        seen = sum(map(look, spans))
    else:
        with Beside(_look_beside, identity, register, copy) as beside:
            seen = _share(beside, look, spans)
    if connection.execute("SELECT count(*) FROM fresh.keys").fetchone()[0] != seen:
        raise DamagedFileError(file=copy.fresh.name)


def _share(beside: Beside, look: Callable[[Span], int], spans: deque[Span]) -> int:
    """Divide the spans between both processes as they come to them; return the owners seen."""
    seen = asked = 0
    while spans or asked:
        while asked and (beside.ready or not spans):
            seen += beside.receive()
            asked -= 1
        while spans and asked < 2:  # one in hand, one to go on with
            beside.send(spans.popleft())
            asked += 1
        if spans:
            seen += look(spans.popleft())
    return seen


def _look(connection: Connection, sql: str, identity: bytes, copy: Copy, span: Span) -> int:
    """Open the payloads of a span; return of how many owners."""
    rows = connection.execute(sql, span).fetchall()
    if any(old != fresh for _owner, old, _body, fresh in rows):
        raise DamagedFileError(file=copy.fresh.name)
    check_rows(identity, ((owner, fresh, body) for owner, _old, body, fresh in rows))
    return len(rows)


def _look_beside(pipe: Pipe, identity: bytes, register: File, copy: Copy) -> None:
    connection = engine.bare()
    try:
        engine.attach_to_read(connection, "register", *register)
        engine.attach_to_read(connection, copy.schema, copy.path, copy.old)
        engine.attach_to_read(connection, "fresh", copy.fresh, copy.key)
        sql = _SQL.format(old=copy.schema, register="register")
        while True:
            pipe.send(_look(connection, sql, identity, copy, pipe.recv()))
    finally:
        connection.close()
