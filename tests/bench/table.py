"""A table over a million people: ``python -m tests.bench.table [PEOPLE]``."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from privdesk.vault.search.view import LineView, open_view
from tests.bench.figures import Figure, share, show
from tests.bench.search import KEYS, built, opened

SCREEN = 50  # rows
SORTS = ("ref", "name", "collected", "due", "state")
FILTERS: dict[str, dict[str, Any]] = {
    "state held (2 %)": {"state": "held", "sort": "due"},
    "state living (98 %)": {"state": "living", "sort": "name"},
    "text of few": {"text": "dragonhappy12", "sort": "name"},
    "text of a fifth": {"text": "김", "sort": "name"},
    "text of a tenth, checked": {"text": "kimle", "sort": "due"},
}


def _first(connection: Any, **selection: Any) -> LineView:
    view = open_view(connection, "subjects", **selection)
    view.rows(0, SCREEN)
    return view


def _whole(connection: Any, **selection: Any) -> LineView:
    view = _first(connection, **selection)
    view.ids()
    return view


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - start)


def _turns(
    connections: dict[str, Any], work: Callable[[Any], object], times: int = 5
) -> dict[str, float]:
    """Return the median milliseconds; the files are asked in turns."""
    taken: dict[str, list[float]] = {name: [] for name in connections}
    for _ in range(times):
        for name, connection in connections.items():
            taken[name].append(_timed(partial(work, connection)))
    return {name: statistics.median(values) for name, values in taken.items()}


def _figure(what: str, times: dict[str, float], target: float | None = None) -> Figure:
    return Figure(what, times["encrypted"], "ms", times["plain"], target)


def _jumps(connections: dict[str, Any], n: int) -> Figure:
    chance = random.Random(3)
    places = [chance.randrange(n) for _ in range(300)]
    times = {}
    for name, connection in connections.items():
        view = _whole(connection, sort="name")
        taken = [_timed(partial(view.rows, at, at + SCREEN)) for at in places]
        times[name] = share(taken, 0.95)
        view.close()
    return _figure("any jump: p95", times, 30)


def run(n: int = 1_000_000) -> list[Figure]:
    """Open, sort, jump and filter in both files."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name}.db") for name in KEYS}
        for name, key in KEYS.items():
            built(paths[name], key, n)[0].close()
        gc.freeze()
        cold = {}
        for name, key in KEYS.items():
            connection = opened(paths[name], key)
            cold[name] = _timed(partial(_first, connection, sort="name"))
            connection.close()
        figures.append(_figure("first paint, just opened", cold, 100))
        connections = {name: opened(paths[name], key) for name, key in KEYS.items()}
        for sort in SORTS:
            first = _turns(connections, partial(_first, sort=sort))
            whole = _turns(
                connections,
                partial(_whole, sort=sort, descending=True),
            )
            figures.append(_figure(f"first paint by {sort}", first, 100))
            figures.append(_figure(f"re-sort by {sort}, whole order", whole, 300))
        figures.append(_jumps(connections, n))
        views = {name: _whole(c, sort="name") for name, c in connections.items()}
        names = {id(c): name for name, c in connections.items()}
        place = _turns(connections, lambda c: views[names[id(c)]].position(n // 2))
        figures.append(_figure("position of a person", place, 30))
        for what, selection in FILTERS.items():
            taken = _turns(connections, partial(_whole, **selection), 3)
            figures.append(_figure(f"{what}, whole order", taken))
    return figures


if __name__ == "__main__":
    show(run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
