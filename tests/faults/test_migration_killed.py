"""kill -9 at random moments of a migration: the old format or the new one, and a good backup first.

The older format is that of the present program; a newer one with a further migration opens it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import rolling
from privdesk.flows.unpacking import unpack
from privdesk.vault import migrate, opening
from privdesk.vault.session import Vault
from tests.copies import open_as
from tests.desks import ALICE, PASSPHRASE
from tests.faults import chores, newer
from tests.faults.disks import needs_strace
from tests.faults.killed import STAFFED, Workshop
from tests.faults.kills import Killer, killed_after, moments
from tests.faults.newer import NEW, OLD
from tests.faults.soundness import leftovers, sound
from tests.flows.folk import names

SHORT, LONG = 2, 60


class Office(Workshop):
    """An office of the older format that can be put back, with its account."""

    @property
    def migrations(self) -> Path:
        return self.folder / chores.MIGRATIONS

    @property
    def backups(self) -> list[Path]:
        return sorted(self.folder.glob("*.backups/*.pdbackup"))

    def looked_at(self) -> Vault:
        """Open the files without a desk, and so without migrating."""
        return opening.open_vault(self.vault, ALICE, PASSPHRASE)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office with people and staff."""
    return Office(tmp_path, chores.MIGRATE)


def old_backup(office: Office, path: Path) -> None:
    """Assert that a backup is whole and of the older format."""
    building = system.make_folder(office.folder / "looked at")
    unpack(path, building)
    with opening.open_vault(building, ALICE, PASSPHRASE) as found:
        with found.reading() as sql:
            assert migrate.revision(sql) == OLD
        assert not newer.half(found.raw)
    shutil.rmtree(building)


def checked(office: Office) -> str:
    """Assert that a killed migration is whole or has not begun; return the format it left."""
    with office.looked_at() as vault:
        with vault.reading() as sql:
            left = migrate.revision(sql)
        assert not newer.half(vault.raw)
    for path in office.backups:
        old_backup(office, path)
    if left == NEW:
        assert office.backups, "migrated without a backup"
    else:
        open_as(office.vault).vault.close()  # the older program goes on with it
    before = len(office.backups)
    with newer.newer(office.migrations):
        desk = open_as(office.vault)
        try:
            sound(desk)
            assert names(desk) == STAFFED
            assert not newer.half(desk.vault.raw)
            journal = [e.action for e in desk.journal.newest(100)]
            assert journal.count("vault.migrated") == journal.count("vault.backup") == 1
            told = desk.vault.raw.execute("SELECT target FROM backups").fetchall()
        finally:
            desk.vault.close()
    assert len(office.backups) == before + (left == OLD)
    assert {name for (name,) in told} <= {path.name for path in office.backups}
    assert leftovers(office.folder) == []
    return left


def kill_migrations(office: Office, kills: int, seed: int) -> tuple[int, int]:
    """Kill migrations; return how many were cut off, and how many of those had come through."""
    cut = through = 0
    kill = Killer()
    for after in moments(kills, 1.05, seed):
        office.put_back()
        alive = kill(after, newer.open_newer, office.begun, office.vault, office.migrations)
        cut += alive
        through += (checked(office) == NEW) and alive
    return cut, through


def kill_at_every_step(office: Office, fault: str = "") -> tuple[int, int]:
    """Return at how many steps a migration was killed, and after how many it had come through."""
    left = [checked(office) for _step in office.states(office.record(fault))]
    return len(left), left.count(NEW)


def test_a_killed_migration_ends_in_the_old_or_the_new_format(office: Office) -> None:
    cut = 0
    for after in moments(SHORT, 0.2, 1):
        office.put_back()
        told = (office.begun, office.vault, office.migrations)
        cut += killed_after(after, newer.open_newer, *told)
        checked(office)

    assert cut


def test_the_backup_goes_to_the_offices_folder_and_into_its_books(
    office: Office, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    desk = open_as(office.vault)
    desk.set_setting("backup_folder", str(drive))
    desk.vault.close()
    with newer.newer(office.migrations):
        desk = open_as(office.vault)
        row = desk.vault.raw.execute("SELECT target, folder FROM backups").fetchone()
        desk.vault.close()

    (found,) = drive.iterdir()
    assert row == (found.name, rolling.folder_name(drive))


@pytest.mark.faults
def test_at_full_count_a_killed_migration_is_whole(office: Office) -> None:
    cut, through = kill_migrations(office, LONG, 2)
    print(f"migrations: {LONG} kills, {cut} under way, {through} of them in the new format, 0 half")

    assert cut > LONG // 3


@needs_strace
@pytest.mark.faults
def test_a_migration_that_is_killed_at_any_step_is_whole(office: Office) -> None:
    steps, through = kill_at_every_step(office)
    print(f"migration: killed at {steps} steps, {through} of them in the new format, 0 half")

    assert 0 < through < steps


@needs_strace
@pytest.mark.faults
@pytest.mark.parametrize("fault", [newer.TORN, newer.LATE])
def test_a_migration_in_pieces_or_without_a_backup_first_is_found(
    office: Office, fault: str
) -> None:
    """The controls: each statement for itself; the backup made only afterwards."""
    with pytest.raises(AssertionError):
        kill_at_every_step(office, fault)
