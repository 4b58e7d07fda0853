"""A backup from before a roll under the living keys: its records, and only keys that still live.

The register comes from the backup, both keys files and the header from the living vault (or a
newer backup of it). So whoever was destroyed since stays destroyed: a sealed value without its
key goes, and so does a key whose value the backup does not have.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.vault import engine, header, hotjournals
from privdesk.vault.engine import FILES, Connection
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import DamagedFileError, MissingFileError, RollPendingError
from privdesk.vault.header import HEADER_FILE, PERSONAL, REGISTER, Header
from privdesk.vault.payloads import FILE_SLOTS, OFFICE, PEOPLE, fitting, unpack_keys
from privdesk.vault.rotation import WAITING
from privdesk.vault.session import GENERATION, PERSONAL_FILES, Unlocked, file_key

KEYS = (OFFICE, PEOPLE)
_BOOKS = ("custody_copies", "custody_losses", "holders", "handovers", "backups")  # of the office
_FACTS = ("rolled_at", "keys_wait_since", "dropped", WAITING)
_SPAN = 10_000


class ForeignLiveError(DomainError):
    """{live} and the backup are not of the same vault. Nothing was changed; name the vault that the
    backup was made of, or a newer backup of it.
    """


class OlderLiveError(DomainError):
    """{live} is older than the backup: it would take everybody away who was entered in between.
    Nothing was changed; name the living vault or a backup that was made later, or restore this
    backup alone.
    """


class StaleLiveError(DomainError):
    """This account’s epoch secret does not open the keys of {live}. Nothing was changed; bring in
    the present custody copy first, or work at the account that opens the living vault.
    """


@dataclass
class Revived:
    """What became of the values: whose are gone or changed since, by owner's record number."""

    epoch: int
    readable: bool  # whether the living register could be read
    destroyed: set[int] = field(default_factory=set)  # owners without any living key
    changed: dict[int, set[int]] = field(default_factory=dict)  # owner -> slots that lost a value
    newer: set[int] = field(default_factory=set)  # owners of keys that the backup does not know


Tick = Callable[[float], None]


def living_files(live: Path, staging: Path, tick: Tick = lambda _share: None) -> None:
    """Copy what a living vault's folder gives into ``staging``, whole also after a crash.

    ``tick`` is told the share that is done, and may raise to stop the work.
    """
    names = [HEADER_FILE, *FILES.values(), *(path.name for path in live.glob("*-journal"))]
    names += [path.name for path in hotjournals.super_journals(live)]
    (staging / "attachments").mkdir(exist_ok=True)
    sealed = (live / "attachments").glob("*")
    copied = [*dict.fromkeys(names)]
    copied += [f"attachments/{p.name}" for p in sealed if p.is_file() and not p.is_symlink()]
    sizes = [(live / name).stat().st_size if (live / name).exists() else 0 for name in copied]
    done = 0
    for name, size in zip(copied, sizes, strict=True):
        with suppress(FileNotFoundError):
            shutil.copyfile(live / name, staging / name)
        done += size
        tick(done / max(sum(sizes), 1))
    hotjournals.repair(staging)


