"""Why something was not deleted, kept as what it says and told in whatever language is spoken.

The office refuses in the words of its officer; what the program itself works out, that a law
keeps a purpose's data until a day, is stored as purpose, law and day, so that a letter in
another language tells it in that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from privdesk.core import laws
from privdesk.core.i18n import N_, _, current, words
from privdesk.core.register import Row
from privdesk.documents.phrases import day
from privdesk.registers.desk import Desk

KEPT = N_("“{purpose}”: {law} keeps it until {until}.")
FROM = N_("“{purpose}”: {law} keeps it until {until}, counted {start}.")
NAMED = N_("“{purpose}”: {law} names it as to be collected.")
_MARK = "stays:"
_FIELD = "refusal_why"


@dataclass(frozen=True)
class Stay:
    """What a law keeps: number of the purpose, the law as stored, its last day if it has one."""

    purpose: int
    law: str
    until: date | None = None


def serial(stays: Iterable[Stay]) -> str:
    """Return stays as they are stored in the reason of a refusal."""
    told = [[one.purpose, one.law, one.until.isoformat() if one.until else ""] for one in stays]
    return _MARK + json.dumps(told, ensure_ascii=False)


def spoken(desk: Desk, stays: Iterable[Stay]) -> str:
    """Return stays as sentences in the language spoken."""
    return " ".join(_sentence(desk, one) for one in stays)


def worded(desk: Desk, rows: Sequence[Row]) -> list[Row]:
    """Return cases with the reason of a refusal in words."""
    return [
        replace(row, values={**row.values, _FIELD: spoken(desk, _read(str(row.values[_FIELD])))})
        if str(row.values.get(_FIELD) or "").startswith(_MARK)
        else row
        for row in rows
    ]


def _read(text: str) -> list[Stay]:
    return [
        Stay(purpose, law, date.fromisoformat(until) if until else None)
        for purpose, law, until in json.loads(text.removeprefix(_MARK))
    ]


def _sentence(desk: Desk, one: Stay) -> str:
    (row,) = desk.service("purposes").rows([one.purpose])
    english = current() == "en" and row.values.get("name_en")
    law, start = laws.told(one.law, current()), laws.starts(one.law, current())
    kept = FROM if start else KEPT
    return _(kept if one.until else NAMED).format(
        purpose=english or row.values["name"],
        law=law,
        until=day(words(current()), one.until),
        start=start,
    )
