"""Making a new vault: written into a folder beside the target and renamed when whole."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from privdesk.core import system
from privdesk.vault import engine, lineage, migrate, passphrases, slots
from privdesk.vault.crypto import Cost, KeyPair
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import VaultExistsError
from privdesk.vault.header import ADMIN, HEADER_FILE, ISSUE, PERSONAL, REGISTER, Header
from privdesk.vault.schema import KEYS_SCHEMA, Base
from privdesk.vault.search import schema as search
from privdesk.vault.session import GENERATION, file_key, stamp

ATTACHMENTS = "attachments"


@dataclass(frozen=True)
class NewVault:
    """What a new office decides at the start.

    ``issue`` is the private key of the office's certificate (32-byte P-256 scalar) and
    ``certificate`` the certificate in DER.
    """

    company: str
    officer: str
    passphrase: str
    issue: bytes
    certificate: bytes
    cost: Cost


@dataclass(frozen=True)
class Made:
    """What has to be printed when a vault was made."""

    header: Header
    kit: bytes
    epoch: EpochSecret


def create(folder: Path, new: NewVault, now: datetime) -> Made:
    """Make a vault at ``folder`` and file its epoch secret with the account."""
    folder = folder.absolute()
    if folder.exists() or folder.is_symlink():
        raise VaultExistsError(path=folder)
    passphrases.check(new.passphrase, (new.company, new.officer, "privdesk"))
    system.refuse_unsafe(folder.parent)
    made, roles = _header(new, now)
    building = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    with system.explained(folder):
        system.make_folder(building)
        try:
            _write_files(building, made, roles)
            EpochStore(made.header.vault).write_current(made.epoch)
            os.rename(building, folder)
            system.fsync_folder(folder.parent)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return made


def _header(new: NewVault, now: datetime) -> tuple[Made, dict[str, bytes]]:
    vault = os.urandom(16).hex()
    roles = {role: os.urandom(32) for role in (REGISTER, PERSONAL, ADMIN)} | {ISSUE: new.issue}
    admin = KeyPair(os.urandom(32), roles[ADMIN])
    head = Header(
        vault=vault,
        company=new.company.strip(),
        created=now.isoformat(),
        epoch=1,
        generations=dict.fromkeys((REGISTER, PERSONAL, ADMIN, ISSUE), 1),
        admin_key=admin.signing_public,
        certificate=new.certificate,
        people=(),
    )
    kit, founder, kit_keys = os.urandom(32), KeyPair.fresh(), KeyPair.fresh()
    head = lineage.committed(head, {f"{role}:1": key for role, key in roles.items()})
    head = slots.enrolled(head, new.officer, "officer", new.passphrase, roles, new.cost, founder)
    head = slots.enrolled(head, "Recovery kit 1", "recovery", kit, roles, new.cost, kit_keys)
    head = lineage.extended(head, founder)
    head = lineage.seen(head, head.active("recovery")[0], kit_keys)
    head = head.signed_by(roles[ADMIN])
    return Made(head, kit, EpochSecret.fresh(vault, 1)), roles


def _write_files(building: Path, made: Made, roles: dict[str, bytes]) -> None:
    head = made.header
    vault, epoch = head.vault, made.epoch
    system.make_folder(building / ATTACHMENTS)
    path = building / FILES["main"]
    connection = engine.connect(path, file_key("main", vault, roles, None), create=True)
    try:
        for schema in ("keys_office", "keys_people", "search"):
            key = file_key(schema, vault, roles, epoch)
            engine.attach(connection, schema, building / FILES[schema], key, create=True)
        with engine.engine_over(connection).begin() as sql:
            Base.metadata.create_all(sql)
            migrate.stamp_newest(sql)
            _first_rows(connection, made)
    finally:
        connection.close()
    mode = system.file_mode(building)
    system.atomic_write(building / HEADER_FILE, head.text(), mode)
    for name in FILES.values():
        (building / name).chmod(mode)


def _first_rows(connection: engine.Connection, made: Made) -> None:
    for schema in ("keys_office", "keys_people"):
        create_keys_file(connection, schema, made.header.vault, made.epoch.epoch)
    match_key = os.urandom(32)
    people = [("match", match_key), (lineage.PIN, lineage.pin(made.header))]
    connection.executemany("INSERT INTO keys_people.meta VALUES (?, ?)", people)
    search.create(connection, made.header.vault, made.epoch.epoch)
    rows = {
        "vault": made.header.vault,
        "epoch": str(made.epoch.epoch),
        "next_id": "1",
        "roll": "done",
        GENERATION: "1",
        "header": made.header.digest(),
        "header_previous": made.header.digest(),
    }
    connection.executemany("INSERT INTO main.meta VALUES (?, ?)", list(rows.items()))
    connection.executemany(
        "INSERT INTO main.file_counters VALUES (?, ?, 0)",
        [(name, made.epoch.epoch) for name in ("keys_office", "keys_people", "search")],
    )


def create_keys_file(connection: engine.Connection, schema: str, vault: str, epoch: int) -> None:
    """Create the tables of a keys file and stamp it."""
    for statement in KEYS_SCHEMA:
        connection.execute(statement.format(schema=schema))
    stamp(connection, schema, vault, epoch)
