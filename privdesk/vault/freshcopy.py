"""A freshly encrypted copy of one of the vault's files, beside it as ``*.next``.

What is done with a copy needs a connection that has the file attached, and nothing else: a
process beside this one can do it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from privdesk.core import system
from privdesk.vault import engine
from privdesk.vault.engine import APPLICATION_ID, FILES, SCHEMA_FORMAT, Connection
from privdesk.vault.errors import DamagedFileError

if TYPE_CHECKING:
    from privdesk.vault.session import Vault


@dataclass(frozen=True)
class Copy:
    """A file with its key, and the key of its copy.

    ``mark`` with ``values`` is the SQL that says in the copy what it is.
    """

    schema: str
    path: Path
    old: bytes
    key: bytes
    mark: str
    values: tuple[object, ...]
    mode: int

    @property
    def fresh(self) -> Path:
        """Where the copy lies until it takes the file's place."""
        return self.path.with_name(self.path.name + ".next")


def of(vault: Vault, schema: str, key: bytes, mark: str, *values: object) -> Copy:
    """Return what is to become of one of the open files of a vault."""
    path = vault.folder / FILES[schema]
    mode = system.file_mode(vault.folder)
    return Copy(schema, path, vault.file_keys[schema], key, mark, values, mode)


@contextmanager
def attached(connection: Connection, copy: Copy) -> Iterator[None]:
    """Have the copy attached as ``fresh`` for the length of the block."""
    connection.execute("ATTACH ? AS fresh KEY ?", (str(copy.fresh), f"x'{copy.key.hex()}'"))
    try:
        yield
    finally:
        connection.execute("DETACH fresh")


def write(connection: Connection, copy: Copy) -> None:
    """Export the file under the new key, durably.

    What SQLCipher's export drops (version and application id) is set again.
    """
    for stale in (copy.fresh, copy.fresh.with_name(copy.fresh.name + "-journal")):
        stale.unlink(missing_ok=True)
    with attached(connection, copy):
        connection.execute("PRAGMA fresh.journal_mode = OFF")
        connection.execute("PRAGMA fresh.synchronous = OFF")
        connection.execute("SELECT sqlcipher_export('fresh', ?)", (copy.schema,)).fetchall()
        connection.execute(copy.mark, copy.values)
        connection.execute(f"PRAGMA fresh.user_version = {SCHEMA_FORMAT}")
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
    copy.fresh.chmod(copy.mode)
    system.fsync_file(copy.fresh)


def check(connection: Connection, copy: Copy, besides: str = "") -> None:
    """Raise unless the copy's pages are whole and every table has as many rows as before.

    ``besides`` is a table whose rows somebody else counts.
    """
    with attached(connection, copy):
        if engine.check_pages(connection, "fresh"):
            raise DamagedFileError(file=copy.fresh.name)
        if _rows(connection, copy.schema, besides) != _rows(connection, "fresh", besides):
            raise DamagedFileError(file=copy.fresh.name)


def _rows(connection: Connection, schema: str, besides: str) -> list[tuple[str, int]]:
    sql = (
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND rootpage > 0"
        " AND name <> ? ORDER BY name"
    )
    names = [row[0] for row in connection.execute(sql, (besides,)).fetchall()]
    count = 'SELECT count(*) FROM {schema}."{name}"'
    return [
        (n, connection.execute(count.format(schema=schema, name=n)).fetchone()[0]) for n in names
    ]
