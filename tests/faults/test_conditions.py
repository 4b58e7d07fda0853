"""A vault under odd conditions: other accounts, wrong rights, a medium that is only read."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from privdesk import cli
from privdesk.core import system
from privdesk.core.register import Query
from privdesk.flows import issuing, people, rolling
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments, causes, engine, readonly
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import ReadOnlyVaultError, UnfinishedCopyError, VaultInUseError
from tests.copies import AUDITOR, PASSPHRASES, THIRD, open_as
from tests.desks import ALICE, BORA
from tests.faults.accounts import GROUP, OPENED, Room, own, room
from tests.faults.damage import office as made_office

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root can be another account")
OPEN_TO_ALL, CLOSED, OFFICE = (0o777, 0o666), (0o700, 0o600), (0o2770, 0o660)


@pytest.fixture
def accounts(vault: Path) -> Iterator[tuple[Room, Path]]:
    """Return a room of two accounts, and in it the vault."""
    with room(vault) as found:
        shared = found.folder / "office.privdesk"
        shutil.copytree(vault, shared)
        yield found, shared


def rights(folder: Path) -> set[tuple[bool, int]]:
    """Return which rights there are in a folder: of folders, and of files."""
    return {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in (folder, *folder.rglob("*"))}


def all_of(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# -- two accounts, and a lock whose holder was killed


@as_root
def test_a_second_account_is_told_who_holds_the_vault_and_a_kill_gives_it_back(
    accounts: tuple[Room, Path],
) -> None:
    found, vault = accounts
    own(vault, found.first.number, GROUP, OFFICE)

    with found.held_by(found.first, vault):
        told = found.opened_by(found.second, vault, BORA)
        assert told.startswith("VaultInUseError")
        assert f"{ALICE} · park@{system.workstation()}" in told
    assert f"{ALICE} · park" in (vault / "vault.lock").read_text()  # left behind by the kill
    assert found.opened_by(found.second, vault, BORA) == OPENED
    assert found.opened_by(found.first, vault) == OPENED  # what the other one made is both theirs


# -- rights and owners


@as_root
def test_a_vault_of_another_account_is_refused_and_left_as_it_is(
    accounts: tuple[Room, Path],
) -> None:
    found, vault = accounts
    own(vault, found.first.number, found.first.number, CLOSED)
    before = all_of(vault)

    for modes in (CLOSED, (0o755, 0o644), (0o750, 0o640)):
        own(vault, found.first.number, found.first.number, modes)
        told = found.opened_by(found.second, vault)
        assert told.startswith("ForeignVaultError")
        assert str(found.first.number) in told  # it has no name on this computer
        assert rights(vault) == {(True, modes[0]), (False, modes[1])}
    assert all_of(vault) == before
    assert found.opened_by(found.first, vault) == OPENED  # so that it can fail


@as_root
def test_what_is_open_to_everybody_is_refused_to_others_and_closed_by_its_owner(
    accounts: tuple[Room, Path],
) -> None:
    found, vault = accounts
    own(vault, found.first.number, GROUP, OPEN_TO_ALL)

    told = found.opened_by(found.second, vault)
    assert told.startswith("OpenFolderError")
    assert found.opened_by(found.first, vault) == OPENED
    assert rights(vault) == {(True, 0o2770), (False, 0o660)}
    assert found.opened_by(found.second, vault) == OPENED  # the office's group could, and can


@as_root
@pytest.mark.parametrize("name", ["register.db", "keys-office.db", "keys-people.db", "attachments"])
def test_a_part_that_belongs_to_somebody_else_is_named(
    accounts: tuple[Room, Path], name: str
) -> None:
    found, vault = accounts
    own(vault, found.first.number, found.first.number, CLOSED)
    os.chown(vault / name, found.second.number, found.second.number)
    before = all_of(vault)

    told = found.opened_by(found.first, vault)
    assert told.startswith("ForeignVaultError")
    assert name in told
    assert all_of(vault) == before


@pytest.mark.parametrize("modes", [(0o755, 0o644), (0o705, 0o604), (0o700, 0o644)])
def test_rights_of_others_are_taken_away_and_that_is_written_down(
    tmp_path: Path, modes: tuple[int, int]
) -> None:
    vault = made_office(tmp_path)
    for path in (vault, *vault.rglob("*")):
        path.chmod(modes[0] if path.is_dir() else modes[1])
    desk = open_as(vault)
    (told,) = [e for e in desk.journal.entries(limit=10_000) if e.action == "vault.rights"]
    desk.vault.close()
    assert told.count >= 5  # the folder or not, and the files
    assert {m for folder, m in rights(vault) if folder} == {0o700}
    assert {stat.S_IMODE(p.stat().st_mode) for p in vault.glob("*") if p.is_file()} == {0o600}

    desk = open_as(vault)
    actions = [e.action for e in desk.journal.entries(limit=10_000)]
    assert actions.count("vault.rights") == 1  # once is enough
    desk.vault.close()


@pytest.mark.parametrize("modes", [(0o755, 0o644), (0o770, 0o660)])
def test_rights_of_others_on_the_epoch_secret_are_taken_away(
    vault: Path, modes: tuple[int, int]
) -> None:
    secrets = system.account_folder() / "epochs"
    for path in secrets.rglob("*"):
        path.chmod(modes[0] if path.is_dir() else modes[1])

    open_as(vault).vault.close()
    (folder,) = secrets.iterdir()
    assert rights(folder) == {(True, 0o700), (False, 0o600)}


# -- a medium that is only read


@contextmanager
def only_read(folder: Path, at: Path) -> Iterator[Path]:
    """Have a folder on a read-only medium, as a disc in its drive."""
    at.mkdir()
    subprocess.run(["mount", "--bind", str(folder), str(at)], check=True, capture_output=True)
    try:
        remount = ["mount", "-o", "remount,bind,ro", str(at)]
        subprocess.run(remount, check=True, capture_output=True)
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True, capture_output=True)


def can_mount(folder: Path) -> bool:
    """Whether this account may mount anything here; in most containers nobody may."""
    (folder / "empty").mkdir()
    try:
        with only_read(folder / "empty", folder / "tried"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False
    finally:
        (folder / "empty").rmdir()
        (folder / "tried").rmdir()


@contextmanager
def on_disc(vault: Path, at: Path) -> Iterator[Path]:
    """Have a vault on a disc: a read-only mount, else rights that forbid writing."""
    at.mkdir()
    if ROOT and can_mount(at):
        with only_read(vault.parent, at / "disc") as mounted:
            yield mounted / vault.name
        return
    if ROOT:
        pytest.skip("root writes what nobody may, and nothing can be mounted here")
    paths = [vault, *vault.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    yield vault
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Return the closed vault of an office with people and a paper."""
    return made_office(tmp_path / "made")


