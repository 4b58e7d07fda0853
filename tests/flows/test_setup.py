"""A new office: whole, with kit and custody copy read back; or nothing at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.clock import FixedClock
from privdesk.core.register import Query
from privdesk.core.spelling import one_line
from privdesk.documents.secrets import read_secret_pdf
from privdesk.flows import rolling
from privdesk.flows.rolling import CustodyInsideError, CustodyTargetError
from privdesk.flows.setup import NewOffice, check_kit, kit_secret, new_desk
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import engine, opening
from privdesk.vault.crypto import FLOOR, Cost
from privdesk.vault.errors import (
    KitError,
    VaultExistsError,
    WeakKeyDerivationError,
    WeakPassphraseError,
)
from tests.copies import copy_office
from tests.desks import ALICE, NOON, PASSPHRASE

OFFICE = NewOffice("Haneul Parcel", ALICE, PASSPHRASE, "en", FLOOR)


def make(
    folder: Path, office: NewOffice = OFFICE, kit: str = "out/kit.pdf", custody: str = "out/c.key"
) -> Desk:
    return new_desk(
        folder / "new.privdesk", office, folder / kit, folder / custody, FixedClock(NOON)
    )


def everything(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def secrets() -> list[Path]:
    return [p for p in (system.account_folder() / "epochs").rglob("*") if p.is_file()]


def test_a_new_office_is_whole(tmp_path: Path) -> None:
    desk = make(tmp_path)
    folder = desk.vault.folder

    assert {p.name for p in folder.iterdir()} == {
        *engine.FILES.values(), "vault.json", "vault.lock", "attachments",
    }  # fmt: skip
    assert verify.verify(desk.vault).faults == ()
    assert [e.action for e in desk.journal.entries()][:2] == ["vault.opened", "vault.created"]
    assert len(desk.service("items").find(Query())) == 3
    assert desk.service("places").find(Query(where={"kind": "vault"}))
    assert desk.vault.header.person(ALICE)
    desk.vault.close()


def test_a_new_office_is_closed_to_other_accounts(tmp_path: Path) -> None:
    desk = make(tmp_path)
    desk.vault.close()

    for path in (desk.vault.folder, *desk.vault.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
    for path in (tmp_path / "out").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


def test_an_office_group_shares_what_its_folder_shares(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2770)
    desk = make(shared)
    desk.vault.close()

    assert desk.vault.folder.stat().st_mode & 0o7777 == 0o2770
    for name in (*engine.FILES.values(), "vault.json"):
        assert (desk.vault.folder / name).stat().st_mode & 0o777 == 0o660, name


def test_the_kit_opens_the_vault_and_holds_no_epoch_secret(tmp_path: Path) -> None:
    desk = make(tmp_path)
    secret = desk.vault.secret()
    desk.vault.close()
    kit = tmp_path / "out" / "kit.pdf"

    check_kit(desk.vault.folder, kit)
    assert secret.secret not in read_secret_pdf(kit.read_bytes())
    with pytest.raises(KitError):
        check_kit(copy_office(tmp_path / "another"), kit)


@pytest.mark.parametrize("name", ["c.key", "c.pdf"])
def test_a_custody_copy_holds_the_secret_in_use(tmp_path: Path, name: str) -> None:
    desk = make(tmp_path, custody=f"out/{name}")
    copies = desk.vault.raw.execute("SELECT id, epoch, kind, state FROM custody_copies").fetchall()

    found = rolling.read_custody_source(tmp_path / "out" / name, desk.vault.id)
    assert found == desk.vault.secret()
    assert [tuple(row) for row in copies] == [
        (1, 1, "file" if name.endswith(".key") else "sheet", "held")
    ]
    desk.vault.close()


@pytest.mark.parametrize(
    ("kit", "custody", "error"),
    [
        ("out/kit.pdf", "out/custody.txt", CustodyTargetError),
        ("out/kit.pdf", "new.privdesk/custody.key", CustodyInsideError),
        ("out/kit.pdf", "file/custody.key", system.PathMissingError),
        ("file/kit.pdf", "out/custody.key", system.PathTakenError),
    ],
)
def test_a_kit_or_copy_that_cannot_be_written_leaves_no_vault(
    tmp_path: Path, kit: str, custody: str, error: type[Exception]
) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises((error, system.StorageError)):
        make(tmp_path, kit=kit, custody=custody)
    assert set(everything(tmp_path)) <= {"file", "out"}
    assert secrets() == []
    make(tmp_path).vault.close()


def test_what_is_there_already_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "new.privdesk").mkdir()
    (tmp_path / "new.privdesk" / "mine").write_text("mine")

    with pytest.raises(VaultExistsError):
        make(tmp_path)
    assert everything(tmp_path) == ["new.privdesk", "new.privdesk/mine"]


@pytest.mark.parametrize("passphrase", ["short", "Haneul Parcel 2026", "aaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_begins_nothing(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(WeakPassphraseError):
        make(tmp_path, NewOffice("Haneul Parcel", ALICE, passphrase, "en", FLOOR))
    assert everything(tmp_path) == []


def test_two_offices_have_nothing_in_common(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = make(tmp_path / "a"), make(tmp_path / "b")

    assert first.vault.id != second.vault.id
    assert not set(first.vault.unlocked.roles.values()) & set(second.vault.unlocked.roles.values())
    assert first.vault.secret().secret != second.vault.secret().secret
    assert first.vault.header.certificate != second.vault.header.certificate
    for desk in (first, second):
        desk.vault.close()


def test_the_head_says_names_and_keys_but_no_secret(tmp_path: Path) -> None:
    desk = make(tmp_path)
    text = (desk.vault.folder / "vault.json").read_bytes()
    raw = json.loads(text)
    keys = [*desk.vault.unlocked.roles.values(), desk.vault.unlocked.keys.signing]
    desk.vault.close()

    assert [p["name"] for p in raw["people"]] == [ALICE, "Recovery kit 1"]
    assert raw["people"][0]["slot"]["cost"]["memory"] == FLOOR.memory
    assert raw["people"][1]["slot"]["cost"] is None
    assert not [k for k in keys if k in text or k.hex().encode() in text]


def test_a_cost_below_the_floor_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(WeakKeyDerivationError):
        make(tmp_path, NewOffice("Haneul Parcel", ALICE, PASSPHRASE, "en", Cost(64, 1, 1)))
    assert everything(tmp_path) == []


def test_the_letters_typed_off_a_kit_do_as_well(tmp_path: Path) -> None:
    desk = make(tmp_path)
    desk.vault.close()
    secret = read_secret_pdf((tmp_path / "out" / "kit.pdf").read_bytes())

    assert kit_secret(desk.vault.folder, one_line(secret)) == secret[17:]
    assert opening.look(desk.vault.folder).company == "Haneul Parcel"
