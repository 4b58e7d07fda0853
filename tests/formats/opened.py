"""A vault as the reader of FORMAT.md opens it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.formats import reader

DATABASES = {"register.db": "REGISTER", "keys-office.db": "REGISTER", "keys-people.db": "PERSONAL"}


@dataclass
class Read:
    """A vault's header and open files, the role keys of who opened it, epoch and secret."""

    folder: Path
    head: dict[str, Any]
    roles: dict[str, bytes]
    epoch: tuple[int, bytes]
    files: dict[str, Any]
    keys: dict[str, bytes]

    @property
    def vault(self) -> str:
        """Its id."""
        return str(self.head["vault"])

    def rows(self, owner: int, file: str = "keys-people.db") -> tuple[bytes, bytes]:
        """Return the keys row and the payload row of an owner."""
        sql = "SELECT body FROM {} WHERE id = ?"
        keys = self.files[file].execute(sql.format("keys"), (owner,)).fetchone()
        body = self.files["register.db"].execute(sql.format("payloads"), (owner,)).fetchone()
        return keys[0], body[0]

    def values(self, owner: int, file: str = "keys-people.db") -> dict[int, str]:
        """Return the sealed values of an owner by slot."""
        return reader.values(self.vault, owner, *self.rows(owner, file))

    def people(self) -> dict[int, dict[str, str]]:
        """Return the data subjects: their items by key, and ``sources``."""
        register = self.files["register.db"]
        items = [key for (key,) in register.execute("SELECT key FROM items ORDER BY id")]
        named = dict(enumerate(items, 1)) | {60_002: "sources"}
        owners = register.execute("SELECT id FROM subjects WHERE state = 'living'").fetchall()
        return {
            owner: {named[slot]: text for slot, text in self.values(owner).items()}
            for (owner,) in owners
        }

    def tables(self) -> dict[str, list[str]]:
        """Return the columns of the tables of register.db, but for Alembic's own."""
        register = self.files["register.db"]
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        names = [name for (name,) in register.execute(f"{sql} ORDER BY name")]
        return {name: _columns(register, name) for name in names if not name.startswith("sqlite_")}

    def close(self) -> None:
        """Close the files."""
        for connection in self.files.values():
            connection.close()


def open_read(folder: Path, name: str, passphrase: str, secret: bytes) -> Read:
    """Open the files a person has keys for; ``secret`` is the text of an epoch or custody file."""
    head = reader.header((folder / "vault.json").read_bytes())
    person = reader.person(head, name)
    slot = person["slot"]
    key = reader.stretched(passphrase, reader.b64(slot["salt"]), slot["cost"])
    exchange, _signing = reader.private_keys(head["vault"], person, key)
    roles = reader.role_keys(head, person, exchange)
    reader.line_of_officers(head, slot)
    told = {n: reader.commitment(head["vault"], n, role_key) for n, role_key in roles.items()}
    if not told.items() <= head["commitments"].items():
        raise ValueError("a role key that no officer signed for")
    found = Read(folder, head, roles, reader.epoch_secret(secret, head["vault"]), {}, {})
    for file, role in DATABASES.items():
        newest = f"{role}:{head['generations'][role]}"
        if newest in roles:
            found.keys[file] = reader.file_key(file, found.vault, roles[newest], *found.epoch)
            found.files[file] = reader.database(folder / file, found.keys[file])
    return found


def _columns(register: Any, table: str) -> list[str]:
    sql = 'SELECT name, type, "notnull" FROM pragma_table_info(?) ORDER BY cid'
    return [
        f"{name} {kind}{' NOT NULL' if never else ''}"
        for name, kind, never in register.execute(sql, (table,))
    ]
