"""Every page of staff, partners and safety in the real window, over a large office.

The office is that of the demo, multiplied (``tests.bench.multiplied``). Each page is opened, each
of its ready views chosen, each column sorted by, a record opened beside it with every tab. The
whole is done three times, each in a process of its own; medians are told. Beside the clock stands
the time of the processor, which other programs on the machine disturb less.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privdesk.core.clock import FixedClock
from privdesk.flows import sample
from tests.bench import multiplied
from tests.bench.figures import Figure
from tests.bench.office import Office, surroundings
from tests.desks import NOON

if TYPE_CHECKING:
    from tests.bench.screen import Window

PAGE = 300  # milliseconds
TURNS = 3
PAGES = (
    *("staff", "pledges", "courses", "sessions", "attendances", "handovers", "access-rights"),
    *("rights-reviews", "reviewed-rights", "departures", "rosters", "zones", "zone-permits"),
    *("zone-reviews", "zone-logs", "visits", "places", "place-inspections", "audits"),
    *("audit-answers", "audit-findings", "audit-questions", "safeguards", "safeguard-checks"),
    *("virus-alerts", "safety-papers", "log-reviews", "log-marks", "templates", "processors"),
    *("consignments", "inspections", "inspection-answers", "checklists", "publications"),
    *("partner-papers", "reports", "documents", "journal"),
)
_TABS = ("details", "children", "history", "papers")

Spent = tuple[float, float]  # milliseconds of the clock and of the processor
Turn = dict[str, dict[str, Spent]]  # by page and kind of work, then by view, column, tab


def figures(made: Office) -> list[Figure]:
    """Make the office; then open its pages as an officer."""
    folder = made.folder / "binders"
    folder.mkdir()
    own = Office(folder, multiplied.SUBJECTS, surroundings(folder))
    os.environ["PRIVDESK_EPOCH_DIR"] = own.surroundings["PRIVDESK_EPOCH_DIR"]
    multiplied.fill(folder)
    told = medians([own.inside("binders") for _turn in range(TURNS)])
    return [_figure(what, several) for what, several in told.items()]


def _figure(what: str, several: dict[str, Spent]) -> Figure:
    """Return the slowest of what was done of one kind, on the processor."""
    name, (clock, processor) = max(several.items(), key=lambda one: one[1][1])
    note = f"processor: {processor:,.0f} ms" + (f", {name}" if name else "")
    return Figure(what, clock, "ms", target=PAGE, note=note)


def medians(turns: Sequence[Turn]) -> dict[str, dict[str, Spent]]:
    """Return the medians of what was measured in each turn, as one turn holds it."""
    return {
        what: {name: _middle([turn[what][name] for turn in turns]) for name in several}
        for what, several in turns[0].items()
    }


def _middle(spent: Sequence[Spent]) -> Spent:
    return statistics.median(s[0] for s in spent), statistics.median(s[1] for s in spent)


def in_window(folder: Path, pages: Iterable[str] = PAGES) -> Turn:
    """Return what each page takes: to open, each view, column, a record and each of its tabs."""
    from tests.bench import screen

    who = sample.people()[0]
    shown = screen.Window(folder, (who.name, who.passphrase), FixedClock(NOON))
    found: Turn = {}
    try:
        for name in pages:
            found |= _Page(shown, name).spent()
    finally:
        shown.close()
    return found


class _Page:
    """One page of the window under measurement."""

    def __init__(self, shown: Window, name: str) -> None:
        self._shown, self._name = shown, name
        self._shell: Any = shown.window.page
        self._tasks = shown.session.tasks

    def spent(self) -> Turn:
        """Open the page and go through it."""
        shown = self._timed(partial(self._shell.open, self._name), self._listed)
        self._page: Any = self._shell.page(self._name)
        found = {"until shown": {"": shown}, "view": self._views(), "sort": self._sorts()}
        found |= self._record()
        return {f"{self._name}: {what}": spent for what, spent in found.items() if spent}

    def _views(self) -> dict[str, Spent]:
        from privdesk.ui.page.saved import ready_view

        found = {}
        for ready in self._page.register.views:
            before = self._page.list.model.view
            apply = partial(self._page.list.apply, ready_view(ready))
            found[ready.label] = self._timed(apply, partial(self._listed, before))
        if found:
            before = self._page.list.model.view
            self._timed(partial(self._page.list.apply, None), partial(self._listed, before))
        return found

    def _sorts(self) -> dict[str, Spent]:
        found, model = {}, self._page.list.model
        for at in (at for at, one in enumerate(model.columns) if one.shown):
            told = partial(self._listed, model.view)
            found[model.columns[at].name] = self._timed(partial(model.sort, at), told)
        return found

    def _record(self) -> Turn:
        table, detail = self._page.list.table, self._page.detail
        if not self._page.list.model.rowCount():
            return {}

        def opened() -> bool:
            return detail.row is not None and not self._tasks.open_tickets

        def open_first() -> None:
            table.go_to(0)
            self._page.show_detail()

        found = {"a record": {"": self._timed(open_first, opened)}, "tab": {}}
        for at, name in enumerate(_TABS[1:], 1):
            found["tab"][name] = self._timed(partial(detail.tabs.setCurrentIndex, at), opened)
        detail.tabs.setCurrentIndex(0)
        return found

    def _listed(self, before: object = None) -> bool:
        page = self._shell.page(self._name)
        model = page.list.model if page is not None else None
        if model is None or model.view is None or model.view is before:
            return False
        return not model.view.count or model.row_at(0) is not None

    def _timed(self, work: Callable[[], object], holds: Callable[[], object]) -> Spent:
        self._shown.until(lambda: not self._tasks.open_tickets)
        begun = time.process_time()
        clock = self._shown.timed(work, holds)
        return clock, 1e3 * (time.process_time() - begun)


WHAT = {"binders": in_window}
