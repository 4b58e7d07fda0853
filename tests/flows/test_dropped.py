"""What was destroyed in the present epoch does not come back with an older backup or folder copy.

Between such a destruction and the next change of the secret the account itself knows of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.register import Query
from privdesk.flows import declaring, destroying, restoring, rolling
from privdesk.flows.declaring import Then
from privdesk.flows.opening import open_desk, ready
from privdesk.flows.restoring import DroppedSinceError, Live
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.vault import roll
from privdesk.vault.epoch import Dropped, EpochStore
from privdesk.vault.errors import OlderCopyError
from tests.copies import MANAGER, PASSPHRASES, be_account, copy_office, keep_account, open_as
from tests.desks import ALICE, BORA
from tests.flows.folk import LIVING, called, fill
from tests.flows.test_gone import found
from tests.flows.test_restoring import LATER, unlock
from tests.vault.traces import every_plaintext

VISITOR, NEW_PHONE = "홍방문", "010-9999-1234"


@dataclass(frozen=True)
class Kept:
    """A vault, a backup and a folder copy of it, all with a visitor whose time is over."""

    vault: Path
    backup: Path
    copy: Path
    target: Path
    visit: str


def expunge(desk: Desk, kept: Kept) -> list[str]:
    desk.service("visits").act("expunge", [kept.visit], {})
    return [VISITOR]


def correct(desk: Desk, _kept: Kept) -> list[str]:
    desk.service("subjects").update(called(desk, LIVING[0]).ref, {"phone": NEW_PHONE})
    return [LIVING[0].phone]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    vault = copy_office(tmp_path)
    desk = open_as(vault)
    fill(desk)
    zone = desk.service("zones").create({"name": "Server room", "since": "2026-01-05"}).ref
    visits = desk.service("visits")
    visit = visits.create({"zone": zone, "name": VISITOR, "on": "2020-01-02", "entered": "10:00"})
    visits.act("leave", [visit.ref], {"at": "11:00", "on": "2020-01-02"})
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    desk.vault.close()
    copy = tmp_path / "copy.privdesk"
    shutil.copytree(vault, copy)
    return Kept(vault, backup, copy, tmp_path / "again.privdesk", visit.ref)


def restore(kept: Kept, live: Path | None = None) -> Desk:
    living = Live(live, partial(unlock, ALICE)) if live else None
    restoring.restore(kept.backup, kept.target, partial(open_as, clock=LATER), living)
    return open_as(kept.target, clock=LATER)


def gone(kept: Kept, drop: Callable[[Desk, Kept], list[str]]) -> list[str]:
    """Destroy something in the living vault; return the values that are gone."""
    desk = open_as(kept.vault)
    values = drop(desk, kept)
    desk.vault.close()
    return values


@pytest.mark.parametrize("drop", [expunge, correct])
def test_an_older_backup_or_copy_of_the_same_epoch_does_not_bring_it_back(
    kept: Kept, drop: Callable[[Desk, Kept], list[str]]
) -> None:
    values = gone(kept, drop)

    with pytest.raises(DroppedSinceError, match="--live"):
        restore(kept)
    assert not kept.target.exists()
    for name in (ALICE, BORA, MANAGER):
        with pytest.raises(OlderCopyError, match="2026-11-23"):
            open_as(kept.copy, name)

    desk = restore(kept, kept.vault)
    assert found(values, every_plaintext(desk.vault)) == []
    desk.vault.close()
    open_as(kept.vault).vault.close()


@pytest.mark.parametrize("drop", [expunge, correct])
def test_control_to_an_account_that_knows_of_nothing_it_is_readable(
    kept: Kept, drop: Callable[[Desk, Kept], list[str]]
) -> None:
    values = gone(kept, drop)
    (EpochStore(opened(kept).vault).folder / "dropped").unlink()

    desk = restore(kept)
    assert found(values, every_plaintext(desk.vault))
    desk.vault.close()


def opened(kept: Kept) -> EpochStore:
    desk = open_as(kept.vault)
    desk.vault.close()
    return desk.vault.epochs


def test_a_backup_made_afterwards_opens_as_it_is(kept: Kept, tmp_path: Path) -> None:
    gone(kept, expunge)
    desk = open_as(kept.vault)
    newer = rolling.backup_desk(desk, tmp_path / "new.pdbackup").path
    desk.vault.close()

    desk = restore(replace(kept, backup=newer))
    assert found([VISITOR], every_plaintext(desk.vault)) == []
    desk.vault.close()


def test_a_newer_backup_from_before_it_is_no_living_vault(kept: Kept, tmp_path: Path) -> None:
    desk = open_as(kept.vault)
    between = rolling.backup_desk(desk, tmp_path / "between.pdbackup").path
    desk.vault.close()
    gone(kept, expunge)

    with pytest.raises(DroppedSinceError):
        restore(kept, between)
    assert not kept.target.exists()


def test_another_account_learns_of_it_when_it_next_opens_the_vault(
    kept: Kept, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    keep_account(second)
    gone(kept, expunge)
    be_account(second)
    open_as(kept.vault, MANAGER).vault.close()

    with pytest.raises(OlderCopyError):
        open_as(kept.copy)
    with pytest.raises(DroppedSinceError):
        restore(kept)


def test_a_crash_before_the_account_was_told_is_made_good_by_the_next_opening(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: EpochStore, _told: Dropped) -> None:
        raise system.DiskFullError(path=kept.vault)

    with monkeypatch.context() as patch:
        patch.setattr(EpochStore, "keep_dropped", full)
        desk = open_as(kept.vault)
        expunge(desk, kept)  # which is done all the same
        assert desk.vault.epochs.dropped() is None
        desk.vault.close()
    open_as(kept.vault).vault.close()

    with pytest.raises(OlderCopyError):
        open_as(kept.copy)


def test_a_vault_that_lost_its_last_transaction_opens(kept: Kept) -> None:
    """Disks that say done too early lose it in a power cut; nobody is locked out for that."""
    desk = open_as(kept.vault)
    shutil.copytree(kept.vault, kept.target)  # the state of the disk before the last commit
    expunge(desk, kept)
    desk.vault.close()
    open_as(kept.target).vault.close()


def test_a_change_that_was_taken_back_leaves_no_trace(kept: Kept) -> None:
    desk = open_as(kept.vault)

    def fail() -> None:
        with desk.vault.transaction():
            desk.vault.keys_wait(desk.now().isoformat())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert desk.vault.epochs.dropped() is None
    desk.service("places").create({"name": "Warehouse", "kind": "system"})
    assert desk.vault.epochs.dropped() is None
    desk.vault.close()
    restore(kept).vault.close()


def test_what_was_destroyed_stays_so_while_its_roll_waits(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = open_as(kept.vault)
    number = called(desk, LIVING[0]).id
    with desk.change() as change:  # as destruction does, of which the roll was cut off
        destroying.entomb(change, [number], {})
        roll.mark_pending(desk.vault, desk.now().isoformat())
        change.note("destruction.again", count=1)
    desk.vault.close()
    with pytest.raises(DroppedSinceError):
        restore(kept)

    desk = open_as(kept.vault)
    rolling.run(desk, tmp_path / "next.key")
    desk.vault.close()
    with pytest.raises(restoring.StaleBackupError):
        restore(kept)


def test_where_nothing_is_left_of_the_vault_it_is_declared_and_the_visit_is_due_at_once(
    kept: Kept, tmp_path: Path
) -> None:
    """Nobody can know there; its own day says that it has to go, and the next change of the
    secret closes the backup itself.
    """
    gone(kept, expunge)
    shutil.rmtree(kept.vault)
    opens = partial(ready, clock=LATER, declared=True)
    then = Then(tmp_path / "out" / "custody.key", partial(unlock, ALICE), opens)
    restoring.restore(kept.backup, kept.target, open_as, None, then)
    desk = open_desk(kept.target, BORA, PASSPHRASES[BORA], LATER, declared=True)
    declaring.approve(desk)

    due = [f for f in desk_findings(desk) if f.ref == kept.visit]
    assert due
    assert [r.values["kind"] for r in desk.service("reentries").find(Query())] == ["unknown"]
    desk.service("visits").act("expunge", [kept.visit], {})
    assert found([VISITOR], every_plaintext(desk.vault)) == []
    desk.vault.close()
    open_as(kept.target, clock=LATER).vault.close()


@pytest.mark.parametrize("text", [b"", b"null", b"[]", b'{"epoch": 1, "at": "x"}', b"\xff"])
def test_what_cannot_be_read_is_no_knowledge_and_is_written_anew(kept: Kept, text: bytes) -> None:
    gone(kept, expunge)
    path = EpochStore(opened(kept).vault).folder / "dropped"
    path.write_bytes(text)
    assert EpochStore(path.parent.name).dropped() is None

    open_as(kept.vault).vault.close()
    with pytest.raises(OlderCopyError):
        open_as(kept.copy)


@pytest.mark.parametrize("who", [ALICE, MANAGER])
def test_no_row_in_the_vault_tells_an_account_of_more_than_its_files_do(
    kept: Kept, who: str
) -> None:
    """Whoever has REGISTER can write it; it would lock everybody out for good."""
    desk = open_as(kept.vault)
    planted = Dropped(1, desk.now().isoformat(), {"keys_people": 10**9, "keys_office": 10**9})
    with desk.vault.transaction():
        desk.vault.set_meta("dropped", planted.text())
    desk.vault.close()

    open_as(kept.vault, who).vault.close()
    open_as(kept.vault).vault.close()
