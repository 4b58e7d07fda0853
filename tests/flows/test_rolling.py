"""What a roll needs from outside: a backup that opens, a custody copy read back, the books."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.core.errors import ForbiddenError
from privdesk.documents.preview import page_texts
from privdesk.flows import accounts, custody, rolling
from privdesk.flows.finding import settled
from privdesk.flows.rolling import CustodyInsideError, CustodyTargetError
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings
from privdesk.ui.office.rolled import after_roll
from privdesk.vault import backup, opening, roll
from privdesk.vault.custody import custody_bytes, kit_bytes, read_custody, read_kit
from privdesk.vault.epoch import EpochSecret
from privdesk.vault.errors import CustodyError, KitError, KitIsCustodyError
from tests.copies import MANAGER, open_as, switch_to
from tests.flows.folk import LIVING, fill, names
from tests.vault.test_epoch import Cut

VAULT = "0123456789abcdef" * 2


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def test_a_roll_enters_its_backup_and_copy_into_the_books(desk: Desk, key: Path) -> None:
    done = rolling.run(desk, key)
    actions = [e.action for e in desk.journal.newest(4)]

    assert done == rolling.closed_by(desk)
    assert (done.epoch, done.custody) == (2, "C-2")
    assert actions == ["vault.roll", "vault.custody", "vault.backup", "vault.roll"]
    assert [c["state"] for c in custody.copies(desk)] == ["held", "to-replace"]
    assert [h["epoch"] for h in accounts.holders(desk)] == [2]


def test_a_roll_is_never_called_for_without_saying_where_its_custody_copy_goes(
    desk: Desk, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next opening could not finish it."""
    stored = desk.vault.set_meta

    def cut(name: str, value: str) -> None:
        if name == "roll_custody":
            raise Cut
        stored(name, value)

    monkeypatch.setattr(desk.vault, "set_meta", cut)
    with pytest.raises(Cut):
        rolling.run(desk, key)

    assert roll.state(desk.vault) == "done"


def test_a_lost_copy_stays_lost_in_the_books(desk: Desk, key: Path) -> None:
    desk.set_setting("two_officers", False)
    custody.lose(desk, "C-1", "not in the safe any more")
    rolling.run(desk, key)

    assert [c["state"] for c in custody.copies(desk)] == ["held", "lost"]


def test_a_rolls_copy_takes_the_place_of_the_one_it_replaces(desk: Desk, key: Path) -> None:
    sheet, safe = key.with_name("further.pdf"), "Bank safe"
    custody.issue(desk, sheet, safe)
    done = rolling.run(desk, key.with_name("new.pdf"))
    texts = " ".join(page_texts(key.with_name("new.pdf").read_bytes()))
    told = {c["ref"]: (c["place"], c["replaces"]) for c in custody.copies(desk)}

    assert (done.replaces, done.place) == ("C-2", safe)
    assert done == rolling.closed_by(desk)
    assert told == {"C-3": (safe, "C-2"), "C-2": (safe, ""), "C-1": ("", "")}
    assert safe in texts
    assert "C-2: destroy it now" in texts or "C-2: 지금 파쇄" in texts

    assert rolling.run(desk, key).replaces == "C-3"  # no other key file is of the epoch before


def test_a_rolls_copy_replaces_one_of_its_kind(desk: Desk, key: Path) -> None:
    custody.issue(desk, key.with_name("further.pdf"), "Bank safe")

    assert rolling.run(desk, key).replaces == "C-1"


def test_without_a_place_the_paper_says_where_the_former_copy_lay(desk: Desk, key: Path) -> None:
    desk.set_setting("language", "en")
    rolling.run(desk, key.with_name("new.pdf"))
    texts = " ".join(page_texts(key.with_name("new.pdf").read_bytes()))

    assert "where C-1 lay" in texts
    assert custody.copies(desk)[0]["replaces"] == "C-1"


def test_a_lost_copy_leaves_no_place(desk: Desk, key: Path) -> None:
    desk.set_setting("two_officers", False)
    custody.confirm(desk, "C-1", place="Bank safe")
    custody.lose(desk, "C-1", "not in the safe any more")
    done = rolling.run(desk, key)

    assert (done.replaces, done.place) == ("", "")


