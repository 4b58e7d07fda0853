"""Invented people and search files for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as dbapi

from privdesk.core import references
from privdesk.vault.search import schema
from privdesk.vault.search.index import add_lines
from privdesk.vault.search.lines import Line

KEY = "x'" + "5a" * 32 + "'"


def attached(path: Path, key: str = KEY) -> Any:
    """Return a connection with ``path`` attached as ``search``, as the vault does it."""
    connection = dbapi.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("ATTACH ? AS search KEY ?", (str(path), key))
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA search.{pragma}")
    return connection


def made(path: Path, lines: Iterable[Line] = (), key: str = KEY) -> Any:
    """Return a connection to a new search file that holds ``lines``."""
    connection = attached(path, key)
    connection.execute("BEGIN IMMEDIATE")
    schema.create(connection, "vault-1", 1)
    add_lines(connection, lines)
    connection.execute("COMMIT")
    return connection


def person(
    number: int,
    name: str,
    phone: str = "",
    email: str = "",
    *,
    register: str = "subjects",
    state: str = "living",
    collected: date | None = None,
    due: date | None = None,
) -> Line:
    """Return the line of one person; the last value is shown and not searched."""
    prefix = {"subjects": "S", "staff": "W"}[register]
    return Line(
        id=number,
        register=register,
        ref=references.make(prefix, number),
        values=(name, phone, email, "비고"),
        searchable=0b111,
        name=name,
        state=state,
        collected=collected,
        due=due,
    )


SURNAMES = "김이박최정강조윤장임"
GIVEN = ("민수", "지원", "서현", "하늘", "영호", "미경", "도윤", "은주", "철", "가람")


def crowd(n: int, first: int = 1) -> list[Line]:
    """Return n people whose values differ in every way that is searched."""
    return [
        person(
            number,
            SURNAMES[number % 10] + GIVEN[number // 10 % 10],
            f"010-{number * 37 % 10_000:04}-{number * 7_919 % 10_000:04}",
            f"{'abcdefghij'[number % 10]}user{number}@example.com",
            state="held" if number % 9 == 0 else "living",
            collected=date(2015, 1, 1 + number % 28),
            due=None if number % 5 == 0 else date(2026, 1 + number % 12, 1),
        )
        for number in range(first, first + n)
    ]
