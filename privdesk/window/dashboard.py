"""The page of figures on the desk: what it counts, where a figure leads, what it hands out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core import system
from privdesk.core.i18n import N_, _
from privdesk.ui.parts import Entry, Group

if TYPE_CHECKING:
    from privdesk.core.figures import Figure, Span
    from privdesk.ui.dashboard.page import Outlets
    from privdesk.window.desk import DeskWindow

OPENS_WITH = ("manager", "auditor")
"""Roles whose desk opens with the figures; the others work, and begin with Today."""
REPORTS = "reports"


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

    def save_tables(self, span: Span, path: Path) -> None:
        """Write the tables behind the figures of a span as a workbook, and say where."""
        from privdesk.flows import figuring, reporting

        window = self._window
        window.tasks.run(
            window.shell,
            lambda: reporting.save(window.desk, figuring.told(window.desk, span), path),
            done=lambda written: window.shell.tell(
                _("Saved as {name}").format(name=system.spoken(written))
            ),
            failed=window.shell.refuse,
        )

    # -- inside

    def _page(self) -> QWidget:
        from privdesk.ui.dashboard.page import DashboardPage
        from privdesk.window.counting import Counter

        window = self._window
        counter = Counter(window.desk, window.may_see)
        outlets = self._outlets()
        return DashboardPage(counter, window.tasks, lambda: window.today, outlets, self._lead)

    def _outlets(self) -> Outlets:
        """Return what this role may hand out: reports only who may write them."""
        from privdesk.ui.dashboard.page import Outlets

        desk, page = self._window.desk, self._window.papers.figures
        if desk.vault.role not in desk.service(REPORTS).writers:
            return Outlets(page=page)
        return Outlets(
            monthly=partial(self._report, "d20"),
            board=partial(self._report, "board-report"),
            page=page,
            tables=self._ask_where,
        )

    def _report(self, code: str, span: Span) -> None:
        """Show the report about a span, begun where there is none, and the paper over it."""
        from privdesk.flows import reporting

        window = self._window
        desk, register = window.desk, window.desk.register(REPORTS)
        document = next(one for one in register.documents if one.code == code)

        def found() -> str:
            known: str = desk.service(REPORTS).about(reporting.CODES[code], span)
            if known:
                return known
            with desk.change() as change:
                return reporting.about(change, code, span)

        def show(ref: str) -> None:
            window.go(REPORTS, ref)
            window.papers.issue(register, document, ref)

        window.tasks.run(window.shell, found, done=show, failed=window.shell.refuse)

    def _ask_where(self, span: Span) -> None:
        """Ask where the workbook goes."""
        start = str(Path.home() / f"{_('Dashboard')} {span}.xlsx")
        title = _("Save the tables behind these figures as a workbook")
        name, _kind = QFileDialog.getSaveFileName(self._window.shell, title, start, "*.xlsx")
        if name:
            self.save_tables(span, Path(name))

    def _lead(self, figure: Figure, span: Span, page: str) -> None:
        """Show the list behind a figure, narrowed to what was counted."""
        from privdesk.window.leads import conditions

        self._window.narrow(page, conditions(figure, span))
