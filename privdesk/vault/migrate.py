"""Migrations of register.db by Alembic: the numbered files in ``migrations/versions``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from privdesk.vault.errors import NewerVaultError, OlderVaultError

_FOLDER = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """Return the newest revision, such as ``0001``."""
    names = (path.name for path in (_FOLDER / "versions").glob("*.py"))
    return max((m.group(1) for name in names if (m := re.match(r"(\d{4})_", name))), default="0000")


def stamp_newest(sql: Connection) -> None:
    """Mark a database that was just made from the models as up to date."""
    sql.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    sql.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (newest(),))


def revision(sql: Connection) -> str:
    """Return the revision of an open register.db."""
    return str(sql.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def is_current(sql: Connection, *, may_migrate: bool) -> bool:
    """Return whether the schema is the newest; refuse newer ones, and older ones without the
    right.
    """
    found = revision(sql)
    if found > newest():
        raise NewerVaultError(found=found, known=newest())
    if found < newest() and not may_migrate:
        raise OlderVaultError
    return found == newest()


def upgrade(sql: Connection, target: str = "head") -> None:
    """Bring register.db up to date inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = sql
    command.upgrade(config, target)
