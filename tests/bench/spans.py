"""The figures of a month in a large office: what a manager's dashboard and reports wait for.

300,000 people with a holding and two consents each, 5,000 requests, 5,000 staff with 60,000
attendances and their pledges and rights, 200 processors with ten years of inspections. Put in
as their tables hold them: how quickly they come in is measured elsewhere.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from privdesk.core.figures import month, year
from privdesk.core.periods import years
from privdesk.core.register import Query
from privdesk.flows import figuring, people
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.vault.crypto import FLOOR
from tests.bench import rights
from tests.bench.figures import Figure
from tests.bench.measures import clocked
from tests.bench.office import Office
from tests.desks import ALICE, PASSPHRASE, make_desk

PEOPLE, STAFF, ATTENDANCES, PROCESSORS = 300_000, 5_000, 60_000, 200
TARGET = 300  # milliseconds
DEPARTMENTS = 40
MANAGER = ("Mina Muster", "manager", "copper sparrow meadow 31")


def figures(made: Office) -> list[Figure]:
    """Make the office and measure the board of a month, of a year, and a report."""
    folder = made.folder / "spans"
    folder.mkdir()
    os.environ["PRIVDESK_EPOCH_DIR"] = made.surroundings["PRIVDESK_EPOCH_DIR"]
    fill(folder)
    own = Office(folder, PEOPLE, made.surroundings)
    found, seen = own.inside("spans"), own.inside("spans-window")
    what = f"{PEOPLE:,} people, {STAFF:,} staff, {ATTENDANCES:,} attendances"
    return [
        Figure("figures of the running month beside the last", found["month"], "ms",
               target=TARGET, note=what),
        Figure("figures of the last month, just ended", found["last"], "ms", target=TARGET),
        Figure("figures of the running year beside the last", found["year"], "ms"),
        Figure("all that a monthly report holds on to", found["told"], "ms"),
        *(
            Figure(f"in the window, a manager: figures of the {kind} until shown", clock, "ms",
                   target=TARGET, note=f"processor: {processor:,.0f} ms")
            for kind, (clock, processor) in seen.items()
        ),
    ]  # fmt: skip


def fill(folder: Path) -> None:
    """Make the office."""
    desk = make_desk(folder)
    people.add(desk, *MANAGER, FLOOR)
    desk.vault.close()
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        item = desk.service("items").find(Query())[0].ref
        common = {"retention": years(3), "required_items": (item,), "basis": "consent"}
        common["refusal"] = "You may refuse; nothing else changes."
        purposes = [
            desk.service("purposes").create({"name": f"Purpose {n}", **common}).id for n in range(2)
        ]
        place = desk.service("places").create({"name": "Shop", "kind": "system"})
        told = {"name": "Members", "purpose": desk.ref("purposes", purposes[0]), "holds": "names"}
        file = desk.service("files").create({**told, "place": place.ref}).id
        with desk.change() as change:
            _people(desk, purposes, file)
            _staff(desk, place.id)
            _processors(desk)
            change.note("import.made", "subjects", count=PEOPLE)
        desk.vault.raw.execute("ANALYZE main")
    finally:
        desk.vault.close()


def _people(desk: Desk, purposes: list[int], file: int) -> None:
    chance, today = random.Random(3), desk.today()
    living = put(desk, "subjects", ({"state": "living"} for _ in range(PEOPLE)))
    put(desk, "holdings", (_holding(chance, today, who, file, purposes[0]) for who in living))
    put(desk, "consents", rights._consents(today, living, purposes))
    put(desk, "requests", rights._requests(desk.now(), living))


def _holding(chance: random.Random, today: date, who: int, file: int, of: int) -> dict[str, Any]:
    collected = today - timedelta(days=chance.randrange(1, 1_100))
    return {
        "state": "active",
        "subject": who,
        "file": file,
        "purpose": of,
        "collected_on": collected.isoformat(),
        "due_on": (collected + timedelta(days=1_096)).isoformat(),
    }


def _staff(desk: Desk, place: int) -> None:
    chance, today = random.Random(5), desk.today()
    staff = put(desk, "staff", (_member(chance, today, n) for n in range(STAFF)))
    course = put(desk, "courses", [{"state": "active", "name": "Yearly training"}])[0]
    days = [(today - timedelta(days=30 * n)).isoformat() for n in range(60)]
    told = [{"state": "closed", "course": course, "on": day} for day in days]
    sessions = put(desk, "sessions", told)
    rows = (
        {
            "state": "done" if chance.randrange(20) else "absent",
            "session": sessions[n % 60],
            "staff": staff[(n * 7) % STAFF],
            "course": course,
            "department": f"Department {n % DEPARTMENTS}",
            "on": days[n % 60],
            "topics": '["security", "duty"]',
        }
        for n in range(ATTENDANCES)
    )
    put(desk, "attendances", rows)
    put(desk, "pledges", (_pledge(chance, today, who) for who in staff))
    put(desk, "access_rights", (_right(chance, today, who, place) for who in staff))


def _member(chance: random.Random, today: date, n: int) -> dict[str, Any]:
    return {
        "state": "active",
        "department": f"Department {n % DEPARTMENTS}",
        "duty": "handler",
        "category": "a",
        "joined": (today - timedelta(days=chance.randrange(2_000))).isoformat(),
    }


def _pledge(chance: random.Random, today: date, who: int) -> dict[str, Any]:
    signed = (today - timedelta(days=chance.randrange(2_000))).isoformat()
    return {"state": "signed", "kind": "joining", "staff": who, "signed_on": signed, "in_time": 1}


def _right(chance: random.Random, today: date, who: int, place: int) -> dict[str, Any]:
    granted = (today - timedelta(days=chance.randrange(300))).isoformat()
    told = {"state": "granted", "level": "look", "staff": who, "place": place}
    return {**told, "granted_on": granted}


def _processors(desk: Desk) -> None:
    today = desk.today()
    since = (today - timedelta(days=1_000)).isoformat()
    common = {"state": "active", "since": since}
    told = [{"name": f"Processor {n}", **common} for n in range(PROCESSORS)]
    processors = put(desk, "processors", told)
    works = [{"processor": one, **common} for one in processors]
    put(desk, "consignments", works)
    held = put(desk, "inspections", _inspections(today, processors))
    answers = (
        {"state": "good", "inspection": one, "processor": processors[0], "no": no, "answer": "yes"}
        for one in held
        for no in range(1, 21)
    )
    put(desk, "inspection_answers", answers)


def _inspections(today: date, processors: list[int]) -> Iterator[dict[str, Any]]:
    for n, one in enumerate(processors):
        for back in range(10):
            day = (today - timedelta(days=365 * back + n)).isoformat()
            told = {"state": "closed", "processor": one, "kind": "inspection"}
            yield {**told, "held_on": day, "done_on": day}


def put(desk: Desk, table: str, rows: Any) -> list[int]:
    """Put rows into a table as it holds them; return their numbers."""
    told = list(rows)
    numbers = desk.vault.new_ids(len(told))
    names = ", ".join(f'"{name}"' for name in ("id", *told[0]))
    marks = ", ".join("?" * (1 + len(told[0])))
    desk.vault.raw.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        [(number, *row.values()) for number, row in zip(numbers, told, strict=True)],
    )
    return list(numbers)


def measured(folder: Path) -> dict[str, Any]:
    """Return milliseconds of the board of a month and of a year, and of a report's content."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        running = month(desk.today())
        asked: dict[str, Callable[[], object]] = {
            "month": partial(figuring.board, desk, running),
            "last": partial(figuring.board, desk, running.before()),
            "year": partial(figuring.board, desk, year(desk.today())),
            "told": partial(figuring.told, desk, running),
        }
        asked["month"]()  # what is loaded once
        return {
            name: 1e3 * statistics.median(_anew(desk, ask) for _turn in range(3))
            for name, ask in asked.items()
        }
    finally:
        desk.vault.close()


def _anew(desk: Desk, ask: Callable[[], object]) -> float:
    """Return the seconds that it takes after a look, so that nothing counted before is told."""
    with desk.change() as change:
        change.note("record.searched", "staff")
    return clocked(ask)[0]


def in_window(folder: Path) -> dict[str, tuple[float, float]]:
    """Return milliseconds, of clock and processor, until a manager sees month, quarter, year."""
    from privdesk.core.figures import Kind
    from tests.bench import screen

    name, _role, passphrase = MANAGER
    shown = screen.Window(folder, (name, passphrase))
    shell: Any = shown.window.page
    page = shell.open("dashboard")
    shown.until(lambda: page.shown is not None and not shown.session.tasks.open_tickets)
    found = {}
    for kind in (Kind.QUARTER, Kind.YEAR, Kind.MONTH):
        begun, told = time.process_time(), partial(_newer, page, page.shown)
        clock = shown.timed(page.spans.kinds[kind].click, told)
        found[kind.name.lower()] = clock, 1e3 * (time.process_time() - begun)
        shown.until(lambda: not shown.session.tasks.open_tickets)
    shown.close()
    return found


def _newer(page: Any, before: object) -> bool:
    return page.shown is not before


WHAT = {"spans": measured, "spans-window": in_window}
