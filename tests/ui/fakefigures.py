"""Figures as registers would count them, written down by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core.board import Board, Group, Pair
from privdesk.core.errors import DomainError
from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.ui.dashboard.ports import Past, Shown

TODAY = date(2026, 11, 23)
LATE = "requests.late"
"""The one figure that leads nowhere."""


def requests(received: int, in_time: int) -> tuple[Figure, ...]:
    """Requests of a span."""
    kinds = (Line("Access", received // 2, received // 2), Line("Deletion", 3, 4))
    return (
        Figure("requests.received", "Requests received", received, unit="requests", rows=kinds),
        Figure(
            *("requests.in-time", "Answered in time", in_time, received),
            clause="S6.2",
            good=Good.UP,
        ),
        Figure(LATE, "Answered late", received - in_time, good=Good.DOWN),
    )


def staff(trained: int) -> tuple[Figure, ...]:
    """Training as it stands."""
    teams = tuple(Line(f"Team {n}", n, 10) for n in range(9, 1, -1))
    return (
        Figure(
            *("attendances.trained", "Trained in both topics", trained, 60, "people", "S8.2②"),
            good=Good.UP,
            when=Nature.STATE,
            rows=teams,
        ),
    )


def groups(now: Sequence[Figure], before: Sequence[Figure]) -> tuple[Group, ...]:
    """Return one group a register, each figure beside the one of its key."""
    then = {figure.key: figure for figure in before}
    found: dict[str, list[Pair]] = {}
    for figure in now:
        register = figure.key.partition(".")[0]
        found.setdefault(register, []).append(Pair(figure, then.get(figure.key)))
    titles = {"requests": "Requests", "attendances": "Training"}
    return tuple(Group(key, titles.get(key, key), tuple(pairs)) for key, pairs in found.items())


class Counted:
    """Counts from what it is given by span; others have nothing."""

    def __init__(self, told: dict[str, Sequence[Figure]]) -> None:
        self.told = told
        self.refusal: DomainError | None = None

    def shown(self, span: Span) -> Shown:
        """Return the figures of a span and of the one before."""
        if self.refusal is not None:
            raise self.refusal
        now, then = self.told.get(str(span), ()), self.told.get(str(span.before()), ())
        board = Board(span.cut(TODAY), span.before(), TODAY, groups(now, then))
        leads = {one.key: one.key.partition(".")[0] for one in now if one.key != LATE}
        return Shown(board, leads)

    def past(self, span: Span) -> Past:
        """Return the last three spans."""
        spans = [span.before().before(), span.before(), span]
        values: dict[str, list[float | None]] = {}
        for number, one in enumerate(spans):
            for figure in self.told.get(str(one), ()):
                values.setdefault(figure.key, [None, None, None])[number] = float(figure.value)
        return Past(spans, values)


def counted() -> Counted:
    """November with eight of nine requests in time, October with seven of seven."""
    return Counted(
        {
            "2026-11": (*requests(9, 8), *staff(48)),
            "2026-10": (*requests(7, 7), *staff(45)),
            "2026-09": requests(4, 4),
            "2026-Q4": requests(16, 15),
        }
    )
