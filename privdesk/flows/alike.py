"""People found by a search, told apart by as little of them as will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.core import references
from privdesk.core.apart import Traits, told_apart
from privdesk.core.fields import Kind
from privdesk.core.register import Row
from privdesk.registers.desk import Desk

_PART = 900


@dataclass(frozen=True)
class Told:
    """A person in a list of hits; ``year`` and ``digits`` are empty where not needed."""

    id: int
    ref: str
    name: str
    year: str
    digits: str
    place: str
    holdings: int


def apart(desk: Desk, numbers: Sequence[int]) -> list[Told]:
    """Return people, masked, in the order asked for."""
    service = desk.service("subjects")
    rows: list[Row] = service.rows(list(numbers))
    kinds = {kind: _first(desk, kind) for kind in (Kind.NAME, Kind.DATE, Kind.PHONE)}
    kept = _kept(desk, numbers)
    traits = [
        Traits(
            str(row.values.get(kinds[Kind.NAME]) or row.ref),
            _year(str(row.values.get(kinds[Kind.DATE]) or "")),
            _last_two(str(row.values.get(kinds[Kind.PHONE]) or "")),
            *kept.get(row.id, ("", 0)),
        )
        for row in rows
    ]
    return [
        Told(row.id, row.ref, one.name, told.year, told.digits, one.place, one.holdings)
        for row, one, told in zip(rows, traits, told_apart(traits), strict=True)
    ]


def _first(desk: Desk, kind: Kind) -> str:
    fields = desk.service("subjects").item_fields()
    return next((field.name for field in fields if field.kind is kind), "")


def _year(masked: str) -> str:
    """Return the year of a masked date, ``1985-**-**``."""
    return masked[:4] if masked[:4].isdigit() else ""


def _last_two(masked: str) -> str:
    """Return the last two digits of a masked number, ``010-****-5678``."""
    return masked[-2:] if masked[-2:].isdigit() else ""


def _kept(desk: Desk, numbers: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Return where each person is kept first, and how many living holdings there are."""
    found: dict[int, tuple[int, int]] = {}
    for start in range(0, len(numbers), _PART):
        part = list(numbers[start : start + _PART])
        marks = ",".join("?" * len(part))
        sql = (
            f"SELECT subject, min(file), count(*) FROM holdings WHERE subject IN ({marks})"
            " AND +state IN ('active', 'held', 'law') GROUP BY subject"
        )
        for subject, file, count in desk.vault.raw.execute(sql, part):
            found[subject] = (file or 0, count)
    places = _places(desk, {file for file, _count in found.values() if file})
    return {subject: (places.get(file, ""), count) for subject, (file, count) in found.items()}


def _places(desk: Desk, files: set[int]) -> dict[int, str]:
    """Return the name of the place of the original of each file."""
    at: dict[int, int] = {}
    for file in files:
        ref = next(iter(desk.service("files").places_of(file)), "")
        if ref:
            at[file] = references.number(ref)
    titles = desk.service("places").titles(sorted(set(at.values())))
    return {file: titles.get(place, "") for file, place in at.items()}
