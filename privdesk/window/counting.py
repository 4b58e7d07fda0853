"""The figures of the registers as the page of figures takes them, on the database thread."""

from __future__ import annotations

from collections.abc import Callable

from privdesk.core.figures import Span
from privdesk.flows import figurecourse, figuring
from privdesk.registers.desk import Desk
from privdesk.ui.dashboard.ports import Past, Shown
from privdesk.window.leads import page_of


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
        return figurecourse.past(self._desk, span)

    def _page_of(self, key: str) -> str:
        """Return the page behind a figure, empty where this role has none."""
        page = page_of(key)
        return page if page == "today" or self._may_see(page) else ""