def proved(capsys: pytest.CaptureFixture[str], vault: Path, *more: object) -> tuple[int, str]:
    """Have the auditor prove a vault at the command line; return exit code and what was said."""
    file = Path(os.environ["HOME"]) / "otto.txt"
    file.write_text(PASSPHRASES[AUDITOR], encoding="utf-8")
    who = ["--officer", AUDITOR, "--passphrase-file", str(file)]
    code = cli.main([*who, "verify", str(vault), *map(str, more)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_vault_on_a_disc_is_proved_and_not_opened(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By an auditor on a computer of her own, which never had an epoch secret."""
    desk = open_as(made)
    printed = desk.journal.checkpoint().text()
    (tmp_path / "paper.pdf").write_bytes(issuing.issue(desk, "ack", None, "ko").data)
    desk.vault.close()
    shutil.rmtree(system.account_folder() / "epochs")
    with on_disc(made, tmp_path / "drive") as disc:
        before = all_of(disc)
        for name in PASSPHRASES:
            with pytest.raises(ReadOnlyVaultError, match="copy the folder to a local drive"):
                open_as(disc, name)
        code, said = proved(capsys, disc, "--checkpoint", printed)
        assert code == 0, said
        assert "It contains the checkpoint." in said
        assert "cannot be written" in said
        with readonly.opened(disc, ALICE, PASSPHRASES[ALICE]) as vault:
            assert engine.attached(vault.raw) == ["main"]
            with pytest.raises(VaultInUseError):
                readonly.opened(disc, BORA, PASSPHRASES[BORA]).__enter__()
            with pytest.raises(engine.DatabaseError, match="readonly"):
                vault.raw.execute("DELETE FROM journal")
        code, said = proved(capsys, tmp_path / "paper.pdf", "--vault", disc)
        assert code == 0, said
        assert all_of(disc) == before


def test_what_was_changed_on_a_disc_is_named(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that the proof can fail: an entry altered, a sealed file gone, a lost checkpoint."""
    desk = open_as(made)
    printed = desk.journal.checkpoint().text()
    size = desk.journal.frontier().size
    (file, *_more) = attachments.files(made)
    desk.vault.close()
    older = tmp_path / "older"
    shutil.copytree(made.parent, older)
    desk = open_as(made)
    newer = desk.journal.checkpoint().text()
    desk.vault.raw.execute("UPDATE journal SET ref = 'S-1-7' WHERE number = ?", (size - 1,))
    desk.vault.close()
    (older / made.name / attachments.FOLDER / file.name).unlink()

    with on_disc(made, tmp_path / "first") as disc:
        code, said = proved(capsys, disc, "--checkpoint", printed)
        assert code == 1
        assert f"{size - 1}: it was altered" in said
    with on_disc(older / made.name, tmp_path / "second") as disc:
        code, said = proved(capsys, disc, "--checkpoint", newer)
        assert code == 1
        assert "cut off the end" in said
        code, said = proved(capsys, disc)
        assert code == 1
        assert "missing" in said


def test_a_copy_with_a_transaction_cut_off_is_not_half_proved(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_as(made)
    copy = tmp_path / "copied"
    raw = desk.vault.raw
    raw.execute("PRAGMA main.cache_size = 1")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE journal SET workstation = workstation || 'x'")
    raw.execute("INSERT INTO meta VALUES ('much', hex(randomblob(1000000)))")  # pages are spilled
    shutil.copytree(made.parent, copy)
    raw.execute("ROLLBACK")
    desk.vault.close()

    with on_disc(copy / made.name, tmp_path / "drive") as disc:
        with pytest.raises(UnfinishedCopyError):
            readonly.opened(disc, ALICE, PASSPHRASES[ALICE]).__enter__()
        code, said = proved(capsys, disc)
        assert code == 1
        assert "copy the folder to a local drive" in said
    open_as(copy / made.name).vault.close()  # a writer puts it right


# -- links in the folder

PARTS = [*engine.FILES.values(), "vault.json", "vault.lock", "attachments"]
PLANTED = [
    *(f"{name}{end}" for name in engine.FILES.values() for end in (".next", "-journal")),
    *("vault.json.new", "register.db-mj0A1B2C3D4", "attachments/0123456789abcdef"),
]


def refused(vault: Path) -> None:
    """See a vault with a link in it refused."""
    with pytest.raises(system.SymlinkError):
        open_as(vault)


def test_no_link_in_the_place_of_a_part_is_followed(made: Path, tmp_path: Path) -> None:
    for name in PARTS:
        moved = tmp_path / f"moved {name}"
        shutil.move(made / name, moved)
        (made / name).symlink_to(moved)
        before = all_of(moved) if moved.is_dir() else moved.read_bytes()
        refused(made)
        assert (all_of(moved) if moved.is_dir() else moved.read_bytes()) == before
        (made / name).unlink()
        shutil.move(moved, made / name)
    (tmp_path / "link.privdesk").symlink_to(made)
    refused(tmp_path / "link.privdesk")
    open_as(made).vault.close()


def somebody(desk: Desk) -> str:
    """Return the reference of one of the people."""
    return str(desk.service("subjects").find(Query(sort="ref"))[0].ref)


def worked(desk: Desk, ref: str, folder: Path) -> None:
    """Do what writes every file: an edit, a role, a sealed paper, a backup, a roll."""
    steps: list[Callable[[], object]] = [
        lambda: desk.service("subjects").update(ref, {"name": "하늬바람"}),
        lambda: people.add(desk, "Nora New", "manager", THIRD, FLOOR),
        lambda: issuing.issue(desk, "ack", None, "en"),
        lambda: rolling.backup_desk(desk, folder / "made.pdbackup"),
        lambda: rolling.run(desk, folder / "custody.key"),
    ]
    for step in steps:
        bug = _bug_of(step)
        assert bug is None, repr(bug)


def _bug_of(step: Callable[[], object]) -> Exception | None:
    """Do a step; return what it failed with where that is no sentence."""
    try:
        step()
    except Exception as why:  # noqa: BLE001 - a bug is told apart from a sentence here
        return None if causes.known_cause(why) else why
    return None


def plant(vault: Path, victim: Path, names: Sequence[str]) -> None:
    """Plant links to a file that is nobody's business under names that the program will use."""
    for name in names:
        if not os.path.lexists(vault / name):
            (vault / name).symlink_to(victim)


def stays_untouched(made: Path, tmp_path: Path, names: Sequence[str]) -> None:
    """Plant links beside an open vault, work, and see that what they lead to is as it was."""
    tmp_path.mkdir(exist_ok=True)
    victim = tmp_path / "victim"
    victim.write_bytes(b"a letter to nobody")
    victim.chmod(0o640)
    if [n for n in names if "/" not in n]:
        plant(made, victim, names)
        refused(made)
        for name in names:
            (made / name).unlink()
    desk = open_as(made)
    ref = somebody(desk)
    plant(made, victim, names)
    worked(desk, ref, tmp_path)
    desk.vault.close()

    assert victim.read_bytes() == b"a letter to nobody"
    assert stat.S_IMODE(victim.stat().st_mode) == 0o640
    for path in made.rglob("*"):
        if path.is_symlink():
            path.unlink()
    desk = open_as(made)
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_no_link_planted_beside_an_open_vault_is_followed(made: Path, tmp_path: Path) -> None:
    stays_untouched(made, tmp_path / "all", PLANTED)


@pytest.mark.faults
@pytest.mark.parametrize("name", PLANTED)
def test_at_full_count_no_single_link_planted_is_followed(
    made: Path, tmp_path: Path, name: str
) -> None:
    stays_untouched(made, tmp_path / "one", [name])


def test_no_link_is_followed_where_a_backup_or_a_custody_copy_goes(
    made: Path, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"a letter to nobody")
    for name in ("made.pdbackup", "custody.key"):
        (tmp_path / name).symlink_to(victim)
    desk = open_as(made)
    worked(desk, somebody(desk), tmp_path)
    desk.vault.close()

    assert victim.read_bytes() == b"a letter to nobody"
