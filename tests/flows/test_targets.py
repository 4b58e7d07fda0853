"""Where backups go: a drive that is not there, one on the vault's own disk, and sticks of FAT."""

from __future__ import annotations

import errno
import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from privdesk.core import system
from privdesk.core.clock import FixedClock
from privdesk.core.system import files
from privdesk.flows import backing, custody, restoring, rolling, targets
from privdesk.flows.targets import BackupDriveMissingError, BackupFolderMissingError
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety
from privdesk.ui.progress import Progress
from privdesk.vault import backup as backups
from privdesk.vault.backup import TooLargeForDriveError
from tests.copies import open_as, switch_to
from tests.desks import BORA, NOON

FORBIDDEN = set('<>:"\\|?*')


@pytest.fixture
def mount(filled: Desk, tmp_path: Path) -> Path:
    """Return the mount point of a drive that is connected and was chosen for backups."""
    point = tmp_path / "media" / "BACKUP"
    point.mkdir(parents=True)
    backing.choose_folder(filled, str(point))
    return point


def unplug(point: Path) -> Path:
    """Leave the empty folder that stands where a drive was; return where its content went."""
    away = point.with_name("elsewhere")
    point.rename(away)
    point.mkdir()
    return away


def test_an_empty_mount_point_is_not_the_drive(filled: Desk, mount: Path, tmp_path: Path) -> None:
    """Nothing goes to the system's own disk: no backup, and no roll is begun."""
    first = backing.back_up(filled, Progress()).made.path
    away = unplug(mount)

    with pytest.raises(BackupDriveMissingError, match="not the one that was chosen"):
        backing.back_up(filled, Progress())
    with pytest.raises(BackupFolderMissingError):
        rolling.run(filled, tmp_path / "next.key")
    filled.clock = FixedClock(NOON.replace(month=12))
    assert not backing.ready(filled)
    (found,) = [f for f in safety.judge(filled) if f.values.get("step") == "backup"]
    assert str(mount) in str(found.values["folder"])
    assert list(mount.iterdir()) == []

    mount.rmdir()
    away.rename(mount)
    assert backing.ready(filled)
    assert backing.back_up(filled, Progress()).made.path.parent == first.parent
    assert not [f for f in safety.judge(filled) if f.values.get("step") == "backup"]


def test_another_drive_in_its_place_is_not_it_either(filled: Desk, mount: Path) -> None:
    mark = next(mount.glob("privdesk-backups-*.txt"))
    text = mark.read_text(encoding="utf-8")
    number = text.rpartition("folder: ")[2].strip()
    for other in (text.replace(number, "0" * 32), text.replace(filled.vault.id, "1" * 32), "", "x"):
        mark.write_text(other, encoding="utf-8")
        with pytest.raises(BackupDriveMissingError):
            backing.back_up(filled, Progress())
    mark.write_text(text.replace("\n", "\r\n"), encoding="utf-8")  # as an editor may leave it
    backing.back_up(filled, Progress())


def test_choosing_the_same_drive_again_keeps_its_mark(filled: Desk, mount: Path) -> None:
    before = filled.setting(targets.MARK)
    desk = switch_to(filled, BORA)
    backing.choose_folder(desk, str(mount))
    assert desk.setting(targets.MARK) == before
    assert len(list(mount.iterdir())) == 1
    desk.vault.close()


def test_what_cannot_be_marked_is_not_chosen(filled: Desk, mount: Path, tmp_path: Path) -> None:
    with pytest.raises(system.PathMissingError):
        backing.choose_folder(filled, str(tmp_path / "none"))
    with pytest.raises(system.InsideVaultError):
        backing.choose_folder(filled, str(filled.vault.folder / "attachments"))
    assert filled.setting("backup_folder") == str(mount)
    assert not list((filled.vault.folder / "attachments").glob("*.txt"))


def test_a_folder_chosen_before_there_were_marks_only_has_to_be_there(
    filled: Desk, tmp_path: Path
) -> None:
    (tmp_path / "old").mkdir()
    filled.set_setting("backup_folder", str(tmp_path / "old"))
    assert backing.back_up(filled, Progress()).made.path.exists()


