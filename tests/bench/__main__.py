"""All figures: ``make bench`` or ``python -m tests.bench [--quick] [--only NAME …]``.

One office is made, its people imported, and everything else is measured on it; what needs
a yardstick is measured beside it in the same run. Minutes, not seconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from tests.bench import (
    binders,
    documents,
    exchange,
    figures,
    letters,
    office,
    partners,
    rights,
    search,
    spans,
    staff,
)
from tests.bench.figures import Figure
from tests.bench.office import Office

T = TypeVar("T")
MILLION = 1_000_000
QUICK = 100_000
MEBIBYTES = 300


def unlocking(made: Office) -> list[Figure]:
    """From passphrase to people on the screen."""
    found = made.inside("unlock")
    note = f"the derivation itself: {found['derivation']:.2f} s"
    what = "unlock to usable desk, beyond key derivation"
    return [Figure(what, found["beyond"], "s", target=0.3, note=note)]


def searching(made: Office) -> list[Figure]:
    """Search as you type: every class of query, encrypted and not; then the real vault."""
    told = [f for f in apart(search.run, made.people) if "p95" in f.what]
    whole = next(f for f in told if f.what.startswith("all"))
    slowest = max((f for f in told if f is not whole), key=lambda f: f.value)
    plain = whole.yardstick or 0.0
    found = made.inside("search")
    return [
        Figure("search as you type, all classes: p95", whole.value, "ms", plain, 10),
        Figure("its ratio to the same index unencrypted", whole.value / plain, "", target=1.5),
        Figure(f"slowest class, {slowest.what}", slowest.value, "ms", slowest.yardstick, 10),
        Figure("search in the office's own vault: p95", found["p95"], "ms", target=10),
    ]


def importing(made: Office) -> list[Figure]:
    """How fast lists are read and written; the import itself made the office."""
    read = apart(exchange.run, made.people)
    return [
        Figure("reading and checking that list alone", read["read_utf-8_seconds"], "s",
               read["yardstick_csv_alone_seconds"]),
    ]  # fmt: skip


def tables(made: Office) -> list[Figure]:
    """The table: the service, then the real window."""
    found, seen = made.inside("table"), made.inside("desk")
    sorts = [name.partition(" ")[2] for name in found if name.startswith("whole")]
    slowest = max(sorts, key=lambda s: found[f"whole {s}"])
    shown = max(seen["sorts"].values())
    still = "events are handled meanwhile; the screen's own work"
    return [
        Figure("table, first paint of a vault just opened", found["cold"], "ms", target=100),
        Figure("any jump: p95", found["jump"], "ms", target=30),
        Figure(f"re-sort, whole order ({slowest}, the slowest)", found[f"whole {slowest}"], "ms",
               target=300),
        Figure("in the window: people's page opened, rows shown", seen["open"], "ms"),
        Figure("in the window: jump until rows are shown: p95", seen["jump"], "ms"),
        Figure("in the window: re-sort until rows are shown", shown, "ms", target=300),
        Figure("in the window: longest stillness", seen["still"], "ms", target=50, note=still),
    ]  # fmt: skip


def memory(made: Office) -> list[Figure]:
    """Memory with everybody open."""
    alone, window = made.inside("memory"), made.inside("desk")
    return [
        Figure("memory, all people open: services", alone["mebibytes"], "MiB", target=MEBIBYTES),
        Figure("memory, all people open: the window", window["mebibytes"], "MiB", target=MEBIBYTES),
    ]


def destroying(made: Office) -> list[Figure]:
    """Destroy one in a hundred, from request to certificate."""
    found = made.inside("destroy")
    stages = sorted(found["stages"].items(), key=lambda s: -s[1])[:4]
    note = ", ".join(f"{name} {seconds:.1f}" for name, seconds in stages)
    what = f"destroy {found['people']:,} of {made.people:,}, request to certificate"
    return [Figure(what, found["seconds"], "s", target=20, note=note)]


def notices(_made: Office) -> list[Figure]:
    """Papers beside bare reportlab."""
    return apart(documents.run)


def letters_of_requests(_made: Office) -> list[Figure]:
    """Letters of requests beside bare reportlab."""
    return apart(letters.run)


def starting(made: Office) -> list[Figure]:
    """Cold start beside an empty window."""
    found = made.inside("start")
    return [
        Figure(what, found[ours], "ms", found[empty], 1.5 * found[empty])
        for what, ours, empty in (
            ("cold start to the unlock page", "ours", "empty"),
            ("its processor time", "ours cpu", "empty cpu"),
        )
    ]


def apart(work: Callable[..., T], *given: object) -> T:
    """Return what work returns in a process of its own, where nothing else was done before."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


PARTS: dict[str, Callable[[Office], Iterable[Figure]]] = {
    "unlock": unlocking,
    "table": tables,
    "memory": memory,
    "start": starting,
    "search": searching,
    "import": importing,
    "notices": notices,
    "letters": letters_of_requests,
    "destroy": destroying,
    "rights": rights.figures,
    "staff": staff.figures,
    "partners": partners.figures,
    "binders": binders.figures,
    "spans": spans.figures,
}
ALONE = ("notices", "letters", "rights", "staff", "partners", "binders", "spans")


def machine() -> str:
    """Return what the figures were measured on."""
    text = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("model name")]
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {names[0] if names else platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load before: {load}"
    )


def main() -> None:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} people")
    parser.add_argument("--only", action="append", choices=list(PARTS), help="one part; repeatable")
    told = parser.parse_args()
    wanted = told.only or list(PARTS)
    print(machine())
    print(f"{'':56}{'measured':>14}{'yardstick':>12}{'ratio':>7}{'target':>10}")
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="privdesk-bench-") as folder:
        people = QUICK if told.quick else MILLION
        made = Office(Path(folder), people, office.surroundings(Path(folder)))
        if set(wanted) - set(ALONE):
            made = office.founded(Path(folder), people)
            found += _printed(office.imported(made))
        for name, part in PARTS.items():
            if name in wanted:
                found += _printed(part(made))
    missed = [figure.what for figure in found if not figure.met]
    print(f"{len(found)} figures, {len(missed)} missed" + "".join(f"\n  {what}" for what in missed))


def _printed(told: Iterable[Figure]) -> list[Figure]:
    kept = list(told)
    for figure in kept:
        print(figures.line(figure))
        sys.stdout.flush()
    return kept


if __name__ == "__main__":
    main()
