"""Custody copies, backup and restore, and who may open the vault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privdesk.core.clock import SystemClock, today
from privdesk.documents.preview import page_texts
from tests.cli.office import Office
from tests.desks import ALICE, BORA


def test_custody_copies_are_issued_confirmed_and_lost(office: Office) -> None:
    sheet = office.folder / "safe" / "second.pdf"
    sheet.parent.mkdir()
    issued = office.run("custody", "issue", office.vault, sheet, "--place", "Bank safe")
    number = issued.out.strip()

    assert number == "C-2"
    assert office.run("custody", "confirm", office.vault, number, "--file", sheet).code == 0
    other = office.file("other.key", "not a secret")
    told = office.run("custody", "confirm", office.vault, number, "--file", other)
    assert "custody copy does not fit" in told.refused
    lost = ("custody", "lost", office.vault, "C-1")
    assert "needs a reason" in office.run(*lost).refused
    asked = office.run(*lost, "--reason", "mislaid")
    assert "waits for a second officer" in asked.out
    assert "waits for a second officer" in office.run("custody", "status", office.vault).out
    assert "declared C-1 lost already" in office.run(*lost, "--reason", "mislaid").refused
    agreed = office.run(*lost, "--json", who=BORA).json
    assert agreed["declared_lost_by"] == [ALICE, BORA]
    states = {
        c["ref"]: c["state"] for c in office.run("custody", "status", office.vault, "--json").json
    }
    assert states == {"C-1": "lost", "C-2": "held"}
    assert lost_told(office) == ["The custody copy C-1 is lost, and opens the vault as it is now."]
    rolled = office.run("roll", office.vault, "--custody", sheet.with_name("new.key"))
    assert "Put C-3 where C-2 lay (Bank safe). Destroy C-2, and confirm it." in rolled.out
    status = office.run("custody", "status", office.vault).out.splitlines()
    assert "Bank safe (not confirmed yet)" in status[1]
    again = office.run("roll", office.vault, "--custody", sheet.with_name("new.key"))
    assert "exists already" in again.refused


def test_an_outdated_copy_is_never_taken_for_one_in_its_place(office: Office) -> None:
    """Whoever looks into the safe after a colleague changed the secret destroyed nothing."""
    confirm = ("custody", "confirm", office.vault, "C-1")
    day = str(today(SystemClock()))
    gone = ("--destroyed", day, "--by", BORA)
    assert "opens the vault as it is now" in office.run(*confirm, *gone).refused
    (office.folder / "safe").mkdir()
    office.run("roll", office.vault, "--custody", office.folder / "safe" / "c2.key")

    assert "has to be destroyed" in office.run(*confirm).refused
    assert office.run(*confirm, "--by", BORA).code == 2
    told = office.run(*confirm, "--destroyed", "2000-01-01", "--by", BORA)
    assert "cannot have been destroyed" in told.refused
    assert office.run(*confirm, *gone, "--json").json["state"] == "replaced"
    assert (
        f"confirmed destroyed ({day}, {BORA})" in office.run("custody", "status", office.vault).out
    )
    assert "confirmed destroyed already" in office.run(*confirm, *gone).refused
    assert lost_told(office) == []


def lost_told(office: Office) -> list[str]:
    """Return what ``due`` says of lost copies."""
    due = office.run("due", office.vault, "--json").json
    return [each["what"] for each in due if "lost" in each["what"]]


def test_another_account_takes_the_secret_from_a_custody_copy(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = office.folder / "out" / "custody.key"
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "other"))

    assert "custody receive" in office.run("list", office.vault, "items").refused
    assert office.run("custody", "receive", office.vault, key).code == 0
    assert office.run("list", office.vault, "items").code == 0
    assert "holds epoch 1 already" in office.run("custody", "receive", office.vault, key).refused


def test_a_custody_copy_that_does_not_open_the_vault_is_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key = office.folder / "out" / "custody.key"
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "other"))
    wrong = office.file("wrong.txt", "not the passphrase at all")
    told = office.bare(
        *("--officer", ALICE, "--passphrase-file", wrong),
        *("custody", "receive", office.vault, key),
    )

    assert "does not open the slot" in told.refused
    assert list((tmp_path / "other").glob("epochs/*/current")) == []


def test_a_backup_becomes_a_vault_again(office: Office) -> None:
    office.with_people()
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"
    made = office.run("backup", office.vault, file, "--json").json

    assert made["bytes"] == file.stat().st_size
    assert office.run("restore", file, copy).code == 0
    assert len(office.run("list", copy, "subjects", "--json").json) == 3
    assert "already something" in office.run("restore", file, copy).refused


def test_a_backup_from_before_a_roll_stays_closed_without_the_living_keys(office: Office) -> None:
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"
    office.run("backup", office.vault, file)
    rolled = office.run("roll", office.vault, "--custody", office.folder / "new.key", "--json").json

    assert rolled["epoch"] == 2
    assert "does not open by itself any more" in office.run("restore", file, copy).refused
    assert [p.name for p in office.folder.iterdir() if "again" in p.name] == []
    assert office.run("restore", file, copy, "--live", office.vault).code == 0


def test_what_is_no_backup_or_was_damaged_is_refused(office: Office) -> None:
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"
    office.run("backup", office.vault, file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    assert "damaged" in office.run("restore", file, copy).refused
    assert "no backup" in office.run("restore", office.folder / "alice.txt", copy).refused
    assert "does not exist" in office.run("restore", office.folder / "none", copy).refused
    assert "inside a vault" in office.run("backup", office.vault, office.vault / "b").refused


def kept_papers(office: Office) -> tuple[list[str], list[Path]]:
    """Issue two papers; return their numbers and where their sealed copies lie."""
    out = office.folder / "list.pdf"
    told = [office.run("print", office.vault, "d2", "--out", out, "--json").json for _ in "12"]
    files = sorted((office.vault / "attachments").iterdir(), key=lambda p: p.stat().st_mtime_ns)
    return [one["number"] for one in told], files


def test_verify_names_papers_that_are_missing_or_damaged(office: Office) -> None:
    (first, second), (gone, spoiled) = kept_papers(office)
    assert office.run("verify", office.vault, "--json").json["damaged_attachments"] == []
    gone.unlink()
    spoiled.write_bytes(spoiled.read_bytes()[:-1] + b"?")

    told = office.run("verify", office.vault)
    assert f"{first} (missing), {second} (damaged)" in told.refused
    assert told.out.splitlines() == [f"{first} (missing)", f"{second} (damaged)"]
    found = office.run("verify", office.vault, "--json")
    assert found.code == 1
    answer = json.loads(found.out)
    assert answer["whole"] is False
    assert [(d["number"], d["fault"]) for d in answer["damaged_attachments"]] == [
        (first, "missing"),
        (second, "damaged"),
    ]


def test_a_backup_with_harmed_papers_is_written_and_ends_with_one(office: Office) -> None:
    (first, _second), (gone, _spoiled) = kept_papers(office)
    gone.unlink()
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"

    assert f"{first} (missing)" in office.run("backup", office.vault, file).refused
    other = office.folder / "b2.pdbackup"
    told = office.run("backup", office.vault, other, "--json")
    assert told.code == 1
    answer = json.loads(told.out)
    assert answer["bytes"] == other.stat().st_size
    assert [d["number"] for d in answer["damaged_attachments"]] == [first]
    assert office.run("restore", file, copy).code == 0


def test_people_come_change_and_go(office: Office) -> None:
    new = office.file("new.txt", "amber window ledger 93")
    added = office.run(
        *("officers", "add", office.vault, "Cara Kim", "--role", "auditor"),
        *("--new-passphrase-file", new, "--json"),
    )

    assert added.json["role"] == "auditor"
    names = {
        p["name"]: p["role"] for p in office.bare("officers", "list", office.vault, "--json").json
    }
    assert names == {ALICE: "officer", BORA: "officer", "Cara Kim": "auditor"}
    cara = ("--officer", "Cara Kim", "--passphrase-file", new)
    assert office.bare(*cara, "list", office.vault, "places").code == 0
    assert office.run("officers", "change", office.vault, "Cara Kim", "--role", "manager").code == 0
    assert office.run("officers", "remove", office.vault, "Cara Kim").code == 0
    assert "has no place" in office.bare(*cara, "list", office.vault, "places").refused
    assert "demote themselves" in office.run("officers", "remove", office.vault, ALICE).refused


def test_a_passphrase_is_changed_with_a_file(office: Office) -> None:
    new = office.file("new.txt", "amber window ledger 93")
    told = office.run("officers", "change", office.vault, "--new-passphrase-file", new)

    assert told.code == 0, told.err
    assert "does not open the slot" in office.run("list", office.vault, "items").refused
    opened = office.bare(
        "--officer", ALICE, "--passphrase-file", new, "list", office.vault, "items"
    )
    assert opened.code == 0


def test_a_successor_takes_over_and_the_kit_brings_an_officer_back(office: Office) -> None:
    new = office.file("new.txt", "amber window ledger 93")
    safe = office.folder / "safe"
    safe.mkdir()
    done = office.run(
        *("officers", "hand-over", office.vault, BORA, "--to", "Cara Kim", "--json"),
        *("--new-passphrase-file", new, "--custody", safe / "new.key"),
    ).json
    assert (done["role"], done["rolled"]) == ("officer", True)
    assert "has no place" in office.run("list", office.vault, "items", who=BORA).refused

    kit = office.folder / "out" / "kit.pdf"
    again = ("officers", "recover", office.vault, kit, "Dana Lee", "--new-passphrase-file", new)
    assert office.bare(*again).code == 0
    dana = ("--officer", "Dana Lee", "--passphrase-file", new)
    assert office.bare(*dana, "list", office.vault, "items").code == 0


def test_a_new_kit_takes_the_place_of_the_old_one(office: Office) -> None:
    kit = office.folder / "second.pdf"
    assert "K-2" in office.run("officers", "kit", office.vault, kit).out
    assert "is there already" in office.run("officers", "kit", office.vault, kit).refused
    new = office.file("new.txt", "amber window ledger 93")
    by = ("Dana Lee", "--new-passphrase-file", new)
    old = office.folder / "out" / "kit.pdf"
    assert office.bare("officers", "recover", office.vault, old, *by).code == 1
    assert office.bare("officers", "recover", office.vault, kit, *by).code == 0


def test_after_a_fire_the_kit_restores_and_enrols_who_approves(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"
    office.run("backup", office.vault, file)
    new = office.file("new.txt", "amber window ledger 93")
    kit, key = office.folder / "out" / "kit.pdf", office.folder / "out" / "custody.key"
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "elsewhere"))

    assert office.bare("restore", file, copy, "--custody", key, "--kit", kit).code == 0
    dana = ("--officer", "Dana Lee", "--passphrase-file", new)
    recovered = ("officers", "recover", copy, kit, "Dana Lee", "--new-passphrase-file", new)
    assert office.bare(*recovered).code == 0
    assert "approves it" in office.bare(*dana, "list", copy, "items").refused
    assert office.bare(*dana, "restore-approve", copy).code == 0
    assert office.bare(*dana, "list", copy, "items").code == 0


def test_the_second_officer_approves_at_another_workstation(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file, copy = office.folder / "b.pdbackup", office.folder / "again.privdesk"
    office.run("backup", office.vault, file)
    key = office.folder / "out" / "custody.key"
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "hers"))
    assert office.run("restore", file, copy, "--custody", key).code == 0

    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "another"))
    assert "custody receive" in office.run("restore-approve", copy, who=BORA).refused
    assert "restore-approve" in office.run("custody", "receive", copy, key, who=BORA).out
    told = office.run("restore-approve", copy, who=BORA)
    assert told.code == 0
    assert f"{ALICE} restored this vault from a backup of" in told.out
    assert "so nobody is destroyed again" in told.out
    assert office.run("list", copy, "items", who=BORA).code == 0
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "hers"))
    assert office.run("list", copy, "items").code == 0


def test_an_old_computer_forgets_the_secret(office: Office) -> None:
    assert "no longer holds" in office.run("custody", "retire", office.vault).out
    assert "custody receive" in office.run("list", office.vault, "items").refused


def test_verify_shows_the_certificate_as_the_sheet_of_keys_prints_it(office: Office) -> None:
    sheet = office.folder / "keys.pdf"
    office.run("print", office.vault, "keys", "--out", sheet)
    told = office.bare("--lang", "ko", "verify", sheet).out
    printed = " ".join(" ".join(page_texts(sheet.read_bytes())).split())
    mark = next(line for line in told.splitlines() if line.startswith("인증서 지문"))
    shown = mark.removeprefix("인증서 지문(SHA-256)").split()

    assert len(shown) == 16
    assert " ".join(shown[:8]) in printed
    assert " ".join(shown[8:]) in printed
    assert "종이" not in told


def test_a_script_keeps_so_many_backups_in_its_folder(office: Office) -> None:
    drive = office.folder / "drive"
    drive.mkdir()
    office.run("backup", office.vault, drive / "mine.pdbackup")
    first = office.run("backup", office.vault, drive, "--keep", "1,0,0", "--json").json
    assert first["removed"] == []
    named = drive / "named.pdbackup"
    second = office.run("backup", office.vault, named, "--keep", "1,0,0")

    assert Path(first["file"]).name + " was removed by the keep-rule." in second.out
    assert sorted(p.name for p in drive.iterdir()) == ["mine.pdbackup", "named.pdbackup"]
    assert "keep-rule" in office.run("backup", office.vault, drive, "--keep", "1,0").refused
    assert "keep something" in office.run("backup", office.vault, drive, "--keep", "0,0,0").refused


def test_a_folder_to_keep_backups_in_is_never_stood_in_for(office: Office) -> None:
    absent = office.folder / "drive-away"
    told = office.run("backup", office.vault, absent, "--keep", "7,4,12").refused
    assert "drive-away does not exist" in told
    assert not absent.exists()
