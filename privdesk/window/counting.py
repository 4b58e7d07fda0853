"""The figures of the registers as the page of figures takes them, on the database thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from privdesk.core.figures import Figure, Span
from privdesk.flows import figuring
from privdesk.registers.desk import Desk
from privdesk.ui.dashboard.ports import Past, Shown
from privdesk.window.leads import page_of

SPANS = 6
"""How many spans the small columns of a figure show, the one on the page among them."""


class Counter:
    """Implements what the page asks for; ``may_see`` says which registers this role has."""

    def __init__(self, desk: Desk, may_see: Callable[[str], bool]) -> None:
        self._desk, self._may_see = desk, may_see

    def shown(self, span: Span) -> Shown:
        """Return the figures of a span and of the one before."""
        board = figuring.board(self._desk, span)
        keys = [pair.now.key for group in board.groups for pair in group.pairs]
        return Shown(board, {key: page for key in keys if (page := self._page_of(key))})

    def past(self, span: Span) -> Past:
        """Return what the figures were in the last spans."""
        spans = [span.cut(self._desk.today())]
        while len(spans) < SPANS:
            spans.insert(0, spans[0].before())
        with self._desk.vault.reading():
            told = [self._told(one) for one in spans]
        keys = {key for one in told for key in one}
        return Past(spans, {key: _course(told, key) for key in keys})

    def _page_of(self, key: str) -> str:
        """Return the page behind a figure, empty where this role has none."""
        page = page_of(key)
        return page if page == "today" or self._may_see(page) else ""

    def _told(self, span: Span) -> dict[str, Figure]:
        names = self._desk.registers
        found = (one for name in names for one in figuring.figures_of(self._desk, name, span))
        return {one.key: one for one in found}


def _course(told: Sequence[Mapping[str, Figure]], key: str) -> tuple[float | None, ...]:
    return tuple(_number(one.get(key)) for one in told)


def _number(figure: Figure | None) -> float | None:
    if figure is None:
        return None
    if figure.of is None:
        return float(figure.value)
    return None if figure.share is None else figure.share * 100
