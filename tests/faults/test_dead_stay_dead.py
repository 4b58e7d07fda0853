"""Whoever was destroyed stays so: in every copy, with every key, through whatever comes after.

One office is filled, copied and backed up; its people are destroyed; then everything an office,
or somebody who robbed it, can do with what is left is played, once by the bytes of all files and
once by the program itself.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.clock import FixedClock
from privdesk.flows import custody, declaring, restoring, rolling, succession
from privdesk.flows.declaring import Then
from privdesk.flows.opening import open_desk, open_desk_with_kit, ready
from privdesk.flows.restoring import Live, StaleBackupError
from privdesk.flows.setup import kit_secret
from privdesk.vault import header, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import StaleVaultError
from privdesk.vault.header import Header
from privdesk.vault.session import Unlocked
from tests.copies import MANAGER, PASSPHRASES, be_account, open_as, second_account
from tests.desks import ALICE, BORA, NOON
from tests.faults.attacker import Loot, attack, people_in, role_keys, unpacked
from tests.flows.folk import Somebody, answered, destroyed, fill, one, people, take, write

SHORT, LONG = (12, 5), (1_500, 500)
LATER = FixedClock(NOON.replace(hour=NOON.hour + 2))
NORA, NORAS = "Nora New", "amber railway sparrow 55"


@dataclass(frozen=True)
class Office:
    """An office whose people were destroyed, and all that was kept of before."""

    vault: Path
    folder: Path
    kept: Path  # a folder copy, a copy of the account
    backup: Path
    old: EpochSecret
    kit: bytes
    dead: tuple[Somebody, ...]
    living: tuple[Somebody, ...]

    @property
    def gone(self) -> set[int]:
        """The numbers of the destroyed."""
        return set(range(len(self.dead)))

    @property
    def here(self) -> set[int]:
        """The numbers of the survivors."""
        return set(range(len(self.dead), len(self.dead) + len(self.living)))

    @property
    def new(self) -> EpochSecret:
        """The present epoch secret."""
        held = EpochStore(self.old.vault).current()
        assert held is not None
        return held

    def unlocked(self, folder: Path) -> list[Unlocked]:
        """Return every slot of a folder opened: all passphrases and the kit."""
        head = header.read(folder)
        known = {p.name for p in head.people if p.active}
        found = [slots.unlock(head, n, p) for n, p in PASSPHRASES.items() if n in known]
        return [*found, slots.unlock_kit(head, self.kit)]

    def robbed(self, folder: Path, *secrets: EpochSecret) -> Loot:
        """Return what a folder gives away with all passphrases, the kit and epoch secrets."""
        return attack(folder, role_keys(self.unlocked(folder), folder), secrets)


def made(vault: Path, folder: Path, counts: tuple[int, int]) -> Office:
    """Fill an office, keep copies of it, destroy who is due."""
    dead = tuple(one(n, "Delivery", "2020-01-02") for n in range(counts[0]))
    living = tuple(one(n, "Delivery", "2026-11-02") for n in range(counts[0], sum(counts)))
    desk = open_as(vault)
    fill(desk, *dead, *living)
    backup = rolling.backup_desk(desk, folder / "old.pdbackup").path
    old = desk.vault.secret()
    desk.vault.close()
    kept = folder / "kept"
    shutil.copytree(vault, kept / vault.name)
    second_account(vault, kept / "account", MANAGER)
    shutil.copy(folder / "out" / "custody.key", kept)
    desk, done = destroyed(open_as(vault), vault, folder / "safe" / "c2.key")
    answered(desk, done.ref)
    desk.vault.close()
    kit = kit_secret(vault, folder / "out" / "kit.pdf")
    return Office(vault, folder, kept, backup, old, kit, dead, living)


# -- what is left: nobody of the destroyed, and all of the others


def nobody_in_the_copies(office: Office) -> int:
    """By bytes: folder copy and backup of before, with all there is but the old secret."""
    copy = office.kept / office.vault.name
    taken_apart = unpacked(office.backup, office.folder / "taken apart")
    for folder in (copy, taken_apart):
        loot = office.robbed(folder, office.new)
        assert loot.opened == {"register.db"}
        assert people_in(loot.data) == set()
        control = office.robbed(folder, office.old)
        assert people_in(control.data) == office.gone | office.here
    return 2


def refused_by_the_program(office: Office) -> int:
    """By the program: no passphrase and no kit opens a copy, nor does its backup."""
    copy, refused = office.kept / office.vault.name, 0
    for name in PASSPHRASES:
        with pytest.raises(StaleVaultError):
            open_as(copy, name)
        refused += 1
    with pytest.raises(StaleVaultError):
        open_desk_with_kit(copy, office.kit)
    with pytest.raises(StaleBackupError):
        restoring.restore(office.backup, office.folder / "x.privdesk", open_as)
    assert not (office.folder / "x.privdesk").exists()
    return refused + 2


def living_only(office: Office, folder: Path, *secrets: EpochSecret, clock: bool = False) -> None:
    """By bytes and by the program: the survivors all open, the destroyed are not there."""
    found = people_in(office.robbed(folder, *(secrets or (office.new,))).data)
    assert found & office.gone == set()
    assert found >= office.here
    desk = open_as(folder, clock=LATER if clock else None)
    names = {str(row.values["name"]) for row in people(desk)}
    assert names & {p.name for p in office.dead} == set()
    assert names >= {p.name for p in office.living}
    for row in people(desk):
        assert row.values["phone"]
    desk.vault.close()


def in_the_office_itself(office: Office) -> None:
    """The living vault, also with the old secret, and the backup that the roll made."""
    living_only(office, office.vault)
    living_only(office, office.vault, office.new, office.old)
    (newest,) = (office.folder / "office.backups").glob("*roll.pdbackup")
    data = office.robbed(unpacked(newest, office.folder / "new"), office.new).data
    assert people_in(data, but_source=True) == office.here  # the places had not answered yet


def after_a_restore_with_living_keys(office: Office) -> None:
    target = office.folder / "again" / office.vault.name
    target.parent.mkdir()
    live = Live(office.vault, partial(unlock, ALICE))
    restoring.restore(office.backup, target, partial(open_as, clock=LATER), live)
    living_only(office, target, clock=True)


def after_a_declared_restore(office: Office) -> None:
    """With a custody copy of then: later certificates are carried out again before use."""
    account = office.folder / "account of another computer"
    account.mkdir(mode=0o700)
    first = system.account_folder()
    be_account(account)
    target = office.folder / "declared" / office.vault.name
    target.parent.mkdir()
    then = Then(
        office.kept / "custody.key",
        partial(unlock, ALICE),
        partial(ready, clock=LATER, declared=True),
    )
    restoring.restore(office.backup, target, open_as, None, then)
    desk = open_desk(target, BORA, PASSPHRASES[BORA], LATER, declared=True)
    gone = [r.ref for r in people(desk) if r.values["name"] in {p.name for p in office.dead}]
    assert len(gone) == len(office.dead)
    new = office.folder / "safe" / "declared.key"
    assert declaring.approve(desk, gone, "D1-2026-0001", new, lost=True) == len(gone)
    desk.vault.close()
    living_only(office, target, office.new, office.old, clock=True)
    be_account(first)


def after_a_handover_to_a_second_account(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that held the old secret takes the new one and keeps nothing of the old."""
    first = system.account_folder()
    be_account(office.kept / "account")
    monkeypatch.setenv("LOGNAME", "second")
    assert office.new == office.old
    open_as(office.vault, MANAGER).vault.close()
    assert office.new.epoch == 2
    kept = b"".join(p.read_bytes() for p in (office.kept / "account").rglob("*") if p.is_file())
    assert office.old.text() not in kept
    assert nobody_in_the_copies_of(office)
    refused_by_the_program(office)
    living_only(office, office.vault)
    monkeypatch.delenv("LOGNAME")
    be_account(first)


