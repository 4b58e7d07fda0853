"""A vault that was damaged on its medium: what it still says, and whether it says so honestly."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from privdesk.core import system
from privdesk.core.register import Query
from privdesk.flows import attached, issuing, restoring
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.causes import known_cause
from tests.copies import copy_of, copy_office, open_as
from tests.flows.folk import fill

FOUND, HARMLESS = "found", "harmless"
OWN = "journal"  # each opening adds an entry to it; it is verified instead


def make(folder: Path) -> Desk:
    """Return the desk of an office with people, an open request and a paper."""
    desk = open_as(copy_office(folder))
    fill(desk)
    (somebody, *_rest) = desk.service("subjects").find(Query(sort="ref"))
    asked = {"kind": "access", "channel": "phone", "subject": somebody.ref}
    case = desk.service("requests").create(asked)
    issuing.issue(desk, "ack", case.ref, "en")
    return desk


def office(folder: Path) -> Path:
    """Put that office into a folder, closed."""
    return copy_of(make, folder)


def said(vault: Path) -> dict[str, Any]:
    """Open a vault as its officer and return everything it holds, in the clear."""
    desk = open_as(vault)
    try:
        found: dict[str, Any] = {name: _rows(desk, name) for name in desk.registers if name != OWN}
        names = desk.vault.raw.execute("SELECT name FROM attachments ORDER BY name").fetchall()
        found["sealed files"] = [attachments.read(desk.vault, name) for (name,) in names]
        found["damaged"] = [one.text() for one in attached.damaged(desk)]
        found["faults"] = verify.verify(desk.vault).faults
        return found
    finally:
        desk.vault.close()


def _rows(desk: Desk, name: str) -> list[tuple[str, str, dict[str, Any]]]:
    service = desk.service(name)
    numbers = [row.id for row in service.find(Query(sort="ref"))]
    return [(r.ref, r.state, dict(r.values)) for r in service.rows(numbers, reveal=True)]


@dataclass
class Tally:
    """How often damage was found, and how often it did no harm; a wrong value ends the test."""

    truth: dict[str, Any]
    count: Counter[str] = field(default_factory=Counter)

    def judge(self, read: Callable[[], dict[str, Any]], what: str) -> str:
        """Read a damaged vault: a sentence, or the truth."""
        try:
            found = read()
        except Exception as why:  # noqa: BLE001 - a bug is told apart from a sentence here
            found, told = {}, known_cause(why) is not None
            wrong = [] if told else [repr(why)]
        else:
            told = bool(found["faults"] or found["damaged"])
            wrong = [name for name in self.truth if found[name] != self.truth[name]]
        assert told or not wrong, f"{what}: {wrong}"
        outcome = FOUND if told else HARMLESS
        self.count[outcome] += 1
        return outcome


def places(folder: Path, rng: random.Random) -> Iterator[tuple[Path, int]]:
    """Yield places of single bits, each file as often as any other, for ever."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    while True:
        for path in files:
            yield path.relative_to(folder), rng.randrange(path.stat().st_size * 8)


def flip(path: Path, bit: int) -> None:
    """Turn one bit of a file."""
    with path.open("r+b") as stream:
        stream.seek(bit // 8)
        (byte,) = stream.read(1)
        stream.seek(bit // 8)
        stream.write(bytes([byte ^ 1 << bit % 8]))


class Again:
    """Puts a vault and its account back as they were."""

    def __init__(self, vault: Path, keep: Path) -> None:
        self._vault, self._keep = vault, keep
        shutil.copytree(vault, keep / "vault")
        shutil.copytree(system.account_folder(), keep / "account")

    def __call__(self) -> Path:
        """Return the vault as it was."""
        for kept, place in (
            (self._keep / "vault", self._vault),
            (self._keep / "account", system.account_folder()),
        ):
            shutil.rmtree(place)
            shutil.copytree(kept, place)
        return self._vault


def restored(backup: Path, folder: Path) -> dict[str, Any]:
    """Make a vault of a backup and return everything it holds; leave nothing of it."""
    try:
        restoring.restore(backup, folder, open_as)
        return said(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
