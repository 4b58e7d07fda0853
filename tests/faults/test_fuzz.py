"""Spoiled heads, backups, lists, checkpoints and custody copies: a sentence each, and soon.

Some of each in every run; ``make faults`` spoils ten thousand.
"""

from __future__ import annotations

import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privdesk.exchange.writing import export
from privdesk.flows import issuing, proving, restoring, rolling
from privdesk.registers.desk import Desk
from privdesk.vault import opening
from privdesk.vault.causes import known_cause
from privdesk.vault.header import HEADER_FILE
from tests.copies import open_as
from tests.exchange.people import EMAIL, NAME, PHONE, take
from tests.faults.damage import office
from tests.spoiling import spoiled

SHORT, LONG = 60, 1_250
SECONDS, MEBIBYTES = 5.0, 500

Kind = tuple[bytes, Callable[[Path], object]]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return an open vault."""
    desk = open_as(office(tmp_path))
    yield desk
    desk.vault.close()


def kinds(desk: Desk, tmp_path: Path) -> dict[str, Kind]:
    """Return what is spoiled, and what then reads it."""
    number = desk.vault.id
    backup = rolling.backup_desk(desk, tmp_path / "office.backup").path.read_bytes()
    paper = issuing.issue(desk, "d2", None, "en").data
    checkpoint = desk.journal.checkpoint().text().encode()
    sheet, kit = (tmp_path / "out" / name for name in ("custody.key", "kit.pdf"))
    people = [(f"김하늘{n}", "010-1111-2222", f"user{n}@example.com") for n in range(30)]
    lists = {}
    for ending in (".csv", ".json", ".xlsx"):
        export(tmp_path / f"list{ending}", (NAME, PHONE, EMAIL), people)
        lists[ending] = (tmp_path / f"list{ending}").read_bytes()

    def head(path: Path) -> object:
        folder = path.with_suffix(".folder")
        folder.mkdir(exist_ok=True)
        shutil.copy(path, folder / HEADER_FILE)
        return opening.look(folder)

    def restored(path: Path) -> None:
        try:
            restoring.restore(path, tmp_path / "restored.privdesk", open_as)
        finally:
            shutil.rmtree(tmp_path / "restored.privdesk", ignore_errors=True)

    def listed(path: Path) -> object:
        return take(path, fields=(NAME, PHONE, EMAIL))

    return {
        "checkpoint.txt": (checkpoint, lambda p: proving.prove_journal(desk, str(p))),
        "paper.pdf": (paper, lambda p: proving.prove_paper(proving.read_paper(p), desk)),
        "custody.key": (sheet.read_bytes(), lambda p: rolling.read_custody_source(p, number)),
        "custody.pdf": (kit.read_bytes(), lambda p: rolling.read_custody_source(p, number)),
        "list.csv": (lists[".csv"], listed),
        "list.json": (lists[".json"], listed),
        "list.xlsx": (lists[".xlsx"], listed),
        "office.backup": (backup, restored),
        "vault.json": ((desk.vault.folder / HEADER_FILE).read_bytes(), head),
    }


def spoil(desk: Desk, tmp_path: Path, times: int, seed: int) -> tuple[int, int, float]:
    """Spoil each kind so often; return how many were read, refused, and the longest time."""
    rng = random.Random(seed)
    read = refused = 0
    longest = 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, (good, reader) in kinds(desk, tmp_path).items():
        path = tmp_path / "spoiled" / name
        path.parent.mkdir(exist_ok=True)
        for n in range(times):
            path.write_bytes(spoiled(good, rng) if n % 5 else good[: rng.randrange(len(good))])
            began, bug = time.monotonic(), ""
            try:
                reader(path)
                read += 1
            except Exception as why:  # noqa: BLE001 - a bug is told apart from a sentence here
                bug = "" if known_cause(why) else repr(why)
                refused += 1
            assert not bug, f"{name} number {n}: {bug}"
            longest = max(longest, time.monotonic() - began)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert longest < SECONDS
    assert (after - before) / 1024 < MEBIBYTES
    return read, refused, longest


def test_what_was_spoiled_gets_a_sentence(desk: Desk, tmp_path: Path) -> None:
    _read, refused, _longest = spoil(desk, tmp_path, SHORT, 1)

    assert refused > SHORT


@pytest.mark.faults
def test_at_full_count_what_was_spoiled_gets_a_sentence(desk: Desk, tmp_path: Path) -> None:
    read, refused, longest = spoil(desk, tmp_path, LONG, 2)
    print(f"fuzz: {read + refused} spoiled, {refused} refused, 0 bugs, longest {longest:.1f} s")

    assert read + refused >= 10_000
