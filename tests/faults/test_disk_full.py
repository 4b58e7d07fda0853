"""The disk is full, or fails, at any write of an import, a backup and a roll.

A sentence, nothing lost, and the work goes on when there is room. A few in every run; ``make
faults`` fails some dozens of writes of each.
"""

from __future__ import annotations

import random

import pytest

from tests.faults.disks import Bench, names, needs_strace
from tests.faults.traced import BACKUP, BUG, DONE, TOLD

pytestmark = needs_strace

SHORT, LONG = 1, 50
WRITES = "pwrite64,write,sendfile,ftruncate,mkdir"
SYNCS = "fsync"
FULL, BROKEN = "ENOSPC", "EIO"


def fail(bench: Bench, what: str, times: int, seed: int, *, once: bool = False) -> int:
    """Fail writes from one on, or a single sync; return how often the work was told so."""
    calls, error = (SYNCS, BROKEN) if once else (WRITES, FULL)
    before = names(bench)
    total, rng = bench.calls(what, calls), random.Random(seed)
    told = 0
    for n in range(times):
        at = 1 + int(total * (n + rng.random()) / times)
        code = bench.fail(what, error, calls, f"{at}" if once else f"{at}+")
        assert code != BUG, f"{error} at {calls} number {at} of {total}"
        assert code in (DONE, TOLD)
        told += code == TOLD
        after = names(bench)
        assert before <= after
        assert after == before or len(after) == len(before) + 30
        (bench.folder / BACKUP).unlink(missing_ok=True)
        bench.again(what)
        assert before <= names(bench)
    return told


@pytest.mark.parametrize("what", ["take in", "back up", "roll"])
def test_on_a_full_disk_work_ends_with_a_sentence_and_goes_on_later(
    bench: Bench, what: str
) -> None:
    assert fail(bench, what, SHORT, 1)


@pytest.mark.faults
@pytest.mark.parametrize("what", ["take in", "back up", "roll"])
def test_at_full_count_on_a_full_disk(bench: Bench, what: str) -> None:
    told = fail(bench, what, LONG, 2)
    print(f"full disk: {what}, {LONG} times from one write on, {told} told so, 0 lost")

    assert told > LONG // 3


@pytest.mark.faults
@pytest.mark.parametrize("what", ["take in", "back up", "roll"])
def test_at_full_count_on_a_disk_that_fails_once(bench: Bench, what: str) -> None:
    told = fail(bench, what, LONG, 3, once=True)
    print(f"failing disk: {what}, {LONG} times one sync, {told} told so, 0 lost")

    assert told
