"""The table of data subjects over the list lines of search.db; quick at a million."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.register import Query, Row
from privdesk.registers.listing import Listing
from privdesk.vault.search.order import NO_END
from privdesk.vault.search.view import LineView, open_view

if TYPE_CHECKING:
    from privdesk.registers.subjects.service import Subjects

SORTS = {"name": "name", "collected": "collected", "due": "due", "state": "state"}
LINED = ("living", "held", "void")
DAYS = ("collected", "due")
"""Fields that stand in no column: the days of a person's holdings."""


AT_ONCE = 0.06
"""Seconds for which a narrowed list is read before it is shown; the rest follows."""


class SubjectListing:
    """An ordered snapshot of the living people."""

    def __init__(self, service: Subjects, query: Query) -> None:
        self._service = service
        self._fields = service.item_fields()
        self._today = service.desk.today()
        states = query.where.get("state", ())
        self._view: LineView = open_view(
            service.vault.raw,
            "subjects",
            state=states if isinstance(states, str) else tuple(states),
            text=query.text,
            sort=SORTS.get(query.sort, "ref"),
            descending=query.descending,
            hidden=service.vault.hidden or range(service.vault.next_id, NO_END),
        )
        if states or query.text:  # how many match is known only at the end
            self.grow(AT_ONCE)
            while self.growing and not self.count:  # “nobody” is not said before it is known
                self.grow(AT_ONCE)

    @property
    def total(self) -> int:
        """All living people."""
        return self._view.total

    @property
    def count(self) -> int:
        """Those that match, as far as they were read."""
        return self._view.count

    @property
    def growing(self) -> bool:
        """Whether there may be more than ``count``; ``grow`` reads on."""
        return not self._view.complete

    def grow(self, seconds: float) -> None:
        """Read on in the order for so long, or to the end."""
        stop = monotonic() + seconds
        while self._view.extend() and monotonic() < stop:
            pass

    def rows(self, start: int, stop: int) -> list[Row]:
        """Return the masked rows of positions ``start`` to ``stop`` (exclusive)."""
        hits = [hit for hit in self._view.rows(start, stop) if hit is not None]
        dates = self._service.dates([hit.id for hit in hits])
        frozen = self._service.frozen([hit.id for hit in hits])
        return [
            self._service.row_of_line(
                hit,
                self._fields,
                self._today,
                dates.get(hit.id, (None, None, False)),
                frozen.get(hit.id, ""),
            )
            for hit in hits
        ]

    def position(self, ref: str) -> int | None:
        """Return where a person stands, or None."""
        return self._view.position(references.number(ref))

    def numbers(self) -> Sequence[int]:
        """Return the numbers of all matching people in order."""
        return self._view.ids()

    def close(self) -> None:
        """Give the snapshot back."""
        self._view.close()


def by_lines(query: Query) -> bool:
    """Whether the list lines alone answer a query."""
    states = query.where.get("state", ())
    wanted = {states} if isinstance(states, str) else set(states)
    return wanted <= set(LINED) and not query.where.keys() - {"state"}


def view(service: Subjects, query: Query) -> SubjectListing | Listing:
    """Return the quickest snapshot that can answer a query."""
    states = query.where.get("state", ())
    wanted = {states} if isinstance(states, str) else set(states)
    others = [name for name in query.where if name != "state"]
    if by_lines(query):
        return SubjectListing(service, query)
    if "due" in wanted and not others:
        due = service.desk.service("holdings").due_subjects(service.desk.today())
        return Listing(service, _with_text(service, due, query), service.total())
    if not others:
        return Listing(service, service.stored(query), service.total())
    return Listing(service, _by_values(service, query, others), service.total())


def _with_text(service: Subjects, numbers: Sequence[int], query: Query) -> Sequence[int]:
    if not query.text:
        return numbers
    found = set(SubjectListing(service, Query(text=query.text)).numbers())
    return [n for n in numbers if n in found]


def _by_values(service: Subjects, query: Query, names: Sequence[str]) -> list[int]:
    """Match open columns and days in SQL; of sealed values exact ones, found by search first."""
    where = query.where
    state = {name: where[name] for name in ("state",) if name in where}
    rest = Query(query.text, state, query.sort, query.descending)
    numbers = view(service, rest).numbers()
    days = {name: where[name] for name in names if name in DAYS}
    open_columns = {n: where[n] for n in names if n in service.table.c}
    if days:
        numbers = _among(numbers, service.dated(days))
    if open_columns:
        numbers = _among(numbers, service.stored(Query(where=open_columns)))
    sealed = [name for name in names if name not in days and name not in open_columns]
    if not sealed:
        return list(numbers)
    for name in sealed:
        found = (SubjectListing(service, Query(text=one)) for one in _several(where[name]))
        numbers = _among(numbers, [number for lines in found for number in lines.numbers()])
    wanted = {name: {name_key(one) for one in _several(where[name])} for name in sealed}
    return [
        row.id
        for row in service.rows(list(numbers), reveal=True)
        if all(name_key(str(row.values.get(n) or "")) in keys for n, keys in wanted.items())
    ]


def _among(numbers: Sequence[int], wanted: Sequence[int]) -> list[int]:
    kept = set(wanted)
    return [number for number in numbers if number in kept]


def _several(wanted: object) -> list[str]:
    many = wanted if isinstance(wanted, list | tuple | set | frozenset) else (wanted,)
    return [str(one) for one in many]
