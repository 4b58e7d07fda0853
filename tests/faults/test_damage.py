"""Bits that turned, files cut, mixed or of another time: found or harmless, no wrong value.

Some in every run; ``make faults`` turns a thousand bits of a vault and as many of a backup.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from privdesk.flows import rolling
from privdesk.journal.checkpoint import parse
from privdesk.journal.verify import verify
from privdesk.registers.desk import Desk
from privdesk.vault.errors import StaleVaultError
from privdesk.vault.pages import PAGE
from tests.copies import open_as
from tests.faults.damage import FOUND, HARMLESS, Again, Tally, flip, office, places, restored, said

SHORT, LONG = 40, 1_000
DATABASES = ("register.db", "keys-office.db", "keys-people.db", "search.db")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """Return a closed vault with people, a request and a paper."""
    return office(tmp_path)


@pytest.fixture
def again(vault: Path, tmp_path: Path) -> Again:
    """Return what puts that vault back as it was."""
    return Again(vault, tmp_path / "kept")


# -- single bits


def turn_bits(again: Again, times: int, seed: int) -> Tally:
    """Turn single bits all over a vault, one at a time, and read everything."""
    vault = again()
    tally = Tally(said(vault))
    spots = places(again(), random.Random(seed))
    for _n in range(times):
        where, bit = next(spots)
        flip(again() / where, bit)
        tally.judge(lambda: said(vault), f"bit {bit} of {where}")
    return tally


def turn_bits_of_a_backup(vault: Path, tmp_path: Path, times: int, seed: int) -> Tally:
    """Turn single bits of a backup, one at a time, and restore it."""
    desk = open_as(vault)
    backup = rolling.backup_desk(desk, tmp_path / "office.backup").path
    desk.vault.close()
    tally = Tally(restored(backup, tmp_path / "again.privdesk"))
    rng = random.Random(seed)
    for _n in range(times):
        bit = rng.randrange(backup.stat().st_size * 8)
        flip(backup, bit)
        tally.judge(lambda: restored(backup, tmp_path / "again.privdesk"), f"bit {bit}")
        flip(backup, bit)
    assert tally.judge(lambda: restored(backup, tmp_path / "again.privdesk"), "") == HARMLESS
    return tally


def test_a_turned_bit_is_found_or_does_no_harm(again: Again) -> None:
    tally = turn_bits(again, SHORT, 1)

    assert tally.count[FOUND] > SHORT // 3
    assert tally.count[HARMLESS]  # the search index is made anew


def test_a_turned_bit_of_a_backup_is_found_or_does_no_harm(vault: Path, tmp_path: Path) -> None:
    tally = turn_bits_of_a_backup(vault, tmp_path, SHORT, 3)

    assert tally.count[FOUND] > SHORT // 2


@pytest.mark.faults
def test_at_full_count_a_turned_bit_is_found_or_does_no_harm(again: Again) -> None:
    tally = turn_bits(again, LONG, 2)
    print(f"bits of a vault: {LONG} turned, {tally.count[FOUND]} found, 0 wrong values")

    assert tally.count[FOUND] > LONG // 3


@pytest.mark.faults
def test_at_full_count_a_turned_bit_of_a_backup_is_found(vault: Path, tmp_path: Path) -> None:
    tally = turn_bits_of_a_backup(vault, tmp_path, LONG, 4)
    print(f"bits of a backup: {LONG} turned, {tally.count[FOUND]} found, 0 wrong values")

    assert tally.count[FOUND] > LONG // 2


# -- files cut, pages swapped, files of another time


def halves(path: Path) -> None:
    """Cut a file in the middle of a page."""
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size // 2 + 100)


def last_page(path: Path) -> None:
    """Cut the last page off, as a medium does that lost its last write."""
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size - PAGE)


def swapped(path: Path) -> None:
    """Let two pages change places; each is whole in itself."""
    data = path.read_bytes()
    last = len(data) // PAGE - 1
    one, two = data[PAGE : PAGE * 2], data[PAGE * last :]
    path.write_bytes(data[:PAGE] + two + data[PAGE * 2 : PAGE * last] + one)


@pytest.mark.parametrize("harm", [halves, last_page, swapped])
@pytest.mark.parametrize("name", DATABASES)
def test_a_file_that_was_cut_or_mixed_is_found(
    again: Again, name: str, harm: Callable[[Path], None]
) -> None:
    vault = again()
    tally = Tally(said(vault))
    harm(again() / name)

    outcome = tally.judge(lambda: said(vault), f"{harm.__name__} of {name}")
    assert outcome == FOUND or name == "search.db"  # made anew where opening meets the damage


@pytest.mark.parametrize("name", DATABASES)
def test_an_older_page_of_the_same_file_is_found(again: Again, name: str) -> None:
    """A page that was once whole in this very place: its own seal is sound."""
    vault = again()
    old = (vault / name).read_bytes()
    work(vault)
    truth = said(vault)
    new = (vault / name).read_bytes()
    changed = [n for n in range(min(len(old), len(new)) // PAGE) if page(old, n) != page(new, n)]
    kept = Again(vault, vault.parent / "later")
    tally = Tally(truth)
    for n in changed:
        at = slice(n * PAGE, (n + 1) * PAGE)
        data = bytearray(new)
        data[at] = old[at]
        (kept() / name).write_bytes(data)
        tally.judge(lambda: said(vault), f"older page {n} of {name}")
    assert tally.count[FOUND] or name == "search.db"


def page(data: bytes, n: int) -> bytes:
    return data[n * PAGE : (n + 1) * PAGE]


def work(vault: Path) -> str:
    """Let the office correct somebody; return the journal's checkpoint after it."""
    desk = open_as(vault)
    somebody = desk.vault.raw.execute("SELECT min(id) FROM subjects").fetchone()[0]
    ref = next(r.ref for r in desk.service("subjects").rows([somebody]))
    desk.service("subjects").update(ref, {"name": "하늬바람"})
    told = checkpoint(desk)
    desk.vault.close()
    return told


def checkpoint(desk: Desk) -> str:
    """Return what a paper printed now would carry."""
    return desk.journal.checkpoint().text()


@pytest.mark.parametrize("name", DATABASES)
def test_one_file_replaced_by_its_older_self_is_found(again: Again, name: str) -> None:
    vault = again()
    old = (vault / name).read_bytes()
    work(vault)
    tally = Tally(said(vault))
    (vault / name).write_bytes(old)

    outcome = tally.judge(lambda: said(vault), f"an older {name}")
    assert outcome == (HARMLESS if name == "search.db" else FOUND)


def test_all_files_replaced_by_their_older_selves_are_betrayed_by_a_printed_checkpoint(
    again: Again,
) -> None:
    """Everything agrees with everything: only what left the vault can tell."""
    vault = again()
    printed = work(vault)
    desk = open_as(vault)
    assert verify(desk.vault, parse(printed)).contains_checkpoint
    desk.vault.close()

    desk = open_as(again())
    found = verify(desk.vault, parse(printed))
    assert found.faults == ()
    assert found.contains_checkpoint is False
    desk.vault.close()


def test_all_files_replaced_by_their_older_selves_are_betrayed_by_the_epoch_after_a_roll(
    vault: Path, tmp_path: Path
) -> None:
    shutil.copytree(vault, tmp_path / "older.privdesk")
    desk = open_as(vault)
    rolling.run(desk, tmp_path / "custody.key")
    desk.vault.close()
    shutil.rmtree(vault)
    (tmp_path / "older.privdesk").rename(vault)

    with pytest.raises(StaleVaultError):
        open_as(vault)
