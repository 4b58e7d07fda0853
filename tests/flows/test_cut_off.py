"""What a process that was cut off leaves is swept; and of two secrets the right one is kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import restoring, rolling
from privdesk.flows.declaring import Then
from privdesk.flows.opening import ready
from privdesk.registers.desk import Desk
from privdesk.vault import roll, scaffold, slots
from privdesk.vault.epoch import EpochSecret, EpochStore
from tests.copies import be_account, copy_office, open_as, second_account
from tests.desks import ALICE, PASSPHRASE
from tests.faults import newer, work
from tests.faults.kills import ended, killed_after
from tests.flows.folk import DUE, LIVING, fill, names

EVERYBODY = {p.name for p in (*DUE, *LIVING)}


@pytest.fixture
def office(vault: Path) -> Path:
    """Return a closed vault with some people."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    desk.vault.close()
    return vault


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return copy_office(tmp_path)


def left_behind(folder: Path) -> Path:
    """Make what a killed process leaves."""
    folder.mkdir(parents=True)
    (folder / "register.db").write_bytes(b"half of it")
    return folder


def rolled(desk: Desk, custody: Path) -> None:
    rolling.run(desk, custody)
    desk.vault.close()


def test_half_a_backup_is_swept_at_the_next_opening(office: Path) -> None:
    desk = open_as(office)
    folder = rolling.backup_folder(desk.vault)
    half = left_behind(folder / f".privdesk-{desk.vault.id[:12]}-x")
    other = left_behind(folder / ".privdesk-0123456789ab-x")
    desk.vault.close()

    open_as(office).vault.close()
    assert not half.exists()
    assert other.exists()


def test_half_a_backup_elsewhere_is_swept_by_the_next_one_there(
    office: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    desk = open_as(office)
    left_behind(drive / f".privdesk-{desk.vault.id[:12]}-x")
    rolling.backup_desk(desk, drive / "office.pdbackup")
    desk.vault.close()

    assert [path.name for path in drive.iterdir()] == ["office.pdbackup"]


def test_half_a_backup_by_hand_is_swept_at_the_next_opening(office: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    assert killed_after(0.0, work.back_up, str(tmp_path / "begun"), office, drive / "x.pdbackup")

    open_as(office).vault.close()
    assert list(drive.iterdir()) == []


def test_half_a_restored_vault_is_swept_unless_somebody_works_in_it(
    office: Path, tmp_path: Path
) -> None:
    half = left_behind(tmp_path / ".privdesk-restore-x")
    with scaffold.for_restore(tmp_path) as at_work:
        assert not half.exists()
        open_as(office).vault.close()
        assert at_work.exists()

    assert not at_work.exists()


def test_a_roll_that_another_account_finished_locks_nobody_out(
    office: Path, tmp_path: Path
) -> None:
    """The first account’s next secret came to nothing; the handover leads to the right one."""
    first = system.account_folder()
    second_account(office, tmp_path / "second")
    begun, custody = str(tmp_path / "begun"), tmp_path / "c2.key"
    assert ended(work.roll, begun, office, custody, "copy") == 9
    store = EpochStore(open_held(first).vault)
    assert store.next() is not None

    be_account(tmp_path / "second")
    open_as(office).vault.close()  # finishes it
    be_account(first)
    desk = open_as(office)
    assert names(desk) == EVERYBODY
    assert desk.vault.epochs.current() == rolling.read_custody_source(custody, desk.vault.id)
    assert desk.vault.epochs.next() is None
    desk.vault.close()


def open_held(account: Path) -> EpochSecret:
    """Return the present secret of an account with one vault."""
    (path,) = account.glob("epochs/*/current")
    found = EpochSecret.parse(path.read_bytes())
    assert found is not None
    return found


def test_a_restore_that_was_given_up_does_not_take_the_place_of_the_vault_in_use(
    office: Path, tmp_path: Path
) -> None:
    desk = open_as(office)
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    rolled(desk, tmp_path / "c2.key")
    unlock = partial(slots.unlock, name=ALICE, passphrase=PASSPHRASE)
    then = Then(
        tmp_path / "out" / "custody.key",
        lambda head: unlock(head),
        partial(ready, declared=True),
    )
    restoring.restore(backup, tmp_path / "again.privdesk", open_as, None, then)
    desk = open_as(office)
    given_up = desk.vault.epochs.apart()
    assert given_up is not None
    rolled(desk, tmp_path / "c3.key")  # comes to the epoch of the one that was given up

    for _ in range(2):
        desk = open_as(office)
        assert desk.vault.epochs.apart() is None  # it would bring back whom the roll is for
        assert desk.vault.epochs.current() == rolling.read_custody_source(
            tmp_path / "c3.key", desk.vault.id
        )
        assert names(desk) == EVERYBODY
        desk.vault.close()


def test_a_newer_program_finishes_a_roll_that_an_older_one_began(
    office: Path, tmp_path: Path
) -> None:
    """Its backup comes first: of files that stand under another secret than the vault tells."""
    begun, custody = str(tmp_path / "begun"), tmp_path / "c2.key"
    assert ended(work.roll, begun, office, custody, "record") == 9
    migrations = newer.written(tmp_path / "migrations")
    with newer.newer(migrations):
        desk = open_as(office)
        assert names(desk) == EVERYBODY
        assert roll.state(desk.vault) == "done"
        (_backup,) = rolling.backup_folder(desk.vault).glob("*-migration.pdbackup")
        desk.vault.close()


def test_giving_up_an_account_leaves_no_secret_on_it(office: Path) -> None:
    desk = open_as(office)
    store, secret = desk.vault.epochs, desk.vault.secret()
    desk.vault.close()
    for name in ("next", "apart", "next.new", "apart.new", "current.new"):
        (store.folder / name).write_bytes(secret.text())
    store.forget()

    assert not store.folder.exists()


@pytest.mark.parametrize("name", ["minutes.txt", "minutes.pdf"])
def test_a_row_in_the_vault_has_no_opening_write_over_a_file(
    office: Path, tmp_path: Path, name: str
) -> None:
    """Whoever has REGISTER can say that a roll is under way, and where its copy goes."""
    mine = tmp_path / name
    mine.write_text("an officer's own")
    desk = open_as(office)
    with desk.vault.transaction():
        roll.mark_pending(desk.vault, desk.now().isoformat())
        desk.vault.set_meta("roll_custody", str(mine))
    desk.vault.close()

    open_as(office).vault.close()
    assert mine.read_text() == "an officer's own"
