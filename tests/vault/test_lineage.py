"""The line of officers: whoever can write the folder plants nobody and no key in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from privdesk.flows import people, rolling
from privdesk.vault import crypto, engine, header, lineage, slots
from privdesk.vault.crypto import FLOOR, KeyPair
from privdesk.vault.errors import HeaderDamagedError
from privdesk.vault.header import ADMIN, ISSUE, PERSONAL, Header, Person
from privdesk.vault.session import file_key
from tests.copies import ADMINISTRATOR, MANAGER, PASSPHRASES, open_as
from tests.desks import ALICE, BORA

NEW = "amber railway sparrow 55"
OWN = KeyPair.fresh()  # of who attacks


def planted(head: Header, role: str = "recovery") -> Header:
    """Return a header with one more person, of whom nobody but the attacker has the keys."""
    number = max(p.id for p in head.people) + 1
    slot = header.seal_slot(head.vault, number, OWN, os.urandom(32), FLOOR)
    who = Person(number, "Spare kit", role, OWN.exchange_public, OWN.signing_public, slot)
    return head.with_person(who)


def as_officer(head: Header) -> Header:
    return planted(head, "officer")


def promoted(head: Header) -> Header:
    """Return a header in which the manager is an officer."""
    who = head.person(MANAGER)
    assert who is not None
    return head.with_person(replace(who, role="officer"))


def renamed(head: Header) -> Header:
    """Return a header in which the second officer's keys are the attacker's."""
    who = head.person(BORA)
    assert who is not None
    slot = header.seal_slot(head.vault, who.id, OWN, "a passphrase of the attacker", FLOOR)
    exchange, signing = OWN.exchange_public, OWN.signing_public
    return head.with_person(replace(who, slot=slot, exchange=exchange, signing=signing))


def own_personal(head: Header) -> Header:
    """Return a header with a new generation of PERSONAL that the attacker knows."""
    head = replace(head, generations={**head.generations, PERSONAL: 2})
    for who in head.active("officer"):
        head = head.with_person(header.seal_role(head, who, PERSONAL, b"k" * 32))
    return head


def own_issue(head: Header) -> Header:
    """Return a header whose papers are signed with a key that the attacker knows."""
    for who in head.active("officer"):
        head = head.with_person(header.seal_role(head, who, ISSUE, b"k" * 32))
    return head


def own_line(head: Header) -> Header:
    """Return a header with a line of officers that begins with the attacker."""
    return lineage.extended(replace(planted(head, "officer"), links=()), OWN)


def own_link(head: Header) -> Header:
    """Return a header whose line goes on with a link of the attacker's."""
    return lineage.extended(planted(head, "officer"), OWN)


def without_commitments(head: Header) -> Header:
    return replace(own_issue(head), commitments={})


ATTACKS = (
    *(planted, as_officer, promoted, renamed, own_personal, own_issue, own_line, own_link),
    without_commitments,
)


def write(vault: Path, change: Callable[[Header], Header], by: str = MANAGER) -> None:
    """Write a header as a manager can: her REGISTER, an ADMIN of her own, the folder."""
    head = header.read(vault)
    admin, name = KeyPair.fresh(), f"{ADMIN}:{head.generations[ADMIN]}"
    unlocked = slots.unlock(head, by, PASSPHRASES[by])
    told = {**head.commitments, name: lineage.commitment(head.vault, name, admin.signing)}
    head = replace(head, admin_key=admin.signing_public, commitments=told)
    for who in head.people:
        if name in who.sealed:
            head = head.with_person(header.seal_role(head, who, ADMIN, admin.signing))
    head = change(head).signed_by(admin.signing)
    key = file_key("main", head.vault, unlocked.roles, None)
    connection = engine.connect(vault / "register.db", key)
    facts = {
        "header": head.digest(),
        "header_text": head.text().decode(),
        "rotate": f'["{PERSONAL}"]',
    }
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("REPLACE INTO meta (value, name) VALUES (?, ?)",
                           [(value, name) for name, value in facts.items()])  # fmt: skip
    connection.execute("COMMIT")
    connection.close()
    (vault / "vault.json").write_bytes(head.text())


@pytest.mark.parametrize("change", ATTACKS)
@pytest.mark.parametrize("who", [ALICE, MANAGER])
def test_what_a_manager_writes_into_the_header_opens_to_nobody(
    vault: Path, change: Callable[[Header], Header], who: str
) -> None:
    write(vault, change)
    assert header.read(vault)  # it is well signed, by itself

    with pytest.raises(HeaderDamagedError):
        open_as(vault, who)


