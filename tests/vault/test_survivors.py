"""Every survivor of a roll is opened, whichever of the two processes has her."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from privdesk.vault import engine, freshcopy, survivors
from privdesk.vault.errors import DamagedFileError, PayloadError
from privdesk.vault.freshcopy import Copy
from privdesk.vault.payloads import check_rows


@pytest.fixture
def copy(desk: Desk, numbers: list[int]) -> Copy:
    """Return a fresh copy of the people's keys."""
    mark = "UPDATE fresh.meta SET value = ? WHERE name = 'epoch'"
    copy = freshcopy.of(desk.vault, "keys_people", os.urandom(32), mark, 2)
    freshcopy.write(desk.vault.raw, copy)
    return copy


def check(desk: Desk, copy: Copy) -> None:
    """Open everybody with the copied keys."""
    vault = desk.vault
    register = (vault.folder / engine.FILES["main"], vault.file_keys["main"])
    with freshcopy.attached(vault.raw, copy):
        survivors.check(vault.raw, bytes.fromhex(vault.id), register, copy)


@pytest.fixture
def numbers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of eight people; two processes share them."""
    monkeypatch.setattr(survivors, "MANY", 2)
    monkeypatch.setattr(survivors, "SPAN", 3)
    service = desk.service("subjects")
    refs = [
        service.create({"name": f"문가람 {n}", "phone": f"010-4821-77{n:02}"}) for n in range(8)
    ]
    return [service.number(getattr(ref, "ref", ref)) for ref in refs]


def test_sound_payloads_are_accepted(desk: Desk, numbers: list[int], copy: Copy) -> None:
    check(desk, copy)


@pytest.mark.parametrize("which", [0, 3, 4, 7])
def test_a_damaged_payload_is_found_in_either_half(
    desk: Desk, numbers: list[int], copy: Copy, which: int
) -> None:
    raw, number = desk.vault.raw, numbers[which]
    (body,) = raw.execute("SELECT body FROM payloads WHERE id = ?", (number,)).fetchone()
    damaged = body[:-1] + bytes([body[-1] ^ 1])
    with desk.vault.transaction():
        raw.execute("UPDATE payloads SET body = ? WHERE id = ?", (damaged, number))

    with pytest.raises(PayloadError):
        check(desk, copy)


def test_a_payload_that_is_missing_is_found(desk: Desk, numbers: list[int], copy: Copy) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute("DELETE FROM payloads WHERE id = ?", (numbers[7],))

    with pytest.raises(PayloadError):
        check(desk, copy)


@pytest.mark.parametrize("which", [0, 3, 7])
def test_a_key_that_was_copied_wrongly_is_found(
    desk: Desk, numbers: list[int], copy: Copy, which: int
) -> None:
    with freshcopy.attached(desk.vault.raw, copy):
        sql = "UPDATE fresh.keys SET body = ? WHERE id = ?"
        desk.vault.raw.execute(sql, (os.urandom(72), numbers[which]))

    with pytest.raises(DamagedFileError):
        check(desk, copy)


def test_values_between_which_another_was_dropped_open_all_the_same(
    desk: Desk, numbers: list[int]
) -> None:
    """A ciphertext that outlived its key lies in the way of the next one."""
    raw, number = desk.vault.raw, numbers[3]
    (body,) = raw.execute("SELECT body FROM keys_people.keys WHERE id = ?", (number,)).fetchone()
    with desk.vault.transaction():
        sql = "UPDATE keys_people.keys SET body = ? WHERE id = ?"
        raw.execute(sql, (body[36:], number))
    (sealed,) = raw.execute("SELECT body FROM payloads WHERE id = ?", (number,)).fetchone()

    check_rows(bytes.fromhex(desk.vault.id), [(number, body[36:], sealed)])


def test_the_folder_is_left_as_it_was(desk: Desk, numbers: list[int], copy: Copy) -> None:
    before = sorted(path.name for path in Path(desk.vault.folder).iterdir())
    check(desk, copy)

    assert sorted(path.name for path in Path(desk.vault.folder).iterdir()) == before


def test_a_key_that_only_the_copy_has_is_found(desk: Desk, numbers: list[int], copy: Copy) -> None:
    with freshcopy.attached(desk.vault.raw, copy):
        sql = "INSERT INTO fresh.keys (id, body) VALUES (?, ?)"
        desk.vault.raw.execute(sql, (numbers[7] + 900, os.urandom(36)))

    with pytest.raises(DamagedFileError):
        check(desk, copy)
