"""The page of figures on the desk: what it counts, where a figure leads, what it hands out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import N_
from privdesk.ui.parts import Entry, Group

if TYPE_CHECKING:
    from privdesk.core.figures import Figure, Span
    from privdesk.window.desk import DeskWindow

OPENS_WITH = ("manager", "auditor")
"""Roles whose desk opens with the figures; the others work, and begin with Today."""


class Dashboards:
    """Makes the page when it is first shown; nothing of it is loaded before."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self.entry = Entry("dashboard", N_("Dashboard"), self._page)

    def group(self, today: Entry) -> Group:
        """Return the first group of the rail, which begins with what this role opens with."""
        if self._window.desk.vault.role in OPENS_WITH:
            return Group("today", N_("Dashboard"), "figures", (self.entry, today))
        return Group("today", N_("Today"), "today", (today, self.entry))

    def _page(self) -> QWidget:
        from privdesk.ui.dashboard.page import DashboardPage, Outlets
        from privdesk.window.counting import Counter

        window = self._window
        counter = Counter(window.desk, window.may_see)
        return DashboardPage(
            counter,
            window.tasks,
            lambda: window.today,
            Outlets(page=window.papers.figures),
            self._lead,
        )

    def _lead(self, figure: Figure, span: Span, page: str) -> None:
        """Show the list behind a figure, narrowed to what was counted."""
        from privdesk.window.leads import conditions

        self._window.narrow(page, conditions(figure, span))
