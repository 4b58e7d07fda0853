"""Whatever is wrong: one sentence, exit code 1, no traceback."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from privdesk import app, cli
from privdesk.commands import duties, refusals
from tests.cli.office import PEOPLE, Office
from tests.desks import ALICE, PASSPHRASE


def test_a_vault_that_is_not_there(office: Office, tmp_path: Path) -> None:
    assert "There is no vault" in office.run("list", tmp_path / "no.privdesk", "items").refused


def test_a_wrong_passphrase(office: Office) -> None:
    wrong = office.file("wrong.txt", "not the passphrase at all")
    told = office.bare(
        "--officer", ALICE, "--passphrase-file", wrong, "list", office.vault, "items"
    )

    assert "does not open the slot" in told.refused


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\x00"])
def test_a_passphrase_file_without_a_passphrase(office: Office, content: bytes) -> None:
    path = office.folder / "strange.txt"
    path.write_bytes(content)
    told = office.bare("--officer", ALICE, "--passphrase-file", path, "list", office.vault, "items")

    assert "passphrase file" in told.refused


def test_a_passphrase_file_that_is_missing_or_a_folder(office: Office, tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        told = office.bare(
            "--officer", ALICE, "--passphrase-file", path, "list", office.vault, "items"
        )
        assert str(path) in told.refused


def test_a_trailing_newline_is_no_part_of_the_passphrase(office: Office) -> None:
    for ending in ("", "\n", "\r\n"):
        file = office.file("p.txt", PASSPHRASE + ending)
        told = office.bare(
            "list", office.vault, "items", "--officer", ALICE, "--passphrase-file", file
        )
        assert told.code == 0, told.err


def test_nobody_named_where_nobody_can_be_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/null").open(encoding="utf-8") as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert "--officer" in office.bare("list", office.vault, "items").refused
        assert (
            "--passphrase-file"
            in office.bare("list", office.vault, "items", "--officer", ALICE).refused
        )


CASES: list[tuple[list[str], str]] = [
    (["list", "nothing"], "no register called"),
    (["list", "places", "--where", "nothing=1"], "nothing"),
    (["show", "places", "L-000001-1"], "check digit"),
    (["show", "places", "L-000999-9"], "L-000999"),
    (["set", "places", "nothing=1"], "there is no field"),
    (["set", "places", "kind=cellar"], "cannot be used"),
    (["set", "destructions", "remarks=x"], "are not entered"),
    (["act", "places", "burn"], "has no action"),
    (["export", "places", "out.csv"], "needs a reason"),
    (["export", "places", "out.doc", "--reason", "x"], ".csv, .xlsx or .json"),
    (["import", "places", "missing.csv"], "does not exist"),
    (["import", "documents", "missing.csv"], "does not exist"),
    (["print", "zz", "--out", "out.pdf"], "no paper"),
    (["print", "d1", "--out", "out.txt"], ".pdf"),
    (["print", "d1", "--out", "out.pdf"], "no record yet"),
    (["destroy request", "--due"], "needs a reason"),
    (["destroy request", "--due", "--reason", "x"], "nothing to destroy"),
    (["destroy request", "--reason", "x"], "only one of these"),
    (["destroy request", "--due", "--on", "soon", "--reason", "x"], "soon"),
    (["destroy approve", "D-000001-3"], "D-000001-3"),
    (["custody lost", "C-9", "--reason", "x"], "custody copy"),
    (["roll", "--custody", "c.txt"], ".key"),
    (["due", "--on", "1066-99-99"], "1066"),
    (["due", "--on", ""], "--on needs a day"),
    (["destroy request", "--due", "--on", " ", "--reason", "x"], "--on needs a day"),
    (
        ["destroy place", "D-000001-3", "L-000001-1", "--by", "x", "--on", "", "--count", "1"],
        "--on needs a day",
    ),
    (["restore-approve"], "No restore of this vault waits"),
]


def test_what_cannot_be_done_is_said(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.folder)

    for (command, *rest), told in CASES:
        assert told in office.run(*command.split(), office.vault, *rest).refused, (command, rest)


def test_an_unknown_name_in_map(office: Office) -> None:
    office.file("list.csv", "Place,Owner\nShop,IT\n")
    list_ = office.folder / "list.csv"

    told = office.run("import", office.vault, "places", list_, "--map", "Owner=nothing").refused
    assert "There is no field “nothing”" in told
    told = office.run("import", office.vault, "places", list_, "--map", "Boss=owner").refused
    assert "no column “Boss”" in told


def test_a_bug_leaves_one_sentence_and_a_report_without_values(
    office: Office, monkeypatch: pytest.MonkeyPatch, account: Path
) -> None:
    def broken(*_arguments: object) -> str:
        raise RuntimeError("the name of a person")

    monkeypatch.setattr(duties, "_nothing", broken)
    monkeypatch.setattr(duties, "_print", broken)
    told = office.run("due", office.vault).refused

    assert "RuntimeError" in told
    assert "name of a person" not in told
    (report,) = (account / "epochs" / "reports").glob("crash-*.txt")
    assert "name of a person" not in report.read_text(encoding="utf-8")


def test_a_full_or_read_only_disk_is_no_bug() -> None:
    import sqlcipher3.dbapi2 as dbapi

    full = refusals.known_cause(dbapi.OperationalError("database or disk is full"))
    readonly = refusals.known_cause(dbapi.OperationalError("attempt to write a readonly database"))

    assert full is not None
    assert "no room left" in full.sentence()
    assert readonly is not None
    assert "read-only" in readonly.sentence()
    assert refusals.known_cause(KeyboardInterrupt()) is not None
    assert refusals.known_cause(RuntimeError()) is None


def spoil(file: Path, *, from_page: int, to_page: int | None = None) -> None:
    """Turn a byte in each of some pages of an encrypted file."""
    data = bytearray(file.read_bytes())
    for page in range(from_page, to_page or len(data) >> 12):
        data[(page << 12) + 100] ^= 0x40
    file.write_bytes(data)


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 6), (6, None), (2, None)])
def test_a_damaged_search_index_is_made_anew_and_nobody_restores_a_backup(
    office: Office, first: int, last: int | None
) -> None:
    office.with_people()
    before = office.run("list", office.vault, "subjects", "--json").json
    spoil(office.vault / "search.db", from_page=first, to_page=last)

    told = office.run("search", office.vault, "Mina", "--json")
    if told.code:
        assert "repeat what you did" in told.refused
        told = office.run("search", office.vault, "Mina", "--json")

    assert len(told.json) == 1
    assert office.run("list", office.vault, "subjects", "--json").json == before


def test_verify_makes_a_damaged_search_index_anew_too(office: Office) -> None:
    office.with_people()
    pages = (office.vault / "search.db").stat().st_size >> 12
    spoil(office.vault / "search.db", from_page=pages - 1)

    assert "made anew" in office.run("verify", office.vault).refused
    assert "whole" in office.run("verify", office.vault).out


def test_damage_elsewhere_is_not_taken_for_a_damaged_index(office: Office) -> None:
    office.with_people()
    search = office.vault / "search.db"
    spoil(office.vault / "register.db", from_page=8)
    before = search.read_bytes()

    told = office.run("list", office.vault, "subjects")

    assert "restore the newest backup" in told.refused
    assert search.read_bytes() == before


def test_a_backup_of_a_damaged_vault_says_that_the_vault_is_damaged(office: Office) -> None:
    office.with_people()
    pages = (office.vault / "keys-people.db").stat().st_size >> 12
    spoil(office.vault / "keys-people.db", from_page=pages - 1)
    copy = office.folder / "copy.pdbackup"

    told = office.run("backup", office.vault, copy).refused

    assert told.startswith("keys-people.db is damaged")
    assert not copy.exists()


def test_no_screen_is_said_before_a_vault_is_opened(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    capsys.readouterr()

    for arguments in ([], [str(office.vault)]):
        assert app.main(arguments) == 1
        assert "no screen" in capsys.readouterr().err
    monkeypatch.setenv("DISPLAY", ":4077")
    monkeypatch.setenv("WAYLAND_DISPLAY", "nobody-listens")
    for platform in ("", "wayland", "xcb"):
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
        assert app.main([]) == 1
        assert "no screen" in capsys.readouterr().err


def test_a_vault_for_the_desk_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["none.privdesk"]) == 1
    assert "There is no vault" in capsys.readouterr().err


def test_the_edges_never_print_a_traceback(office: Office) -> None:
    assert cli.main(["verify", str(office.folder / "alice.txt")]) == 1


def korean(folder: Path, name: str) -> Path:
    """Return a file as an old drive or archive names it: CP949 and no UTF-8."""
    return folder / os.fsdecode(name.encode("cp949"))


def test_files_named_in_cp949_go_in_and_out(office: Office) -> None:
    list_, out = korean(office.folder, "고객명단.csv"), korean(office.folder, "백업.csv")
    list_.write_text(PEOPLE, encoding="utf-8")

    took = office.run("import", office.vault, "subjects", list_, "--create-purposes")
    gave = office.run("export", office.vault, "subjects", out, "--reason", "audit")
    kept = office.run("backup", office.vault, korean(office.folder, "사본.pdbackup"))

    assert (took.code, gave.code, kept.code) == (0, 0, 0), (took.err, gave.err, kept.err)
    assert "고객명단.csv" in took.out
    assert "고객명단.csv" in office.run("list", office.vault, "imports").out
    assert out.exists()


def test_a_folder_or_text_that_is_no_text_is_told_and_nothing_is_made(office: Office) -> None:
    folder = korean(office.folder, "금고방")
    shutil.copytree(office.vault, folder / "office.privdesk")
    kit, key = office.folder / "kit2.pdf", office.folder / "new.key"
    reason = os.fsdecode("끝".encode("cp949"))

    opened = office.run("list", folder / "office.privdesk", "items")
    asked = office.run("export", office.vault, "items", kit.with_suffix(".csv"), "--reason", reason)
    made = office.run(
        "new", folder / "new.privdesk", "--company", "X", "--kit", kit, "--custody", key
    )

    assert "rename the folder" in opened.refused
    assert "rename the folder" in made.refused
    assert "rename the file or folder" in asked.refused
    assert not any(p.exists() for p in (kit, key, kit.with_suffix(".csv")))


def test_half_a_letter_in_a_list_spoils_its_row_only(office: Office) -> None:
    rows = office.file("list.json", '[{"name": "Kim \\ud800"}, {"name": "Kim Hana"}]')
    rejects = office.folder / "rejects.csv"

    told = office.run("import", office.vault, "subjects", rows, "--rejects", rejects, "--json").json

    assert (told["new"], told["rejected"]) == (1, 1)
    assert "\\ud800" in rejects.read_text(encoding="utf-8-sig")


def test_a_device_is_never_replaced_and_a_folder_is_no_backup(office: Office) -> None:
    pipe = office.folder / "device.csv"
    os.mkfifo(pipe)

    assert "device" in office.run("backup", office.vault, pipe).refused
    assert (
        "device" in office.run("export", office.vault, "items", pipe, "--reason", "audit").refused
    )
    assert pipe.is_fifo()
    for source in (office.folder, pipe):
        told = office.run("restore", source, office.folder / "again.privdesk")
        assert "is no backup" in told.refused


def archive(folder: Path, manifest: str, packing: int = zipfile.ZIP_STORED) -> Path:
    """Return a file that looks like a backup from outside."""
    path = folder / "strange.pdbackup"
    with zipfile.ZipFile(path, "w", packing) as made:
        made.writestr("manifest.json", manifest)
        made.writestr("vault.json", bytes(1 << 20))
    return path


NAMED = '{"kind": "privdesk backup 1", "files": {"vault.json": "x"}}'


@pytest.mark.parametrize(
    ("manifest", "packing"),
    [
        ("[" * 100_000, zipfile.ZIP_STORED),
        ('{"kind": "privdesk backup 1", "files": {"../x": "y"}}', zipfile.ZIP_STORED),
        (NAMED, zipfile.ZIP_DEFLATED),
    ],
)
def test_a_file_that_only_looks_like_a_backup_is_told_before_it_unfolds(
    office: Office, manifest: str, packing: int
) -> None:
    path = archive(office.folder, manifest, packing)

    told = office.run("restore", path, office.folder / "again.privdesk")

    assert "is no backup" in told.refused
    assert not list(office.folder.glob("*again*"))


@pytest.mark.parametrize(("at", "byte"), [(6, 95), (8, 1)])
def test_a_backup_for_another_unpacker_or_under_a_password_is_told(
    office: Office, at: int, byte: int
) -> None:
    path = archive(office.folder, NAMED)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + at] = byte
    path.write_bytes(data)

    told = office.run("restore", path, office.folder / "again.privdesk")

    assert "is no backup" in told.refused
