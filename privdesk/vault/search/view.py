"""A table over a million lines: an ordered snapshot with any window of it in constant time.

The order is a list of ids, some eight bytes a line, read from an index of the lines. It
is read in steps: the first screen needs the first step only, the rest is read by
``extend`` while the database thread has nothing more urgent to do. No OFFSET, and no
temporary table: that would vanish with the ROLLBACK of an import.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from privdesk.vault.search import index
from privdesk.vault.search.driver import Connection, marks
from privdesk.vault.search.ids import Ids, Members, numbers
from privdesk.vault.search.lines import Hit, hit
from privdesk.vault.search.order import NO_END, in_order, in_state
from privdesk.vault.search.plan import plans
from privdesk.vault.search.query import COLUMNS, candidates, matches, tail_rows
from privdesk.vault.search.schema import SORTS, register_names
from privdesk.vault.search.text import Pattern, name_and_tail

CHECKED = 4_000  # lines checked for a text in one step: some 10 ms
SORTED_HERE = 5_000  # matches up to here are sorted by their own keys

Key = Callable[[Hit], Any]


def open_view(
    connection: Connection,
    register: str,
    *,
    state: str | Sequence[str] = (),
    text: str = "",
    sort: str | Key = "ref",
    descending: bool = False,
    hidden: range | None = None,
) -> LineView:
    """Return the lines of a register in order, the first screens already read.

    ``sort`` is ``ref``, ``name``, ``state``, ``collected`` or ``due``; for a register of
    some thousand lines at most it may be a function that gives a line's key.
    ``hidden`` are the ids of an import that is still running: the highest there are.
    """
    view = LineView(connection, register, hidden.start if hidden else NO_END)
    states = (state,) if isinstance(state, str) else tuple(state)
    view.select(tuple(filter(None, states)), text, sort, descending)
    return view


class LineView:
    """The matching lines of a register, in order, as they were when it was opened.

    ``total`` counts the register's lines. While ``complete`` is false ``count`` is what
    is known so far; without a filter it is right at once.
    """

    def __init__(self, connection: Connection, register: str, below: int) -> None:
        self._connection = connection
        self._names = register_names(connection)
        self._code = next((c for c, name in self._names.items() if name == register), 0)
        self._below = below
        self._ids = Ids()
        self._expected = 0
        self._steps: Iterator[None] = iter(())
        self.total = index.count(connection, register)
        self.complete = True

    def select(self, states: tuple[str, ...], text: str, sort: str | Key, descending: bool) -> None:
        """Begin a new selection and read its first step."""
        self._ids = Ids()
        self._expected = 0 if states or text else self.total
        self._steps = self._read(states, text, sort, descending)
        self.complete = False
        self.extend()

    @property
    def count(self) -> int:
        """The number of matching lines known so far."""
        return len(self._ids) if self.complete else max(self._expected, len(self._ids))

    def extend(self) -> bool:
        """Read the next step, some 10 ms; return whether there may be more."""
        if not self.complete:
            self.complete = next(self._steps, self) is self
        return not self.complete

    def rows(self, start: int, stop: int) -> list[Hit | None]:
        """Return the lines at these positions; None for one that was deleted since."""
        while len(self._ids) < stop and self.extend():
            pass
        return self._fetch(self._ids[start:stop])

    def ids(self) -> Sequence[int]:
        """Return the ids of all matching lines in order, for a bulk action or an export."""
        while self.extend():
            pass
        return self._ids

    def position(self, line: int) -> int | None:
        """Return where a line stands, or None; reads the order to its end."""
        ids = self.ids()
        try:
            return ids.index(line)
        except ValueError:
            return None

    def close(self) -> None:
        """Give the memory back."""
        self._steps, self._ids, self._expected = iter(()), Ids(), 0
        self.complete = True

    def _read(
        self, states: tuple[str, ...], text: str, sort: str | Key, descending: bool
    ) -> Iterator[None]:
        """Read the order, pausing after each step."""
        chosen: array[int] | None = None
        if Pattern(text).text:
            chosen = array("q")
            for part in self._matching(text):
                chosen += part
                yield
        if states:
            standing = array("q")
            for state in states:
                for joined in in_state(self._connection, self._code, state, self._below):
                    standing.extend(numbers(joined))
                    yield
            chosen = standing if chosen is None else Members(standing).of(chosen)
        if callable(sort) or (chosen is not None and len(chosen) <= SORTED_HERE):
            self._ids = Ids(self._sorted(chosen, sort, descending))
            return
        members = None if chosen is None else Members(chosen)
        for joined in in_order(self._connection, self._code, sort, descending, self._below):
            self._ids.append(joined if members is None else members.of(numbers(joined)))
            yield

    def _matching(self, text: str) -> Iterator[array[int]]:
        """Yield the ids of the lines that hold the text, lines of other registers among them."""
        told = name_and_tail(text)
        pattern = Pattern(told[0] if told else text)
        *_, plan = [tail_rows(told)] if told else plans(self._connection, pattern, 0)
        found = candidates(self._connection, plan, self._below)
        if plan.exact and not told:
            yield found
            return
        for start in range(0, len(found), CHECKED):
            part = found[start : start + CHECKED]
            rows = self._connection.execute(
                f"SELECT {COLUMNS} FROM search.lines l WHERE id IN ({marks(part)})", part
            )
            yield array("q", [row[0] for row in rows if matches(pattern, row)])

    def _sorted(self, ids: Sequence[int] | None, sort: str | Key, descending: bool) -> list[int]:
        """Return few ids in order, without those of other registers."""
        if ids is None:
            order = in_order(self._connection, self._code, "ref", False, self._below)
            ids = [line for part in order for line in numbers(part)]
        keys: list[tuple[Any, int]]
        if callable(sort):
            keys = [(sort(line), line.id) for line in self._fetch(ids) if line]
        else:
            keys = self._connection.execute(
                f"SELECT {SORTS[sort]}, id FROM search.lines WHERE id IN ({marks(ids)})"
                " AND +register = ?",
                (*ids, self._code),
            ).fetchall()
        if sort == "name" and not descending:  # those without a name come last
            keys = [((not name, name), line) for name, line in keys]
        return [line for _, line in sorted(keys, reverse=descending)]

    def _fetch(self, ids: Sequence[int]) -> list[Hit | None]:
        found: dict[int, Hit] = {}
        for start in range(0, len(ids), index.CHUNK):
            part = ids[start : start + index.CHUNK]
            for row in self._connection.execute(
                "SELECT id, register, ref, state, packed FROM search.lines"
                f" WHERE id IN ({marks(part)}) AND +register = ?",
                (*part, self._code),
            ):
                found[row[0]] = hit(row, self._names)
        return [found.get(line) for line in ids]
