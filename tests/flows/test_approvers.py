"""The second officer of a declared restore sits at another workstation."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.errors import ForbiddenError
from privdesk.flows import approvers, declaring, people, restoring, rolling
from privdesk.flows.approvers import CustodyOfThenError, NoPartInRestoreError
from privdesk.flows.declaring import LivingVaultError, Then
from privdesk.flows.opening import open_desk, open_desk_with_kit, ready
from privdesk.flows.setup import kit_secret
from privdesk.registers.desk import Desk
from privdesk.vault import opening, readonly, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    CustodyError,
    DeclaredElsewhereError,
    NoEpochSecretError,
    StaleEpochError,
)
from tests.copies import (
    ADMINISTRATOR,
    MANAGER,
    PASSPHRASES,
    THIRD,
    be_account,
    copy_office,
    open_as,
    second_account,
)
from tests.desks import ALICE, BORA
from tests.flows.folk import LIVING, called, fill, names
from tests.flows.test_restoring import LATER, unlock


def declare(backup: Path, folder: Path) -> Path:
    """Declare a restore as Alice; go on at an account that holds nothing."""
    opens = partial(ready, clock=LATER, declared=True)
    then = Then(copy_of_then(folder), partial(unlock, ALICE), opens)
    target = folder / "again.privdesk"
    restoring.restore(backup, target, open_as, None, then)
    be_account(folder / "second")
    return target


@pytest.fixture
def first() -> Path:
    """Return the data directory of the account on which the restore is declared."""
    return system.account_folder()


@pytest.fixture
def restored(tmp_path: Path) -> Path:
    """Return a vault that was declared restored after the office had burnt down."""
    vault = copy_office(tmp_path)
    desk = open_as(vault)
    fill(desk)
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    desk.vault.close()
    shutil.rmtree(vault)
    shutil.rmtree(EpochStore(desk.vault.id).folder)
    return declare(backup, tmp_path)


def copy_of_then(folder: Path) -> Path:
    return folder / "out" / "custody.key"


def receive(vault: Path, name: str = BORA, source: Path | None = None) -> EpochSecret | None:
    source = source or copy_of_then(vault.parent)
    return approvers.receive(vault, source, partial(unlock, name))


def second(vault: Path, name: str = BORA) -> Desk:
    return open_desk(vault, name, PASSPHRASES[name], LATER, declared=True)


def boxes(vault: Path) -> dict[str, str]:
    """Return what waits in the vault for whom."""
    head = opening.look(vault)
    (told,) = readonly.glance(vault, head, unlock(BORA, head), approvers.BOXES)
    return dict(json.loads(told or "{}"))


def test_she_brings_in_the_custody_copy_of_then_and_approves_it_there(
    first: Path, restored: Path
) -> None:
    with pytest.raises(DeclaredElsewhereError, match="it was restored with"):
        second(restored)
    secret = receive(restored)
    assert secret is not None
    assert secret.epoch == 2
    assert receive(restored) is None  # once is enough

    desk = second(restored)
    declaring.approve(desk)
    assert {p.name for p in LIVING} <= names(desk)
    store = EpochStore(desk.vault.id)
    assert (store.current(), store.apart()) == (secret, None)
    desk.vault.close()
    assert boxes(restored) == {}
    be_account(first)  # Alice's own has it too
    open_as(restored, ALICE, LATER).vault.close()
    assert EpochStore(desk.vault.id).current() == secret


def test_neither_the_copy_nor_a_passphrase_alone_gives_the_secret(
    restored: Path, tmp_path: Path
) -> None:
    """An old custody copy in other hands, or an officer without one, comes by nothing."""
    head = opening.look(restored)
    assert sorted(boxes(restored)) == sorted(str(p.id) for p in head.active("officer"))
    other = tmp_path / "other.key"
    other.write_bytes(EpochSecret.fresh(head.vault, 1).text())
    with pytest.raises(CustodyError, match="was not restored with it"):
        receive(restored, source=other)
    other.write_bytes(EpochSecret.fresh(head.vault, 2).text())
    with pytest.raises(CustodyOfThenError):
        receive(restored, source=other)
    for name in (MANAGER, ADMINISTRATOR):
        with pytest.raises(ForbiddenError):
            receive(restored, name)
    store = EpochStore(head.vault)
    held = EpochSecret.parse(copy_of_then(tmp_path).read_bytes())
    assert held is not None
    store.write_current(held)
    with pytest.raises(DeclaredElsewhereError):  # the secret of then leads no further by itself
        second(restored)
    assert store.apart() is None


def test_another_officers_box_does_not_open_with_her_keys(first: Path, restored: Path) -> None:
    be_account(first)
    desk = second(restored)
    with desk.vault.transaction():
        told = json.loads(str(desk.vault.meta(approvers.BOXES)))
        (one, a), (two, b) = told.items()
        desk.vault.set_meta(approvers.BOXES, json.dumps({one: b, two: a}))
    desk.vault.close()
    be_account(restored.parent / "second")
    with pytest.raises(NoPartInRestoreError):
        receive(restored)


def test_once_it_is_approved_nothing_waits_for_anybody_any_more(
    first: Path, restored: Path
) -> None:
    be_account(first)
    desk = second(restored)
    declaring.approve(desk)
    desk.vault.close()
    be_account(restored.parent / "second")
    assert receive(restored) is None
    with pytest.raises(NoEpochSecretError):
        second(restored)


def test_an_approval_with_a_change_of_the_secret_reaches_the_account_that_declared_it(
    first: Path, restored: Path, tmp_path: Path
) -> None:
    receive(restored)
    desk = second(restored)
    new = tmp_path / "out" / "new.key"
    assert declaring.approve(desk, [called(desk, LIVING[0]).ref], "D1-1", new) == 1
    desk.vault.close()
    be_account(first)
    desk = open_as(restored, ALICE, LATER)
    assert desk.vault.meta("epoch") == "3"
    assert LIVING[0].name not in names(desk)
    assert EpochStore(desk.vault.id).apart() is None
    desk.vault.close()


def test_a_later_secret_of_the_account_that_declared_it_is_given_up_in_words_only(
    tmp_path: Path,
) -> None:
    vault = copy_office(tmp_path)
    desk = open_as(vault)
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    rolling.run(desk, tmp_path / "out" / "c2.key")
    desk.vault.close()
    target = declare(backup, tmp_path)
    receive(target)

    desk = second(target)
    assert declaring.closes_living(desk.vault)
    with pytest.raises(LivingVaultError, match="epoch 2"):
        declaring.approve(desk)
    declaring.approve(desk, lost=True)
    desk.vault.close()


def test_who_was_enrolled_with_the_kit_afterwards_is_sent_to_the_account_that_declared_it(
    first: Path, restored: Path
) -> None:
    be_account(first)
    kit = kit_secret(restored, restored.parent / "out" / "kit.pdf")
    desk = open_desk_with_kit(restored, kit, LATER)
    people.add(desk, "Una New", "officer", THIRD, FLOOR)
    desk.vault.close()
    be_account(restored.parent / "second")

    unlocked = partial(slots.unlock, name="Una New", passphrase=THIRD)
    with pytest.raises(NoPartInRestoreError, match="Una New"):
        approvers.receive(restored, copy_of_then(restored.parent), unlocked)


def test_while_it_waits_the_living_vault_may_roll_elsewhere(tmp_path: Path, first: Path) -> None:
    """The secret kept apart is of the same number as the living vault's next one."""
    vault = copy_office(tmp_path)
    desk = open_as(vault)
    backup = rolling.backup_desk(desk, tmp_path / "old.pdbackup").path
    desk.vault.close()
    elsewhere = tmp_path / "elsewhere"
    second_account(vault, elsewhere, BORA)
    target = declare(backup, tmp_path)
    be_account(elsewhere)
    desk = open_as(vault, BORA)
    rolling.run(desk, tmp_path / "out" / "c2.key")
    desk.vault.close()

    be_account(first)
    desk = open_as(vault)
    assert desk.vault.meta("epoch") == "2"
    assert EpochStore(desk.vault.id).apart() is not None  # the other one waits on
    desk.vault.close()
    second(target).vault.close()


def test_an_account_too_far_behind_a_living_vault_is_still_told_so(
    tmp_path: Path, first: Path
) -> None:
    vault = copy_office(tmp_path)
    behind = tmp_path / "behind"
    shutil.copytree(first, behind)
    desk = open_as(vault)
    rolling.run(desk, tmp_path / "out" / "c2.key")
    with desk.vault.transaction():
        desk.vault.raw.execute("DELETE FROM handovers")
    desk.vault.close()
    be_account(behind)
    with pytest.raises(StaleEpochError):
        open_as(vault)
