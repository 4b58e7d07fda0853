"""Opening: one opener, no links, whole files of one time, the account's secret; else a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.register import Query
from privdesk.flows import people
from privdesk.registers.desk import Desk
from privdesk.vault import engine, migrate, opening
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    DamagedFileError,
    FilesDisagreeError,
    MissingFileError,
    NewerVaultError,
    NoEpochSecretError,
    OlderVaultError,
    RollPendingError,
    UnknownPersonError,
    VaultInUseError,
    WrongPassphraseError,
)
from privdesk.vault.session import file_key
from tests.copies import MANAGER, open_as
from tests.desks import ALICE, PASSPHRASE

KEYS = ("keys-office.db", "keys-people.db")


def add_person(vault: Path, name: str = "문가람") -> None:
    desk = open_as(vault)
    desk.service("subjects").create({"name": name})
    desk.vault.close()


def people_in(desk: Desk) -> int:
    return int(desk.service("subjects").open_view(Query()).count)


def test_a_wrong_passphrase_or_name_is_refused_with_a_sentence(vault: Path) -> None:
    with pytest.raises(WrongPassphraseError, match=f"slot of {ALICE}"):
        opening.open_vault(vault, ALICE, "not the passphrase")
    with pytest.raises(UnknownPersonError, match="Nobody"):
        opening.open_vault(vault, "Nobody", PASSPHRASE)


def test_names_are_found_however_they_are_written(vault: Path) -> None:
    opening.open_vault(vault, "  alice EXAMPLE ", PASSPHRASE).close()


def test_one_opener_at_a_time_and_the_second_is_told_who_it_is(vault: Path) -> None:
    first = open_as(vault)

    with pytest.raises(VaultInUseError) as refused:
        open_as(vault, MANAGER)
    assert f"{ALICE} · {system.account()}@{system.workstation()}" in str(refused.value)

    first.vault.close()
    open_as(vault, MANAGER).vault.close()


def test_a_deleted_lock_file_lets_no_second_opener_in(vault: Path) -> None:
    first = open_as(vault)
    (vault / "vault.lock").unlink()
    with pytest.raises(VaultInUseError):
        open_as(vault, MANAGER)

    first.vault.close()
    open_as(vault, MANAGER).vault.close()


def test_a_refused_opening_gives_the_lock_back(vault: Path) -> None:
    (vault / "keys-people.db").rename(vault / "elsewhere")
    with pytest.raises(MissingFileError):
        open_as(vault)
    (vault / "elsewhere").rename(vault / "keys-people.db")

    open_as(vault).vault.close()


def test_a_link_to_a_vault_is_not_followed(vault: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.privdesk"
    link.symlink_to(vault)

    with pytest.raises(system.SymlinkError):
        open_as(link)


@pytest.mark.parametrize("name", [*FILES.values(), "vault.json", "attachments", "vault.lock"])
def test_a_link_inside_the_vault_is_not_followed(vault: Path, tmp_path: Path, name: str) -> None:
    shutil.move(vault / name, tmp_path / name)
    (vault / name).symlink_to(tmp_path / name)

    with pytest.raises(system.SymlinkError):
        open_as(vault)


@pytest.mark.parametrize("name", ["register.db", *KEYS])
def test_a_missing_file_is_named(vault: Path, name: str) -> None:
    (vault / name).unlink()

    with pytest.raises(MissingFileError, match=name):
        open_as(vault)
    assert not (vault / name).exists()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(b"\x5a" * path.stat().st_size)


def cut(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(4096 + 100)


def first_page(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\0" * 64)


@pytest.mark.parametrize("damage", [empty, noise, cut, first_page])
@pytest.mark.parametrize("name", ["register.db", *KEYS])
def test_a_damaged_file_is_refused_by_a_sentence(vault: Path, name: str, damage: object) -> None:
    assert callable(damage)
    damage(vault / name)

    with pytest.raises(DomainError) as refused:
        open_as(vault)
    assert "restore the newest backup" in str(refused.value).lower()


def test_a_file_of_another_vault_is_refused(vault: Path) -> None:
    shutil.copyfile(vault / "keys-office.db", vault / "keys-people.db")

    with pytest.raises(DamagedFileError, match=r"keys-people\.db"):
        open_as(vault)


@pytest.mark.parametrize("name", KEYS)
def test_a_keys_file_from_before_is_refused(vault: Path, name: str) -> None:
    old = (vault / name).read_bytes()
    add_person(vault)
    (vault / name).write_bytes(old)

    with pytest.raises(FilesDisagreeError, match=name):
        open_as(vault)


def test_a_register_from_before_is_refused(vault: Path) -> None:
    old = (vault / "register.db").read_bytes()
    add_person(vault)
    (vault / "register.db").write_bytes(old)

    with pytest.raises(FilesDisagreeError):
        open_as(vault)


def spoil_nothing(_path: Path) -> None:
    """Leave the index as it is."""


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [spoil_nothing, remove, empty, noise, cut])
def test_the_search_index_is_rebuilt_whatever_happened_to_it(vault: Path, damage: object) -> None:
    assert callable(damage)
    add_person(vault)
    damage(vault / "search.db")

    desk = open_as(vault)
    assert people_in(desk) == 1
    desk.vault.close()
    open_as(vault).vault.close()


def test_a_search_index_from_before_is_rebuilt(vault: Path) -> None:
    old = (vault / "search.db").read_bytes()
    add_person(vault)
    (vault / "search.db").write_bytes(old)

    desk = open_as(vault)
    assert people_in(desk) == 1
    desk.vault.close()


def test_an_index_whose_building_was_cut_off_does_not_close_the_vault(vault: Path) -> None:
    """Killed between making the file and committing its tables."""
    add_person(vault)
    desk = open_as(vault)
    raw, path = desk.vault.raw, vault / "search.db"
    engine.detach(raw, "search")
    path.unlink()
    secret = desk.vault.epochs.current()
    key = file_key("search", desk.vault.id, desk.vault.unlocked.roles, secret)
    engine.attach(raw, "search", path, key, create=True)
    desk.vault.close()

    again = open_as(vault)
    assert people_in(again) == 1
    again.vault.close()


def test_an_account_without_the_secret_is_told_to_bring_the_custody_copy(vault: Path) -> None:
    shutil.rmtree(system.account_folder() / "epochs")

    with pytest.raises(NoEpochSecretError, match="custody copy"):
        open_as(vault)


def test_a_damaged_secret_counts_as_none(vault: Path) -> None:
    store = EpochStore(opening.look(vault).vault)
    (store.folder / "current").write_text('{"vault": 1}')

    with pytest.raises(NoEpochSecretError):
        open_as(vault)


def test_another_secret_of_the_same_epoch_opens_nothing(vault: Path) -> None:
    store = EpochStore(opening.look(vault).vault)
    store.write_current(EpochSecret.fresh(store.vault, 1))

    with pytest.raises(DamagedFileError):
        open_as(vault)


@pytest.mark.parametrize("schema", ["main", "keys_office", "keys_people"])
def test_a_file_of_a_newer_format_is_refused_and_left_byte_identical(
    vault: Path, schema: str
) -> None:
    desk = open_as(vault)
    desk.vault.raw.execute(f"PRAGMA {schema}.user_version = {engine.SCHEMA_FORMAT + 1}")
    desk.vault.close()
    before = {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()}

    with pytest.raises(NewerVaultError):
        open_as(vault)
    assert {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()} == before


def test_a_register_of_a_newer_revision_is_refused_and_left_byte_identical(vault: Path) -> None:
    desk = open_as(vault)
    desk.vault.raw.execute("UPDATE alembic_version SET version_num = '9999'")
    desk.vault.close()
    before = {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()}

    with pytest.raises(NewerVaultError, match="9999"):
        open_as(vault)
    assert {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()} == before


def test_someone_without_personal_who_meets_an_older_format_gets_a_sentence(vault: Path) -> None:
    desk = open_as(vault)
    desk.vault.raw.execute("UPDATE alembic_version SET version_num = '0000'")
    desk.vault.close()

    with pytest.raises(OlderVaultError):
        open_as(vault, MANAGER)
    assert migrate.newest() != "0000"


def test_someone_without_personal_who_meets_an_unfinished_roll_gets_a_sentence(
    vault: Path,
) -> None:
    desk = open_as(vault)
    with desk.vault.transaction():
        desk.vault.set_meta("roll", "pending")
    desk.vault.close()

    with pytest.raises(RollPendingError, match="privacy officer"):
        open_as(vault, MANAGER)


def test_a_header_left_behind_by_a_crash_is_brought_up_to_the_committed_one(vault: Path) -> None:
    """Killed between commit and rename: the removal stands, and the old head lets nobody back."""
    old = (vault / "vault.json").read_bytes()
    desk = open_as(vault)
    people.remove(desk, MANAGER)
    desk.vault.close()
    committed = (vault / "vault.json").read_bytes()
    (vault / "vault.json").write_bytes(old)

    with pytest.raises(UnknownPersonError):
        open_as(vault, MANAGER)
    assert (vault / "vault.json").read_bytes() == committed

    (vault / "vault.json").write_bytes(old)
    open_as(vault).vault.close()
    assert (vault / "vault.json").read_bytes() == committed
