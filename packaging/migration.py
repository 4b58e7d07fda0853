"""Write the migration from the newest revision to the models as they are now.

``migration.py "table of sessions"`` compares an empty database brought to the newest
revision with the models and writes ``NNNN_table_of_sessions.py`` beside the other migrations.
Read it before you commit it: what Alembic cannot see (renamed columns, values) is yours.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from privdesk.registers import models  # noqa: E402
from privdesk.vault import migrate  # noqa: E402
from privdesk.vault.schema import Base  # noqa: E402

MIGRATIONS = ROOT / "privdesk" / "vault" / "migrations"


def differs(sql: Connection) -> bool:
    """Return whether the models say something else than the database."""
    context = MigrationContext.configure(sql, opts={"render_as_batch": True})
    return bool(compare_metadata(context, Base.metadata))


def write(sql: Connection, title: str) -> Path:
    """Write the migration and return its path."""
    number = f"{int(migrate.newest()) + 1:04d}"
    slug = re.sub(r"\W+", "_", title.lower()).strip("_")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = sql
    command.revision(config, message=title, autogenerate=True, rev_id=number)
    return MIGRATIONS / "versions" / f"{number}_{slug}.py"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("title", help="what changes, in a few words")
    chosen = parser.parse_args(arguments)
    models.load()
    with create_engine("sqlite://").connect() as sql:
        migrate.upgrade(sql)
        if not differs(sql):
            print("The migrations say what the models say; nothing to write.")
            return 1
        print(write(sql, chosen.title).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
