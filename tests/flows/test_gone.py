"""After a destruction: no file, log or copy yields a destroyed value; the survivors open.

The look is independent of the program's own verification: every page of every file with
every key that every passphrase gives, every sealed value, every file beside the vault.
"""

from __future__ import annotations

import io
import logging
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import destruction, finding, issuing, rolling
from privdesk.flows.opening import open_desk_with_kit
from privdesk.flows.setup import kit_secret
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments, engine, header, slots
from privdesk.vault.errors import NoEpochSecretError, StaleVaultError
from privdesk.vault.pages import pages
from privdesk.vault.session import Unlocked, file_key
from tests.copies import MANAGER, PASSPHRASES, be_account, keep_account, open_as, switch_to
from tests.flows.folk import (
    BOTH,
    DUE,
    LIVING,
    answered,
    called,
    destroyed,
    fill,
    names,
    take,
    write,
)
from tests.vault.traces import all_bytes, every_plaintext

SCAN = b"a scan of her identity card, quince 5150"
GONE = [v for p in DUE for v in p.values] + [SCAN.decode(), "phoned about a parcel, quince 5151"]
NUMBERS = [p.source_id for p in DUE]
VALUES = [v for v in GONE if v not in NUMBERS]
STAY = [v for p in LIVING for v in p.values]


def found(values: list[str], text: bytes) -> list[str]:
    """Return the values that stand in a text, however it spells them."""
    return [
        v for v in values if any(v.encode(code) in text for code in ("utf-8", "utf-16-le", "cp949"))
    ]


def busy(desk: Desk) -> None:
    """Leave traces as an office does: a look, a search, a correction, a scan, a note."""
    subjects = desk.service("subjects")
    row = called(desk, DUE[0])
    subjects.get(row.ref, reveal="phoned about a parcel, quince 5151")
    finding.settled(desk, DUE[1].name)
    subjects.update(called(desk, DUE[1]).ref, {"email": "corrected@mailbox.example"})
    subjects.update(called(desk, DUE[1]).ref, {"email": DUE[1].email})
    with desk.change() as change:
        attachments.store(desk.vault, "keys_people", row.id, SCAN, "image/png")
        change.note("record.changed", "subjects", row.id, reason=GONE[-1])


