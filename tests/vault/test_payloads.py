"""Sealed values: one key each, bound to vault, owner, slot and version; dropped is dropped."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.registers.desk import Desk
from privdesk.vault import payloads
from privdesk.vault.errors import PayloadError
from privdesk.vault.payloads import (
    OFFICE,
    PEOPLE,
    Payloads,
    open_row,
    pack_boxes,
    pack_keys,
    seal_rows,
    unpack_boxes,
    unpack_keys,
)

VAULT = bytes(range(16))
VALUES = st.lists(
    st.tuples(st.integers(1, 39_999), st.text(min_size=1, max_size=60)),
    unique_by=lambda v: v[0],
    max_size=6,
)


def seal_row(vault: bytes, owner: int, values: Iterable[tuple[int, str]]) -> tuple[bytes, bytes]:
    """Seal one owner's values."""
    keys, bodies = seal_rows(vault, [owner], {slot: [text] for slot, text in values})
    return keys[0], bodies[0]


@given(st.integers(1, 2**62), VALUES)
def test_what_was_sealed_opens_to_what_it_was(owner: int, values: list[tuple[int, str]]) -> None:
    keys, body = seal_row(VAULT, owner, values)

    assert open_row(VAULT, owner, keys, body) == dict(values)
    assert pack_keys(unpack_keys(keys)) == b"".join(
        keys[at : at + 36] for at in sorted(range(0, len(keys), 36), key=lambda a: keys[a : a + 2])
    )
    assert unpack_boxes(pack_boxes(unpack_boxes(body))) == unpack_boxes(body)


@given(st.integers(1, 2**62), st.integers(1, 2**62), VALUES.filter(bool))
def test_moved_to_another_owner_nothing_opens(
    owner: int, other: int, values: list[tuple[int, str]]
) -> None:
    keys, body = seal_row(VAULT, owner, values)

    if other != owner:
        with pytest.raises(PayloadError):
            open_row(VAULT, other, keys, body)


def test_moved_to_another_slot_version_or_vault_nothing_opens() -> None:
    keys, body = seal_row(VAULT, 7, [(1, "010-4821-7733")])
    ((_slot, (version, key)),) = unpack_keys(keys).items()
    ((_slot, (_version, box)),) = unpack_boxes(body).items()

    for slot, at in ((2, version), (1, version + 1)):
        with pytest.raises(PayloadError):
            open_row(VAULT, 7, pack_keys({slot: (at, key)}), pack_boxes({slot: (at, box)}))
    with pytest.raises(PayloadError):
        open_row(bytes(16), 7, keys, body)
    with pytest.raises(PayloadError):
        open_row(VAULT, 7, keys, pack_boxes({1: (version + 1, box)}))
    with pytest.raises(PayloadError):
        open_row(VAULT, 7, keys, b"")


@given(st.data())
def test_a_flipped_bit_is_refused(data: st.DataObject) -> None:
    keys, body = seal_row(VAULT, 7, [(1, "문가람")])
    spoiled = bytearray(body)
    at = data.draw(st.integers(8, len(body) - 1))  # behind slot, version and length
    spoiled[at] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(PayloadError):
        open_row(VAULT, 7, keys, bytes(spoiled))


def test_no_two_values_share_a_key() -> None:
    owners = range(1, 200)
    sealed, _bodies = seal_rows(VAULT, owners, {1: ["x"] * 199, 2: ["x"] * 199})
    keys = [key for row in sealed for _v, key in unpack_keys(row).values()]

    assert len(set(keys)) == len(keys) == 398


@pytest.fixture
def values(desk: Desk) -> Payloads:
    return desk.vault.payloads


def key_of(desk: Desk, schema: str, owner: int, slot: int) -> tuple[int, bytes]:
    sql = f"SELECT body FROM {schema}.keys WHERE id = ?"
    return unpack_keys(desk.vault.raw.execute(sql, (owner,)).fetchone()[0])[slot]


def test_a_correction_gets_a_new_key_and_the_old_ciphertext_goes(
    desk: Desk, values: Payloads
) -> None:
    owner = 900_001
    with desk.vault.transaction():
        values.put(PEOPLE, owner, {1: "old value", 2: "stays"})
        first, kept = key_of(desk, PEOPLE, owner, 1), key_of(desk, PEOPLE, owner, 2)
        old = unpack_boxes(values._body("main.payloads", owner))[1][1]
        values.put(PEOPLE, owner, {1: "new value"})
        second = key_of(desk, PEOPLE, owner, 1)

    assert second[0] == first[0] + 1
    assert second[1] != first[1]
    assert key_of(desk, PEOPLE, owner, 2) == kept
    assert old not in values._body("main.payloads", owner)
    assert values.read(PEOPLE, owner) == {1: "new value", 2: "stays"}


def test_dropping_one_value_leaves_the_others(desk: Desk, values: Payloads) -> None:
    owner = 900_002
    with desk.vault.transaction():
        values.put(PEOPLE, owner, {1: "문가람", 2: "010-4821-7733"})
        key = key_of(desk, PEOPLE, owner, 2)[1]
        values.drop(PEOPLE, owner, [2])

    assert values.read(PEOPLE, owner) == {1: "문가람"}
    assert key not in values._body("keys_people.keys", owner)
    assert set(unpack_boxes(values._body("main.payloads", owner))) == {1}


@pytest.mark.parametrize("nothing", ["", None])
def test_emptying_a_value_drops_its_key(desk: Desk, values: Payloads, nothing: str | None) -> None:
    owner = 900_003
    with desk.vault.transaction():
        values.put(PEOPLE, owner, {1: "문가람"})
        values.put(PEOPLE, owner, {1: nothing})

    assert values._body("keys_people.keys", owner) == b""
    assert values._body("main.payloads", owner) == b""
    assert values.read(PEOPLE, owner) == {}


def test_dropping_the_peoples_values_leaves_the_offices(desk: Desk, values: Payloads) -> None:
    owner = 900_004
    with desk.vault.transaction():
        values.put(PEOPLE, owner, {1: "문가람"})
        values.put(OFFICE, owner, {10: "a note of the office"})
        values.drop(PEOPLE, owner)

    assert values.read(PEOPLE, owner) == {}
    assert values.read(OFFICE, owner) == {10: "a note of the office"}
    assert values.read_many(OFFICE, [owner, 1]) == {owner: {10: "a note of the office"}}


def test_keys_of_files_are_no_values(desk: Desk, values: Payloads) -> None:
    keys, body = seal_row(VAULT, 7, [(1, "문가람")])
    attached = pack_keys({payloads.FILE_SLOTS.start: (1, b"k" * 32)})

    assert open_row(VAULT, 7, keys + attached, body) == {1: "문가람"}
