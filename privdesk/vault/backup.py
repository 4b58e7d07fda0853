"""The vault as one file: an uncompressed ZIP of the encrypted files with a manifest.

Written beside the target, opened and checked with the person's keys, then renamed.
search.db is never in it; it is rebuilt. The epoch secret is never in it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from privdesk.core import system
from privdesk.vault import engine
from privdesk.vault.engine import FILES
from privdesk.vault.errors import BackupDamagedError
from privdesk.vault.header import HEADER_FILE
from privdesk.vault.session import Vault, file_key

MANIFEST = "manifest.json"
KIND = "privdesk backup 1"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Made:
    """A backup found good: where, how large, its SHA-256 and the epoch it needs."""

    path: Path
    bytes: int
    digest: str
    epoch: int


def write(
    vault: Vault, target: Path, now: datetime, tick: Callable[[float], None] = lambda _part: None
) -> Made:
    """Write a backup to ``target``; on any failure nothing is left there."""
    target = target.absolute()
    with system.explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".privdesk-", dir=target.parent))
        try:
            return _write(vault, target, staging, now, tick)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _write(
    vault: Vault, target: Path, staging: Path, now: datetime, tick: Callable[[float], None]
) -> Made:
    with vault.reading():
        for path in _sources(vault):
            copy = staging / path.relative_to(vault.folder)
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
    tick(0.3)
    epoch = _check_copy(vault, staging)
    tick(0.6)
    packed = staging / "backup"
    digest = _pack(vault, staging, packed, epoch, now)
    if digest != _digest(packed):
        raise BackupDamagedError(file=target.name, cause="it reads back differently")
    packed.chmod(0o600)
    system.fsync_file(packed)
    os.replace(packed, target)
    system.fsync_folder(target.parent)
    tick(1.0)
    return Made(target, target.stat().st_size, digest, epoch)


def _sources(vault: Vault) -> list[Path]:
    names = [HEADER_FILE, *(n for schema, n in FILES.items() if schema != "search")]
    attachments = sorted((vault.folder / "attachments").glob("*"))
    for link in filter(Path.is_symlink, attachments):
        raise system.SymlinkError(path=link)
    return [vault.folder / name for name in names] + attachments


def _check_copy(vault: Vault, staging: Path) -> int:
    """Open the copies with the keys of the vault, close an unfinished roll in them, check pages."""
    secret = vault.secret()
    roles = vault.unlocked.roles
    key = file_key("main", vault.id, roles, None)
    connection = engine.connect(staging / FILES["main"], key)
    try:
        schemas = ["keys_office"] + (["keys_people"] if vault.sees_people else [])
        for schema in schemas:
            path = staging / FILES[schema]
            engine.attach(connection, schema, path, file_key(schema, vault.id, roles, secret))
        connection.execute("UPDATE meta SET value = 'done' WHERE name = 'roll'")
        for schema in ("main", *schemas):
            faults = engine.check_pages(connection, schema)
            if faults:
                raise BackupDamagedError(file=FILES[schema], cause=faults[0])
        row = connection.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()
        return int(row[0])
    finally:
        connection.close()


def _pack(vault: Vault, staging: Path, packed: Path, epoch: int, now: datetime) -> str:
    files = sorted(p for p in staging.rglob("*") if p.is_file())
    manifest = {
        "kind": KIND,
        "vault": vault.id,
        "epoch": epoch,
        "made": now.isoformat(),
        "files": {str(p.relative_to(staging)): _digest(p) for p in files},
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
        for path in files:
            archive.write(path, str(path.relative_to(staging)))
    return _digest(packed)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