def revive(
    building: Path,
    living: Path,
    unlock: Callable[[Header], Unlocked],
    look: Callable[[Connection], None] = lambda _both: None,
    name: str = "",
    tick: Tick = lambda _share: None,
) -> Revived:
    """Put the living keys into ``building``, an unpacked backup, and fit both to each other.

    ``living`` holds the files of the living vault and is used up; messages call it ``name``.
    ``look`` is called with the
    backup's register as ``main`` and the living one as ``living``, where that can be read;
    ``tick`` is told the share of the records that were fitted. Raises DomainError, after which
    ``building`` is of no use.
    """
    head = header.read(living)
    if head.vault != header.read(building).vault:
        raise ForeignLiveError(live=name)
    unlocked = unlock(head)
    if PERSONAL not in unlocked.roles:
        raise ForbiddenError(role=unlocked.person.role)
    unlocked.roles.update(header.open_former(head, unlocked.roles))  # the backup may be older
    mode = system.file_mode(building)
    for each in (HEADER_FILE, *(FILES[schema] for schema in KEYS)):
        if not (living / each).is_file():
            raise MissingFileError(file=each)
        shutil.copyfile(living / each, building / each)
        (building / each).chmod(mode)
    for path in (living / "attachments").glob("*"):
        if not (building / "attachments" / path.name).exists():
            shutil.move(path, building / "attachments" / path.name)
    connection = _register(building, head, unlocked)
    try:
        secret = _attached(connection, building, head, unlocked, name)
        _refuse_older(connection, name)
        readable = _take_over(connection, living, head, unlocked, look)
        connection.execute("BEGIN IMMEDIATE")
        found = Revived(secret.epoch, readable)
        _fit(connection, head, found, tick)
        _stamp(connection, head, found)
        connection.execute("COMMIT")
    finally:
        connection.close()
    (building / FILES["search"]).unlink(missing_ok=True)
    return found


def _generations(unlocked: Unlocked) -> list[str]:
    names = (n.partition(":")[2] for n in unlocked.roles if n.startswith(REGISTER + ":"))
    return [f":{g}" for g in sorted(names, key=int, reverse=True)]


def _register(folder: Path, head: Header, unlocked: Unlocked) -> Connection:
    """Open the backup's register, under the newest key from now on."""
    path = folder / FILES["main"]
    newest, *_former = _generations(unlocked)
    for generation in _generations(unlocked):
        key = file_key("main", head.vault, unlocked.roles, None, generation)
        if engine.fits(path, key):
            connection = engine.connect(path, key)
            if generation != newest:
                fresh = file_key("main", head.vault, unlocked.roles, None)
                connection.execute(f"PRAGMA rekey = \"x'{fresh.hex()}'\"")
                _set(connection, GENERATION, newest[1:])
            return connection
    raise DamagedFileError(file=path.name)


def _attached(
    connection: Connection, folder: Path, head: Header, unlocked: Unlocked, live: str
) -> EpochSecret:
    """Attach both living keys files with the account's secret; return it."""
    store = EpochStore(head.vault)
    for secret in (store.current(), store.next()):
        if secret is None:
            continue
        with suppress(engine.DatabaseError, DamagedFileError):
            for schema in KEYS:
                role = ":" + str(
                    head.generations[PERSONAL if schema in PERSONAL_FILES else REGISTER]
                )
                key = file_key(schema, head.vault, unlocked.roles, secret, role)
                engine.attach(connection, schema, folder / FILES[schema], key)
            return secret
    raise StaleLiveError(live=live)


def _refuse_older(connection: Connection, live: str) -> None:
    """Refuse living keys that are behind those which the backup was made with."""
    sql = "SELECT name, epoch, counter FROM main.file_counters"
    then = {name: (epoch, counter) for name, epoch, counter in connection.execute(sql).fetchall()}
    for schema in KEYS:
        told = dict(connection.execute(f"SELECT name, value FROM {schema}.meta").fetchall())
        if (int(told["epoch"]), int(told["counter"])) < then.get(schema, (0, 0)):
            raise OlderLiveError(live=live)


def _take_over(
    connection: Connection,
    living: Path,
    head: Header,
    unlocked: Unlocked,
    look: Callable[[Connection], None],
) -> bool:
    """Copy what the office did since with copies and accounts; False where it cannot be read."""
    path = living / FILES["main"]
    key = file_key("main", head.vault, unlocked.roles, None)
    if not path.is_file() or not engine.fits(path, key):
        return False
    connection.execute("ATTACH ? AS living KEY ?", (str(path), f"x'{key.hex()}'"))
    try:
        state = connection.execute("SELECT value FROM living.meta WHERE name = 'roll'").fetchone()
        if state and state[0] != "done":
            raise RollPendingError
        connection.execute("BEGIN IMMEDIATE")
        look(connection)
        for table in _BOOKS:
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM living.{table}")
        for name in (*_FACTS, "next_id"):
            sql = "SELECT value FROM living.meta WHERE name = ?"
            for (value,) in connection.execute(sql, (name,)).fetchall():
                _set(connection, name, value)
        connection.execute("COMMIT")
    except engine.DatabaseError:
        connection.execute("ROLLBACK") if connection.in_transaction else None
        return False
    finally:
        connection.execute("DETACH living")
    return True


