"""An office with 200 processors and 3,000 works consigned: its pages, searches and papers.

Made in an office of its own, by the services that the program uses.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.flows import inspecting, publishing
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from tests.bench.figures import Figure
from tests.bench.measures import clocked
from tests.bench.office import Office, surroundings
from tests.bench.pages import first, in_window, median
from tests.desks import ALICE, NOON, PASSPHRASE, make_desk

PROCESSORS, WORKS, YEARS = 200, 3_000, 3
PAGE, SEARCH = 300, 100  # milliseconds
PAGES = ("processors", "consignments", "inspections", "inspection-answers", "publications")


def figures(made: Office) -> list[Figure]:
    """Make the office; then its pages, with and without the window."""
    folder = made.folder / "partners"
    folder.mkdir()
    own = Office(folder, PROCESSORS, surroundings(folder))
    os.environ["PRIVDESK_EPOCH_DIR"] = own.surroundings["PRIVDESK_EPOCH_DIR"]
    spent = fill(folder)
    found, seen = own.inside("partners"), own.inside("partners-window")
    what = f"{PROCESSORS:,} processors, {WORKS:,} works, {PROCESSORS * YEARS:,} inspections"
    told = [Figure(f"partners: {name}", value, "s", note=what) for name, value in spent.items()]
    told += [
        Figure(name, value, "ms", target=SEARCH if name.startswith("search") else PAGE)
        for name, value in found.items()
    ]
    return told + [
        Figure(f"in the window: page of the {name} until shown", value, "ms", target=PAGE)
        for name, value in seen.items()
    ]


def fill(folder: Path) -> dict[str, float]:
    """Make the office; return seconds spent on each thing that was entered."""
    desk = make_desk(folder, officers=1)
    (folder / "passphrase").write_text(PASSPHRASE)
    try:
        return {
            f"{PROCESSORS:,} processors": clocked(partial(_processors, desk))[0],
            f"{WORKS:,} works": clocked(partial(_works, desk))[0],
            f"{PROCESSORS * YEARS:,} inspections": clocked(partial(_inspections, desk))[0],
            "the public list": clocked(partial(_published, desk))[0],
        }
    finally:
        desk.vault.raw.execute("ANALYZE main")
        desk.vault.close()


def _processors(desk: Desk) -> None:
    with desk.change() as change:
        for at in range(PROCESSORS):
            told: dict[str, Any] = {
                "name": f"수탁 {at:03} 주식회사",
                "name_en": f"Processor {at:03} Inc.",
            }
            told |= {"department": f"Team {at % 20:02}", "since": date(2023, 1, 2)}
            desk.service("processors").insert(change, told)


def _numbers(desk: Desk) -> list[int]:
    return [row[0] for row in desk.vault.raw.execute("SELECT id FROM processors ORDER BY id")]


def _works(desk: Desk) -> None:
    processors, works = _numbers(desk), desk.service("consignments")
    with desk.change() as change:
        for at in range(WORKS):
            of = desk.ref("processors", processors[at % PROCESSORS])
            told: dict[str, Any] = {
                "processor": of,
                "work": f"업무 {at:04}",
                "work_en": f"Work {at:04}",
            }
            told |= {"scope": "접수와 답변", "items": "name,phone", "since": date(2025, 1, 2)}
            works.insert(change, {**told, "until": date(2027, 1, 1), "marketing": at % 50 == 0})


def _inspections(desk: Desk) -> None:
    service, answers = desk.service("inspections"), desk.service("inspection-answers")
    for year in range(YEARS):
        held = desk.today() - timedelta(days=365 * (YEARS - year) - 300)
        with desk.change() as change:
            for number in _numbers(desk):
                told = {"processor": desk.ref("processors", number), "held_on": held}
                row = service.insert(change, told)
                for one in answers.of_inspection(row)[:3]:
                    answers.amend(change, one.id, {"answer": "yes"})


def _published(desk: Desk) -> None:
    told = {"address": "https://shop.example/processors"}
    desk.service("publications").create(told)


def measured(folder: Path) -> dict[str, Any]:
    """Return milliseconds of lists, searches, papers and Today, without the window."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE, FixedClock(NOON))
    rows = partial(first, desk)
    asked: dict[str, Callable[[], object]] = {
        "search processors by name": partial(rows, "processors", Query(text="수탁 07")),
        "search works by name": partial(rows, "consignments", Query(text="업무 29")),
        "marketing works": partial(rows, "consignments", Query(where={"marketing": True})),
        "inspections by processor": partial(rows, "inspections", Query(sort="processor")),
        "paper: the public list": partial(publishing.public_list, desk, _list(desk), "ko", "1"),
        "paper: supervision of all": partial(inspecting.overview, desk, None, "ko", "1"),
        "Today, everything that waits": FindingsService(desk).today,
    }
    try:
        return {name: 1e3 * median(work) for name, work in asked.items()}
    finally:
        desk.vault.close()


def _list(desk: Desk) -> str:
    return str(desk.service("publications").find(Query(), limit=1)[0].ref)


WHAT = {"partners": measured, "partners-window": partial(in_window, pages=PAGES)}
