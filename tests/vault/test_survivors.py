"""Every survivor of a roll is opened, whichever of the two processes has her."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from privdesk.vault import engine, survivors
from privdesk.vault.errors import PayloadError
from privdesk.vault.session import file_key


def files(desk: Desk) -> tuple[survivors.File, survivors.File]:
    """Return register.db and the people's keys with their keys."""
    vault = desk.vault
    secret = vault.epochs.current()

    def file(schema: str) -> survivors.File:
        path = vault.folder / engine.FILES[schema]
        return path, file_key(schema, vault.id, vault.unlocked.roles, secret)

    return file("main"), file("keys_people")


def check(desk: Desk) -> None:
    """Open everybody with the people's keys as if they were a fresh copy."""
    register, keys = files(desk)
    raw = desk.vault.raw
    raw.execute("ATTACH ? AS fresh KEY ?", (str(keys[0]), f"x'{keys[1].hex()}'"))
    try:
        survivors.check(raw, bytes.fromhex(desk.vault.id), register, keys)
    finally:
        raw.execute("DETACH fresh")


@pytest.fixture
def numbers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the numbers of eight people; two processes share them."""
    monkeypatch.setattr(survivors, "MANY", 2)
    service = desk.service("subjects")
    refs = [
        service.create({"name": f"문가람 {n}", "phone": f"010-4821-77{n:02}"}) for n in range(8)
    ]
    return [service.number(getattr(ref, "ref", ref)) for ref in refs]


def test_sound_payloads_are_accepted(desk: Desk, numbers: list[int]) -> None:
    check(desk)


@pytest.mark.parametrize("which", [0, 3, 4, 7])
def test_a_damaged_payload_is_found_in_either_half(
    desk: Desk, numbers: list[int], which: int
) -> None:
    raw, number = desk.vault.raw, numbers[which]
    (body,) = raw.execute("SELECT body FROM payloads WHERE id = ?", (number,)).fetchone()
    damaged = body[:-1] + bytes([body[-1] ^ 1])
    with desk.vault.transaction():
        raw.execute("UPDATE payloads SET body = ? WHERE id = ?", (damaged, number))

    with pytest.raises(PayloadError):
        check(desk)


def test_a_payload_that_is_missing_is_found(desk: Desk, numbers: list[int]) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute("DELETE FROM payloads WHERE id = ?", (numbers[7],))

    with pytest.raises(PayloadError):
        check(desk)


def test_the_folder_is_left_as_it_was(desk: Desk, numbers: list[int]) -> None:
    before = sorted(path.name for path in Path(desk.vault.folder).iterdir())
    check(desk)

    assert sorted(path.name for path in Path(desk.vault.folder).iterdir()) == before