def test_a_folder_on_the_vaults_own_disk_is_told(
    filled: Desk, mount: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backing.choose_folder(filled, str(mount))  # the tests' folders lie on one disk
    monkeypatch.setattr(system, "disk_of", lambda path: "b" if mount in path.parents else "a")
    (mount / "inner").mkdir()
    assert not backing.choose_folder(filled, str(mount / "inner"))
    assert targets.on_same_disk(filled.vault, mount.parent / "not there")


# -- sticks: no access rights, no sync of a folder, odd names refused, 4 GiB a file


def on_fat(monkeypatch: pytest.MonkeyPatch, stick: Path, *, rights: int = errno.EPERM) -> None:
    """Let ``stick`` behave as FAT does; there is none to mount where tests run.

    What a driver refuses is refused: rights (also with ENOTSUP and the like, as FUSE does), a sync
    of a folder, names with a colon or the like, files above 4 GiB.
    """

    def within(path: object) -> bool:
        return Path(os.fspath(path)).is_relative_to(stick)  # type: ignore[call-overload]

    def refusing(real: Any, code: int) -> Any:
        def call(path: Any, *args: Any, **told: Any) -> Any:
            if within(path):
                raise OSError(code, os.strerror(code), str(path))
            return real(path, *args, **told)

        return call

    def named(real: Any) -> Any:
        def call(path: Any, *args: Any, **told: Any) -> Any:
            for each in (path, *(a for a in args if isinstance(a, str | os.PathLike))):
                if within(each) and FORBIDDEN & set(Path(os.fspath(each)).name):
                    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(each))
            return real(path, *args, **told)

        return call

    monkeypatch.setattr(Path, "chmod", refusing(Path.chmod, rights))
    monkeypatch.setattr(os, "chmod", refusing(os.chmod, rights))
    monkeypatch.setattr(files, "fsync_folder", refusing(system.fsync_folder, errno.EINVAL))
    for name in ("open", "mkdir", "replace", "rename"):
        monkeypatch.setattr(os, name, named(getattr(os, name)))
    monkeypatch.setattr(files, "file_system_kind", lambda p: "vfat" if within(p) else "ext4")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("rights", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_a_stick_takes_backup_mark_and_custody_copy_and_gives_them_back(
    filled: Desk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rights: int
) -> None:
    vault = filled.vault.folder
    with monkeypatch.context() as patch:
        on_fat(patch, stick, rights=rights)
        backing.choose_folder(filled, str(stick))
        made = backing.back_up(filled, Progress()).made
        filled.vault.close()
        restoring.restore(made.path, tmp_path / "again.privdesk", open_as)
    assert sorted(p.suffix for p in stick.iterdir()) == [".pdbackup", ".txt"]
    for folder in (vault, tmp_path / "again.privdesk"):
        open_as(folder).vault.close()


def test_a_custody_copy_may_lie_on_a_stick(
    filled: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        on_fat(patch, stick)
        custody.issue(filled, stick / "copy.key", "safe")
    secret = filled.vault.epochs.current()
    assert rolling.read_custody_source(stick / "copy.key", filled.vault.id) == secret


def test_a_vault_whose_name_no_stick_takes_is_backed_up_under_one_it_does(
    filled: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: under the vault's own name the drive refuses."""
    folder = filled.vault.folder.with_name("Büro: Seoul? " + "개인정보" * 15 + ".privdesk")
    filled.vault.close()
    filled.vault.folder.rename(folder)
    desk = open_as(folder)
    with monkeypatch.context() as patch:
        on_fat(patch, stick)
        backing.choose_folder(desk, str(stick))
        made = backing.back_up(desk, Progress()).made
        with pytest.raises(system.StorageError):
            backups.write(desk.vault, stick / "a:b.pdbackup", desk.now())
    assert made.path.name.startswith("Büro_ Seoul_ 개인정보")
    assert not FORBIDDEN & set(made.path.name)
    assert len(made.path.name.encode()) < 255
    assert len(list(stick.iterdir())) == 2
    desk.vault.close()


def test_a_backup_above_four_gib_is_refused_before_the_stick_is_filled(
    filled: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_FAT_LIMIT", 100_000)
    with monkeypatch.context() as patch:
        on_fat(patch, stick)
        with pytest.raises(TooLargeForDriveError, match="4 GiB"):
            backups.write(filled.vault, stick / "new" / "b.pdbackup", filled.now())
    assert list(stick.iterdir()) == []
    backups.write(filled.vault, stick / "b.pdbackup", filled.now())  # not FAT: as large as it is


def test_a_drive_that_meets_its_limit_says_so(
    filled: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_told: object) -> None:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(TooLargeForDriveError):
            backups.write(filled.vault, stick / "b.pdbackup", filled.now())
    assert list(stick.iterdir()) == []


def test_what_is_refused_for_another_reason_is_not_swallowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(files, "set_mode", broken)
    monkeypatch.setattr(files, "fsync_folder", broken)
    for act in (partial(system.make_private, tmp_path), partial(system.settle_folder, tmp_path)):
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            act()
