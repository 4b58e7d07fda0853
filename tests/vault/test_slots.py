"""Who may manage whom, and what each role's keys open."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.vault import engine, header, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import KitError, UnknownPersonError
from privdesk.vault.header import PERSONAL, ROLES
from privdesk.vault.payloads import unpack_boxes, unpack_keys
from privdesk.vault.session import file_key
from tests.copies import ADMINISTRATOR, AUDITOR, MANAGER, open_as, switch_to
from tests.desks import ALICE, PASSPHRASE
from tests.vault.traces import every_plaintext

MANAGES = {
    "officer": set(ROLES),
    "administrator": {"manager", "auditor", "administrator"},
    "recovery": {"officer"},
    "manager": set(),
    "auditor": set(),
    "": set(),
}


@pytest.mark.parametrize("actor", MANAGES)
@pytest.mark.parametrize("target", ROLES)
def test_officers_manage_everybody_administrators_everybody_but_officers(
    actor: str, target: str
) -> None:
    if target in MANAGES[actor]:
        slots.may_manage(actor, target)
    else:
        with pytest.raises(ForbiddenError):
            slots.may_manage(actor, target)


def test_a_name_that_is_taken_stays_with_whom_it_is(vault: Path) -> None:
    head = header.read(vault)
    roles = slots.unlock(head, ALICE, PASSPHRASE).roles

    with pytest.raises(slots.NameTakenError):
        slots.enrolled(head, " alice EXAMPLE ", "manager", "x" * 20, roles, FLOOR)


def test_the_kit_is_no_person_to_log_in_as(vault: Path) -> None:
    with pytest.raises(UnknownPersonError):
        slots.unlock(header.read(vault), "Recovery kit 1", PASSPHRASE)


def test_another_secret_is_not_the_kits(vault: Path) -> None:
    with pytest.raises(KitError):
        slots.unlock_kit(header.read(vault), b"\1" * 32)


NAME, PHONE = "문가람", "010-4821-7733"


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Return an office that knows one person."""
    desk.service("subjects").create({"name": NAME, "phone": PHONE})
    return desk


@pytest.mark.parametrize("name", [MANAGER, AUDITOR, ADMINISTRATOR])
def test_without_personal_no_value_of_a_person_can_be_read(filled: Desk, name: str) -> None:
    """Not by the program, and not by any key that the slot, the files and the account give."""
    desk = switch_to(filled, name)
    vault = desk.vault

    assert PERSONAL not in vault.unlocked.roles
    assert not vault.sees_people
    assert set(engine.attached(vault.raw)) == {"main", "keys_office"}
    secret = vault.epochs.current()
    assert secret is not None
    for key in (*vault.unlocked.roles.values(), vault.unlocked.keys.exchange):
        for schema in ("keys_people", "search"):
            guess = {"REGISTER": key, "PERSONAL": key}
            made = file_key(schema, vault.id, guess, secret)
            assert not engine.fits(vault.folder / engine.FILES[schema], made)
    everything = every_plaintext(vault)
    vault.close()

    assert not [v for v in (NAME, PHONE, "문가", "4821-77", "48217733") if v.encode() in everything]


def test_the_same_look_finds_them_with_an_officers_keys(filled: Desk) -> None:
    everything = every_plaintext(filled.vault)

    assert NAME.encode() in everything
    assert PHONE.encode() in everything


def test_a_manager_sees_masks_and_a_sentence_never_a_value(filled: Desk) -> None:
    rows = filled.service("subjects").open_view(Query()).rows(0, 10)
    ref = rows[0].ref
    desk = switch_to(filled, MANAGER)

    shown = desk.service("subjects").rows([desk.service("subjects").number(ref)], reveal=True)[0]
    assert NAME not in str(shown.values)
    assert PHONE not in str(shown.values)
    desk.vault.close()


def test_keys_of_the_office_open_nothing_of_the_people(filled: Desk) -> None:
    """A payload row may have keys in both files; each file's keys open their own slots only."""
    raw = filled.vault.raw
    for owner, body in raw.execute("SELECT id, body FROM main.payloads").fetchall():
        people = raw.execute("SELECT body FROM keys_people.keys WHERE id = ?", (owner,)).fetchone()
        office = raw.execute("SELECT body FROM keys_office.keys WHERE id = ?", (owner,)).fetchone()
        slots_of = [set(unpack_keys(row[0])) if row else set() for row in (people, office)]
        assert not slots_of[0] & slots_of[1]
        assert set(unpack_boxes(body)) <= slots_of[0] | slots_of[1]


def test_the_manager_opens_the_desk_without_the_people_at_all(vault: Path) -> None:
    (vault / "keys-people.db").unlink()
    (vault / "search.db").unlink()

    desk = open_as(vault, MANAGER)
    assert desk.service("places").find(Query())
    desk.vault.close()
