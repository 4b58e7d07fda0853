"""The roll: whatever stage it is cut off at, nobody is lost and older copies open nothing gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.register import Query
from privdesk.flows import people, rolling
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments, engine, header, opening, roll
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochSecret, EpochStore
from privdesk.vault.errors import (
    DamagedFileError,
    HeaderOfOtherEpochError,
    PayloadError,
    StaleVaultError,
)
from privdesk.vault.session import file_key
from tests.copies import THIRD, be_account, keep_account, open_as, switch_to
from tests.desks import BORA
from tests.vault.test_epoch import Cut, cut_at

STAGES = ["secret", "copy", "verify", "switch", "record", "backup", "custody", "forget"]
NAMES = [f"문가람 {n}" for n in range(4)]


def fill(desk: Desk) -> None:
    for n, name in enumerate(NAMES):
        desk.service("subjects").create({"name": name, "phone": f"010-4821-77{n:02}"})


def names(desk: Desk) -> list[str]:
    view = desk.service("subjects").open_view(Query(sort="ref"))
    numbers = [row.id for row in view.rows(0, view.count)]
    return [str(r.values["name"]) for r in desk.service("subjects").rows(numbers, reveal=True)]


@pytest.mark.parametrize("stage", STAGES)
def test_a_roll_cut_off_at_any_stage_is_finished_at_the_next_opening(
    vault: Path, tmp_path: Path, stage: str
) -> None:
    """Not even the process has ended here; ``tests/faults`` kill it."""
    desk = open_as(vault)
    fill(desk)
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c2.key", cut_at(stage))
    desk.vault.close()

    desk = open_as(vault)
    store = desk.vault.epochs
    assert roll.state(desk.vault) == "done"
    assert names(desk) == NAMES
    assert store.next() is None
    held = store.current()
    assert held is not None
    assert held.epoch == int(desk.vault.meta("epoch") or 0) == 2
    assert header.read(vault).epoch == desk.vault.header.epoch == 2
    assert header.read(vault).digest() == desk.vault.meta("header")
    assert rolling.read_custody_source(tmp_path / "c2.key", desk.vault.id) == held
    assert not list(vault.glob("*.next"))
    desk.vault.close()


def test_a_header_of_before_the_roll_is_refused_by_its_epoch(vault: Path, tmp_path: Path) -> None:
    """Its signature holds: what names it is the epoch that the databases are at."""
    desk = open_as(vault)
    before = (vault / "vault.json").read_bytes()
    rolling.run(desk, tmp_path / "c2.key")
    people.add(desk, "Una New", "manager", THIRD, FLOOR)  # so it is not the one just before
    desk.vault.close()
    now = (vault / "vault.json").read_bytes()
    (vault / "vault.json").write_bytes(before)
    with pytest.raises(HeaderOfOtherEpochError, match=r"epoch 1.* epoch 2"):
        open_as(vault)

    (vault / "vault.json").write_bytes(now)
    open_as(vault).vault.close()


def test_a_header_that_could_not_be_written_is_written_when_the_roll_goes_on(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit stands, vault.json does not name the epoch yet: no crash, the disk was full."""
    desk = open_as(vault)

    def full() -> None:
        raise system.DiskFullError(path=vault)

    with monkeypatch.context() as patch:
        patch.setattr(desk.vault, "publish_header", full)
        with pytest.raises(system.DiskFullError):
            rolling.run(desk, tmp_path / "c2.key")
    assert (header.read(vault).epoch, desk.vault.meta("epoch")) == (1, "2")
    assert rolling.resume(desk) is not None
    assert header.read(vault).epoch == 2
    desk.vault.close()
    open_as(vault).vault.close()


