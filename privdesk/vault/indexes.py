"""For work on very many rows: indexes made at the end, page caches that fit the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from privdesk.vault.engine import CACHE_KIB, Connection, attached

AMPLE_KIB = {"main": 96_000, "keys_office": 4_000, "keys_people": 48_000, "search": 64_000}
LEAN_KIB = {"main": 12_000, "keys_office": 2_000, "keys_people": 4_000, "search": 12_000}


class Postponed:
    """Indexes of register.db, dropped for many inserts and made anew with the same words.

    Worth it for those whose order is not that of the rows: each insert would touch another
    page, and each page is encrypted anew. All in the caller's transaction.
    """

    def __init__(self, connection: Connection, names: Iterable[str]) -> None:
        self._connection = connection
        self._statements: list[str] = []
        for name in names:
            sql = "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND name = ?"
            (statement,) = connection.execute(sql, (name,)).fetchone()
            self._statements.append(statement)
            connection.execute(f"DROP INDEX main.{name}")

    def make(self) -> None:
        """Make the indexes."""
        for statement in self._statements:
            self._connection.execute(statement)
        self._statements = []


@contextmanager
def caches(connection: Connection, sizes: Mapping[str, int]) -> Iterator[None]:
    """Keep page caches of other sizes (KiB by schema) for the length of the block.

    Lean while rows are only added behind others; ample while pages everywhere are changed,
    each of which would be encrypted more than once if it had to leave the cache.
    """
    _set(connection, sizes)
    try:
        yield
    finally:
        _set(connection, CACHE_KIB)


def _set(connection: Connection, sizes: Mapping[str, int]) -> None:
    for schema in attached(connection):
        connection.execute(f"PRAGMA {schema}.cache_size = -{sizes[schema]}")
