"""What is measured of an order's pages alike: lists without the window, pages in it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from tests.bench.measures import clocked


def median(work: Callable[[], object]) -> float:
    """Return the seconds that work takes, the median of five turns."""
    return statistics.median(clocked(work)[0] for _turn in range(5))


def first(desk: Desk, register: str, query: Query) -> object:
    """Return the first rows of a list."""
    return desk.service(register).open_view(query).rows(0, 60)


def in_window(folder: Path, pages: Sequence[str]) -> dict[str, Any]:
    """Return milliseconds until each page is shown in the real window, with its counts."""
    from tests.bench import screen

    shown = screen.Window(folder)
    shell: Any = shown.window.page
    found = {}
    shell.open("courses")  # what every page loads is not counted with the first
    shown.settle(1.0)
    for name in pages:
        found[name] = shown.timed(partial(shell.open, name), partial(_listed, shell, name))
        shown.settle(0.5)
    shown.close()
    return found


def _listed(shell: Any, name: str) -> bool:
    page = shell.page(name)
    return page is not None and page.list.model.view is not None and page.list.model.view.count > 0