def nobody_in_the_copies_of(office: Office) -> bool:
    copy = office.kept / office.vault.name
    return people_in(office.robbed(copy, office.new).data) == set()


def after_a_handover_to_a_successor(office: Office) -> None:
    """Who takes over, with a roll and new role keys, opens no more of the copies."""
    desk = open_as(office.vault)
    succession.hand_over(desk, BORA, NORA, NORAS, FLOOR)
    rolling.run(desk, office.folder / "safe" / "c3.key")
    custody.destroyed(desk, "C-2", NORA)
    desk.vault.close()
    between = office.folder / "new"  # the backup from before the places had answered
    assert people_in(office.robbed(between, office.new).data) == set()
    head = header.read(office.vault)
    noras = slots.unlock(head, NORA, NORAS)
    copy = office.kept / office.vault.name
    hers = role_keys([noras, *office.unlocked(copy)], office.vault)
    assert people_in(attack(copy, hers, [office.new]).data) == set()
    assert people_in(attack(copy, hers, [office.old]).data) >= office.gone  # so that it can fail
    found = people_in(attack(office.vault, hers, [office.new, office.old]).data)
    assert found & office.gone == set()
    assert found >= office.here
    desk = open_desk(office.vault, NORA, NORAS)
    assert not {str(r.values["name"]) for r in people(desk)} & {p.name for p in office.dead}
    desk.vault.close()


def after_the_sources_next_export(office: Office) -> int:
    """The list of the source system with everybody in it: the destroyed do not come in again."""
    desk = open_as(office.vault)
    path = write(office.folder / "again.csv", *office.dead, *office.living)
    report = take(desk, path, rejects=office.folder / "again.rejects.csv")
    desk.vault.close()
    assert (report.blocked, report.new) == (len(office.dead), 0)
    living_only(office, office.vault)
    return report.blocked


def unlock(name: str, head: Header) -> Unlocked:
    """Open somebody's slot."""
    return slots.unlock(head, name, PASSPHRASES[name])


def played(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: tuple[int, int]) -> str:
    """Play all of it; return what was done, in figures."""
    office = made(vault, tmp_path, n)
    in_the_office_itself(office)
    copies = nobody_in_the_copies(office)
    refused = refused_by_the_program(office)
    after_a_restore_with_living_keys(office)
    after_a_handover_to_a_second_account(office, monkeypatch)
    after_a_declared_restore(office)
    blocked = after_the_sources_next_export(office)
    after_a_handover_to_a_successor(office)
    return (
        f"{n[0]} destroyed, {n[1]} survivors: 0 destroyed readable, all survivors in"
        f" {copies} copies of before, {refused} openings refused, restored with living keys and"
        f" declared, handed over to an account and a successor, {blocked} rows blocked"
    )


def test_whoever_was_destroyed_stays_so(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert played(vault, tmp_path, monkeypatch, SHORT)


@pytest.mark.faults
def test_at_full_count_whoever_was_destroyed_stays_so(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print(played(vault, tmp_path, monkeypatch, LONG))
