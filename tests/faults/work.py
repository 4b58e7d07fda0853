"""What is killed: each runs in a process of its own. The first argument says when it begins."""

from __future__ import annotations

import os
import time
from pathlib import Path

from privdesk.flows import destruction, rolling
from privdesk.ui.progress import Progress
from privdesk.vault import opening
from tests.copies import open_as
from tests.desks import BORA
from tests.flows.folk import take


def began(begun: str) -> None:
    """Say that the work begins in earnest; wait while somebody who watches gets ready."""
    Path(begun).touch()
    while Path(f"{begun}.held").exists():
        time.sleep(0.001)


def import_list(begun: str, vault: Path, path: Path) -> None:
    """Open the desk, say so, import a list."""
    desk = open_as(vault)
    began(begun)
    take(desk, path, rejects=path.with_suffix(".rejects.csv"))
    desk.vault.close()


def execute(begun: str, vault: Path, ref: str, custody: Path, stage: str = "") -> None:
    """Open the desk, say so, execute an approved destruction; end where a stage begins."""
    desk = open_as(vault, BORA)
    began(begun)
    destruction.execute(desk, ref, custody, progress=Ending(stage))
    desk.vault.close()


def roll(begun: str, vault: Path, custody: Path, stage: str = "") -> None:
    """Open the desk, say so, roll; end the process where a stage begins."""
    desk = open_as(vault)
    began(begun)
    rolling.run(desk, custody, Ending(stage).stage)
    desk.vault.close()


def open_only(begun: str, vault: Path) -> None:
    """Say so, then open the desk: what a crash left is finished here."""
    began(begun)
    open_as(vault).vault.close()


def back_up(begun: str, vault: Path, target: Path) -> None:
    """Open the desk, write a backup, and say so once half of it is there."""

    def tick(part: float) -> None:
        if part > 0:
            began(begun)
            time.sleep(60)

    rolling.backup_desk(open_as(vault), target, tick)


class Ending(Progress):
    """Ends the process at once when a stage begins."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a stage, or end everything."""
        if name == self._at:
            os._exit(9)
        super().stage(name, total)


def change_all_files(begun: str, vault: Path, kit: bytes, spread: int) -> None:
    """Change a row in every file in one transaction after another, for ever."""
    opened = opening.open_with_kit(vault, kit)
    raw = opened.raw
    turn = int(opened.meta("turn") or 0)
    began(begun)
    while True:
        turn += 1
        with opened.transaction():
            opened.set_meta("turn", str(turn))
            for n in range(spread):
                text = f"{turn} {n} " + "x" * 900
                opened.payloads.put("keys_people", 900_000 + n, {1: text})
                opened.payloads.put("keys_office", 950_000 + n, {1: text})
            raw.execute("INSERT OR REPLACE INTO search.about VALUES ('turn', ?)", (str(turn),))
