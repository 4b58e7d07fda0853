"""A roll whose process ends at any stage, or is killed at any moment: nobody lost, none back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import rolling
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import engine, opening, roll
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.session import file_key
from tests.copies import open_as
from tests.faults import work
from tests.faults.kills import Killer, ended, killed_after, moments
from tests.flows.folk import DUE, LIVING, called, fill, names

STAGES = ("secret", "copy", "verify", "switch", "record", "backup", "custody", "forget")
EVERYBODY = {p.name for p in (*DUE, *LIVING)}
SHORT, LONG = 4, 120


@pytest.fixture
def office(vault: Path) -> Path:
    """Return a closed vault with some people."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    desk.vault.close()
    return vault


def store_of(vault: Path) -> EpochStore:
    return EpochStore(opening.look(vault).vault)


def opens_with(vault: Path, secret: EpochSecret) -> bool:
    """Return whether a secret still opens any file of the living vault."""
    desk = open_as(vault)
    roles, number = desk.vault.unlocked.roles, desk.vault.id
    desk.vault.close()
    return any(
        engine.fits(vault / engine.FILES[schema], file_key(schema, number, roles, secret))
        for schema in roll.ROLLED
    )


def whole(desk: Desk, custody: Path) -> None:
    """Assert that a roll was finished and everybody is there."""
    vault = desk.vault
    held = vault.epochs.current()
    assert roll.state(vault) == "done"
    assert held is not None
    assert held.epoch == int(vault.meta("epoch") or 1)
    assert vault.epochs.next() is None
    assert names(desk) == EVERYBODY
    assert called(desk, LIVING[0]).values["phone"] == LIVING[0].phone
    assert rolling.read_custody_source(custody, vault.id) == held
    assert verify.verify(vault).faults == ()
    assert not list(vault.folder.glob("*.next*"))
    assert not list(vault.folder.glob("*-journal"))


@pytest.mark.parametrize("stage", STAGES)
def test_a_process_that_ends_at_a_stage_is_made_good_at_the_next_opening(
    office: Path, tmp_path: Path, stage: str
) -> None:
    old, custody = store_of(office).current(), tmp_path / "c2.key"
    assert old is not None
    assert ended(work.roll, str(tmp_path / "begun"), office, custody, stage) == 9

    desk = open_as(office)
    whole(desk, custody)
    desk.vault.close()
    assert not opens_with(office, old)


def kill_rolls(office: Path, tmp_path: Path, kills: int, seed: int) -> int:
    """Kill one roll after another, and now and then its resumption; return how many were cut."""
    begun, cut = str(tmp_path / "begun"), 0
    kill = Killer()
    for n, after in enumerate(moments(kills, 1.1, seed)):
        custody = tmp_path / f"custody-{n}.key"
        cut += kill(after, work.roll, begun, office, custody)
        if n % 3 == 0:
            killed_after(max(1 - after, 0) * kill.length, work.open_only, begun, office)
        desk = open_as(office)
        if custody.exists():
            whole(desk, custody)
        assert names(desk) == EVERYBODY
        assert roll.state(desk.vault) == "done"
        desk.vault.close()
        shutil.rmtree(rolling.backup_folder(desk.vault), ignore_errors=True)
    return cut


def test_a_roll_killed_at_any_moment_loses_nobody(office: Path, tmp_path: Path) -> None:
    assert kill_rolls(office, tmp_path, SHORT, 3)


@pytest.mark.faults
def test_at_full_count_a_killed_roll_loses_nobody(office: Path, tmp_path: Path) -> None:
    cut = kill_rolls(office, tmp_path, LONG, 4)
    print(f"rolls: {LONG} kills, {cut} of a roll under way, 0 people lost")

    assert cut > LONG // 3


def test_an_account_copied_before_and_after_a_killed_roll_tells_old_from_new(
    office: Path, tmp_path: Path
) -> None:
    """The old copy of the vault opens with the old secret, never with the new one."""
    old_vault, old_account = tmp_path / "old.privdesk", tmp_path / "old account"
    shutil.copytree(office, old_vault)
    shutil.copytree(system.account_folder(), old_account)
    killed_after(0.1, work.roll, str(tmp_path / "begun"), office, tmp_path / "c2.key")
    desk = open_as(office)
    rolling.run(desk, tmp_path / "c3.key")
    desk.vault.close()

    number = opening.look(old_vault).vault
    with pytest.raises(Exception, match="old copy"):
        open_as(old_vault)
    shutil.copy(old_account / "epochs" / number / "current", store_of(office).folder / "current")
    desk = open_as(old_vault)
    assert names(desk) == EVERYBODY
    desk.vault.close()
