"""kill -9 at random moments of edits of several registers: what was said to be done is there.

Each edit that was said to be done is looked for; of the one under way all is there or nothing, with
its entries in the journal. A few kills in every run; ``make faults`` makes some hundreds.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from tests.copies import open_as
from tests.faults import chores, edits
from tests.faults.books import Books
from tests.faults.disks import needs_strace
from tests.faults.killed import Workshop
from tests.faults.kills import killed_after, moments
from tests.faults.soundness import sound
from tests.flows.folk import LIVING, fill

SHORT, LONG = 2, 150
LONGEST = 0.4  # seconds in which some dozens of edits are made


@pytest.fixture
def office(vault: Path) -> Path:
    """Return a closed vault with some people and a consent."""
    desk = open_as(vault)
    fill(desk, *LIVING)
    desk.service(edits.CONSENTS).create(edits.given(desk))
    desk.vault.close()
    return vault


def kill_edits(office: Path, tmp_path: Path, kills: int, seed: int) -> list[int]:
    """Kill edits; return how many were cut off, and how many are there."""
    said, cut = tmp_path / "said", 0
    desk = open_as(office)
    books = Books(desk, said)
    desk.vault.close()
    for after in moments(kills, LONGEST, seed):
        assert killed_after(after, edits.run, str(tmp_path / "begun"), office, said)
        desk = open_as(office)
        try:
            cut += books.check(desk)
            sound(desk)
        finally:
            desk.vault.close()
    return [cut, books.committed]


def kill_at_every_step(tmp_path: Path, fault: str = "") -> int:
    """Kill a round of edits at every step; return how many there were."""
    shop = Workshop(tmp_path, chores.EDIT)
    desk = open_as(shop.vault)
    books = Books(desk, shop.folder / chores.SAID)
    desk.vault.close()
    found = []
    for step in shop.states(shop.record(fault)):
        found.append(step)
        desk = open_as(shop.vault)
        try:
            deepcopy(books).check(desk)
            sound(desk)
        finally:
            desk.vault.close()
    return len(found)


def test_no_edit_that_was_said_to_be_done_is_lost(office: Path, tmp_path: Path) -> None:
    _cut, there = kill_edits(office, tmp_path, SHORT, 1)

    assert there


@pytest.mark.faults
def test_at_full_count_no_edit_is_lost(office: Path, tmp_path: Path) -> None:
    cut, there = kill_edits(office, tmp_path, LONG, 2)
    print(f"edits: {LONG} kills, {cut} of an edit under way, {there} edits committed, 0 lost")

    assert cut > LONG // 3


@needs_strace
@pytest.mark.faults
def test_edits_that_are_killed_at_any_step_are_whole(tmp_path: Path) -> None:
    steps = kill_at_every_step(tmp_path)
    print(f"edits: one of each kind, killed at {steps} steps, 0 lost")

    assert steps > len(edits.KINDS)


@needs_strace
@pytest.mark.faults
@pytest.mark.parametrize("fault", [edits.TORN, edits.EARLY])
def test_a_program_that_tears_or_announces_too_early_is_found(tmp_path: Path, fault: str) -> None:
    """The controls: the journal in a transaction of its own; “done” said before the commit."""
    with pytest.raises(AssertionError):
        kill_at_every_step(tmp_path, fault)
