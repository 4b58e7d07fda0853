"""Search as you type over the lines of all registers."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from privdesk.vault.search import schema
from privdesk.vault.search.driver import Connection, marks
from privdesk.vault.search.lines import Hit, chosen, hit, unpack
from privdesk.vault.search.plan import Plan, plans, tail_plan
from privdesk.vault.search.text import Pattern, name_and_tail, normal

LIMIT = 50
_POOL = 4  # times the limit: so many further hits are gathered and sorted by name
_LOOKED_AT = 20_000  # lines under the query's grams that are checked before giving up

COLUMNS = "l.id, l.register, l.ref, l.state, l.packed, l.name_key, l.searchable"
_EXACT, _BEGINS, _TAIL, _NUMBER, _REST = range(5)

_REF = re.compile(r"([a-z]{1,4})([0-9]+)")
_DIGITS = 6  # that the number in a reference has at least


@dataclass(frozen=True)
class Found:
    """The first hits; ``more`` when there may be more than ``count``."""

    hits: tuple[Hit, ...]
    count: int
    more: bool


def search(
    connection: Connection,
    text: str,
    limit: int = LIMIT,
    registers: Sequence[str] | None = None,
    hidden: range | None = None,
) -> list[Hit]:
    """Return the first hits: exact names and references, names that begin so, the rest."""
    return list(find(connection, text, limit, registers, hidden).hits)


def find(
    connection: Connection,
    text: str,
    limit: int = LIMIT,
    registers: Sequence[str] | None = None,
    hidden: range | None = None,
) -> Found:
    """Return the first hits in order, and how many there are at least.

    Order: name or reference is the text; name or reference begins with it; telephone
    number ends in it (or a name was typed with its last digits); reference has this
    number; anywhere. Within each by name, then
    by id. ``hidden`` are the ids of an import that is still running.
    """
    pattern = Pattern(text)
    if not pattern.text or limit < 1:
        return Found((), 0, False)
    told = name_and_tail(text)
    return _Search(connection, pattern, limit, registers, hidden, told).run()


class _Search:
    """One search; its stages stop as soon as the first ``limit`` hits are certain."""

    def __init__(
        self,
        connection: Connection,
        pattern: Pattern,
        limit: int,
        registers: Sequence[str] | None,
        hidden: range | None,
        told: tuple[str, str] | None,
    ) -> None:
        self._connection = connection
        self._told = told
        self._pattern = pattern
        self._limit = limit
        self._known = connection.execute(
            "SELECT code, name, prefix FROM search.registers"
        ).fetchall()
        self._names = {code: name for code, name, _ in self._known}
        self._filter = Filter.of(self._names, registers, hidden)
        self._ranks: dict[int, tuple[int, str, int]] = {}
        self._rows: dict[int, Any] = {}
        self._more = False

    def run(self) -> Found:
        for stage in (self._references, self._beginnings, self._tails, self._numbers, self._rest):
            stage()
            if len(self._rows) > self._limit:
                self._more = True
                break
        order = sorted(self._ranks.values())[: self._limit]
        hits = tuple(hit(self._rows[key[2]], self._names) for key in order)
        return Found(hits, len(hits) if self._more else len(self._rows), self._more)

    def _take(self, rank: int, rows: Iterable[Any]) -> None:
        for row in rows:
            if row[0] not in self._rows:
                self._rows[row[0]] = row
                self._ranks[row[0]] = (rank, row[5], row[0])

    def _references(self) -> None:
        """References as spoken or typed, with or without hyphens, whole or begun."""
        found = _REF.fullmatch(self._pattern.text)
        if found:
            rows = self._numbered(found[2], found[1].upper())
            spoken = found[0].upper()
            self._take(_EXACT, (row for row in rows if row[2].replace("-", "") == spoken))
            self._take(_BEGINS, rows)

    def _beginnings(self) -> None:
        """Names that are or begin with the text, in the order of the index."""
        text = self._pattern.text
        if self._pattern.loose or not schema.indexed(self._connection):
            return
        for code in self._filter.codes:
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM search.lines l WHERE register = ? AND name_key >= ?"
                f" AND name_key < ?{self._filter.visible} ORDER BY name_key, id LIMIT ?",
                (code, text, text + "\U0010ffff", *self._filter.hidden, self._limit + 1),
            ).fetchall()
            self._take(_EXACT, (row for row in rows if row[5] == text))
            self._take(_BEGINS, rows)

    def _tails(self) -> None:
        """Telephone numbers quoted by their last four digits."""
        plan = tail_plan(self._pattern.text)
        if plan is not None:
            self._take(_TAIL, self._matching(plan, self._limit + 1))
        elif self._told is not None:
            rows = matching(self._connection, tail_rows(self._told), self._filter)
            name = Pattern(self._told[0])
            self._take(_TAIL, (row for row in rows if matches(name, row)))

    def _numbers(self) -> None:
        """References of which only the number is typed, with or without its check digit."""
        text = self._pattern.text
        if text.isascii() and text.isdigit():
            self._take(_NUMBER, self._numbered(text))

    def _numbered(self, digits: str, prefix: str | None = None) -> list[Any]:
        """Return the lines whose reference has these digits, or these and more.

        ``1234`` is 001234 with any check digit, or 000123 with check digit 4, and with
        its prefix, as somebody types a reference from its start, also 1234xx.
        """
        number, rows = int(digits[:18]), []
        for code, _, own in self._known:
            if code not in self._filter.codes or prefix not in (None, own):
                continue
            missing = _DIGITS - len(digits)
            if missing > 0 and (prefix or digits[0] == "0"):
                rows += self._between(code, number * 10**missing, (number + 1) * 10**missing)
            rows += self._between(code, number, number + 1)
            last = self._between(code, number // 10, number // 10 + 1)
            rows += [row for row in last if number > 9 and row[2][-1] == digits[-1]]
        return rows

    def _between(self, code: int, first: int, end: int) -> list[Any]:
        if not schema.indexed(self._connection):
            return []
        return self._connection.execute(
            f"SELECT {COLUMNS} FROM search.lines l WHERE l.register = ? AND l.number >= ?"
            f" AND l.number < ?{self._filter.visible} ORDER BY l.number, l.id LIMIT ?",
            (code, max(first, 1), end, *self._filter.hidden, self._limit + 1),
        ).fetchall()

    def _rest(self) -> None:
        """Every other line under the grams of the text."""
        pool = _POOL * self._limit
        for plan in plans(self._connection, self._pattern, pool):
            self._gather(plan, pool)
            if self._more or not plan.partial:
                break

    def _gather(self, plan: Plan, pool: int) -> None:
        looked_at = 0
        for row in matching(self._connection, plan, self._filter):
            looked_at += 1
            if plan.exact or matches(self._pattern, row):
                self._take(self._rank(row), (row,))
            if len(self._rows) >= pool or looked_at >= _LOOKED_AT:
                self._more = True
                break

    def _rank(self, row: Any) -> int:
        if row[5] == self._pattern.text:
            return _EXACT
        return _BEGINS if self._pattern.starts(row[5]) else _REST

    def _matching(self, plan: Plan, enough: int) -> list[Any]:
        rows = matching(self._connection, plan, self._filter)
        return [row for row, _ in zip(rows, range(enough), strict=False)]


@dataclass(frozen=True)
class Filter:
    """Which lines may be seen: registers by their codes, and no line of a running import."""

    codes: tuple[int, ...]
    every: bool
    hidden: tuple[int, ...]

    @classmethod
    def of(
        cls, names: dict[int, str], registers: Sequence[str] | None, hidden: range | None
    ) -> Filter:
        """Return the filter for these register names (None: all) and hidden ids."""
        codes = tuple(c for c, name in names.items() if registers is None or name in registers)
        return cls(codes, registers is None, (hidden.start, hidden.stop) if hidden else ())

    @property
    def visible(self) -> str:
        """The condition on ids, beginning with AND, or nothing."""
        return " AND NOT (l.id >= ? AND l.id < ?)" if self.hidden else ""

    @property
    def sql(self) -> str:
        """The condition on lines."""
        chosen_ones = "1" if self.every else f"+l.register IN ({marks(self.codes)})"
        return chosen_ones + self.visible

    @property
    def parameters(self) -> tuple[int, ...]:
        """The parameters of ``sql``."""
        return (() if self.every else self.codes) + self.hidden


def matching(connection: Connection, plan: Plan, visible: Filter) -> Iterator[Any]:
    """Yield the lines under the grams of a plan, in the order of their ids."""
    return iter(
        connection.execute(
            f"SELECT {COLUMNS} FROM search.grams g CROSS JOIN search.lines l ON l.id = g.rowid"
            f" WHERE g.grams MATCH ? AND {visible.sql} ORDER BY g.rowid",
            (plan.match, *visible.parameters),
        )
    )


def candidates(connection: Connection, plan: Plan, below: int) -> array[int]:
    """Return the ids under the grams of a plan, ascending."""
    found = connection.execute(
        "SELECT rowid FROM search.grams WHERE grams MATCH ? AND rowid < ? ORDER BY rowid",
        (plan.match, below),
    )
    return array("q", map(itemgetter(0), found))


def tail_rows(told: tuple[str, str]) -> Plan:
    """Return the query for the lines whose number ends as told; the name is still to be checked."""
    plan = tail_plan(told[1])
    assert plan is not None
    return plan


def matches(pattern: Pattern, row: Any) -> bool:
    """Whether one of a line's searchable values contains the query."""
    values = chosen(unpack(row[4]), row[6])
    return any(pattern.within(normal(value)) for value in values)
