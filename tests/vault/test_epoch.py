"""The epoch secret: never none, never another's; an exchange that a crash cut off is finished."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import rolling
from privdesk.vault import handovers, opening, roll
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    NoEpochSecretError,
    RollElsewhereError,
    StaleEpochError,
    StaleVaultError,
)
from tests.copies import MANAGER, be_account, keep_account, open_as, second_account
from tests.desks import BORA

VAULT = "0123456789abcdef" * 2


def roll_once(vault: Path, custody: Path) -> None:
    desk = open_as(vault)
    rolling.run(desk, custody)
    desk.vault.close()


class Cut(Exception):
    """Stands for the end of the process."""


def cut_at(name: str) -> Callable[[str], None]:
    def stage(now: str) -> None:
        if now == name:
            raise Cut

    return stage


def store_of(vault: Path) -> EpochStore:
    return EpochStore(opening.look(vault).vault)


def test_a_secret_reads_back_as_it_was_written(tmp_path: Path) -> None:
    store = EpochStore(VAULT, tmp_path)
    secret = EpochSecret.fresh(VAULT, 3)
    store.write_current(secret)

    assert store.current() == secret
    assert store.next() is None
    assert (store.folder / "current").stat().st_mode & 0o077 == 0
    assert store.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("change", ["vault", "epoch", "secret", "check"])
def test_a_secret_that_was_altered_counts_as_none(tmp_path: Path, change: str) -> None:
    store = EpochStore(VAULT, tmp_path)
    store.write_current(EpochSecret.fresh(VAULT, 3))
    path = store.folder / "current"
    text = path.read_text()
    path.write_text(text.replace(f'"{change}": "', f'"{change}": "A').replace('": 3', '": 4'))

    assert store.current() is None


@pytest.mark.parametrize(
    "text", [b"", b"\xff", b"null", b"[" * 100_000, b'{"vault": "x", "epoch": 1e400, "secret": ""}']
)
def test_a_secret_that_cannot_be_read_counts_as_none(tmp_path: Path, text: bytes) -> None:
    store = EpochStore(VAULT, tmp_path)
    store.folder.mkdir(parents=True)
    (store.folder / "current").write_bytes(text)

    assert store.current() is None


def test_promoting_overwrites_the_old_secret_in_place(tmp_path: Path) -> None:
    store = EpochStore(VAULT, tmp_path)
    old, new = EpochSecret.fresh(VAULT, 1), EpochSecret.fresh(VAULT, 2)
    store.write_current(old)
    with (store.folder / "current").open("rb") as kept:
        store.write_next(new)
        assert (store.current(), store.next()) == (old, new)
        store.promote()
        assert set(kept.read()) == {0}

    assert (store.current(), store.next()) == (new, None)


@pytest.mark.parametrize("cut", ["before the overwriting", "before the renaming"])
def test_an_account_whose_promotion_was_cut_off_opens_and_forgets_the_old_secret(
    vault: Path, tmp_path: Path, cut: str
) -> None:
    """Else the old secret would stay, and the next roll overwrite the only one in use."""
    store = store_of(vault)
    old = (store.folder / "current").read_bytes()
    roll_once(vault, tmp_path / "c2.key")
    (store.folder / "current").rename(store.folder / "next")
    overwritten = cut == "before the renaming"
    (store.folder / "current").write_bytes(bytes(len(old)) if overwritten else old)

    open_as(vault).vault.close()

    held = store.current()
    assert held is not None
    assert held.epoch == 2
    assert store.next() is None
    roll_once(vault, tmp_path / "c3.key")
    open_as(vault).vault.close()


def test_a_second_account_takes_the_secret_over_after_a_roll(vault: Path, tmp_path: Path) -> None:
    first, second = system.account_folder(), tmp_path / "second"
    second_account(vault, second)
    roll_once(vault, tmp_path / "c2.key")
    roll_once(vault, tmp_path / "c3.key")

    be_account(second)
    desk = open_as(vault, MANAGER)
    actions = [entry.action for entry in desk.journal.newest(3)]
    desk.vault.close()
    mine, theirs = store_of(vault).current(), EpochStore(store_of(vault).vault, first / "epochs")

    assert "vault.handover" in actions
    assert mine == theirs.current()
    assert mine is not None
    assert mine.epoch == 3


def test_a_handover_runs_forward_only(vault: Path, tmp_path: Path) -> None:
    """A new secret does not open what the old one opened."""
    copy, before = tmp_path / "copy.privdesk", tmp_path / "before"
    shutil.copytree(vault, copy)
    keep_account(before)
    roll_once(vault, tmp_path / "c2.key")

    with pytest.raises(StaleVaultError):
        open_as(copy)
    be_account(before)
    open_as(copy).vault.close()


def test_a_stale_copy_of_the_folder_is_refused_by_its_name(vault: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy of June.privdesk"
    shutil.copytree(vault, copy)
    roll_once(vault, tmp_path / "c2.key")

    with pytest.raises(StaleVaultError, match=r"copy of June\.privdesk"):
        open_as(copy)


def test_an_account_too_far_behind_is_told_so(vault: Path, tmp_path: Path) -> None:
    """Where the handover it would need is not there any more."""
    second = tmp_path / "second"
    second_account(vault, second)
    roll_once(vault, tmp_path / "c2.key")
    desk = open_as(vault)
    with desk.vault.transaction():
        desk.vault.raw.execute("DELETE FROM handovers")
    desk.vault.close()

    be_account(second)
    with pytest.raises(StaleEpochError, match="epoch 1"):
        open_as(vault, BORA)


def test_a_false_secret_that_was_left_replaces_no_true_one(vault: Path, tmp_path: Path) -> None:
    """Whoever has REGISTER can write the table of what was left."""
    second = tmp_path / "second"
    second_account(vault, second)
    roll_once(vault, tmp_path / "c2.key")
    desk = open_as(vault)
    with desk.vault.transaction():
        handovers.leave(desk.vault, EpochSecret(desk.vault.id, 2, bytes(32)))
    desk.vault.close()

    be_account(second)
    held = store_of(vault).current()
    with pytest.raises(StaleEpochError, match="epoch 1"):
        open_as(vault, BORA)
    assert store_of(vault).current() == held


def test_an_old_secret_alone_follows_nowhere(vault: Path, tmp_path: Path) -> None:
    """As with an old custody copy: a roll seals to accounts, not to whoever has the old secret."""
    second, third = tmp_path / "second", tmp_path / "third"
    second_account(vault, second)
    held = store_of(vault).current()
    roll_once(vault, tmp_path / "c2.key")

    be_account(third)
    assert held is not None
    store_of(vault).write_current(held)
    with pytest.raises(StaleEpochError):
        open_as(vault)
    be_account(second)
    open_as(vault).vault.close()


def test_a_copied_disk_does_not_follow_with_the_key_of_the_first(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets a key of its own, and follows as an account of its own once it was seen."""
    image = tmp_path / "image"
    keep_account(image)
    with monkeypatch.context() as there:
        there.setattr(system, "workstation", lambda: "pc-2")
        home = system.account_folder()
        be_account(image)
        open_as(vault).vault.close()
        be_account(home)
    roll_once(vault, tmp_path / "c2.key")
    with monkeypatch.context() as there:
        there.setattr(system, "workstation", lambda: "pc-2")
        be_account(image)
        desk = open_as(vault)
        held = desk.vault.raw.execute("SELECT workstation, epoch FROM holders").fetchall()
        desk.vault.close()
        be_account(home)

    assert sorted(epoch for _station, epoch in held) == [2, 2]
    assert "pc-2" in {station for station, _epoch in held}


def test_a_roll_that_another_account_began_is_not_mistaken_for_damage(
    vault: Path, tmp_path: Path
) -> None:
    """Half of the files stand under a secret that only the other account has yet."""
    first, second = system.account_folder(), tmp_path / "second"
    second_account(vault, second)
    desk = open_as(vault)
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c2.key", cut_at("record"))
    desk.vault.close()

    be_account(second)
    with pytest.raises(RollElsewhereError):
        open_as(vault)
    be_account(first)
    desk = open_as(vault)
    assert roll.state(desk.vault) == "done"
    desk.vault.close()


def test_without_any_secret_there_is_no_way_in(vault: Path, tmp_path: Path) -> None:
    be_account(tmp_path / "nobody")

    with pytest.raises(NoEpochSecretError):
        open_as(vault)
