"""Long lists of ids: read quickly, kept small."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload


class Ids(Sequence[int]):
    """Ids in an order, kept as the texts that SQLite joined (``17,4,23``).

    To make a million Python integers takes three times as long as to read them from
    the index; so a part is made into integers when somebody looks at it.
    """

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._parts: list[str | array[int]] = []
        self._starts = [0]
        self._looked_at: tuple[int, list[int]] = (-1, [])
        self.append(array("q", ids))

    def append(self, part: str | array[int]) -> None:
        """Add some ids, joined or not."""
        if part:
            length = part.count(",") + 1 if isinstance(part, str) else len(part)
            self._parts.append(part)
            self._starts.append(self._starts[-1] + length)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, int):
            place = range(len(self))[at]
            return self[place : place + 1][0]
        start, stop, step = at.indices(len(self))
        if step != 1:
            return [self[place] for place in range(start, stop, step)]
        found: list[int] = []
        for part in range(max(bisect_right(self._starts, start) - 1, 0), len(self._parts)):
            first = self._starts[part]
            if first >= stop:
                break
            found += self._part(part)[max(start - first, 0) : stop - first]
        return found

    def __iter__(self) -> Iterator[int]:
        for part in self._parts:
            yield from numbers(part)

    def __contains__(self, value: object) -> bool:
        return any(_place(part, value) is not None for part in self._parts)

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the position of an id; ValueError when it is not there."""
        for first, part in zip(self._starts, self._parts, strict=False):
            place = _place(part, value)
            if place is not None and start <= first + place < (len(self) if stop is None else stop):
                return first + place
        raise ValueError(value)

    def _part(self, part: int) -> list[int]:
        if self._looked_at[0] != part:
            self._looked_at = (part, numbers(self._parts[part]))
        return self._looked_at[1]


def _place(part: str | array[int], value: object) -> int | None:
    """Return where in a part an id stands."""
    if isinstance(part, str):
        at = f",{part},".find(f",{value},")
        return part.count(",", 0, at) if at >= 0 else None
    return part.index(value) if value in part else None  # type: ignore[arg-type]


def numbers(part: str | array[int]) -> list[int]:
    """Return the ids of a part; of a joined one as JSON, because that is read fastest."""
    found: list[int] = json.loads(f"[{part}]") if isinstance(part, str) else part.tolist()
    return found


class Members:
    """A set of ids that lie close together: one byte for each in the range."""

    def __init__(self, ids: Iterable[int]) -> None:
        held = array("q", ids)
        self._first = min(held, default=0)
        self._flags = bytearray(max(held, default=-1) - self._first + 1)
        for number in held:
            self._flags[number - self._first] = 1

    def of(self, ids: Iterable[int]) -> array[int]:
        """Return those of ``ids`` that are in the set, in their order."""
        first, flags, end = self._first, self._flags, self._first + len(self._flags)
        return array("q", [n for n in ids if first <= n < end and flags[n - first]])
