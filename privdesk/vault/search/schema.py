"""The tables of ``search.db`` and what is written beside the lines."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.vault.search import tokens
from privdesk.vault.search.driver import Connection

FORMAT = 1  # of the tables; an index of another format is built anew

# Grams: content='' keeps no second copy of the texts. Never contentless_delete: what it
# deletes stays in the file. columnsize=0 and detail=none: a third of the size.
_TABLES = """
CREATE TABLE search.about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE search.registers (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
    n INTEGER NOT NULL DEFAULT 0, prefix TEXT NOT NULL);
CREATE TABLE search.lines (id INTEGER PRIMARY KEY, register INTEGER NOT NULL,
    number INTEGER NOT NULL, ref TEXT NOT NULL, state TEXT NOT NULL, packed TEXT NOT NULL,
    name_key TEXT NOT NULL, collected INTEGER, due INTEGER, searchable INTEGER NOT NULL);
CREATE TABLE search.common (gram TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE search.grams USING fts5(words, content='', columnsize=0, detail=none,
    tokenize='ascii tokenchars _')
"""
_NO_DAY = 1 << 22  # after all days
SORTS = {
    "ref": "number",
    "name": "name_key",
    "state": "state",
    "collected": f"coalesce(collected, {_NO_DAY})",
    "due": f"coalesce(due, {_NO_DAY})",
}
_INDEXES = {f"lines_{name}": f"lines (register, {key})" for name, key in SORTS.items()}
HASH_BYTES = 1 << 20


@dataclass(frozen=True)
class About:
    """What the file says of itself; the vault compares it with what register.db says."""

    format: int
    tokens: int
    vault: str
    epoch: int
    counter: int

    @property
    def current(self) -> bool:
        """Whether this program can use the tables as they are."""
        return (self.format, self.tokens) == (FORMAT, tokens.VERSION)


def create(connection: Connection, vault: str, epoch: int, counter: int = 0) -> None:
    """Make the tables in the attached, empty file."""
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    make_indexes(connection)
    configure(connection, "secure-delete", 1)
    configure(connection, "hashsize", HASH_BYTES)
    facts = {"format": FORMAT, "tokens": tokens.VERSION, "vault": vault}
    facts |= {"epoch": epoch, "counter": counter}
    connection.executemany(
        "INSERT INTO search.about VALUES (?, ?)", [(name, str(v)) for name, v in facts.items()]
    )


def drop(connection: Connection) -> None:
    """Remove everything that ``create`` made, of whichever format it is."""
    listing = "SELECT name FROM search.sqlite_schema WHERE type = 'table' AND name IN ({})"
    names = ("about", "registers", "lines", "grams", "common")
    found = connection.execute(listing.format(",".join("?" * len(names))), names).fetchall()
    for (name,) in found:
        connection.execute(f"DROP TABLE search.{name}")


def about(connection: Connection) -> About | None:
    """Return what the file says of itself; None when it has no tables."""
    if not connection.execute(
        "SELECT 1 FROM search.sqlite_schema WHERE name = 'about' AND type = 'table'"
    ).fetchone():
        return None
    facts = dict(connection.execute("SELECT name, value FROM search.about").fetchall())
    number = {name: int(facts.get(name, 0)) for name in ("format", "tokens", "epoch", "counter")}
    return About(vault=facts.get("vault", ""), **number)


def configure(connection: Connection, option: str, value: int) -> None:
    """Set an option of the index of grams."""
    connection.execute("INSERT INTO search.grams (grams, rank) VALUES (?, ?)", (option, value))


def optimize(connection: Connection) -> None:
    """Write the index of grams as one segment; nothing deleted is left in it."""
    connection.execute("INSERT INTO search.grams (grams) VALUES ('optimize')")


def make_indexes(connection: Connection) -> None:
    """Make the indexes of the lines that are missing."""
    for name, columns in _INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS search.{name} ON {columns}")


def drop_indexes(connection: Connection) -> None:
    """Remove the indexes of the lines; a bulk import makes them afterwards in half the time."""
    for name in _INDEXES:
        connection.execute(f"DROP INDEX search.{name}")


def indexed(connection: Connection) -> bool:
    """Whether the lines have their indexes; while a bulk import runs they may not."""
    return bool(
        connection.execute(
            "SELECT 1 FROM search.sqlite_schema WHERE type = 'index' AND name = 'lines_name'"
        ).fetchone()
    )


def register_names(connection: Connection) -> dict[int, str]:
    """Return the registers that have had lines, by their codes in the file."""
    return dict(connection.execute("SELECT code, name FROM search.registers").fetchall())
