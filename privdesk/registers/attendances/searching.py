"""Finding attendances by whose they are: names are read once, no records are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.hangul import name_key

if TYPE_CHECKING:
    from privdesk.registers.attendances.service import Attendances


def meant(service: Attendances, text: str) -> set[int]:
    """Return the attendances that a text means: person, department, course, number."""
    needle, raw = name_key(text), service.vault.raw
    people = service.desk.service("staff").names()
    who = [n for n, one in people.items() if needle in one.key or needle in one.number]
    told = raw.execute("SELECT id, name FROM courses").fetchall()
    courses = [number for number, name in told if needle in name_key(name)]
    told = raw.execute("SELECT DISTINCT department FROM attendances").fetchall()
    departments = [name for (name,) in told if name and needle in name_key(name)]
    found = _numbers(raw.execute, "staff", who) | _numbers(raw.execute, "course", courses)
    found |= _numbers(raw.execute, "department", departments)
    if needle.isascii():
        sql = (
            "SELECT id FROM attendances WHERE certificate IS NOT NULL"
            " AND instr(lower(certificate), ?)"
        )
        found |= {row[0] for row in raw.execute(sql, (needle,))}
    prefix = service.register.prefix
    if needle.startswith(prefix.casefold()):
        numbers = raw.execute("SELECT id FROM attendances")
        found |= {n for (n,) in numbers if needle in name_key(references.make(prefix, n))}
    return found


def by_person(service: Attendances, numbers: Sequence[int], *, descending: bool) -> list[int]:
    """Return attendances in the order of the names of whose they are."""
    people = service.desk.service("staff").names()
    whose = dict(service.vault.raw.execute("SELECT id, staff FROM attendances").fetchall())
    place = {n: at for at, n in enumerate(sorted(people, key=lambda n: people[n].key))}
    return sorted(numbers, key=lambda n: place.get(whose[n], -1), reverse=descending)


def _numbers(
    execute: Callable[..., Iterable[Sequence[int]]], column: str, wanted: Sequence[object]
) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(wanted), 900):
        part = tuple(wanted[start : start + 900])
        sql = f"SELECT id FROM attendances WHERE {column} IN ({', '.join('?' * len(part))})"
        found.update(row[0] for row in execute(sql, part))
    return found