def _fit(connection: Connection, head: Header, found: Revived, tick: Tick) -> None:
    """Leave the keys and values that open each other; note whose do not."""
    vault = bytes.fromhex(head.vault)
    files = set(connection.execute("SELECT owner, slot FROM attachments").fetchall())
    owners = {owner for owner, _slot in files}
    left: set[tuple[int, int]] = set()
    for owner, *before, body in _rows(connection, tick):
        keys, boxes, lost = fitting(vault, owner, before, body, files)
        for schema, old, new in zip(KEYS, before, keys, strict=True):
            if new != old:
                _store(connection, f"{schema}.keys", owner, new)
            left |= {(owner, slot) for slot in unpack_keys(new) if slot in FILE_SLOTS}
        if boxes != body:
            _store(connection, "main.payloads", owner, boxes)
        if not any(before):
            found.destroyed.add(owner)
        elif not body and owner not in owners:
            found.newer.add(owner)
        elif lost:
            found.changed[owner] = lost
    gone = [each for each in files if each not in left]
    connection.executemany("DELETE FROM attachments WHERE owner = ? AND slot = ?", gone)


def _rows(connection: Connection, tick: Tick) -> Iterator[tuple[int, bytes, bytes, bytes]]:
    """Yield every owner with its rows in both keys files and its payload row."""
    top = max(
        connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        for table in ("main.payloads", *(f"{schema}.keys" for schema in KEYS))
    )
    sql = (
        "SELECT o.id, coalesce(a.body, x''), coalesce(b.body, x''), coalesce(p.body, x'')"
        f" FROM (SELECT id FROM main.payloads UNION SELECT id FROM {OFFICE}.keys"
        f" UNION SELECT id FROM {PEOPLE}.keys) o"
        f" LEFT JOIN {OFFICE}.keys a ON a.id = o.id LEFT JOIN {PEOPLE}.keys b ON b.id = o.id"
        " LEFT JOIN main.payloads p ON p.id = o.id WHERE o.id > ? AND o.id <= ?"
    )
    for start in range(0, top, _SPAN):
        tick(start / top)
        yield from connection.execute(sql, (start, start + _SPAN)).fetchall()


def _store(connection: Connection, table: str, owner: int, body: bytes) -> None:
    if body:
        connection.execute(f"UPDATE {table} SET body = ? WHERE id = ?", (body, owner))
    else:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (owner,))


def _stamp(connection: Connection, head: Header, found: Revived) -> None:
    """Say in the register which files it belongs to from now on."""
    facts = {"epoch": str(found.epoch), "roll": "done", "roll_custody": ""}
    if not found.readable:  # whoever was removed since is not known: every role changes its key
        facts[WAITING] = json.dumps(sorted(head.generations))
    facts |= {"header": head.digest(), "header_previous": "", "header_text": head.text().decode()}
    for name, value in facts.items():
        _set(connection, name, value)
    connection.execute("DELETE FROM file_counters")
    for schema in KEYS:
        told = dict(connection.execute(f"SELECT name, value FROM {schema}.meta").fetchall())
        row = (schema, int(told["epoch"]), int(told["counter"]))
        connection.execute("INSERT INTO file_counters (name, epoch, counter) VALUES (?, ?, ?)", row)
    highest = max(found.newer, default=0)
    known = connection.execute("SELECT value FROM meta WHERE name = 'next_id'").fetchone()
    _set(connection, "next_id", str(max(int(known[0]) if known else 1, highest + 1)))


def _set(connection: Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO main.meta (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