def test_a_further_copy_tells_nobody_to_destroy_the_one_before(desk: Desk, key: Path) -> None:
    desk.set_setting("language", "en")
    sheet = key.with_name("further.pdf")
    custody.issue(desk, sheet, "Bank safe")
    texts = " ".join(page_texts(sheet.read_bytes()))

    assert "Bank safe" in texts
    assert "destroy it now" not in texts


@pytest.mark.parametrize("name", ["c.txt", "c", "c.key.zip"])
def test_a_copy_is_a_sheet_or_a_key_file(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(CustodyTargetError):
        rolling.run(desk, tmp_path / name)


def test_a_copy_beside_what_it_opens_protects_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.set_setting("backup_folder", str(tmp_path / "drive"))
    (tmp_path / "drive" / "older").mkdir(parents=True)
    inside = [desk.vault.folder / "c.key", desk.vault.folder / "attachments" / "c.key",
              rolling.backup_folder(desk.vault) / "c.key",
              tmp_path / "drive" / "c.key", tmp_path / "drive" / "older" / "c.key"]  # fmt: skip
    link = tmp_path / "link"
    link.symlink_to(desk.vault.folder)
    for target in (*inside, link / "c.key"):
        with pytest.raises(CustodyInsideError):
            rolling.run(desk, target)
    assert int(desk.vault.meta("epoch") or 0) == 1


def test_only_an_officer_rolls(desk: Desk, key: Path) -> None:
    desk = switch_to(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        rolling.run(desk, key)
    desk.vault.close()


def test_a_backup_opens_with_the_secret_and_holds_neither_it_nor_the_index(
    desk: Desk, tmp_path: Path
) -> None:
    fill(desk, *LIVING)
    secret = desk.vault.secret()
    made = rolling.backup_desk(desk, tmp_path / "b.pdbackup")
    data = made.path.read_bytes()
    archive = zipfile.ZipFile(io.BytesIO(data))

    assert "search.db" not in archive.namelist()
    assert not [n for n in archive.namelist() if (archive.read(n)).find(secret.secret) >= 0]
    assert made.path.stat().st_mode & 0o077 == 0
    archive.extractall(tmp_path / "again")
    (tmp_path / "again" / "attachments").mkdir(exist_ok=True)
    desk.vault.close()
    desk = open_as(tmp_path / "again")
    assert names(desk) == {p.name for p in LIVING}
    desk.vault.close()


def test_a_backup_that_fails_leaves_nothing_at_its_place(desk: Desk, tmp_path: Path) -> None:
    with (desk.vault.folder / "keys-people.db").open("r+b") as stream:
        stream.seek(4096 + 50)
        stream.write(b"\0" * 40)
    target = tmp_path / "backups" / "b.pdbackup"

    with pytest.raises(Exception, match=r"damaged|HMAC|malformed|not a database"):
        backup.write(desk.vault, target, desk.now())
    assert not target.parent.exists()  # not even the folder that was made for it


def test_the_newer_of_two_backups_of_one_second_is_a_file_of_its_own(desk: Desk) -> None:
    first, second = rolling.backup(desk.vault, "test"), rolling.backup(desk.vault, "test")

    assert first.path != second.path
    assert first.path.exists()


def test_what_stands_on_a_custody_copy_reads_back() -> None:
    secret = EpochSecret(VAULT, 77, os.urandom(32))

    assert read_custody(custody_bytes(secret), VAULT) == secret
    with pytest.raises(CustodyError, match="another vault"):
        read_custody(custody_bytes(secret), "f" * 32)
    for spoiled in (b"", custody_bytes(secret)[:-1], b"X" + custody_bytes(secret)[1:]):
        with pytest.raises(CustodyError):
            read_custody(spoiled, VAULT)


def test_what_stands_on_a_kit_reads_back_and_is_no_custody_copy() -> None:
    kit = kit_bytes(VAULT, b"k" * 32)

    assert read_kit(kit, VAULT) == b"k" * 32
    with pytest.raises(CustodyError, match="it is a recovery kit"):
        read_custody(kit, VAULT)
    with pytest.raises(KitIsCustodyError):
        read_kit(custody_bytes(EpochSecret(VAULT, 7, b"s" * 32)), VAULT)
    for spoiled in (b"", kit[:-1], kit_bytes("f" * 32, b"k" * 32)):
        with pytest.raises(KitError):
            read_kit(spoiled, VAULT)


@pytest.mark.parametrize("content", [b"", b"{}", b"%PDF-1.7 no secret", b"\xff" * 100])
def test_a_file_that_is_no_copy_is_refused(desk: Desk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c.key").write_bytes(content)

    with pytest.raises(Exception) as refused:  # noqa: PT011
        rolling.read_custody_source(tmp_path / "c.key", desk.vault.id)
    assert "Nothing was changed" in str(refused.value)
    assert opening.look(desk.vault.folder).vault == desk.vault.id


def test_a_damaged_search_index_does_not_keep_an_unfinished_roll_from_ending(
    vault: Path, key: Path
) -> None:
    desk = open_as(vault)
    fill(desk)
    before = names(desk)
    with desk.change() as change:
        roll.mark_pending(desk.vault)
        desk.vault.set_meta("roll_custody", str(key))
        change.note("vault.roll", reason="started")
    desk.vault.close()
    search = vault / "search.db"
    data = bytearray(search.read_bytes())
    for page in range(5, len(data) >> 12):
        data[(page << 12) + 100] ^= 0x40
    search.write_bytes(data)

    desk = open_as(vault)

    assert roll.state(desk.vault) == "done"
    assert desk.vault.meta("epoch") == "2"
    assert names(desk) == before
    assert len(settled(desk, LIVING[0].name, 5)) == 1
    desk.vault.close()


def test_a_copy_whose_writing_is_cut_off_stands_in_the_books(
    vault: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file may lie there and open the vault, so it is told of until somebody has looked."""
    desk = open_as(vault)

    def cut(*_told: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr(rolling, "read_custody_source", cut)
        with pytest.raises(Cut):
            custody.issue(desk, key, "Bank safe")
    desk.vault.close()

    desk = open_as(vault)
    assert key.exists()
    assert [c["state"] for c in custody.copies(desk)] == ["making", "held"]
    told = [f.what_text() for f in desk_findings(desk, desk.today())]
    assert any("custody copy C-2 was cut off" in text for text in told)
    assert custody.confirm(desk, "C-2", key) == ("C-2", "held")
    desk.vault.close()


def test_a_copy_of_which_nothing_was_written_is_none(
    desk: Desk, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "atomic_write", _full)
    with pytest.raises(system.DiskFullError):
        custody.issue(desk, key)

    assert [c["ref"] for c in custody.copies(desk)] == ["C-1"]


def test_nothing_is_written_over_a_copy_or_a_backup(desk: Desk, key: Path, tmp_path: Path) -> None:
    custody.issue(desk, key)
    before, backup = key.read_bytes(), tmp_path / "b.pdbackup"
    rolling.backup_desk(desk, backup)
    for again in (
        lambda: custody.issue(desk, key),
        lambda: rolling.run(desk, key),
        lambda: rolling.backup_desk(desk, backup),
    ):
        with pytest.raises(system.PathTakenError):
            again()

    assert key.read_bytes() == before
    assert [c["ref"] for c in custody.copies(desk)] == ["C-2", "C-1"]
    assert roll.state(desk.vault) == "done"


def test_a_roll_names_every_outdated_copy_and_the_places_left_bare(desk: Desk, key: Path) -> None:
    custody.issue(desk, key.with_name("a.key"), "Bank safe")
    custody.issue(desk, key.with_name("b.key"), "Finance safe")
    done = rolling.run(desk, key)

    told = after_roll(done.custody, done.replaces, done.outdated, done.place)
    assert "Destroy C-1, C-2, C-3, and confirm it." in told
    assert told.endswith(
        "No present copy takes the place of C-2 (Bank safe): issue further ones for there."
    )
    todo = [f.do_text() for f in desk_findings(desk, desk.today())]
    assert any(text.startswith("Issue a present copy for Bank safe, destroy C-2") for text in todo)


def _full(path: Path, *_told: object) -> None:
    raise system.DiskFullError(path=path)
