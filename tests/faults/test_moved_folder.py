"""A folder that was moved or copied with journals of a killed transaction in it opens untorn."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from privdesk.flows.setup import kit_secret
from privdesk.vault import hotjournals, opening
from privdesk.vault.session import Vault
from tests.copies import copy_office
from tests.faults import work
from tests.faults.kills import killed_after, moments

SPREAD = 12
SHORT, LONG = 5, 150


def turns(vault: Vault) -> set[str]:
    """Return what each of the files says the last whole transaction was; one, unless torn."""
    raw = vault.raw
    found = {vault.meta("turn") or "0"}
    found |= {str(r[0]) for r in raw.execute("SELECT value FROM search.about WHERE name = 'turn'")}
    for schema, first in (("keys_people", 900_000), ("keys_office", 950_000)):
        for n in range(SPREAD):
            text = vault.payloads.read(schema, first + n).get(1, "0")
            found.add(text.partition(" ")[0])
    return found


def killed(tmp_path: Path, vault: Path, kit: bytes, after: float) -> bool:
    """Kill a process that changes all files; return whether it left journals."""
    begun = str(tmp_path / "begun")
    assert killed_after(after, work.change_all_files, begun, vault, kit, SPREAD)
    return any(vault.glob("*-journal"))


def moved(tmp_path: Path, vault: Path, n: int) -> Path:
    """Move the folder, now and then to a name beyond ASCII; or copy it and leave the old one."""
    target = tmp_path / (f"옮긴 자리 {n}" if n % 3 else f"elsewhere {n}") / "office.privdesk"
    target.parent.mkdir()
    if n % 2:
        shutil.copytree(vault, target)
    else:
        os.rename(vault, target)
    return target


def torn(tmp_path: Path, vault: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill, move and reopen; return how often journals were left, and how often it was torn."""
    hot = tears = 0
    kit = kit_secret(vault, tmp_path / "out" / "kit.pdf")
    for n, after in enumerate(moments(kills, 0.25, seed)):
        hot += killed(tmp_path, vault, kit, after)
        vault = moved(tmp_path, vault, n)
        opened = opening.open_with_kit(vault, kit)
        tears += len(turns(opened)) != 1 or opened.search_stale
        opened.close()
        assert not any(vault.glob("*-journal"))
        assert not hotjournals.super_journals(vault)
    return hot, tears


def told(folder: Path) -> set[Path]:
    """Return the paths that the journals in a folder name."""
    found = {
        Path(os.fsdecode(name))
        for parent in hotjournals.super_journals(folder)
        for name in parent.read_bytes().split(b"\0")
        if name
    }
    for journal in folder.glob("*-journal"):
        data = journal.read_bytes()
        length = int.from_bytes(data[-16:-12], "big")
        if data[-8:] == hotjournals.MAGIC and length < len(data):
            found.add(Path(os.fsdecode(data[-16 - length : -16])))
    return found


def test_paths_in_journals_are_pointed_at_the_folder_they_lie_in(tmp_path: Path) -> None:
    vault = copy_office(tmp_path)
    kit = kit_secret(vault, tmp_path / "out" / "kit.pdf")
    tries = iter(moments(60, 0.25, 9))
    while not (before := told(vault)):
        killed(tmp_path, vault, kit, next(tries))
        if not told(vault):
            opening.open_with_kit(vault, kit).close()
    vault = moved(tmp_path, vault, 2)
    hotjournals.repair(vault)

    assert {path.name for path in told(vault)} == {path.name for path in before}
    assert {path.parent for path in told(vault)} == {vault}
    opened = opening.open_with_kit(vault, kit)
    assert len(turns(opened)) == 1
    opened.close()


def test_a_moved_or_copied_folder_with_hot_journals_is_never_torn(tmp_path: Path) -> None:
    hot, tears = torn(tmp_path, copy_office(tmp_path), SHORT, 1)

    assert tears == 0
    assert hot


@pytest.mark.faults
def test_at_full_count_a_moved_folder_is_never_torn(tmp_path: Path) -> None:
    hot, tears = torn(tmp_path, copy_office(tmp_path), LONG, 2)
    print(f"moved folder: {LONG} kills, {hot} with journals, {tears} torn")

    assert tears == 0
    assert hot > LONG // 3
