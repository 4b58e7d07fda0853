"""Finding attendances by whose they are: names are read once each, no records are built."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.vault.payloads import OFFICE

if TYPE_CHECKING:
    from privdesk.registers.attendances.service import Attendances

_NAME, _STAFF_NO = 1, 2  # slots of the staff register, which never change


def narrowed(service: Attendances, numbers: Sequence[int], text: str) -> list[int]:
    """Return those of some attendances that a text means: person, department, course, number."""
    needle = name_key(text)
    keyed = cache(name_key)
    people = {n: name_key(told) for n, told in _people(service, numbers=True).items()}
    courses = {n: keyed(name) for n, name in service.desk.service("courses").titles(
        _distinct(service, "course")).items()}  # fmt: skip
    who = {n for n, told in people.items() if needle in told}
    what = {n for n, told in courses.items() if needle in told}
    prefix, found = service.register.prefix, set[int]()
    named = needle.startswith(prefix.casefold())
    sql = "SELECT id, staff, course, department, certificate FROM attendances"
    for number, staff, course, department, certificate in service.vault.raw.execute(sql):
        if (
            staff in who
            or course in what
            or (department and needle in keyed(department))
            or (certificate and needle in name_key(certificate))
            or (named and needle in name_key(references.make(prefix, number)))
        ):
            found.add(number)
    return [n for n in numbers if n in found]


def by_person(service: Attendances, numbers: Sequence[int], *, descending: bool) -> list[int]:
    """Return attendances in the order of the names of whose they are."""
    keys = {n: name_key(told) for n, told in _people(service, numbers=False).items()}
    whose = dict(service.vault.raw.execute("SELECT id, staff FROM attendances").fetchall())
    return sorted(numbers, key=lambda n: keys.get(whose[n], ""), reverse=descending)


def _people(service: Attendances, *, numbers: bool) -> dict[int, str]:
    """Return the names (and staff numbers) of everybody who has an attendance."""
    found = service.vault.payloads.read_many(OFFICE, _distinct(service, "staff"))
    slots = (_NAME, _STAFF_NO) if numbers else (_NAME,)
    return {n: " ".join(values.get(slot, "") for slot in slots) for n, values in found.items()}


def _distinct(service: Attendances, column: str) -> list[int]:
    sql = f"SELECT DISTINCT {column} FROM attendances ORDER BY 1"
    return [row[0] for row in service.vault.raw.execute(sql)]