@pytest.fixture
def before(vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a copy of the vault and of the account as they were before."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    desk = open_as(vault)
    fill(desk)
    busy(desk)
    rolling.backup_desk(desk, tmp_path / "old.pdbackup")
    desk.vault.close()
    kept = tmp_path / "kept"
    shutil.copytree(vault, kept / "office.privdesk")
    keep_account(kept / "account")
    return kept


def test_no_file_log_or_temp_file_holds_a_destroyed_value(
    before: Path, vault: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk, done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    answered(desk, done.ref)

    for name in PASSPHRASES:
        desk = switch_to(desk, name)
        everything = every_plaintext(desk.vault)
        assert found(GONE, everything) == []
        if desk.vault.sees_people:
            assert found(STAY, everything) == STAY
            assert {p.name for p in LIVING} <= names(desk)
    desk.vault.close()

    kit = kit_secret(vault, tmp_path / "out" / "kit.pdf")
    desk = open_desk_with_kit(vault, kit)
    assert found(GONE, every_plaintext(desk.vault)) == []
    desk.vault.close()
    beside = [all_bytes(tmp_path / name) for name in ("scratch", "safe", "out", "office.backups")]
    beside += [all_bytes(system.account_folder()), caplog.text.encode(), done.issued.data]
    assert found(GONE, b"".join(beside)) == []
    assert not list((tmp_path / "scratch").iterdir())


def test_until_a_place_has_answered_its_order_keeps_the_numbers_there_and_nothing_else(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    """The place is told by them what to destroy; they are sealed, and go with its answer."""
    desk, done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    (order,) = destruction.status(desk, done.ref)[0]["places"]
    issuing.issue(desk, "order", order["order"], "ko", personal=True)

    assert found(GONE, every_plaintext(desk.vault)) == NUMBERS
    answered(desk, done.ref)
    assert found(GONE, every_plaintext(desk.vault)) == []
    desk = switch_to(desk, MANAGER)
    assert found(GONE, every_plaintext(desk.vault)) == []
    desk.vault.close()


def test_the_same_look_before_the_destruction_finds_every_value(before: Path) -> None:
    """So that the look can fail."""
    be_account(before / "account")
    desk = open_as(before / "office.privdesk")

    assert found(GONE + STAY, every_plaintext(desk.vault)) == GONE + STAY
    desk.vault.close()


def role_keys(vault: Path, kit: bytes) -> list[Unlocked]:
    """Return every slot of a vault opened: all passphrases and the kit."""
    head = header.read(vault)
    found = [slots.unlock(head, name, PASSPHRASES[name]) for name in PASSPHRASES]
    return [*found, slots.unlock_kit(head, kit)]


def test_a_copy_of_folder_and_account_yields_nobody_without_the_old_secret(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    new = desk.vault.secret()
    desk.vault.close()
    copy, account = before / "office.privdesk", before / "account"
    old = (account / "epochs" / new.vault / "current").read_bytes()
    (account / "epochs" / new.vault / "current").unlink()
    kit = kit_secret(copy, tmp_path / "out" / "kit.pdf")

    with pytest.raises(StaleVaultError):
        open_as(copy)
    be_account(account)
    for name in PASSPHRASES:
        with pytest.raises(NoEpochSecretError):
            open_as(copy, name)
    with pytest.raises(NoEpochSecretError):
        open_desk_with_kit(copy, kit)

    read = [all_bytes(before)]
    for unlocked in role_keys(copy, kit):
        key = file_key("main", new.vault, unlocked.roles, None)
        read += list(pages(copy / engine.FILES["main"], key))
        for schema in ("keys_office", "keys_people", "search"):
            guess = {"REGISTER": unlocked.roles["REGISTER"], "PERSONAL": b""}
            guess["PERSONAL"] = unlocked.roles.get("PERSONAL", guess["REGISTER"])
            made = file_key(schema, new.vault, guess, new)
            assert not engine.fits(copy / engine.FILES[schema], made)
    assert found(GONE + STAY, b"\n".join(read)) == []

    (account / "epochs" / new.vault / "current").write_bytes(old)
    desk = open_as(copy)
    assert found(GONE + STAY, every_plaintext(desk.vault)) == GONE + STAY
    desk.vault.close()


def test_an_old_backup_yields_nobody_and_the_new_one_the_survivors(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    desk.vault.close()
    old, new = tmp_path / "restored old", tmp_path / "restored new"
    (newest,) = (tmp_path / "office.backups").glob("*roll.pdbackup")
    for file, folder in ((tmp_path / "old.pdbackup", old), (newest, new)):
        zipfile.ZipFile(io.BytesIO(file.read_bytes())).extractall(folder)
        (folder / "attachments").mkdir(exist_ok=True)

    with pytest.raises(StaleVaultError):
        open_as(old)
    desk = open_as(new)
    assert {p.name for p in LIVING} <= names(desk)
    assert found(VALUES, every_plaintext(desk.vault)) == []
    assert desk.vault.meta("roll") == "done"
    desk.vault.close()


def test_the_next_list_of_the_source_does_not_revive_them(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    rejects = tmp_path / "again.rejects.csv"
    report = take(desk, write(tmp_path / "again.csv", *DUE, *LIVING), rejects=rejects)

    assert (report.blocked, report.unchanged, report.new) == (len(DUE), len(LIVING), 0)
    assert "destroyed here" in rejects.read_text("utf-8-sig")
    assert not {p.name for p in DUE} & names(desk)
    assert found(VALUES, every_plaintext(desk.vault)) == []
    desk.vault.close()


def test_who_stays_for_another_purpose_loses_what_only_the_first_one_needed(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")
    row = called(desk, BOTH)

    assert row.values["email"] == BOTH.email
    assert not row.values.get("phone")
    assert found([BOTH.phone], every_plaintext(desk.vault)) == []
    holdings = desk.service("holdings")
    (living,) = holdings.of_subjects([row.id])[row.id]
    assert holdings.rows([living])[0].titles["purpose"] == "Newsletter"
    desk.vault.close()


def test_a_tombstone_says_nothing_but_number_state_and_certificate(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk = open_as(vault)
    ref = called(desk, DUE[0]).ref
    desk, done = destroyed(desk, vault, tmp_path / "safe" / "custody.key")
    subjects = desk.service("subjects")
    number = subjects.number(ref)
    found_row = desk.vault.raw.execute("SELECT * FROM subjects WHERE id = ?", (number,))
    heads = [column[0] for column in found_row.description]
    stored = dict(zip(heads, found_row.fetchone(), strict=True))

    told = {k: v for k, v in stored.items() if v is not None and not k.endswith("_at")}
    assert told == {"id": number, "state": "destroyed", "certificate": done.ref}
    row = subjects.rows([number], reveal=True)[0]
    assert (row.ref, row.state) == (ref, "destroyed")
    assert found(GONE, str(row.values).encode()) == []
    desk.vault.close()


def test_the_journal_is_whole_and_says_nothing_of_them(
    before: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(open_as(vault), vault, tmp_path / "safe" / "custody.key")

    assert verify.verify(desk.vault).faults == ()
    told = [str(desk.journal.details(e)) for e in desk.journal.entries(0, 10_000)]
    assert found(GONE, "\n".join(told).encode()) == []
    desk.vault.close()
