"""vault.json: signed, of one format, and each slot with the keys of its role and no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from privdesk.flows import people
from privdesk.vault import header, opening, slots
from privdesk.vault.crypto import FLOOR, Cost, KeyPair, signer
from privdesk.vault.errors import (
    HeaderDamagedError,
    NewerVaultError,
    NoVaultError,
    WeakKeyDerivationError,
    WrongPassphraseError,
)
from privdesk.vault.header import ROLE_KEYS, Header
from tests.copies import ADMINISTRATOR, AUDITOR, MANAGER, PASSPHRASES, open_as
from tests.desks import ALICE, BORA, PASSPHRASE

Tamper = Callable[[dict[str, Any]], None]


def person(raw: dict[str, Any], name: str) -> dict[str, Any]:
    return next(p for p in raw["people"] if p["name"] == name)


def promote(raw: dict[str, Any]) -> None:
    person(raw, MANAGER)["role"] = "officer"


def rename_company(raw: dict[str, Any]) -> None:
    raw["company"] = "Another Company"


def bring_back(raw: dict[str, Any]) -> None:
    person(raw, MANAGER)["active"] = False


def swap_key(raw: dict[str, Any]) -> None:
    raw["people"][0]["exchange"] = raw["people"][1]["exchange"]


def swap_role_key(raw: dict[str, Any]) -> None:
    person(raw, MANAGER)["sealed"] = person(raw, ALICE)["sealed"]


def swap_slot(raw: dict[str, Any]) -> None:
    person(raw, ALICE)["slot"] = person(raw, BORA)["slot"]


def cheapen(raw: dict[str, Any]) -> None:
    person(raw, ALICE)["slot"]["cost"]["memory"] = 8


def drop_signature(raw: dict[str, Any]) -> None:
    raw["signature"] = ""


@pytest.mark.parametrize(
    "tamper",
    [promote, rename_company, bring_back, swap_key, swap_role_key, swap_slot, cheapen,
     drop_signature],
)  # fmt: skip
def test_a_header_changed_without_the_right_is_refused(vault: Path, tamper: Tamper) -> None:
    path = vault / "vault.json"
    raw = json.loads(path.read_text())
    tamper(raw)
    path.write_text(json.dumps(raw))

    with pytest.raises(HeaderDamagedError, match="sign"):
        header.read(vault)


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"format": "1"}', b'{"format": 1}', b"[" * 100_000],
)
def test_a_header_that_cannot_be_read_is_refused(vault: Path, text: bytes) -> None:
    (vault / "vault.json").write_bytes(text)

    with pytest.raises(HeaderDamagedError):
        header.read(vault)


def endless(raw: dict[str, Any]) -> None:
    raw["epoch"] = float("inf")


def half_a_letter(raw: dict[str, Any]) -> None:
    raw["people"][0]["name"] = "\ud812"


def way_out(raw: dict[str, Any]) -> None:
    raw["vault"] = "../../elsewhere"


def no_salt(raw: dict[str, Any]) -> None:
    raw["people"][0]["slot"]["salt"] = ""


def odd_generation(raw: dict[str, Any]) -> None:
    raw["people"][0]["sealed"] = {"REGISTER:x": ""}


@pytest.mark.parametrize("tamper", [endless, half_a_letter, way_out, no_salt, odd_generation])
def test_a_value_that_would_lead_astray_is_refused_before_the_signatures(
    vault: Path, tamper: Tamper
) -> None:
    """Whoever writes a head of her own can sign it too: the id names files of the account."""
    path = vault / "vault.json"
    raw = json.loads(path.read_text())
    tamper(raw)
    path.write_text(json.dumps(raw))

    with pytest.raises(HeaderDamagedError, match="cannot be read"):
        header.read(vault)


def test_a_header_of_absurd_size_is_not_even_read(vault: Path) -> None:
    with (vault / "vault.json").open("r+b") as stream:
        stream.truncate(header.MAX_HEADER + 1)

    with pytest.raises(HeaderDamagedError, match="too large"):
        header.read(vault)


def test_a_folder_without_a_header_is_no_vault(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        opening.look(tmp_path)


def test_an_older_header_of_the_same_vault_is_refused(vault: Path) -> None:
    """Signed, but not the one the journal knows: a removed person would come back with it."""
    old = (vault / "vault.json").read_bytes()
    desk = open_as(vault)
    people.remove(desk, MANAGER)
    people.remove(desk, AUDITOR)
    desk.vault.close()
    (vault / "vault.json").write_bytes(old)

    with pytest.raises(HeaderDamagedError, match="journal"):
        open_as(vault)


def test_a_newer_format_is_refused_and_left_byte_identical(vault: Path) -> None:
    path = vault / "vault.json"
    raw = json.loads(path.read_text())
    raw["format"] = header.FORMAT + 1
    raw["unheard of"] = True
    path.write_text(json.dumps(raw))
    before = {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()}

    with pytest.raises(NewerVaultError, match=f"format {header.FORMAT + 1}"):
        open_as(vault)

    assert {p.name: p.read_bytes() for p in vault.iterdir() if p.is_file()} == before


@pytest.mark.parametrize("name", [ALICE, BORA, MANAGER, AUDITOR, ADMINISTRATOR])
def test_each_slot_opens_to_exactly_the_keys_of_its_role(vault: Path, name: str) -> None:
    head = header.read(vault)
    unlocked = slots.unlock(head, name, PASSPHRASES[name])

    newest = {key for key in unlocked.roles if ":" not in key}
    assert newest == set(ROLE_KEYS[unlocked.person.role])


def test_a_role_key_is_sealed_to_one_person_only(vault: Path) -> None:
    head = header.read(vault)
    alice = slots.unlock(head, ALICE, PASSPHRASE)
    bora = head.person(BORA)
    assert bora is not None

    with pytest.raises(HeaderDamagedError):
        header.open_roles(head, bora, alice.keys)


def test_a_role_key_cannot_stand_for_another_role(vault: Path) -> None:
    head = header.read(vault)
    alice = slots.unlock(head, ALICE, PASSPHRASE)
    sealed = dict(alice.person.sealed)
    sealed["PERSONAL:1"] = sealed["REGISTER:1"]

    with pytest.raises(HeaderDamagedError):
        header.open_roles(head, replace(alice.person, sealed=sealed), alice.keys)


def resealed(head: Header, cost: Cost) -> Header:
    """Return a header whose first officer's slot names ``cost``, and is signed by her."""
    alice = slots.unlock(head, ALICE, PASSPHRASE)
    slot = replace(alice.person.slot, cost=cost)
    signature = signer(alice.keys.signing).sign(header._slot_message(head.vault, slot))
    return head.with_person(replace(alice.person, slot=replace(slot, signature=signature)))


