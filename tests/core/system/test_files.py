import errno
import os
import stat
from pathlib import Path

import pytest

from privdesk.core.i18n import words
from privdesk.core.system import (
    DiskFullError,
    NetworkFolderError,
    PathMissingError,
    PathTakenError,
    ReadOnlyError,
    StorageError,
    SymlinkError,
    WeakFileSystemError,
    atomic_write,
    explained,
    file_mode,
    folder_mode,
    fsync_file,
    fsync_folder,
    make_folder,
    overwrite_and_remove,
    read_bytes,
    refuse_unsafe,
    replace_secret,
)
from privdesk.core.system import files as module


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_written_file_is_whole_closed_to_others_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    atomic_write(path, b"old")
    atomic_write(path, b"new")

    assert read_bytes(path) == b"new"
    assert read_bytes(path, limit=2) == b"ne"
    assert rights(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_copy_that_a_crash_left_behind_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret.new").write_bytes(b"forgotten")

    atomic_write(tmp_path / "secret", b"fresh")

    assert [p.name for p in tmp_path.iterdir()] == ["secret"]


def test_a_failed_write_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.mkdir()

    with pytest.raises(StorageError):
        atomic_write(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["secret"]


def test_a_folder_of_an_office_group_shares_what_is_made_in_it(tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    assert (file_mode(office), folder_mode(office)) == (0o600, 0o700)

    office.chmod(0o2770)
    vault = make_folder(office / "vault")
    atomic_write(vault / "register.db", b"")

    assert rights(vault) == 0o2770
    assert rights(vault / "register.db") == 0o660


def test_a_folder_of_one_account_is_closed_to_others(tmp_path: Path) -> None:
    assert rights(make_folder(tmp_path / "vault")) == 0o700
    with pytest.raises(PathTakenError):
        make_folder(tmp_path / "vault")


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "true").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "true")

    for touch in (read_bytes, fsync_file, overwrite_and_remove):
        with pytest.raises(SymlinkError):
            touch(tmp_path / "link")
    assert (tmp_path / "true").read_bytes() == b"x"


def test_writing_over_a_link_replaces_the_link_only(tmp_path: Path) -> None:
    (tmp_path / "true").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "true")

    atomic_write(tmp_path / "link", b"y")

    assert (tmp_path / "true").read_bytes() == b"x"
    assert not (tmp_path / "link").is_symlink()


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(PathMissingError):
        read_bytes(tmp_path / "nothing")


def test_a_removed_secret_was_overwritten_before(tmp_path: Path) -> None:
    path, witness = tmp_path / "secret", tmp_path / "witness"
    path.write_bytes(b"secret")
    os.link(path, witness)

    overwrite_and_remove(path)
    overwrite_and_remove(path)

    assert not path.exists()
    assert witness.read_bytes() == bytes(6)


def test_a_replaced_secret_is_overwritten_and_the_new_one_stands(tmp_path: Path) -> None:
    current, new, witness = (tmp_path / name for name in ("current", "next", "witness"))
    current.write_bytes(b"old!!!")
    new.write_bytes(b"fresh")
    os.link(current, witness)

    replace_secret(new, current)

    assert current.read_bytes() == b"fresh"
    assert not new.exists()
    assert witness.read_bytes() == bytes(6)


def test_a_secret_may_take_a_free_name(tmp_path: Path) -> None:
    (tmp_path / "next").write_bytes(b"fresh")

    replace_secret(tmp_path / "next", tmp_path / "current")

    assert (tmp_path / "current").read_bytes() == b"fresh"


def test_files_and_folders_reach_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    fsync_file(tmp_path / "file")
    fsync_folder(tmp_path)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EDQUOT, DiskFullError),
        (errno.EROFS, ReadOnlyError),
        (errno.EACCES, ReadOnlyError),
        (errno.ENOENT, PathMissingError),
        (errno.ELOOP, SymlinkError),
        (errno.EIO, StorageError),
    ],
)
def test_each_cause_has_its_sentence(number: int, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error) as caught, explained(tmp_path):
        raise OSError(number, os.strerror(number))
    assert str(tmp_path) in str(caught.value)


def test_a_full_disk_is_met_in_earnest() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this machine has no device that is always full")
    with pytest.raises(DiskFullError), explained(full), full.open("wb", buffering=0) as stream:
        stream.write(b"x")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("nfs4", NetworkFolderError),
        ("cifs", NetworkFolderError),
        ("9p", NetworkFolderError),
        ("fuse.sshfs", NetworkFolderError),
        ("vfat", WeakFileSystemError),
        ("exfat", WeakFileSystemError),
        ("fuseblk", None),
        ("ext4", None),
        ("tmpfs", None),
        ("", None),
    ],
)
def test_network_and_fat_file_systems_are_refused(
    kind: str, error: type[Exception] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def told(path: Path) -> str:
        asked.append(path)
        return kind

    monkeypatch.setattr(module, "file_system_kind", told)
    place = tmp_path / "not" / "yet" / "there"

    if error is None:
        refuse_unsafe(place)
    else:
        with pytest.raises(error) as caught:
            refuse_unsafe(place)
        assert kind in str(caught.value)
    assert asked == [tmp_path]


def test_sentences_are_whole_in_english() -> None:
    said = NetworkFolderError(path="/mnt/office", kind="nfs").sentence(words("en"))
    assert said.startswith("/mnt/office lies on a network")
