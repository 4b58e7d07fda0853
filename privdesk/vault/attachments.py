"""Sealed files (scans, evidence, issued papers) in ``attachments/`` under random names.

File: ``PDA1`` then chunks of at most 64 KiB of plaintext, each AES-256-GCM under the
owner's key of the attachment's slot; nonce = chunk index (12 bytes, big-endian), AAD =
``vault (16) | "attachment" | owner u64 | slot u16 | index u32 | last u8``. The key seals
this one file only.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privdesk.core import system
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.vault import engine
from privdesk.vault.errors import MissingFileError, PayloadError
from privdesk.vault.payloads import FILE_SLOTS, OFFICE, PEOPLE, pack_keys, unpack_keys
from privdesk.vault.session import Vault

FOLDER = "attachments"
MAGIC = b"PDA1"
CHUNK = 64 * 1024
_AAD = struct.Struct(">QHIB")
_OURS = re.compile(r"[0-9a-f]{32}(\.new)?")  # a file, or one that was being written
_SEALED = CHUNK + 16


@dataclass(frozen=True)
class Broken:
    """A sealed file that is not as it was stored: its name, its owner, whether it is there."""

    name: str
    owner: int
    missing: bool


def store(vault: Vault, schema: str, owner: int, data: bytes, kind: str) -> str:
    """Seal a file for an owner inside the open transaction; return its name.

    The file is on the disk before the transaction commits; an orphan left by a
    rollback is swept at the next opening.
    """
    row = vault.raw.execute(f"SELECT body FROM {schema}.keys WHERE id = ?", (owner,)).fetchone()
    keys = unpack_keys(row[0]) if row else {}
    slot = max((s for s in keys if s in FILE_SLOTS), default=FILE_SLOTS.start - 1) + 1
    key = os.urandom(32)
    name = os.urandom(16).hex()
    path = _path(vault, name)
    system.atomic_write(
        path, _sealed(vault.id, owner, slot, key, data), system.file_mode(path.parent)
    )
    keys[slot] = (1, key)
    vault.raw.execute(
        f"INSERT INTO {schema}.keys (id, body) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        (owner, pack_keys(keys)),
    )
    vault.raw.execute(
        "INSERT INTO attachments (name, owner, slot, keys, kind, bytes) VALUES (?, ?, ?, ?, ?, ?)",
        (name, owner, slot, schema, kind, len(data)),
    )
    return name


def read(vault: Vault, name: str) -> bytes:
    """Return the content of a sealed file."""
    row = vault.raw.execute(
        "SELECT owner, slot, keys FROM attachments WHERE name = ?", (name,)
    ).fetchone()
    path = _path(vault, name)
    if row is None or not path.is_file():
        raise MissingFileError(file=f"attachments/{name}")
    owner, slot, schema = row
    if schema not in engine.attached(vault.raw):
        raise ForbiddenError(role=vault.role)
    found = vault.raw.execute(f"SELECT body FROM {schema}.keys WHERE id = ?", (owner,)).fetchone()
    keys = unpack_keys(found[0]) if found else {}
    if slot not in keys:
        raise PayloadError(ref=name)
    return _opened(vault.id, owner, slot, keys[slot][1], system.read_bytes(path), name)


def of_owner(vault: Vault, owner: int) -> list[str]:
    """Return the names of an owner's files."""
    rows = vault.raw.execute("SELECT name FROM attachments WHERE owner = ?", (owner,)).fetchall()
    return [row[0] for row in rows]


def forget(vault: Vault, owner: int) -> list[str]:
    """Drop an owner's files from the books inside the transaction; unlink them after its commit.

    Their keys are dropped with the owner's other keys.
    """
    names = of_owner(vault, owner)
    vault.raw.execute("DELETE FROM attachments WHERE owner = ?", (owner,))
    return names


def unlink(vault: Vault, names: list[str]) -> None:
    """Remove files whose books are gone."""
    wanted = set(names)
    if wanted:
        _clear(vault, lambda name: name in wanted)