@pytest.mark.parametrize(
    "cost",
    [
        Cost(memory=FLOOR.memory // 2, rounds=FLOOR.rounds),
        Cost(memory=FLOOR.memory, rounds=1),
        Cost(memory=64, rounds=1, lanes=1),
    ],
)
def test_a_weaker_key_derivation_is_refused_even_when_signed(vault: Path, cost: Cost) -> None:
    weak = header.parse(resealed(header.read(vault), cost).text())

    with pytest.raises(WeakKeyDerivationError):
        slots.unlock(weak, ALICE, PASSPHRASE)


def test_an_absurd_key_derivation_is_refused_before_it_takes_the_memory(vault: Path) -> None:
    head = header.read(vault)
    alice = slots.unlock(head, ALICE, PASSPHRASE)
    slot = replace(alice.person.slot, cost=Cost(memory=1 << 40))

    with pytest.raises(WeakKeyDerivationError):
        header.open_slot(head.vault, replace(alice.person, slot=slot), PASSPHRASE)


def test_a_slot_moved_to_another_person_or_vault_does_not_open(vault: Path) -> None:
    head = header.read(vault)
    alice, bora = head.person(ALICE), head.person(BORA)
    assert alice is not None
    assert bora is not None

    assert header.open_slot(head.vault, replace(bora, slot=alice.slot), PASSPHRASE) is None
    assert header.open_slot("0" * 32, alice, PASSPHRASE) is None
    assert isinstance(header.open_slot(head.vault, alice, PASSPHRASE), KeyPair)


def test_the_kits_slot_takes_no_passphrase(vault: Path) -> None:
    head = header.read(vault)
    kit = head.active("recovery")[0]

    assert header.open_slot(head.vault, kit, "any passphrase at all") is None
    with pytest.raises(WrongPassphraseError):
        slots.unlock(head, ALICE, "not the passphrase at all")


def test_a_header_reads_back_as_it_was_written(vault: Path) -> None:
    head = header.read(vault)

    assert header.parse(head.text()) == head
    assert (vault / "vault.json").read_bytes() == head.text()
