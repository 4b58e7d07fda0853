"""What is killed: each runs in a process of its own. The first argument says when it begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from privdesk.core.clock import FixedClock
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows import destruction, rolling
from privdesk.flows.importing.taking import PeopleImporter
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.vault import opening
from tests.copies import open_as
from tests.desks import NOON


def take_in(desk: Desk, path: Path, **more: object) -> Report:
    """Import a list of people as an officer would."""
    importer = PeopleImporter(desk)
    fields = importer.fields()
    answers: dict[str, object] = {"create": True, **more}
    with open_source(path, known=recogniser(fields)) as source:
        mapping = plan(source, fields)
        rejects = path.with_suffix(".rejects.csv")
        return importer.run(source, mapping, answers, Progress(), rejects)


def import_list(begun: str, vault: Path, path: Path) -> None:
    """Open the desk, say so, import a list."""
    desk = open_as(vault)
    Path(begun).touch()
    take_in(desk, path)
    desk.vault.close()


def execute(begun: str, vault: Path, ref: str, custody: Path) -> None:
    """Open the desk, say so, execute an approved destruction."""
    desk = open_as(vault)
    Path(begun).touch()
    destruction.execute(desk, ref, custody)
    desk.vault.close()


def open_only(begun: str, vault: Path) -> None:
    """Say so, then open the desk: what a crash left is finished here."""
    Path(begun).touch()
    open_as(vault).vault.close()


def end_at(stage: str) -> Callable[[str], None]:
    """Return a hook that ends the process at once when a stage begins."""

    def hook(name: str) -> None:
        if name == stage:
            os._exit(9)

    return hook


def roll(begun: str, vault: Path, custody: Path, stage: str = "") -> None:
    """Open the desk, say so, roll; end the process where a stage begins."""
    desk = open_as(vault)
    Path(begun).touch()
    rolling.run(desk, custody, end_at(stage))
    desk.vault.close()


def change_all_files(begun: str, vault: Path, kit: bytes, spread: int) -> None:
    """Change a row in every file in one transaction after another, for ever."""
    opened = opening.open_with_kit(vault, kit)
    raw = opened.raw
    turn = int(opened.meta("turn") or 0)
    Path(begun).touch()
    while True:
        turn += 1
        with opened.transaction():
            opened.set_meta("turn", str(turn))
            for n in range(spread):
                text = f"{turn} {n} " + "x" * 900
                opened.payloads.put("keys_people", 900_000 + n, {1: text})
                opened.payloads.put("keys_office", 950_000 + n, {1: text})
            raw.execute("INSERT OR REPLACE INTO search.about VALUES ('turn', ?)", (str(turn),))


def due_on() -> date:
    """Return the day on which everybody of the lists is due."""
    return FixedClock(NOON).now().date()
