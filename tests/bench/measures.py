"""What is measured without a window, each in a process of its own (``tests.bench.inside``)."""

from __future__ import annotations

import csv
import gc
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from privdesk.core.register import Query
from privdesk.flows import destruction
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault import crypto
from privdesk.vault.search import schema
from privdesk.vault.search.index import Bulk
from privdesk.vault.search.lines import Line
from privdesk.vault.search.query import search
from tests.bench.figures import share
from tests.bench.processes import proportional
from tests.bench.search import opened
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND

SCREEN = 50
ROUNDS = 5
SORTS = ("ref", "name", "collected", "due", "state")


def clocked(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that work takes, and its result."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def unlock(folder: Path) -> dict[str, Any]:
    """Return the seconds from passphrase to the first screen of people, and of the derivation."""
    spent, derived, first = [], [], []
    for _ in range(ROUNDS):
        whole, desk = clocked(partial(open_desk, folder / "office.privdesk", ALICE, PASSPHRASE))
        key, _key = clocked(partial(crypto.stretch, PASSPHRASE, bytes(16), crypto.FLOOR))
        paint, _rows = clocked(partial(_first, desk, "name"))
        desk.vault.close()
        spent.append(whole + paint - key)
        derived.append(key)
        first.append(paint)
    medians = {"beyond": spent, "derivation": derived, "first": first}
    return {name: statistics.median(values) for name, values in medians.items()}


def _first(desk: Desk, sort: str, *, descending: bool = False) -> Any:
    view = desk.service("subjects").open_view(Query(sort=sort, descending=descending))
    view.rows(0, SCREEN)
    return view


def table(folder: Path) -> dict[str, Any]:
    """Return milliseconds of the real service: first paint, jumps, re-sort with the whole order."""
    found: dict[str, Any] = {}
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        found["cold"] = 1e3 * clocked(lambda: _first(desk, "name"))[0]
        for sort in SORTS:
            paint, whole = [], []
            for turn in range(ROUNDS):
                seconds, view = clocked(partial(_first, desk, sort, descending=turn % 2 == 1))
                paint.append(seconds)
                whole.append(seconds + clocked(view.numbers)[0])
                view.close()
            found[f"paint {sort}"] = 1e3 * statistics.median(paint)
            found[f"whole {sort}"] = 1e3 * statistics.median(whole)
        view = _first(desk, "name")
        chance = random.Random(3)
        places = [chance.randrange(view.total - SCREEN) for _ in range(200)]
        view.numbers()
        jumps = [clocked(partial(view.rows, at, at + SCREEN))[0] for at in places]
        found["jump"] = 1e3 * share(jumps, 0.95)
    finally:
        desk.vault.close()
    return found


def searching(folder: Path) -> dict[str, Any]:
    """Return milliseconds (p95) of searches in the real vault, each asked once before."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        service = desk.service("subjects")
        numbers = service.open_view(Query(sort="ref")).numbers()
        some = numbers[:: max(len(numbers) // 40, 1)][:40]
        texts = []
        for row in service.rows(list(some), reveal=True):
            name, phone = str(row.values["name"]), str(row.values["phone"])
            texts += [name, name[:1], name[1:], phone[-4:], phone, str(row.values["email"])[2:7]]
            texts += [name + "뷁", row.ref]
        spent = []
        gc.freeze()
        for text in texts:
            search(desk.vault.raw, text)
            spent.append(clocked(partial(search, desk.vault.raw, text))[0])
        return {"p95": 1e3 * share(spent, 0.95), "median": 1e3 * share(spent, 0.5)}
    finally:
        desk.vault.close()


class Stages(Progress):
    """Notes when each stage begins."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[tuple[str, float]] = []

    def stage(self, name: str, total: int = 0) -> None:
        super().stage(name, total)
        self.begun.append((name, time.perf_counter()))

    def seconds(self) -> dict[str, float]:
        """Return the seconds of each stage."""
        ends = [at for _name, at in self.begun[1:]] + [time.perf_counter()]
        spent: dict[str, float] = {}
        for (name, at), end in zip(self.begun, ends, strict=True):
            spent[name] = spent.get(name, 0.0) + end - at
        return spent


def destroy(folder: Path) -> dict[str, Any]:
    """Destroy who is due, request to certificate, by two officers; seconds without unlocking."""
    vault = folder / "office.privdesk"
    desk = open_desk(vault, ALICE, PASSPHRASE)
    asked, ref = clocked(
        lambda: destruction.request(desk, due_on=desk.today(), reason="the period ended")
    )
    desk.vault.close()
    desk = open_desk(vault, BORA, SECOND)
    agreed, _none = clocked(lambda: destruction.approve(desk, ref))
    desk.vault.close()
    desk = open_desk(vault, ALICE, PASSPHRASE)
    stages = Stages()
    custody = folder / "safe" / "custody.key"
    custody.parent.mkdir()
    custody.parent.mkdir(exist_ok=True)
    done, executed = clocked(lambda: destruction.execute(desk, ref, custody, progress=stages))
    people = desk.service("destructions").rows([desk.service("destructions").number(ref)])[0]
    desk.vault.close()
    return {
        "seconds": asked + agreed + done,
        "people": people.values["destroyed"],
        "state": executed.state,
        "verified": people.values["verified"],
        "stages": stages.seconds(),
    }


def plain(folder: Path) -> dict[str, Any]:
    """Take the same list into one unencrypted file: same tables and index, nothing sealed.

    No validation, no journal, no keyed hashes; one process.
    """
    connection = opened(folder / "plain.db", "")
    schema.create(connection, "plain", 1)
    connection.execute(
        "CREATE TABLE search.subjects (id INTEGER PRIMARY KEY, state, made, changed)"
    )
    connection.execute(
        "CREATE TABLE search.holdings (id INTEGER PRIMARY KEY, subject, purpose, collected, due)"
    )
    connection.execute("CREATE INDEX search.by_subject ON holdings (subject)")
    connection.execute("CREATE TABLE search.vals (id INTEGER PRIMARY KEY, body)")
    seconds, people = clocked(lambda: _plain(connection, folder / "people.csv"))
    connection.close()
    (folder / "plain.db").unlink()
    return {"seconds": seconds, "people": people}


def _plain(connection: Any, path: Path) -> int:
    connection.execute("BEGIN IMMEDIATE")
    bulk = Bulk(connection, path.stat().st_size // 60)
    number = 1
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        while part := list(islice(rows, 5_000)):
            ids = range(number, number + 2 * len(part), 2)
            number = ids.stop
            days = [date.fromisoformat(row[5]) for row in part]
            connection.executemany(
                "INSERT INTO search.subjects VALUES (?, 'living', '', '')", [(n,) for n in ids]
            )
            connection.executemany(
                "INSERT INTO search.holdings VALUES (?, ?, 1, ?, ?)",
                [(n + 1, n, row[5], row[5]) for n, row in zip(ids, part, strict=True)],
            )
            connection.executemany(
                "INSERT INTO search.vals VALUES (?, ?)",
                [(n, "\x1f".join(row[:4])) for n, row in zip(ids, part, strict=True)],
            )
            bulk.add(
                Line(n, "subjects", f"S-{n:06}-0", (row[0], row[1], row[3], row[2]), 15, row[1],
                     "living", day, day)
                for n, row, day in zip(ids, part, days, strict=True)
            )  # fmt: skip
    bulk.finish()
    connection.execute("COMMIT")
    return number // 2


def memory(folder: Path) -> dict[str, Any]:
    """Return the memory of a desk without a window after lists and searches."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        for sort in SORTS:
            view = _first(desk, sort)
            view.numbers()
            view.close()
        for text in ("김", "민수", "1234", "user77"):
            search(desk.vault.raw, text)
        return {"mebibytes": proportional([os.getpid()])}
    finally:
        desk.vault.close()


WHAT = {
    "unlock": unlock,
    "table": table,
    "search": searching,
    "destroy": destroy,
    "plain": plain,
    "memory": memory,
}