def test_a_crash_between_commit_and_header_is_made_good_by_the_next_opening(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_as(vault)
    monkeypatch.setattr(desk.vault, "publish_header", lambda: cut_at("here")("here"))
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c2.key")
    desk.vault.close()
    assert header.read(vault).epoch == 1

    open_as(vault).vault.close()
    assert header.read(vault).epoch == 2


def test_a_roll_changes_the_keys_of_all_files_but_the_register(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    vault = desk.vault
    old = vault.secret()
    rolling.run(desk, tmp_path / "c2.key")
    new = vault.secret()

    for schema in roll.ROLLED:
        path = vault.folder / engine.FILES[schema]
        roles = vault.unlocked.roles
        assert not engine.fits(path, file_key(schema, vault.id, roles, old))
        assert engine.fits(path, file_key(schema, vault.id, roles, new))
    assert names(desk) == NAMES


def test_a_rolled_file_keeps_its_marks_and_its_rights(desk: Desk, tmp_path: Path) -> None:
    """sqlcipher_export drops both pragmas."""
    rolling.run(desk, tmp_path / "c2.key")

    for schema in roll.ROLLED:
        raw = desk.vault.raw
        assert raw.execute(f"PRAGMA {schema}.user_version").fetchone()[0] == engine.SCHEMA_FORMAT
        mark = raw.execute(f"PRAGMA {schema}.application_id").fetchone()[0]
        assert mark == engine.APPLICATION_ID
        assert (desk.vault.folder / engine.FILES[schema]).stat().st_mode & 0o077 == 0


def test_a_survivor_that_does_not_open_stops_the_roll_before_anything_is_replaced(
    desk: Desk, tmp_path: Path
) -> None:
    fill(desk)
    raw = desk.vault.raw
    number = raw.execute("SELECT max(id) FROM subjects").fetchone()[0]
    raw.execute("UPDATE payloads SET body = zeroblob(length(body)) WHERE id = ?", (number,))
    secret = desk.vault.secret()

    with pytest.raises(PayloadError):
        rolling.run(desk, tmp_path / "c2.key")
    key = file_key("keys_people", desk.vault.id, desk.vault.unlocked.roles, secret)
    assert engine.fits(desk.vault.folder / "keys-people.db", key)
    assert not (tmp_path / "c2.key").exists()
    assert roll.state(desk.vault) == "pending"


def test_a_journal_left_beside_a_file_stops_the_switch(desk: Desk, tmp_path: Path) -> None:
    def stage(name: str) -> None:
        if name == "switch":
            (desk.vault.folder / "keys-people.db-journal").write_bytes(b"left over")

    with pytest.raises(DamagedFileError, match="keys-people"):
        rolling.run(desk, tmp_path / "c2.key", stage)


def test_the_old_secret_is_overwritten_only_after_the_custody_copy_was_read_back(
    desk: Desk, tmp_path: Path
) -> None:
    store, custody = desk.vault.epochs, tmp_path / "c2.key"
    seen: dict[str, tuple[int, bool]] = {}

    def stage(name: str) -> None:
        held = store.current()
        seen[name] = (held.epoch if held else 0, custody.exists())

    rolling.run(desk, custody, stage)
    assert seen["custody"] == (1, False)
    assert seen["forget"] == (1, True)
    held = store.current()
    assert held is not None
    assert held.epoch == 2


def test_a_roll_whose_custody_drive_is_gone_waits_and_the_desk_opens(
    vault: Path, tmp_path: Path
) -> None:
    desk = open_as(vault)
    fill(desk)
    drive = tmp_path / "drive"
    drive.mkdir()
    with pytest.raises(Cut):
        rolling.run(desk, drive / "c2.key", cut_at("custody"))
    desk.vault.close()
    drive.rmdir()
    drive.write_text("no folder any more")

    desk = open_as(vault)
    assert roll.state(desk.vault) == "switched"
    assert names(desk) == NAMES
    assert desk.vault.epochs.next() is not None

    rolling.run(desk, tmp_path / "other.key")
    assert roll.state(desk.vault) == "done"
    assert desk.vault.epochs.next() is None
    desk.vault.close()


def test_a_second_roll_over_an_unfinished_one_never_loses_the_secret_in_use(
    vault: Path, tmp_path: Path
) -> None:
    """A destruction asks for a roll while one still waits for its custody copy."""
    desk = open_as(vault)
    fill(desk)
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c2.key", cut_at("custody"))
    with desk.vault.transaction():
        roll.mark_pending(desk.vault)
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c3.key", cut_at("copy"))
    desk.vault.close()

    desk = open_as(vault)
    assert names(desk) == NAMES
    assert int(desk.vault.meta("epoch") or 0) == 3
    desk.vault.close()


def test_a_copy_from_before_the_roll_opens_with_the_old_secret_alone(
    vault: Path, tmp_path: Path
) -> None:
    """With every passphrase and the kit, the copy stays shut; with the old secret it opens."""
    desk = open_as(vault)
    fill(desk)
    desk.vault.close()
    copy, before = tmp_path / "copy.privdesk", tmp_path / "before"
    shutil.copytree(vault, copy)
    keep_account(before)
    desk = open_as(vault)
    rolling.run(desk, tmp_path / "c2.key")
    desk.vault.close()

    with pytest.raises(StaleVaultError):
        open_as(copy)
    with pytest.raises(StaleVaultError):
        open_as(copy, BORA)
    EpochStore(opening.look(copy).vault).write_current(_old(before))
    desk = open_as(copy)
    assert names(desk) == NAMES
    desk.vault.close()


def _old(account: Path) -> EpochSecret:
    now = system.account_folder()
    be_account(account)
    store = EpochStore(next((account / "epochs").iterdir()).name)
    found = store.current()
    be_account(now)
    assert found is not None
    return found


def test_files_and_journal_survive_a_roll(desk: Desk, tmp_path: Path) -> None:
    with desk.vault.transaction():
        name = attachments.store(desk.vault, "keys_office", 900_001, b"scan", "text/plain")
    rolling.run(desk, tmp_path / "c2.key")
    desk = switch_to(desk, BORA)

    assert attachments.read(desk.vault, name) == b"scan"
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_a_roll_without_a_search_index_builds_one_afterwards(vault: Path, tmp_path: Path) -> None:
    desk = open_as(vault)
    fill(desk)
    with pytest.raises(Cut):
        rolling.run(desk, tmp_path / "c2.key", cut_at("forget"))
    desk.vault.close()
    (vault / "search.db").unlink()
    store = EpochStore(opening.look(vault).vault)
    store.promote()

    desk = open_as(vault)
    assert roll.state(desk.vault) == "done"
    assert names(desk) == NAMES
    desk.vault.close()
