"""An office of 5,000 people: its pages over 60,000 attendances, pledges and access rights.

Made in an office of its own. Everything is entered by the services that the program uses; what
that takes is among the figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.flows import pledging, staffgaps
from privdesk.flows.opening import open_desk
from privdesk.registers.attendances.service import Mark
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from tests.bench.figures import Figure
from tests.bench.measures import clocked
from tests.bench.office import Office, surroundings
from tests.bench.pages import first, in_window, median
from tests.desks import ALICE, NOON, PASSPHRASE, make_desk

STAFF, SESSIONS, RIGHTS = 5_000, 12, 5_000
PAGE, SEARCH = 300, 100  # milliseconds
PAGES = ("staff", "pledges", "sessions", "attendances", "access-rights")


def figures(made: Office) -> list[Figure]:
    """Make the office, measuring what is entered; then its pages, with and without the window."""
    folder = made.folder / "staff"
    folder.mkdir()
    own = Office(folder, STAFF, surroundings(folder))
    os.environ["PRIVDESK_EPOCH_DIR"] = own.surroundings["PRIVDESK_EPOCH_DIR"]
    spent = fill(folder)
    found, seen = own.inside("staff"), own.inside("staff-window")
    what = f"{STAFF:,} people, {STAFF * SESSIONS:,} attendances, {RIGHTS:,} rights"
    told = [Figure(f"staff: {name}", value, "s", note=what) for name, value in spent.items()]
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
            f"{STAFF:,} people": clocked(partial(_people, desk))[0],
            f"{STAFF:,} pledges drawn up": clocked(partial(pledging.draw, desk, "joining"))[0],
            f"{STAFF * SESSIONS:,} attendances": clocked(partial(_trained, desk))[0],
            f"{RIGHTS:,} rights": clocked(partial(_rights, desk))[0],
        }
    finally:
        desk.vault.raw.execute("ANALYZE main")
        desk.vault.close()


def _people(desk: Desk) -> None:
    syllables = "가나다라마바사아자차카타파하"
    with desk.change() as change:
        for at in range(STAFF):
            name = "김" + syllables[at % 14] + syllables[at // 14 % 14] + str(at // 196)
            told = {"name": name, "staff_no": f"E-{at:05}", "department": f"Team {at % 40:02}"}
            told |= {"duty": "handler", "category": "a", "joined": "2020-03-02"}
            desk.service("staff").insert(change, told)


def _trained(desk: Desk) -> None:
    course = desk.service("courses").create({"name": "Duties", "topics": "security,duty"})
    staff = [row[0] for row in desk.vault.raw.execute("SELECT id FROM staff ORDER BY id")]
    attendances = desk.service("attendances")
    for at in range(SESSIONS):
        day = desk.today() - timedelta(days=40 * at)
        held = desk.service("sessions").create({"course": course.ref, "on": day})
        with desk.change() as change:
            attendances.invite(change, held.id, staff)
            marks = [Mark(number, "attended") for number in attendances.of(held.id).values()]
            attendances.mark(change, held.id, marks[: -100 * at or None])
            change.note("session.invited", "sessions", held.id)


def _rights(desk: Desk) -> None:
    systems = [
        desk.service("places").create(
            {"name": f"System {at:02}", "kind": "system", "medium": "electronic"}
        )
        for at in range(10)
    ]
    staff = [row[0] for row in desk.vault.raw.execute("SELECT id FROM staff ORDER BY id")]
    with desk.change() as change:
        for at in range(RIGHTS):
            told = {"staff": desk.ref("staff", staff[at % STAFF]), "place": systems[at % 10].ref}
            told |= {"account": f"user{at:05}", "reason": "Calls", "granted_on": "2026-01-05"}
            desk.service("access-rights").insert(change, told)


def measured(folder: Path) -> dict[str, Any]:
    """Return milliseconds of lists, searches, papers and Today, without the window."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE, FixedClock(NOON))
    asked: dict[str, Callable[[], object]] = {
        "search attendances by name": partial(first, desk, "attendances", Query(text="김가나1")),
        "search pledges by name": partial(first, desk, "pledges", Query(text="김가나1")),
        "search staff by name": partial(first, desk, "staff", Query(text="김가나1")),
        "search rights by account": partial(first, desk, "access-rights", Query(text="user0123")),
        "staff who are not trained": partial(
            first, desk, "staff", Query(where={"training": ("over",)}, sort="name")
        ),
        "staff in order of their pledge": partial(first, desk, "staff", Query(sort="pledge")),
        "paper: who lacks what": partial(staffgaps.gaps, desk, None, "ko", "1"),
        "Today, everything that waits": FindingsService(desk).today,
    }
    try:
        return {name: 1e3 * median(work) for name, work in asked.items()}
    finally:
        desk.vault.close()


WHAT = {"staff": measured, "staff-window": partial(in_window, pages=PAGES)}
