"""Finding pledges by who signs: names are read for all at once, no records are built for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.registers.pledges.fields import SLOT_PERSON
from privdesk.vault.payloads import OFFICE

if TYPE_CHECKING:
    from privdesk.registers.pledges.service import Pledges


def narrowed(service: Pledges, numbers: Sequence[int], text: str) -> list[int]:
    """Return those of some pledges that a text means: person, company, department, numbers."""
    needle = name_key(text)
    told = _told(service, numbers)
    return [n for n in numbers if needle in name_key(" ".join(told.get(n, ())))]


def by_person(service: Pledges, numbers: Sequence[int], *, descending: bool) -> list[int]:
    """Return pledges in the order of whose they are; those of nobody known come last."""
    told = _told(service, numbers)
    keys = {n: name_key(told[n][0]) if n in told else "" for n in numbers}
    found = sorted(numbers, key=lambda n: keys[n], reverse=descending)
    return sorted(found, key=lambda n: not keys[n])


def _told(service: Pledges, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the name of whoever signs, and what else a search looks at, by pledge."""
    t, wanted = service.table, set(numbers)
    columns = (t.c.id, t.c.staff, t.c.department, t.c.organisation, t.c.sheet)
    with service.vault.reading() as sql:
        rows = [row for row in sql.execute(select(*columns)) if row.id in wanted]
    staff = {row.staff for row in rows if row.staff is not None}
    names = service.desk.service("staff").titles(sorted(staff))
    others = [row.id for row in rows if row.staff is None]
    sealed = service.vault.payloads.read_many(OFFICE, others)
    return {
        row.id: (
            names.get(row.staff, "") or sealed.get(row.id, {}).get(SLOT_PERSON, ""),
            references.make(service.register.prefix, row.id),
            row.department or "",
            row.organisation or "",
            row.sheet or "",
        )
        for row in rows
    }
