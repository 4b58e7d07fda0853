"""Sealed files: whole or refused, under random names, gone with their keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.registers.desk import Desk
from privdesk.vault import attachments, backup
from privdesk.vault.attachments import CHUNK
from privdesk.vault.errors import MissingFileError, PayloadError
from privdesk.vault.payloads import OFFICE, PEOPLE
from tests.copies import open_as
from tests.desks import NOON

OWNER = 900_001


def keep(desk: Desk, data: bytes, schema: str = PEOPLE) -> str:
    with desk.vault.transaction():
        return attachments.store(desk.vault, schema, OWNER, data, "application/pdf")


def path_of(desk: Desk, name: str) -> Path:
    return desk.vault.folder / "attachments" / name


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_opens_to_what_it_was(desk: Desk, size: int) -> None:
    data = os.urandom(size)

    assert attachments.read(desk.vault, keep(desk, data)) == data


def test_the_folder_says_nothing_of_what_is_in_it(desk: Desk) -> None:
    name = keep(desk, b"a scan of an identity card " * 10)
    sealed = path_of(desk, name).read_bytes()

    assert b"identity card" not in sealed
    assert len(name) == 32
    assert path_of(desk, name).stat().st_mode & 0o077 == 0


def cut_last(sealed: bytes) -> bytes:
    return sealed[: -(CHUNK + 16)]


def swap(sealed: bytes) -> bytes:
    size = CHUNK + 16
    head, first, second, rest = (
        sealed[:4],
        sealed[4 : 4 + size],
        sealed[4 + size : 4 + 2 * size],
        b"",
    )
    rest = sealed[4 + 2 * size :]
    return head + second + first + rest


def double(sealed: bytes) -> bytes:
    return sealed + sealed[-(CHUNK + 16) :]


def flip(sealed: bytes) -> bytes:
    return sealed[:-1] + bytes([sealed[-1] ^ 1])


def behead(sealed: bytes) -> bytes:
    return b"XXXX" + sealed[4:]


def nothing(_sealed: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("change", [cut_last, swap, double, flip, behead, nothing])
def test_a_file_that_was_cut_swapped_or_altered_is_refused(desk: Desk, change: object) -> None:
    assert callable(change)
    name = keep(desk, os.urandom(3 * CHUNK))
    path = path_of(desk, name)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(PayloadError):
        attachments.read(desk.vault, name)


def test_a_file_in_anothers_place_is_refused(desk: Desk) -> None:
    first, second = keep(desk, b"first"), keep(desk, b"second")
    path_of(desk, first).write_bytes(path_of(desk, second).read_bytes())

    with pytest.raises(PayloadError):
        attachments.read(desk.vault, first)


def test_a_missing_file_is_named(desk: Desk) -> None:
    name = keep(desk, b"scan")
    path_of(desk, name).unlink()

    with pytest.raises(MissingFileError, match=name):
        attachments.read(desk.vault, name)
    with pytest.raises(MissingFileError):
        attachments.read(desk.vault, "../vault.json")


def test_forgetting_an_owner_takes_the_files_with_the_keys(desk: Desk) -> None:
    name = keep(desk, b"scan")
    with desk.vault.transaction():
        gone = attachments.forget(desk.vault, OWNER)
        desk.vault.payloads.drop(PEOPLE, OWNER)
    attachments.unlink(desk.vault, gone)

    assert gone == [name]
    assert not path_of(desk, name).exists()
    assert attachments.of_owner(desk.vault, OWNER) == []


def test_without_its_key_a_file_left_behind_says_nothing(desk: Desk) -> None:
    name = keep(desk, b"scan")
    with desk.vault.transaction():
        desk.vault.payloads.drop(PEOPLE, OWNER)

    with pytest.raises(PayloadError):
        attachments.read(desk.vault, name)


def test_what_a_rollback_left_is_swept_at_the_next_opening(desk: Desk, vault: Path) -> None:
    kept = keep(desk, b"kept", OFFICE)
    desk.vault.raw.execute("BEGIN IMMEDIATE")
    orphan = attachments.store(desk.vault, OFFICE, OWNER, b"orphan", "text/plain")
    desk.vault.raw.execute("ROLLBACK")
    assert path_of(desk, orphan).exists()
    desk.vault.close()

    (vault / "attachments" / "somebody made this").mkdir()
    again = open_as(vault)
    assert not path_of(again, orphan).exists()
    assert attachments.read(again.vault, kept) == b"kept"
    made = backup.write(again.vault, vault.parent / "copy.pdbackup", NOON)
    assert made.bytes
    again.vault.close()


def test_nothing_is_cleared_behind_a_link_that_was_put_in_the_place_of_the_folder(
    desk: Desk, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    names = ("a" * 32, "report.txt")
    for name in names:
        (mine / name).write_text("an officer's own")
    folder = desk.vault.folder / "attachments"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(mine, target_is_directory=True)

    with pytest.raises(system.SymlinkError):
        attachments.sweep(desk.vault)
    with pytest.raises(system.SymlinkError):
        attachments.unlink(desk.vault, ["a" * 32])
    with pytest.raises(NotADirectoryError):  # swapped in the last moment
        system.clear_folder(folder, lambda _name: True)
    assert sorted(path.name for path in mine.iterdir()) == sorted(names)


def test_what_is_none_of_its_files_is_left_where_it_lies(desk: Desk) -> None:
    folder = desk.vault.folder / "attachments"
    for name in ("b" * 32, "b" * 32 + ".new", "letter.txt"):
        (folder / name).write_text("x")

    assert attachments.sweep(desk.vault) == 2
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
