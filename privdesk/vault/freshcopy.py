"""A freshly encrypted copy of one of the vault's files, beside it as ``*.next``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from privdesk.core import system
from privdesk.vault.engine import APPLICATION_ID, FILES, SCHEMA_FORMAT
from privdesk.vault.session import Vault


def place(vault: Vault, schema: str) -> Path:
    """Return where the fresh copy of a file lies until it takes the file's place."""
    return vault.folder / (FILES[schema] + ".next")


@contextmanager
def attached(vault: Vault, schema: str, key: bytes) -> Iterator[None]:
    """Have the fresh copy attached as ``fresh`` for the length of the block."""
    path = str(place(vault, schema))
    vault.raw.execute("ATTACH ? AS fresh KEY ?", (path, f"x'{key.hex()}'"))
    try:
        yield
    finally:
        vault.raw.execute("DETACH fresh")


def write(vault: Vault, schema: str, key: bytes, mark: str, values: Sequence[object]) -> Path:
    """Export a file under ``key``, durably; ``mark`` is the SQL that says what the copy is.

    What SQLCipher's export drops (version and application id) is set again.
    """
    path = place(vault, schema)
    for stale in (path, path.with_name(path.name + "-journal")):
        stale.unlink(missing_ok=True)
    raw = vault.raw
    with attached(vault, schema, key):
        raw.execute("PRAGMA fresh.journal_mode = OFF")
        raw.execute("PRAGMA fresh.synchronous = OFF")
        raw.execute("SELECT sqlcipher_export('fresh', ?)", (schema,)).fetchall()
        raw.execute(mark, values)
        raw.execute(f"PRAGMA fresh.user_version = {SCHEMA_FORMAT}")
        raw.execute(f"PRAGMA fresh.application_id = {APPLICATION_ID}")
    path.chmod(system.file_mode(vault.folder))
    system.fsync_file(path)
    return path
