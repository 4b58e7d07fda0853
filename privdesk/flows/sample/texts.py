"""What the invented office is made of: its texts in ``resources/sample``, its days."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

from privdesk.core.resources import resource


@cache
def office() -> dict[str, Any]:
    """Return the company: its people, items, purposes, places and files."""
    found: dict[str, Any] = read("office")
    return found


@cache
def forms() -> dict[str, Any]:
    """Return the company's collection points and the wordings of its forms."""
    found: dict[str, Any] = read("forms")
    return found


@cache
def names() -> dict[str, Any]:
    """Return the syllables and parts that names and addresses are put together from."""
    found: dict[str, Any] = read("names")
    return found


@cache
def words() -> tuple[str, ...]:
    """Return the words of the passphrases."""
    return tuple(read("passphrases"))


def read(name: str) -> Any:
    """Return one of the files that the invented office is made of."""
    return json.loads(resource("sample", f"{name}.json").read_text(encoding="utf-8"))


def ago(day: date, text: str) -> date:
    """Return the day that lies ``40d``, ``14m`` or ``3y`` before ``day``."""
    count, unit = int(text[:-1]), text[-1]
    if unit == "d":
        return day - timedelta(days=count)
    months = day.year * 12 + day.month - 1 - count * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
