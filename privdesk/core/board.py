"""The figures of a span beside those of the one before, as dashboard and reports show them.

Pure data: ``packed`` writes a board down with the report that was made of it, ``unpacked`` reads
it back, so that a report printed years later says what it said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from privdesk.core.figures import Figure, Good, Kind, Line, Nature, Span


@dataclass(frozen=True)
class Pair:
    """A figure and the same of the span before, where that can be told.

    ``as_of`` is the day of which the figure speaks, where it is not the last of its span;
    ``before_as_of`` the same of the one before: it was told then, in the report of that span.
    """

    now: Figure
    before: Figure | None = None
    as_of: date | None = None
    before_as_of: date | None = None

    @property
    def better(self) -> bool | None:
        """Whether it moved in the good direction; None where that cannot be said."""
        return None if self.before is None else self.now.better(self.before)


@dataclass(frozen=True)
class Group:
    """The figures of one matter; ``title`` is a message id."""

    key: str
    title: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Coming:
    """What falls due: the title of its rule and of its register (message ids), first day, number.

    It never says who or what: only how much.
    """

    rule: str
    title: str
    clause: str
    register: str
    due: date
    count: int


@dataclass(frozen=True)
class Board:
    """All figures of a span, and of the one before; told on a day."""

    span: Span
    before: Span
    told_on: date
    groups: tuple[Group, ...]

    def pair(self, key: str) -> Pair | None:
        """Return the figure with this key, beside the one before."""
        found = (pair for group in self.groups for pair in group.pairs if pair.now.key == key)
        return next(found, None)

    def group(self, key: str) -> Group | None:
        """Return the figures of one matter."""
        return next((group for group in self.groups if group.key == key), None)


@dataclass(frozen=True)
class Told:
    """What a report holds on to: its board, what comes next, how a few figures went on.

    ``course`` has spans as they are written, and by a figure's key its value in each of them.
    """

    board: Board
    coming: tuple[Coming, ...] = ()
    spans: tuple[str, ...] = ()
    course: Mapping[str, tuple[int, ...]] | None = None


def packed(told: Told) -> str:
    """Return what a report holds on to, as JSON."""
    board = told.board
    return json.dumps(
        {
            "span": _span(board.span),
            "before": _span(board.before),
            "told_on": board.told_on.isoformat(),
            "groups": [
                {"key": one.key, "title": one.title, "pairs": [_pair(pair) for pair in one.pairs]}
                for one in board.groups
            ],
            "coming": [
                [c.rule, c.title, c.clause, c.register, c.due.isoformat(), c.count]
                for c in told.coming
            ],
            "spans": list(told.spans),
            "course": {key: list(values) for key, values in (told.course or {}).items()},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked(text: str) -> Told:
    """Return what ``packed`` wrote."""
    read = json.loads(text)
    board = Board(
        _read_span(read["span"]),
        _read_span(read["before"]),
        date.fromisoformat(read["told_on"]),
        tuple(
            Group(one["key"], one["title"], tuple(_read_pair(pair) for pair in one["pairs"]))
            for one in read["groups"]
        ),
    )
    coming = tuple(
        Coming(rule, title, clause, register, date.fromisoformat(due), count)
        for rule, title, clause, register, due, count in read["coming"]
    )
    course = {key: tuple(values) for key, values in read["course"].items()}
    return Told(board, coming, tuple(read["spans"]), course)


def _span(span: Span) -> list[Any]:
    return [span.first.isoformat(), span.last.isoformat(), span.kind.value]


def _read_span(read: list[Any]) -> Span:
    return Span(date.fromisoformat(read[0]), date.fromisoformat(read[1]), Kind(read[2]))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "now": _figure(pair.now),
        "before": None if pair.before is None else _figure(pair.before),
        "as_of": _day(pair.as_of),
        "before_as_of": _day(pair.before_as_of),
    }


def _read_pair(read: Mapping[str, Any]) -> Pair:
    before = read["before"]
    return Pair(
        _read_figure(read["now"]),
        None if before is None else _read_figure(before),
        _read_day(read["as_of"]),
        _read_day(read["before_as_of"]),
    )


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "value": one.value,
        "of": one.of,
        "unit": one.unit,
        "clause": one.clause,
        "good": one.good.value,
        "when": one.when.value,
        "rows": [[row.label, row.value, row.of] for row in one.rows],
    }


def _read_figure(read: Mapping[str, Any]) -> Figure:
    rows = tuple(Line(label, value, of) for label, value, of in read["rows"])
    told = {**read, "rows": rows, "good": Good(read["good"]), "when": Nature(read["when"])}
    return Figure(**told)
