"""For large imports: indexes made at the end, and page caches kept small meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from privdesk.vault.engine import CACHE_KIB, Connection

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


def lean(connection: Connection, *, on: bool) -> None:
    """Keep small page caches while rows are only added behind others, or large ones again."""
    for schema in (row[1] for row in connection.execute("PRAGMA database_list").fetchall()):
        if schema in CACHE_KIB:
            size = (LEAN_KIB if on else CACHE_KIB)[schema]
            connection.execute(f"PRAGMA {schema}.cache_size = -{size}")
