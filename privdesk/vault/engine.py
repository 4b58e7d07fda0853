"""The four encrypted databases behind one connection.

``register.db`` is always ``main``; the others are attached as ``keys_office``,
``keys_people`` and ``search``. SQLCipher 4 with raw keys. ``journal_mode=DELETE`` and
``synchronous=EXTRA`` are set and asserted for each file by name, because an
unqualified pragma changes main only; ATTACH always carries KEY, because without it
SQLCipher silently takes main's key.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as dbapi

from privdesk.vault.errors import DamagedFileError, MissingFileError, NewerVaultError

if TYPE_CHECKING:
    from sqlalchemy import Engine

FILES = {
    "main": "register.db",
    "keys_office": "keys-office.db",
    "keys_people": "keys-people.db",
    "search": "search.db",
}
APPLICATION_ID = 0x70726476  # "prdv"
SCHEMA_FORMAT = 1
CACHE_KIB = {"main": 24_000, "keys_office": 4_000, "keys_people": 16_000, "search": 48_000}

# The driver looks for an adapter of every value but numbers and texts; finding one for bytes and
# for None is three times as fast as finding none (1 µs a value, a million people have five).
dbapi.register_adapter(bytes, memoryview)
dbapi.register_adapter(type(None), lambda nothing: nothing)

DatabaseError = dbapi.DatabaseError
IntegrityError = dbapi.IntegrityError
Connection = Any  # a sqlcipher3 connection; the package ships no types


def connect(path: Path, key: bytes, *, create: bool = False, read_only: bool = False) -> Connection:
    """Open ``register.db`` as main; the key is proved by reading the schema."""
    _present(path, create)
    mode = "ro" if read_only else "rwc" if create else "rw"
    connection = dbapi.connect(
        f"file:{_uri(path)}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        _prepare(connection, "main", path, create)
    except BaseException:
        connection.close()
        raise
    return connection


READING = "privdesk_reading"  # execution option of a transaction that changes nothing


def attach(
    connection: Connection, schema: str, path: Path, key: bytes, *, create: bool = False
) -> None:
    """Attach one of the other files under its own key."""
    _present(path, create)
    mode = "rwc" if create else "rw"
    uri = f"file:{_uri(path)}?mode={mode}"
    connection.execute(f"ATTACH ? AS {schema} KEY ?", (uri, f"x'{key.hex()}'"))
    try:
        _prepare(connection, schema, path, create)
    except BaseException:
        connection.execute(f"DETACH {schema}")
        raise


def bare() -> Connection:
    """Return a connection of a helping process; its main is empty and lives in memory."""
    connection = dbapi.connect("file::memory:", uri=True, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def attach_to_read(connection: Connection, schema: str, path: Path, key: bytes) -> None:
    """Attach a file that is only read."""
    uri = f"file:{_uri(path)}?mode=ro"
    connection.execute(f"ATTACH ? AS {schema} KEY ?", (uri, f"x'{key.hex()}'"))


def detach(connection: Connection, schema: str) -> None:
    """Let go of an attached file."""
    connection.execute(f"DETACH {schema}")


def fits(path: Path, key: bytes) -> bool:
    """Return whether a key opens a database file; nothing is written."""
    connection = dbapi.connect(f"file:{_uri(path)}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def engine_over(connection: Connection) -> Engine:
    """Return a SQLAlchemy engine over the one connection; every transaction is IMMEDIATE.

    Save one with the execution option ``READING``: to commit an IMMEDIATE one over several
    files, SQLite writes and syncs a super-journal (some 20 ms) even where nothing changed.
    """
    from sqlalchemy import create_engine, event  # helping processes do without
    from sqlalchemy.pool import StaticPool

    engine = create_engine(
        "sqlite://",
        module=dbapi,
        creator=lambda: connection,
        poolclass=StaticPool,
        pool_reset_on_return=None,
    )

    @event.listens_for(engine, "begin")
    def _begin(sql: Any) -> None:
        reads = sql.get_execution_options().get(READING, False)
        sql.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def attached(connection: Connection) -> list[str]:
    """Return the schemas open on this connection, main first."""
    names = [row[1] for row in connection.execute("PRAGMA database_list")]
    return [name for name in names if name != "temp"]


def check_pages(connection: Connection, schema: str) -> list[str]:
    """Return what SQLCipher finds wrong with a file's pages; empty when all is well."""
    rows = connection.execute(f"PRAGMA {schema}.cipher_integrity_check").fetchall()
    return [str(row[0]) for row in rows]


def is_sound(connection: Connection, schema: str) -> bool:
    """Whether every page of a file opens and its tables hang together; reads all of it."""
    try:
        told = connection.execute(f"PRAGMA {schema}.quick_check(1)").fetchall()
        return not check_pages(connection, schema) and told == [("ok",)]
    except dbapi.DatabaseError:
        return False


def _present(path: Path, create: bool) -> None:
    if not create and not path.is_file():
        raise MissingFileError(file=path.name)


def _uri(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _prepare(connection: Connection, schema: str, path: Path, create: bool) -> None:
    try:
        _pragmas(connection, schema)
        found = connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0]
        mark = connection.execute(f"PRAGMA {schema}.application_id").fetchone()[0]
    except dbapi.DatabaseError as why:
        raise DamagedFileError(file=path.name) from why
    if create:
        connection.execute(f"PRAGMA {schema}.user_version = {SCHEMA_FORMAT}")
        connection.execute(f"PRAGMA {schema}.application_id = {APPLICATION_ID}")
    elif found > SCHEMA_FORMAT:
        raise NewerVaultError(found=found, known=SCHEMA_FORMAT)
    elif mark != APPLICATION_ID:
        raise DamagedFileError(file=path.name)


def _pragmas(connection: Connection, schema: str) -> None:
    connection.execute(f"SELECT count(*) FROM {schema}.sqlite_master").fetchone()
    _assert(connection, f"{schema}.journal_mode", "delete", lambda v: str(v) == "delete")
    _assert(connection, f"{schema}.synchronous", "EXTRA", lambda v: v == 3)
    _assert(connection, f"{schema}.secure_delete", "ON", lambda v: v == 1)
    connection.execute(f"PRAGMA {schema}.cache_size = -{CACHE_KIB[schema]}")
    if schema == "main":
        _assert(connection, "foreign_keys", "ON", lambda v: v == 1)
        _assert(connection, "trusted_schema", "OFF", lambda v: v == 0)


def _assert(connection: Connection, name: str, value: str, holds: Callable[[Any], bool]) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    found = connection.execute(f"PRAGMA {name}").fetchone()[0]
    if not holds(found):
        message = f"{name} is {found}, not {value}"
        raise RuntimeError(message)
