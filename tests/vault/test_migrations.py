"""Migrations lead to exactly the tables the models declare, also from each earlier release."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from privdesk.registers import models
from privdesk.vault import migrate
from privdesk.vault.errors import NewerVaultError, OlderVaultError
from privdesk.vault.schema import Base

VERSIONS = Path(migrate.__file__).parent / "migrations" / "versions"


@pytest.fixture
def empty() -> Connection:
    """An empty database, unencrypted: only its tables matter here."""
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(":memory:"))
    return engine.connect()


def test_migrated_tables_equal_the_models(empty: Connection) -> None:
    models.load()
    migrate.upgrade(empty)

    context = MigrationContext.configure(empty, opts={"compare_type": True})
    assert compare_metadata(context, Base.metadata) == []
    empty.close()


def test_tables_made_from_the_models_are_stamped_as_newest(empty: Connection) -> None:
    migrate.stamp_newest(empty)

    assert migrate.revision(empty) == migrate.newest()
    assert migrate.is_current(empty, may_migrate=False)
    empty.close()


def test_an_older_format_is_brought_up_by_officers_only(empty: Connection) -> None:
    migrate.stamp_newest(empty)
    empty.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")

    assert not migrate.is_current(empty, may_migrate=True)
    with pytest.raises(OlderVaultError):
        migrate.is_current(empty, may_migrate=False)
    empty.close()


def test_a_newer_format_is_refused(empty: Connection) -> None:
    migrate.stamp_newest(empty)
    empty.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerVaultError):
        migrate.is_current(empty, may_migrate=True)
    empty.close()


def test_revisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))
    numbers = [int(m.group(1)) for n in names if (m := re.match(r"(\d{4})_", n))]

    assert numbers == list(range(1, len(numbers) + 1))
