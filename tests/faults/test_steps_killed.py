"""Backup, roll, restore and role rotation killed at every step, and at random moments.

Whatever was left: the old vault or the new one opens, nobody is lost, no half backup passes for a
good one, no secret stays where it should be gone, and the work can be begun again and ends. Now
and then the folder is renamed, or moved to another mount, before anybody opens it again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import DomainError
from tests.faults import chores
from tests.faults.chores import CHORES
from tests.faults.disks import needs_strace
from tests.faults.killed import RESTORES, Workshop
from tests.faults.kills import Killer, killed_after, moments

KILLS = 12  # at random moments, of each piece of work, at full count
SHORT = ("back up", "remove", "declare a restore")
CONTROLS = [
    ("back up", chores.HALF_BACKUP),
    ("roll", chores.NO_CURRENT),
    ("declare a restore", chores.TOO_LATE),
]


@pytest.fixture
def mount() -> Iterator[Path]:
    """Return a folder on another mount than the one that tests work on, where there is one."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="privdesk-moved-") as name:
        yield Path(name)


def moved(shop: Workshop, number: int, mount: Path) -> bool:
    """Rename the vault's folder, move it to another mount, or leave it; return whether it moved."""
    if shop.what in RESTORES or number % 3 == 0:
        return False
    place = shop.folder / "renamed" if number % 3 == 1 else mount / str(number)
    shop.move(place)
    return True


def killed_at_every_step(shop: Workshop, mount: Path, fault: str = "") -> list[int]:
    """Return how many states there were, how many after a move, and in how many it was done."""
    found = [0, 0, 0]
    for number, _call in enumerate(shop.states(shop.record(fault))):
        found[1] += moved(shop, number, mount)
        found[2] += shop.check(again=shop.what in RESTORES or number % 4 == 0)
        found[0] += 1
    return found


def killed_at_any_moment(shop: Workshop, mount: Path, kills: int, seed: int) -> int:
    """Kill the work at random moments; return how often it was under way."""
    cut = 0
    kill = Killer()
    for number, after in enumerate(moments(kills, 1.05, seed)):
        shop.put_back()
        cut += kill(after, chores.run, shop.begun, shop.what, shop.vault)
        moved(shop, number, mount)
        shop.check()
    return cut


@pytest.mark.parametrize("what", SHORT)
def test_work_that_is_killed_leaves_the_old_or_the_new(
    tmp_path: Path, mount: Path, what: str
) -> None:
    shop, cut = Workshop(tmp_path, what), 0
    for number, after in enumerate(moments(2, 0.3, 1)):
        shop.put_back()
        cut += killed_after(after, chores.run, shop.begun, what, shop.vault)
        moved(shop, number, mount)
        shop.check()

    assert cut


@needs_strace
@pytest.mark.faults
@pytest.mark.parametrize("what", CHORES)
def test_at_every_step(tmp_path: Path, mount: Path, what: str) -> None:
    states, after_move, done = killed_at_every_step(Workshop(tmp_path, what), mount)
    print(f"{what}: killed at {states} steps, moved after {after_move}, {done} done, 0 lost")

    assert states > 10


@pytest.mark.faults
@pytest.mark.parametrize("what", CHORES)
def test_at_full_count_at_random_moments(tmp_path: Path, mount: Path, what: str) -> None:
    cut = killed_at_any_moment(Workshop(tmp_path, what), mount, KILLS, 2)
    print(f"{what}: {KILLS} kills, {cut} under way, 0 lost")

    assert cut > KILLS // 3


@needs_strace
@pytest.mark.faults
@pytest.mark.parametrize(("what", "fault"), CONTROLS)
def test_a_program_that_does_it_in_the_wrong_order_is_found(
    tmp_path: Path, mount: Path, what: str, fault: str
) -> None:
    """The controls: each of these leaves something that the test reports."""
    shop = Workshop(tmp_path, what)
    with pytest.raises((AssertionError, DomainError)):
        killed_at_every_step(shop, mount, fault)
