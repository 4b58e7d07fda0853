"""People and their rights: a person's page and Today over 400,000 consents and 5,000 requests.

An office of its own with 100,000 people. Consents and requests are put in as their tables
hold them: how quickly they come in is measured elsewhere.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privdesk.core.periods import years
from privdesk.core.register import Query
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.subjects.overview import overview
from tests.bench import office
from tests.bench.figures import Figure, share
from tests.bench.measures import clocked
from tests.bench.office import Office
from tests.desks import ALICE, PASSPHRASE

if TYPE_CHECKING:
    from tests.bench.screen import Window

PEOPLE, PURPOSES, REQUESTS = 100_000, 4, 5_000
LOOKED_AT = 60  # people whose pages are opened
PAGE, TODAY = 100, 300  # milliseconds
_WITHDRAWN_IN = 200  # one consent in so many was withdrawn and acted on
_OPEN_IN = 5  # one request in so many is open


def figures(made: Office) -> list[Figure]:
    """Make the office and measure it, first without the window, then in it."""
    folder = made.folder / "rights"
    folder.mkdir()
    own = office.founded(folder, PEOPLE)
    office.imported(own)
    _fill(folder)
    found, seen = own.inside("rights"), own.inside("rights-window")
    what = f"{PEOPLE:,} people, {PEOPLE * PURPOSES:,} consents, {REQUESTS:,} requests"
    return [
        Figure("a person's page, everything about her: p95", found["person"], "ms", note=what),
        Figure("Today, everything that waits", found["today"], "ms"),
        Figure("in the window: a person's page until shown: p95", seen["person"], "ms",
               target=PAGE),
        Figure("in the window: Today until shown", seen["today"], "ms", target=TODAY),
    ]  # fmt: skip


def _fill(folder: Path) -> None:
    """Put in four purposes with a consent of everybody to each, and the requests."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        item = desk.service("items").find(Query())[0].ref
        common = {"retention": years(3), "required_items": (item,), "basis": "consent"}
        refusal = "You may refuse; nothing else changes."
        purposes = [
            desk.service("purposes").create(
                {"name": f"Purpose {n}", "marketing": n == 0, "refusal": refusal, **common}
            )
            for n in range(PURPOSES)
        ]
        desk.set_setting("profile", {"people": PEOPLE, "marketing": True})
        numbers = [row.id for row in purposes]
        people = [row[0] for row in desk.vault.raw.execute("SELECT id FROM subjects ORDER BY id")]
        with desk.change() as change:
            _insert(desk, "consents", _consents(desk.today(), people, numbers))
            _insert(desk, "requests", _requests(desk.now(), people))
            change.note("import.made", "consents", count=PEOPLE * PURPOSES)
        for _turn in range(10):
            for number in people[:LOOKED_AT]:
                desk.service("subjects").get(desk.ref("subjects", number), reveal="Bench")
        desk.vault.raw.execute("ANALYZE main")
    finally:
        desk.vault.close()


def _insert(desk: Desk, table: str, rows: Iterator[dict[str, Any]]) -> None:
    told = list(rows)
    numbers = desk.vault.new_ids(len(told))
    names = ", ".join(("id", *told[0]))
    marks = ", ".join("?" * (1 + len(told[0])))
    desk.vault.raw.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        [(number, *row.values()) for number, row in zip(numbers, told, strict=True)],
    )


def _consents(today: date, people: list[int], purposes: list[int]) -> Iterator[dict[str, Any]]:
    chance = random.Random(11)
    for number, subject in enumerate(people):
        for purpose in purposes:
            given = chance.randrange(_WITHDRAWN_IN) > 0
            day = today - timedelta(days=chance.randrange(1, 1_000))
            yield {
                "state": "given" if given else "withdrawn",
                "subject": subject,
                "purpose": purpose,
                "box": "marketing" if purpose == purposes[0] else "use",
                "kind": "given" if given else "withdrawn",
                "at": day.isoformat(),
                "channel": ("web", "phone", "paper")[number % 3],
                "guardian": 0,
            }


def _requests(now: datetime, people: list[int]) -> Iterator[dict[str, Any]]:
    chance = random.Random(13)
    for number in range(REQUESTS):
        is_open = number % _OPEN_IN == 0
        received = now - timedelta(days=chance.randrange(20 if is_open else 900), hours=1)
        yield {
            "state": "received" if is_open else "closed",
            "kind": chance.choice(("access", "correction", "deletion", "inquiry")),
            "subject": people[number // 50] if number % 10 == 0 else chance.choice(people),
            "received_at": received.astimezone(UTC).isoformat(),
            "due_on": (received.date() + timedelta(days=10)).isoformat(),
        }


def some(desk: Desk) -> list[str]:
    """Return people whose pages are opened: those with the most to tell first."""
    sql = "SELECT id FROM subjects ORDER BY id LIMIT ?"
    first = desk.vault.raw.execute(sql, (LOOKED_AT,)).fetchall()
    return [desk.ref("subjects", row[0]) for row in first]


def measured(folder: Path) -> dict[str, Any]:
    """Return milliseconds of a person's page and of Today, without the window."""
    desk = open_desk(folder / "office.privdesk", ALICE, PASSPHRASE)
    try:
        pages = [clocked(partial(overview, desk, ref))[0] for ref in some(desk)]
        findings = FindingsService(desk)
        turns = [clocked(findings.today)[0] for _turn in range(5)]
        return {"person": 1e3 * share(pages, 0.95), "today": 1e3 * statistics.median(turns)}
    finally:
        desk.vault.close()


def in_window(folder: Path) -> dict[str, Any]:
    """Return milliseconds until a person and Today are shown in the real window."""
    from tests.bench import screen

    shown = screen.Window(folder)
    shell: Any = shown.window.page
    desk = shown.session.desk
    assert desk is not None
    refs = some(desk)
    page = shell.open("subjects")
    shown.settle(1.0)
    pages = [shown.timed(partial(page.open_ref, ref), partial(_shows, page, ref)) for ref in refs]
    today = shell.open("today")
    shown.settle(1.0)
    turns = [_again(shown, today) for _turn in range(5)]
    shown.close()
    return {"person": share(pages, 0.95), "today": statistics.median(turns)}


def _again(shown: Window, today: Any) -> float:
    before = today.board
    return shown.timed(today.refresh, lambda: today.board is not before)


def _shows(page: Any, ref: str) -> bool:
    return page.person is not None and page.person.ref == ref


WHAT = {"rights": measured, "rights-window": in_window}
