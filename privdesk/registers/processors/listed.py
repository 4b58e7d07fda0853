"""What the public list takes from a work that stands (rule 29)."""

from __future__ import annotations

from typing import NamedTuple

LISTED = (
    "SELECT id, processor, work, work_en, items, entire, since, until, marketing, abroad, country,"
    " changed_on FROM consignments WHERE state = 'active' ORDER BY processor, id"
)


class Listed(NamedTuple):
    """What the public list says of a work: as the columns hold it, with what is opened of it."""

    number: int
    processor: int
    work: str | None
    work_en: str | None
    items: str | None
    entire: int | None
    since: str | None
    until: str | None
    marketing: int | None
    abroad: int | None
    country: str | None
    changed_on: str | None
    scope: str
    contact: str
