"""Finding pledges by who signs: names are read for all at once, no records are built for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.registers.pledges.fields import SLOT_PERSON
from privdesk.vault.payloads import OFFICE

if TYPE_CHECKING:
    from privdesk.registers.pledges.service import Pledges


def narrowed(service: Pledges, numbers: Sequence[int], text: str) -> list[int]:
    """Return those of some pledges that a text means: person, company, department, numbers."""
    needle, keyed = name_key(text), cache(name_key)
    people = service.desk.service("staff").names()
    who = {number for number, one in people.items() if needle in one.key or needle in one.number}
    sealed = service.vault.payloads.read_many(OFFICE, _of_others(service), (SLOT_PERSON,))
    prefix, found = service.register.prefix, set[int]()
    named = needle.startswith(prefix.casefold())
    sql = "SELECT id, staff, department, organisation, sheet FROM pledges"
    for number, staff, department, organisation, sheet in service.vault.raw.execute(sql):
        if (
            staff in who
            or (department and needle in keyed(department))
            or (organisation and needle in keyed(organisation))
            or (sheet and needle in name_key(sheet))
            or (named and needle in name_key(references.make(prefix, number)))
            or (staff is None and needle in name_key(sealed.get(number, {}).get(SLOT_PERSON, "")))
        ):
            found.add(number)
    return [n for n in numbers if n in found]


def by_person(service: Pledges, numbers: Sequence[int], *, descending: bool) -> list[int]:
    """Return pledges in the order of whose they are; those of nobody known come last."""
    people, raw = service.desk.service("staff").names(), service.vault.raw
    whose = dict(raw.execute("SELECT id, staff FROM pledges WHERE staff IS NOT NULL").fetchall())
    others = service.vault.payloads.read_many(OFFICE, _of_others(service), (SLOT_PERSON,))
    keys = {
        n: people[whose[n]].key
        if whose.get(n) in people
        else name_key(others.get(n, {}).get(SLOT_PERSON, ""))
        for n in numbers
    }
    found = sorted(numbers, key=lambda n: keys[n], reverse=descending)
    return sorted(found, key=lambda n: not keys[n])


def _of_others(service: Pledges) -> list[int]:
    """Return the pledges of people of other companies."""
    sql = "SELECT id FROM pledges WHERE staff IS NULL ORDER BY id"
    return [row[0] for row in service.vault.raw.execute(sql)]
