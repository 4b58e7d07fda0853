"""Write the next migration: what the models have and the newest migration does not make yet.

Usage: python packaging/migration.py "what changed"
"""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from privdesk.registers import models
from privdesk.vault import migrate

FOLDER = Path(migrate.__file__).parent / "migrations"


def main() -> None:
    """Bring an empty database to the newest migration and write the difference as the next."""
    models.load()
    message = sys.argv[1]
    names = [p.name for p in (FOLDER / "versions").glob("*.py")]
    number = max((int(m[1]) for n in names if (m := re.match(r"(\d{4})_", n))), default=0) + 1
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(":memory:"))
    with engine.connect() as sql:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        config.attributes["connection"] = sql
        if number > 1:
            command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    main()
