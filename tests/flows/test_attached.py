"""Papers and evidence kept in the vault: missing or damaged ones are found and named."""

from __future__ import annotations

import shutil
import socket
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privdesk.core import i18n
from privdesk.flows import attached, issuing, rolling
from privdesk.flows.attached import BackupLacksError
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.errors import BackupDamagedError
from privdesk.vault.payloads import PEOPLE
from tests.copies import MANAGER, open_as, switch_to

OWNER = 900_001


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def issue(desk: Desk) -> tuple[str, Path]:
    """Issue a paper; return its number and where its sealed copy lies."""
    number = issuing.issue(desk, "d2", None, "en").number
    sql = "SELECT file FROM documents WHERE number = ?"
    (name,) = desk.vault.raw.execute(sql, (number,)).fetchone()
    return number, desk.vault.folder / "attachments" / name


def evidence(desk: Desk, data: bytes = b"a scan") -> Path:
    """Keep a file that only the keys of people open."""
    with desk.vault.transaction():
        name = attachments.store(desk.vault, PEOPLE, OWNER, data, "application/pdf")
    return desk.vault.folder / "attachments" / name


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def behead(path: Path) -> None:
    path.write_bytes(b"XXXX" + path.read_bytes()[4:])


def test_sound_files_are_no_finding(desk: Desk) -> None:
    issue(desk)
    evidence(desk)

    assert attached.damaged(desk) == []


@pytest.mark.parametrize("harm", [flip, cut, behead])
def test_a_damaged_paper_is_named_by_its_number(desk: Desk, harm: Callable[[Path], None]) -> None:
    issue(desk)
    number, path = issue(desk)
    harm(path)

    (found,) = attached.damaged(desk)
    assert found.text() == f"{number} (damaged)"
    assert found.ref.startswith("N-")


def test_a_missing_paper_is_said_to_be_missing_in_both_languages(desk: Desk) -> None:
    number, path = issue(desk)
    path.unlink()

    (found,) = attached.damaged(desk)
    assert found.text() == f"{number} (missing)"
    i18n.use("ko")
    assert found.text() == f"{number}(없음)"


def test_what_a_manager_cannot_open_is_looked_at_from_outside(desk: Desk) -> None:
    path = evidence(desk)
    desk = switch_to(desk, MANAGER)
    assert attached.damaged(desk) == []
    flip(path)
    assert attached.damaged(desk) == []
    cut(path)
    assert [one.missing for one in attached.damaged(desk)] == [False]
    behead(path)
    assert [one.ref for one in attached.damaged(desk)] == [f"attachments/{path.name}"]
    path.unlink()
    assert [one.missing for one in attached.damaged(desk)] == [True]
    desk.vault.close()


def test_a_file_whose_key_is_gone_is_damaged(desk: Desk) -> None:
    evidence(desk)
    with desk.vault.transaction():
        desk.vault.payloads.drop(PEOPLE, OWNER)

    assert len(attached.damaged(desk)) == 1


def test_a_backup_of_a_harmed_vault_is_written_counted_and_told(desk: Desk, tmp_path: Path) -> None:
    (gone, path), (spoiled, other) = issue(desk), issue(desk)
    path.unlink()
    flip(other)
    target = tmp_path / "b.pdbackup"

    with pytest.raises(BackupLacksError) as told:
        rolling.backup_desk(desk, target)

    sentence = told.value.sentence()
    assert f"{gone} (missing), {spoiled} (damaged)" in sentence
    assert "b.pdbackup was written" in sentence
    assert other.name in " ".join(zipfile.ZipFile(target).namelist())
    assert desk.vault.raw.execute("SELECT target FROM backups").fetchall() == [("b.pdbackup",)]


def test_many_harmed_files_are_told_as_a_number(desk: Desk, tmp_path: Path) -> None:
    for _each in range(7):
        issue(desk)[1].unlink()

    with pytest.raises(BackupLacksError, match=r"\(missing\) and 2 more"):
        rolling.backup_desk(desk, tmp_path / "b.pdbackup")


def test_a_file_that_its_disk_does_not_give_any_more_holds_up_no_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket lies there in place of a broken sector: it cannot be read either."""
    _number, path = issue(desk)
    path.unlink()
    with socket.socket(socket.AF_UNIX) as unreadable:
        monkeypatch.chdir(path.parent)  # the name of a socket may have a hundred bytes
        unreadable.bind(path.name)
        with pytest.raises(BackupLacksError):
            rolling.backup_desk(desk, tmp_path / "b.pdbackup")

    assert zipfile.ZipFile(tmp_path / "b.pdbackup").testzip() is None


def test_a_roll_goes_on_with_harmed_files(desk: Desk, key: Path) -> None:
    issue(desk)[1].unlink()

    assert rolling.run(desk, key).epoch == 2


def test_what_only_the_copy_lacks_is_a_fault_of_the_backup(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _number, path = issue(desk)
    real = shutil.copyfile

    def clumsy(source: Path, copy: Path) -> None:
        real(source, copy)
        if source == path:
            flip(copy)

    monkeypatch.setattr(shutil, "copyfile", clumsy)
    with pytest.raises(BackupDamagedError):
        rolling.backup_desk(desk, tmp_path / "b.pdbackup")
    assert not (tmp_path / "b.pdbackup").exists()
