"""The finder of a lost laptop: its account, a passphrase and the newest vault open nothing new."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import accounts, custody, people, rolling
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import StaleEpochError, WrongPassphraseError
from tests.copies import MANAGER, be_account, open_as, second_account, switch_to
from tests.desks import ALICE, BORA

WHY = "The bag was stolen in the train."


class Laptop:
    """A computer that goes astray: an account of its own and what its finder does with it."""

    def __init__(self, vault: Path, folder: Path) -> None:
        self.vault, self.folder, self.name = vault, folder, f"bora@{system.workstation()}"
        with pytest.MonkeyPatch.context() as there:
            there.setenv("LOGNAME", "bora")
            second_account(vault, folder, BORA)

    def opened(self, name: str = BORA) -> None:
        """Open the vault there."""
        with pytest.MonkeyPatch.context() as there:
            there.setenv("LOGNAME", "bora")
            there.setenv(system.EPOCH_DIR, str(self.folder))
            open_as(self.vault, name).vault.close()

    def found(self, name: str = BORA) -> None:
        """Open a copy of the newest vault with the laptop's account and somebody's passphrase."""
        away = self.folder.with_name("found")
        shutil.rmtree(away, ignore_errors=True)
        shutil.copytree(self.vault, away / self.vault.name)
        shutil.copytree(self.folder, away / "account")
        with pytest.MonkeyPatch.context() as there:
            there.setenv(system.EPOCH_DIR, str(away / "account"))
            open_as(away / self.vault.name, name).vault.close()


@pytest.fixture
def laptop(vault: Path, tmp_path: Path) -> Laptop:
    return Laptop(vault, tmp_path / "laptop")


def declared(desk: Desk, lose: Callable[[Desk], object]) -> Desk:
    """Have both officers declare something lost."""
    lose(desk)
    desk = switch_to(desk, BORA if desk.vault.person.name == ALICE else ALICE)
    lose(desk)
    return desk


def test_without_the_procedure_the_finder_follows(laptop: Laptop, key: Path) -> None:
    """The control: a change of the secret alone is handed over to the lost account as well."""
    desk = open_as(laptop.vault)
    assert rolling.run(desk, key).behind == ()
    desk.vault.close()

    laptop.found()
    laptop.found(MANAGER)


@pytest.mark.parametrize("second", [True, False], ids=["counts", "only one officer so far"])
def test_once_it_is_declared_lost_its_finder_does_not_follow(
    laptop: Laptop, key: Path, *, second: bool
) -> None:
    desk = open_as(laptop.vault)
    accounts.lose(desk, laptop.name, WHY)
    if second:
        desk = switch_to(desk, BORA)
        accounts.lose(desk, laptop.name)
    rolling.run(desk, key)
    desk.vault.close()

    for name in (BORA, ALICE, MANAGER):
        with pytest.raises(StaleEpochError):
            laptop.found(name)


def test_a_change_later_on_opens_no_way_either(laptop: Laptop, tmp_path: Path) -> None:
    desk = declared(open_as(laptop.vault), lambda d: accounts.lose(d, laptop.name, WHY))
    rolling.run(desk, tmp_path / "c2.key")
    rolling.run(desk, tmp_path / "c3.key")
    desk.vault.close()

    with pytest.raises(StaleEpochError):
        laptop.found()


def test_a_change_before_the_loss_leads_no_further(laptop: Laptop, tmp_path: Path) -> None:
    """The lost account was behind already: what led it to the present is cut off all the same."""
    desk = open_as(laptop.vault)
    rolling.run(desk, tmp_path / "c2.key")
    desk = declared(desk, lambda d: accounts.lose(d, laptop.name, WHY))
    assert [a.name for a in safety.look(desk).lost_accounts] == [laptop.name]
    rolling.run(desk, tmp_path / "c3.key")
    assert safety.look(desk).lost_accounts == ()
    desk.vault.close()

    with pytest.raises(StaleEpochError):
        laptop.found()


@pytest.mark.parametrize("before", [0, 1], ids=["present", "former"])
def test_a_lost_custody_copy_leads_nowhere(vault: Path, tmp_path: Path, before: int) -> None:
    """With every passphrase and the newest vault; the accounts there are follow as before."""
    desk = open_as(vault)
    for number in range(before):
        rolling.run(desk, tmp_path / f"before-{number}.key")
    desk = declared(desk, lambda d: custody.lose(d, "C-1", WHY))
    assert [one.number for one in safety.look(desk).lost] == ["C-1"] * (1 - before)
    rolling.run(desk, tmp_path / "after.key")
    desk.vault.close()

    be_account(tmp_path / "finder")
    for name in (BORA, ALICE):
        with pytest.raises(StaleEpochError):
            custody.receive(
                vault, vault.parent / "out" / "custody.key", partial(open_as, vault, name)
            )


def test_the_others_follow_by_themselves(
    laptop: Laptop, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as there:
        there.setenv("LOGNAME", "mina")
        second_account(laptop.vault, tmp_path / "third", MANAGER)
    desk = declared(open_as(laptop.vault), lambda d: accounts.lose(d, laptop.name, WHY))
    mina = f"mina@{system.workstation()}"
    assert rolling.run(desk, key).behind == ()
    told = {f.values.get("account"): f.do_text() for f in safety.judge(desk)}
    assert told[mina] == "Have the vault opened once on that account, or declare the account lost."
    desk.vault.close()

    monkeypatch.setenv("LOGNAME", "mina")
    be_account(tmp_path / "third")
    open_as(laptop.vault, MANAGER).vault.close()


def test_who_was_called_lost_and_is_there_comes_in_with_the_new_custody_copy(
    laptop: Laptop, key: Path
) -> None:
    desk = open_as(laptop.vault)
    accounts.lose(desk, laptop.name, WHY)
    assert rolling.run(desk, key).behind == (laptop.name,)
    told = {f.values.get("account"): f.do_text() for f in safety.judge(desk) if f.rule == "10"}
    assert told[laptop.name] == (
        "Bring the new custody copy to that account once, or declare the account lost."
    )
    desk.vault.close()

    be_account(laptop.folder)
    with pytest.raises(StaleEpochError):
        laptop.found()
    assert custody.receive(laptop.vault, key, partial(open_as, laptop.vault, BORA)) == 2


def test_what_was_found_again_before_the_change_is_handed_over_to(
    laptop: Laptop, key: Path
) -> None:
    desk = declared(open_as(laptop.vault), lambda d: accounts.lose(d, laptop.name, WHY))
    desk.vault.close()
    laptop.opened()
    desk = open_as(laptop.vault)
    assert rolling.run(desk, key).behind == ()
    desk.vault.close()

    laptop.opened(MANAGER)


def test_the_passphrase_that_was_seen_opens_nothing_made_since(laptop: Laptop, key: Path) -> None:
    """With a new one for whoever used the laptop, not even the registers open, only copies."""
    desk = declared(open_as(laptop.vault), lambda d: accounts.lose(d, laptop.name, WHY))
    desk = switch_to(desk, ALICE)
    people.reset_passphrase(desk, BORA, "quartz lantern evening 52", FLOOR)
    rolling.run(desk, key)
    old = desk.vault.header.generations
    desk.vault.close()

    assert set(old.values()) == {2}
    with pytest.raises(WrongPassphraseError):
        laptop.found()


def test_an_account_that_missed_a_rotation_still_follows(laptop: Laptop, tmp_path: Path) -> None:
    """Of two changes the last one left it the secret, sealed for the newest REGISTER key."""
    desk = open_as(laptop.vault)
    rolling.run(desk, tmp_path / "c2.key")
    people.remove(desk, MANAGER)
    rolling.run(desk, tmp_path / "c3.key")
    desk.vault.close()

    laptop.found()
