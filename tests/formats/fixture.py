"""Make the fixture of the newest format: ``make format-fixture``. Released ones are never touched.

FORMAT.md, section 13, says when and what else belongs to it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy.dialects import sqlite

from privdesk.core import system
from privdesk.core.fields import Audience
from privdesk.registers import REGISTERS, models
from privdesk.vault import backup, migrate
from privdesk.vault.schema import Base
from tests.flows import folk
from tests.formats import office

NEWEST = 1  # the number of the newest fixture
RELEASED = 0  # fixtures up to this number are of a release, and frozen
FOLDER = Path(__file__).parent / "fixtures"
LARGEST = 1_500_000  # bytes of a backup in the repository


def part(number: int, ending: str) -> Path:
    """Return a file of a fixture: ``pdbackup``, ``key``, ``txt`` or ``json``."""
    return FOLDER / f"format-{number}.{ending}"


def program() -> dict[str, Any]:
    """Return what this program writes: revision, columns of its tables, slots of sealed fields."""
    models.load()
    return {
        "revision": migrate.newest(),
        "tables": {name: _columns(name) for name in sorted(Base.metadata.tables)},
        "slots": {r.name: slots for r in REGISTERS if (slots := _slots(r.fields))},
    }


def _columns(table: str) -> list[str]:
    told = []
    for column in Base.metadata.tables[table].columns:
        kind = column.type.compile(dialect=sqlite.dialect())
        told.append(f"{column.name} {kind}{'' if column.nullable else ' NOT NULL'}")
    return told


def _slots(fields: Any) -> dict[str, str]:
    keys = {Audience.PERSONAL: "people", Audience.OFFICE: "office"}
    return {f.name: f"{f.slot} {keys[f.audience]}" for f in fields if f.slot is not None}


def make(number: int) -> None:
    """Make an office and write its backup, custody copy, checkpoint and what is known of it."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        account = {system.EPOCH_DIR: str(folder / "account"), "LOGNAME": "office"}
        stack.enter_context(patch.dict(os.environ, account))  # names of this machine are no one's
        stack.enter_context(patch("platform.node", return_value="desk-1"))
        desk = office.make(folder)
        try:
            with desk.vault.transaction():  # where its backups lay is nobody's matter
                desk.vault.raw.execute("UPDATE backups SET folder = ''")
                desk.vault.raw.execute("DELETE FROM meta WHERE name = 'backup_at'")
            found = backup.write(desk.vault, folder / "backup", desk.now())
        finally:
            desk.vault.close()
        if found.bytes > LARGEST:
            sys.exit(f"{found.bytes:,} bytes are too many for the repository; make it smaller.")
        FOLDER.mkdir(exist_ok=True)
        shutil.copyfile(found.path, part(number, "pdbackup"))
        told = json.loads((folder / "out" / "custody-2.key").read_text(encoding="utf-8"))
        part(number, "key").write_text(json.dumps(told) + "\n", encoding="utf-8")
        shutil.copyfile(folder / "out" / "checkpoint.txt", part(number, "txt"))
    text = json.dumps({**_known(), **program()}, ensure_ascii=False, indent=1)
    part(number, "json").write_text(text + "\n", encoding="utf-8")


def _known() -> dict[str, Any]:
    known = office.KNOWN
    return {
        "passphrases": office.PASSPHRASES,
        "names": [one.name for one in folk.LIVING],
        "person": {"name": known.name, "phone": known.phone, "source": known.source_id},
        "reason": office.REASON,
        "attachment": sha256(office.SCAN).hexdigest(),
    }


def main() -> int:
    """Make the newest fixture anew unless it was released."""
    if NEWEST <= RELEASED:
        print(f"Format {NEWEST} was released; its fixture stays. FORMAT.md, section 13.")
        return 1
    make(NEWEST)
    print(f"{part(NEWEST, 'pdbackup')}: {part(NEWEST, 'pdbackup').stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
