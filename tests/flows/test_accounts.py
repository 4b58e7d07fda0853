"""Accounts that hold the epoch secret: given up on an old computer, lost with a laptop, found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.documents.preview import page_texts
from privdesk.flows import accounts, custody, destruction, issuing, losing, restoring, rolling
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety
from privdesk.vault import backup
from privdesk.vault.epoch import EpochStore
from privdesk.vault.errors import NoEpochSecretError, StaleEpochError
from tests.copies import be_account, open_as, second_account, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import DUE, LIVING, answered, fill, request

WHY = "The bag was stolen in the train."


@pytest.fixture
def laptop(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Open the vault once on a laptop that holds the secret too; return that account's name."""
    with monkeypatch.context() as there:
        there.setenv("LOGNAME", "bora")
        second_account(vault, tmp_path / "laptop", BORA)
    return f"bora@{system.workstation()}"


def states(desk: Desk) -> dict[str, str]:
    return {h["account"]: h["state"] for h in accounts.holders(desk)}


def told(desk: Desk) -> list[str]:
    return [f.what_text() for f in safety.judge(desk) if "account" in f.what_text()]


def test_an_account_gives_the_secret_up_and_may_take_it_again(
    vault: Path, laptop: str, tmp_path: Path
) -> None:
    desk = open_as(vault)
    me = system.account()
    assert accounts.retire(desk) == f"{me}@{system.workstation()}"
    assert states(desk) == {me: "retired", "bora": "held"}
    store = EpochStore(desk.vault.id)
    desk.vault.close()

    assert (store.current(), store.next()) == (None, None)
    with pytest.raises(NoEpochSecretError):
        open_as(vault)
    key = tmp_path / "out" / "custody.key"
    custody.receive(vault, key, lambda: open_as(vault))
    desk = open_as(vault)
    assert states(desk) == {me: "held", "bora": "held"}
    desk.vault.close()


def test_the_last_secret_is_not_given_up(vault: Path) -> None:
    desk = open_as(vault)
    desk.vault.raw.execute("UPDATE custody_copies SET state = 'replaced'")
    with pytest.raises(accounts.LastSecretError):
        accounts.retire(desk)

    assert EpochStore(desk.vault.id).current() is not None
    desk.vault.close()


def test_a_lost_computer_counts_once_two_officers_say_so(
    vault: Path, laptop: str, key: Path
) -> None:
    desk = open_as(vault)
    assert accounts.lose(desk, laptop.upper(), WHY) == (laptop, "held")
    assert told(desk) == [
        f"{ALICE} declared the account {laptop} lost; a second officer has to agree."
    ]
    with pytest.raises(losing.LossSignedError):
        accounts.lose(desk, laptop, "again")
    desk = switch_to(desk, BORA)
    assert accounts.lose(desk, laptop) == (laptop, "lost")
    assert told(desk) == [
        f"The account {laptop} is lost, with the secret of the vault as it is now."
    ]
    before = dict(desk.vault.header.generations)
    rolling.run(desk, key)

    assert told(desk) == []
    assert {r: g + 1 for r, g in before.items()} == desk.vault.header.generations
    with pytest.raises(accounts.AccountStateError):
        accounts.lose(desk, laptop, WHY)
    desk.vault.close()


def test_an_account_that_opens_the_vault_again_is_found(
    vault: Path, laptop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, desk = system.account_folder(), open_as(vault)
    accounts.lose(desk, laptop, WHY)
    desk.vault.close()
    with monkeypatch.context() as there:
        there.setenv("LOGNAME", "bora")
        be_account(tmp_path / "laptop")
        desk = open_as(vault, BORA)

    assert losing.losses(desk, losing.ACCOUNT) == {}
    assert desk.journal.newest(1)[0].action == "vault.account"
    again = f"{ALICE} called the account {laptop} lost; on 2026-11-23 it opened the vault again."
    assert again in told(desk)  # or whoever reported it would never hear of it
    be_account(home)
    desk = switch_to(desk, ALICE)
    accounts.lose(desk, laptop, WHY)
    assert again not in told(desk)
    desk.vault.close()


def test_who_can_be_declared_lost(vault: Path) -> None:
    desk = open_as(vault)
    with pytest.raises(accounts.AccountUnknownError):
        accounts.lose(desk, "nobody@nowhere", WHY)
    with pytest.raises(accounts.AccountHereError):
        accounts.lose(desk, f"{system.account()}@{system.workstation()}", WHY)
    desk.vault.close()


def test_a_destruction_waits_for_the_laptop_until_it_is_lost_and_prints_it(
    vault: Path, laptop: str, key: Path
) -> None:
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    destruction.execute(desk, ref, key)
    answered(desk, ref)
    custody.destroyed(desk, "C-1", BORA)
    assert state(desk, ref) == "backups_closed"
    accounts.lose(desk, laptop, WHY)
    desk = switch_to(desk, ALICE)
    accounts.lose(desk, laptop)

    assert state(desk, ref) == "complete"
    text = " ".join(" ".join(page_texts(issuing.issue(desk, "d1", ref, "en").data)).split())
    assert f"was declared lost on 23 November 2026 by {BORA}, {ALICE}" in text
    assert "see the limits" in text
    assert WHY not in text
    desk.vault.close()


def state(desk: Desk, ref: str) -> str:
    service = desk.service("destructions")
    return str(service.rows([service.number(ref)])[0].state)


def test_whoever_found_a_lost_laptop_opens_nothing_made_since(
    vault: Path, laptop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its disk, a passphrase, every copy of the folder and backups of then; the others do."""
    home, other = system.account_folder(), tmp_path / "other"
    with monkeypatch.context() as there:
        there.setenv("LOGNAME", "cara")
        second_account(vault, other)
    desk = open_as(vault)
    accounts.lose(desk, laptop, WHY)
    desk = switch_to(desk, BORA)
    assert accounts.lose(desk, laptop, WHY)[1] == "lost"
    desk = switch_to(desk, ALICE)
    rolling.run(desk, tmp_path / "c2.key")
    after = backup.write(desk.vault, tmp_path / "after.pdbackup", desk.now()).path
    desk.vault.close()
    shutil.copytree(vault, tmp_path / "stolen.privdesk")

    be_account(tmp_path / "laptop")
    for name in (ALICE, BORA):
        with pytest.raises(StaleEpochError):
            open_as(tmp_path / "stolen.privdesk", name)
    with pytest.raises(DomainError):
        restoring.restore(after, tmp_path / "again.privdesk", open_as)
    be_account(other)
    open_as(vault).vault.close()
    be_account(home)
