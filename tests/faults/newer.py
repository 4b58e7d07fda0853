"""A program one release newer: what every vault made by the present one has to be migrated for.

Its migration adds a column and fills it, makes a table anew, and makes another one from records.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from privdesk.flows import opening as desks
from privdesk.flows import rolling
from privdesk.registers.desk import Desk
from privdesk.vault import migrate
from privdesk.vault.engine import Connection
from tests.copies import open_as

OLD, NEW = "0001", "0002"
TORN, LATE = "torn", "late"
_REVISION = '''"""what the next release might bring"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("staff") as batch:
        batch.add_column(sa.Column("badge", sa.Text()))
    op.execute("UPDATE staff SET badge = 'B-' || id")
    with op.batch_alter_table("subjects", recreate="always") as batch:
        batch.add_column(sa.Column("seen", sa.Integer()))
    op.create_table("tallies", sa.Column("name", sa.Text(), primary_key=True),
                    sa.Column("count", sa.Integer()))
    for name in ("subjects", "holdings", "staff", "payloads"):
        op.execute(f"INSERT INTO tallies SELECT '{name}', count(*) FROM {name}")
    op.execute("UPDATE subjects SET seen = 1")
'''


def written(folder: Path) -> Path:
    """Write the migrations of the newer program into a folder; return it."""
    shutil.copytree(migrate._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_next_release.py").write_text(_REVISION, "utf-8")
    return folder


@contextmanager
def newer(migrations: Path) -> Iterator[None]:
    """Be the newer program for the length of the block."""
    before, migrate._FOLDER = migrate._FOLDER, migrations
    migrate.newest.cache_clear()
    try:
        yield
    finally:
        migrate._FOLDER = before
        migrate.newest.cache_clear()


def open_newer(begun: str, vault: Path, migrations: Path, fault: str = "") -> None:
    """Open the desk as the newer program; say so where it begins to migrate.

    For the controls, migrate as none should.
    """
    migrates = {TORN: _torn, LATE: _late}.get(fault, desks._migrate)

    def said(desk: Desk) -> None:
        Path(begun).touch()
        migrates(desk)

    desks._migrate = said
    with newer(migrations):
        open_as(vault).vault.close()


def half(raw: Connection) -> bool:
    """Whether register.db is of neither format."""
    revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    there = [
        bool(
            raw.execute("SELECT 1 FROM pragma_table_info('staff') WHERE name = 'badge'").fetchall()
        ),
        bool(raw.execute("SELECT 1 FROM pragma_table_info('tallies')").fetchall()),
    ]
    there.append(there[1] and raw.execute("SELECT count(*) FROM tallies").fetchone()[0] == 4)
    if there[0]:
        sql = "SELECT count(*) FROM staff WHERE badge IS NULL"
        there.append(raw.execute(sql).fetchone()[0] == 0)
    return set(there) != {revision == NEW}


def _torn(desk: Desk) -> None:
    """Migrate statement by statement."""
    rolling.backup(desk.vault, "migration")
    with desk.vault.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as sql:
        migrate.upgrade(sql)


def _late(desk: Desk) -> None:
    """Migrate first and make the backup afterwards."""
    with desk.vault.transaction() as sql:
        if migrate.is_current(sql, may_migrate=True):
            return
        migrate.upgrade(sql)
    rolling.backup(desk.vault, "migration")
