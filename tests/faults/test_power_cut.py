"""The power is cut at any moment of a commit, a backup and a roll: what was said to be done, is.

A few cuts in every run; ``make faults`` makes 300.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from privdesk.core.errors import DomainError
from privdesk.core.register import Query
from privdesk.flows import restoring
from privdesk.registers.desk import Desk
from privdesk.vault import engine
from tests.copies import open_as
from tests.faults.disks import Bench, names, needs_strace, sound
from tests.faults.traced import BACKUP, TIMES, called
from tests.faults.tracing import Call

SHORT, LONG = 8, 100

pytestmark = needs_strace


def cuts(bench: Bench, what: str, times: int, seed: int, check: Callable[[list[str]], bool]) -> int:
    """Cut the power again and again; return how often ``check`` found something lost."""
    return cuts_of(bench, bench.work(what), times, seed, check)


def cuts_of(
    bench: Bench, calls: list[Call], times: int, seed: int, check: Callable[[list[str]], bool]
) -> int:
    rng = random.Random(seed)
    lost = 0
    for n in range(times):
        at = int(len(calls) * (n + rng.random()) / times)
        lost += not check(bench.cut(calls, at, rng))
    return lost


def named(desk: Desk) -> str:
    service = desk.service("subjects")
    (row,) = service.rows([service.find(Query(sort="ref"))[0].id], reveal=True)
    return str(row.values["name"])


def corrected(bench: Bench) -> Callable[[list[str]], bool]:
    """Return what tells whether the last correction that was said to be done is there."""

    def check(acks: list[str]) -> bool:
        desk = open_as(bench.vault)
        whole, name = sound(desk), named(desk)
        desk.vault.close()
        assert whole
        return not acks or name in [called(n) for n in range(int(acks[-1]), TIMES)]

    return check


def backed_up(bench: Bench, tmp_path: Path) -> Callable[[list[str]], bool]:
    """Return what tells whether a backup that is there is good, and one that was said is there."""
    target = tmp_path / "restored.privdesk"

    def check(acks: list[str]) -> bool:
        desk = open_as(bench.vault)
        assert sound(desk)
        desk.vault.close()
        there = (bench.folder / BACKUP).exists()
        if there:
            restoring.restore(bench.folder / BACKUP, target, open_as)
            shutil.rmtree(target)
        return there or not acks

    return check


def rolled(bench: Bench) -> Callable[[list[str]], bool]:
    """Return what tells whether everybody is there and the roll is whole or has not begun."""
    everybody = names(bench)

    def check(_acks: list[str]) -> bool:
        found = names(bench)
        assert not list(bench.vault.glob("*.next*"))
        return found == everybody

    return check


def test_no_correction_that_was_said_to_be_done_is_lost(bench: Bench) -> None:
    assert cuts(bench, "correct", SHORT, 1, corrected(bench)) == 0


def test_a_backup_is_whole_wherever_the_power_is_cut(bench: Bench, tmp_path: Path) -> None:
    assert cuts(bench, "back up", SHORT, 2, backed_up(bench, tmp_path)) == 0


def test_a_roll_loses_nobody_wherever_the_power_is_cut(bench: Bench) -> None:
    assert cuts(bench, "roll", SHORT, 3, rolled(bench)) == 0


@pytest.mark.faults
def test_at_full_count_nothing_that_was_said_to_be_done_is_lost(
    bench: Bench, tmp_path: Path
) -> None:
    lost = cuts(bench, "correct", LONG, 4, corrected(bench))
    lost += cuts(bench, "back up", LONG, 5, backed_up(bench, tmp_path))
    lost += cuts(bench, "roll", LONG, 6, rolled(bench))
    print(f"power cuts: {3 * LONG} over commit, backup and roll, {lost} lost something")

    assert lost == 0


@pytest.mark.faults
def test_a_weaker_synchronous_loses_commits(bench: Bench) -> None:
    """The control: these cuts do find what is lost."""
    check = corrected(bench)

    def whole(acks: list[str]) -> bool:
        try:
            return check(acks)
        except (AssertionError, DomainError, engine.DatabaseError):
            return False

    lost = cuts_of(bench, bench.work("correct", "OFF"), LONG, 7, whole)
    print(f"power cuts with a weaker synchronous: {LONG}, {lost} lost something")

    assert lost > LONG // 20
