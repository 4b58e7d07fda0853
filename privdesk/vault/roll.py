"""The roll: a new epoch secret, so that older copies of the vault lose their dead.

Order (each step may be interrupted; ``run`` again finishes it):
1. the destroying transaction sets roll = pending;
2. ``next`` secret beside ``current``;
3. fresh encrypted copies of the files beside them (``*.next``);
4. they are verified: pages, rows, digest of the keys, every surviving payload opens;
5. they take the place of the old ones;
6. roll = switched; the header, signed anew, names the new epoch in the same transaction;
7. fresh backup, then the new custody copy, each read back;
8. ``next`` overwrites ``current``;
9. roll = done.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime

from privdesk.core import system
from privdesk.vault import engine, freshcopy, handovers, rotation, survivors
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import DamagedFileError
from privdesk.vault.freshcopy import Copy
from privdesk.vault.search import copying
from privdesk.vault.session import KEYS_WAIT, Vault, facts_table, file_key

ROLLED = ("keys_office", "keys_people", "search")


@dataclass(frozen=True)
class Hands:
    """What a roll needs from outside: a backup, a custody copy, and someone to tell of the stages.

    ``certificate`` makes a new key (32-byte P-256 scalar) and certificate (DER) for the
    office, where that role is rotated. ``stage`` is called with the name of each stage
    before it begins, ``tick`` with the share of one that is done, where it takes long.
    """

    backup: Callable[[], None]
    custody: Callable[[EpochSecret], None]
    certificate: rotation.Certificate
    stage: Callable[[str], None] = lambda _name: None
    tick: Callable[[float], None] = lambda _share: None


def mark_pending(vault: Vault, dropped: str = "") -> None:
    """Call for a roll; inside the transaction that destroys, ``dropped`` at that moment."""
    vault.set_meta("roll", "pending")
    if dropped:
        vault.keys_dropped(dropped)


def state(vault: Vault) -> str:
    """Return ``done``, ``pending`` or ``switched``."""
    return vault.meta("roll") or "done"


def run(vault: Vault, hands: Hands, now: datetime) -> int:
    """Begin or resume a roll and finish it; return the new epoch."""
    if state(vault) != "switched":
        _rekey(vault, hands, now)
    _publish_epoch(vault)
    hands.stage("register")
    rotation.change_register(vault)
    hands.stage("backup")
    hands.backup()
    hands.stage("custody")
    secret = vault.secret()
    hands.custody(secret)
    hands.stage("forget")
    vault.epochs.settle(secret.epoch)
    vault.epochs.drop_apart()  # a restore that waits holds whom the roll is for
    rotation.finish(vault)
    with vault.transaction():
        vault.set_meta("roll", "done")
        vault.set_meta("roll_custody", "")
    return secret.epoch


def redate(
    vault: Vault,
    secret: EpochSecret,
    now: datetime,
    stage: Callable[[str], None] = lambda _name: None,
    tick: Callable[[float], None] = lambda _share: None,
) -> None:
    """Put a restored vault under a secret of a later epoch; nobody else may have it open.

    Without a handover: whoever holds the secret of then does not come by the new one. What a
    crash leaves is of no use.
    """
    vault.epochs.write_next(secret)
    hands = Hands(lambda: None, lambda _secret: None, lambda: (b"", b""), stage, tick)
    files = [schema for schema in ROLLED if schema in engine.attached(vault.raw)]
    _copy(vault, hands, [_copy_of(vault, schema, secret) for schema in files])
    stage("switch")
    for schema in files:
        _switch(vault, schema, secret)
    with vault.transaction():
        _record_switch(vault, secret, now)
        vault.set_meta("roll", "done")
        vault.raw.execute("DELETE FROM handovers")
    vault.publish_header()
    system.fsync_folder(vault.folder)


def _rekey(vault: Vault, hands: Hands, now: datetime) -> None:
    hands.stage("secret")
    epoch = int(vault.meta("epoch") or 1) + 1
    vault.epochs.settle(epoch - 1)  # never overwrite the only copy of the secret in use
    secret = vault.epochs.next()
    if secret is None or secret.epoch != epoch:
        secret = EpochSecret.fresh(vault.id, epoch)
        vault.epochs.write_next(secret)
    rotation.begin(vault, hands.certificate)
    files = [s for s in ROLLED if s in engine.attached(vault.raw) and _epoch(vault, s) != epoch]
    _copy(vault, hands, [_copy_of(vault, schema, secret) for schema in files])
    hands.stage("switch")
    for schema in files:
        _switch(vault, schema, secret)
    system.fsync_folder(vault.folder)
    hands.stage("record")
    with vault.transaction():
        _record_switch(vault, secret, now)
    vault.publish_header()


def _epoch(vault: Vault, schema: str) -> int:
    sql = f"SELECT value FROM {facts_table(schema)} WHERE name = 'epoch'"
    return int(vault.raw.execute(sql).fetchone()[0])


def _copy_of(vault: Vault, schema: str, secret: EpochSecret) -> Copy:
    key = file_key(schema, vault.id, vault.unlocked.roles, secret)
    facts = "fresh.about" if schema == "search" else "fresh.meta"
    mark = f"UPDATE {facts} SET value = ? WHERE name = 'epoch'"
    return freshcopy.of(vault, schema, key, mark, secret.epoch)


def _copy(vault: Vault, hands: Hands, copies: list[Copy]) -> None:
    """Make and check the copies; that of search.db meanwhile, where it is large."""
    hands.stage("copy")
    keys = [copy for copy in copies if copy.schema != "search"]
    with ExitStack() as stack:
        search = [copying.begin(stack, vault.raw, c) for c in copies if c not in keys]
        for copy in keys:
            freshcopy.write(vault.raw, copy)
        hands.stage("verify")
        for number, copy in enumerate(keys):

            def tick(share: float, before: int = number) -> None:
                hands.tick((before + share) / len(keys))

            freshcopy.check(vault.raw, copy, besides="keys")
            with freshcopy.attached(vault.raw, copy):
                register = (vault.folder / FILES["main"], vault.file_keys["main"])
                survivors.check(vault.raw, bytes.fromhex(vault.id), register, copy, tick)
        for finished in search:
            finished()


def _switch(vault: Vault, schema: str, secret: EpochSecret) -> None:
    path = vault.folder / FILES[schema]
    engine.detach(vault.raw, schema)
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        raise DamagedFileError(file=journal.name)
    copy = _copy_of(vault, schema, secret)
    os.replace(copy.fresh, path)
    vault.attach(schema, copy.key)


def _record_switch(vault: Vault, secret: EpochSecret, now: datetime) -> None:
    vault.set_meta("roll", "switched")
    vault.set_meta("epoch", str(secret.epoch))
    vault.store_header(replace(vault.header, epoch=secret.epoch))
    vault.set_meta("rolled_at", now.isoformat())
    vault.set_meta(KEYS_WAIT, "")
    vault.raw.execute(
        "UPDATE custody_copies SET state = 'to-replace' WHERE state IN ('held', 'making')"
    )
    handovers.leave(vault, secret)


def _publish_epoch(vault: Vault) -> None:
    """Have vault.json name the epoch that the databases are at.

    It is committed with them; where writing it failed, the next try stores it once more.
    """
    epoch = int(vault.meta("epoch") or 1)
    if vault.header.epoch == epoch:
        return
    with vault.transaction():
        vault.store_header(replace(vault.header, epoch=epoch))
    vault.publish_header()