def sweep(vault: Vault) -> int:
    """Remove files without books (left by a crash); return how many. Others are not ours."""
    known = {row[0] for row in vault.raw.execute("SELECT name FROM attachments").fetchall()}
    return _clear(vault, lambda name: bool(_OURS.fullmatch(name)) and name not in known)


def _clear(vault: Vault, gone: Callable[[str], bool]) -> int:
    """Remove files by name from the folder itself; a link in its place is refused."""
    folder = vault.folder / FOLDER
    if folder.is_symlink():
        raise system.SymlinkError(path=folder)
    with system.explained(folder):
        return system.clear_folder(folder, gone)


def files(folder: Path) -> list[Path]:
    """Return what lies in the attachments of a vault, without folders that somebody made there."""
    found = sorted((folder / "attachments").glob("*"))
    return [path for path in found if path.is_symlink() or not path.is_dir()]


def broken(
    connection: engine.Connection,
    vault: str,
    folder: Path,
    seen: Callable[[int], None] = lambda _size: None,
) -> list[Broken]:
    """Return the files of the books that are missing or damaged in ``folder``.

    ``seen`` is told the size of each file that was looked at, and may raise to stop the work.

    What the connection has the keys of is opened whole; of the others there is no more to
    be known than that they are there, as long as they were, and begin as they must.
    """
    found = []
    for name, owner, slot, size, keys in _books(connection):
        path = folder / "attachments" / name
        if not _whole(vault, path, owner, slot, size, keys):
            found.append(Broken(name, owner, missing=not path.exists()))
        seen(size)
    return found


def _books(connection: engine.Connection) -> Iterator[tuple[str, int, int, int, bytes | None]]:
    """Yield name, owner, slot and size of every file, and its owner's keys where they are open."""
    opened = engine.attached(connection)
    for schema in (PEOPLE, OFFICE):
        keys = "coalesce(k.body, x'')" if schema in opened else "NULL"
        join = f" LEFT JOIN {schema}.keys k ON k.id = a.owner" if schema in opened else ""
        yield from connection.execute(
            f"SELECT a.name, a.owner, a.slot, a.bytes, {keys} FROM attachments a{join}"
            " WHERE a.keys = ? ORDER BY a.owner, a.slot",
            (schema,),
        )


def _whole(vault: str, path: Path, owner: int, slot: int, size: int, keys: bytes | None) -> bool:
    chunks = max(1, -(-size // CHUNK))
    try:
        if path.lstat().st_size != len(MAGIC) + size + 16 * chunks:
            return False
        if keys is None:
            return system.read_bytes(path, len(MAGIC)) == MAGIC
        _version, key = unpack_keys(keys)[slot]
        _opened(vault, owner, slot, key, system.read_bytes(path), path.name)
    except (OSError, DomainError, KeyError):
        return False
    return True


def _path(vault: Vault, name: str) -> Path:
    return vault.folder / "attachments" / name


def _aad(vault: str, owner: int, slot: int, index: int, *, last: bool) -> bytes:
    return bytes.fromhex(vault) + b"attachment" + _AAD.pack(owner, slot, index, last)


def _sealed(vault: str, owner: int, slot: int, key: bytes, data: bytes) -> bytes:
    cipher = AESGCM(key)
    parts = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)] or [b""]
    boxes = [
        cipher.encrypt(
            index.to_bytes(12, "big"),
            part,
            _aad(vault, owner, slot, index, last=index == len(parts) - 1),
        )
        for index, part in enumerate(parts)
    ]
    return MAGIC + b"".join(boxes)


def _opened(vault: str, owner: int, slot: int, key: bytes, sealed: bytes, name: str) -> bytes:
    cipher = AESGCM(key)
    body = sealed[len(MAGIC) :]
    boxes = [body[at : at + _SEALED] for at in range(0, len(body), _SEALED)]
    if sealed[: len(MAGIC)] != MAGIC or not boxes:
        raise PayloadError(ref=name)
    try:
        return b"".join(
            cipher.decrypt(
                index.to_bytes(12, "big"),
                box,
                _aad(vault, owner, slot, index, last=index == len(boxes) - 1),
            )
            for index, box in enumerate(boxes)
        )
    except InvalidTag as why:
        raise PayloadError(ref=name) from why