def test_without_the_line_a_roll_hands_the_manager_everybodys_key(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test before."""
    monkeypatch.setattr(lineage, "check", lambda *_all: None)
    write(vault, planted)
    desk = open_as(vault)
    rolling.run(desk, tmp_path / "c2.key")
    desk.vault.close()
    head = header.read(vault)
    (mine,) = [who for who in head.people if who.signing == OWN.signing_public]

    assert f"{PERSONAL}:2" in header.open_roles(head, mine, OWN)


def opened(vault: Path, name: str, passphrase: str = "") -> None:
    head = header.read(vault)
    slots.unlock(head, name, passphrase or PASSPHRASES[name])


def test_officers_come_and_go_and_everybody_follows_the_line(vault: Path, tmp_path: Path) -> None:
    """Also one who was away for all of it, and one whom a newcomer enrolled."""
    desk = open_as(vault)
    people.add(desk, "Nora New", "officer", NEW, FLOOR)
    people.remove(desk, BORA)
    rolling.run(desk, tmp_path / "c2.key")
    desk.vault.close()
    head = header.read(vault)
    numbers = [link.number for link in head.links]
    assert numbers == list(range(1, len(numbers) + 1))
    opened(vault, ALICE)
    opened(vault, "Nora New", NEW)
    opened(vault, ADMINISTRATOR)
    before = header.read(vault).person(MANAGER)
    open_as(vault, MANAGER).vault.close()
    after = header.read(vault).person(MANAGER)

    assert before is not None
    assert after is not None
    assert before.slot.seen < after.slot.seen == numbers[-1]
    assert before.slot.box == after.slot.box


def test_an_administrator_adds_no_link(vault: Path) -> None:
    count = len(header.read(vault).links)
    desk = open_as(vault, ADMINISTRATOR)
    people.add(desk, "Nora New", "manager", NEW, FLOOR)
    desk.vault.close()

    assert len(header.read(vault).links) == count
    opened(vault, ALICE)
    opened(vault, "Nora New", NEW)


def test_a_removed_officer_signs_no_link(vault: Path) -> None:
    desk = open_as(vault, BORA)
    keys = desk.vault.unlocked.keys
    desk.vault.close()
    desk = open_as(vault)
    people.remove(desk, BORA)
    desk.vault.close()
    head = lineage.extended(planted(header.read(vault), "officer"), keys)
    alice = slots.unlock(header.read(vault), ALICE, PASSPHRASES[ALICE])

    with pytest.raises(HeaderDamagedError, match="broken"):
        lineage.check(head, alice.person, alice.keys, {})


def demoted(vault: Path, tmp_path: Path) -> Callable[[Header], Header]:
    """Make the second officer a manager; return what she then makes of a header.

    She puts the slots of before back, which their owners have signed, and goes on from there with
    a link of her own.
    """
    before = header.read(vault)
    desk = open_as(vault, BORA)
    keys = desk.vault.unlocked.keys
    desk.vault.close()
    desk = open_as(vault)
    people.change_role(desk, BORA, "manager")
    rolling.run(desk, tmp_path / "c2.key")
    desk.vault.close()

    def fork(head: Header) -> Header:
        for old in before.people:
            who = head.by_id(old.id)
            assert who is not None
            head = head.with_person(replace(who, slot=old.slot))
        return lineage.extended(replace(planted(head), links=before.links), keys)

    return fork


def test_old_slots_lead_nobody_to_a_fork_of_the_line(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(vault, demoted(vault, tmp_path), BORA)
    assert slots.unlock(header.read(vault), ALICE, PASSPHRASES[ALICE])  # the line holds, by itself
    with pytest.raises(HeaderDamagedError, match="kept in the vault"):
        open_as(vault)

    monkeypatch.setattr(lineage, "contains", lambda *_all: True)  # the control
    open_as(vault).vault.close()


def test_a_commitment_gives_no_key_away(vault: Path) -> None:
    head = header.read(vault)
    alice = slots.unlock(head, ALICE, PASSPHRASES[ALICE])
    text = head.text().decode()

    for name, key in alice.roles.items():
        assert key.hex() not in text
        if ":" in name:
            assert head.commitments[name] == lineage.commitment(head.vault, name, key)
    assert crypto.derive(b"0" * 32, "x") != crypto.derive(b"1" * 32, "x")


def test_an_administrator_signs_in_nobodys_name(vault: Path) -> None:
    """Neither as a former officer whose key she changes, nor as one who never was."""
    desk = open_as(vault)
    people.add(desk, "Nora New", "officer", NEW, FLOOR)
    people.remove(desk, BORA)
    desk.vault.close()
    head = header.read(vault)
    alice = slots.unlock(head, ALICE, PASSPHRASES[ALICE])
    former = next(p for p in head.people if p.name == BORA)
    slot = header.signed_slot(head.vault, former.slot, OWN)
    for changed in (
        replace(former, signing=OWN.signing_public, slot=slot),
        replace(former, name="Nora Old"),
    ):
        with pytest.raises(HeaderDamagedError, match="no officer signed"):
            lineage.check(head.with_person(changed), alice.person, alice.keys, {})

    never = replace(planted(head, "officer").people[-1], active=False)
    head = head.with_person(never)
    lineage.check(head, alice.person, alice.keys, {})
    assert not lineage.signs(head, never)
    assert all(lineage.signs(head, who) for who in head.people if who != never)
