"""Who may open the vault: enrolled, changed, removed, with new passphrases; by whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError, InvalidValueError
from privdesk.flows import people
from privdesk.flows.opening import open_desk, open_desk_with_kit
from privdesk.flows.people import OwnRoleError
from privdesk.flows.revealing import revealed
from privdesk.flows.setup import kit_secret
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import UnknownPersonError, WeakPassphraseError, WrongPassphraseError
from privdesk.vault.header import PERSONAL, ROLES
from privdesk.vault.slots import LastOfficerError, NameTakenError
from tests.copies import ADMINISTRATOR, AUDITOR, MANAGER, THIRD, open_as, switch_to
from tests.desks import ALICE, BORA, SECOND

NEW = "amber railway sparrow 55"


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def reopened(desk: Desk, name: str, passphrase: str) -> Desk:
    desk.vault.close()
    return open_desk(desk.vault.folder, name, passphrase, desk.clock)


@pytest.mark.parametrize("role", ROLES)
def test_who_was_enrolled_opens_the_desk_in_her_role(desk: Desk, role: str) -> None:
    people.add(desk, "Nora New", role, NEW, FLOOR)
    desk = reopened(desk, "nora new", NEW)

    assert (desk.vault.person.name, desk.vault.role) == ("Nora New", role)
    assert desk.vault.sees_people is (role == "officer")
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_a_name_is_one_line(desk: Desk) -> None:
    assert people.add(desk, "Nora\n  New ", "manager", NEW, FLOOR).name == "Nora New"


@pytest.mark.parametrize(
    ("name", "role", "passphrase", "error"),
    [
        ("Nora New", "owner", NEW, InvalidValueError),
        ("Nora New", "recovery", NEW, InvalidValueError),
        ("  ", "manager", NEW, InvalidValueError),
        ("alice example", "manager", NEW, NameTakenError),
        ("Recovery kit 1", "manager", NEW, NameTakenError),
        ("Nora New", "manager", "too short", WeakPassphraseError),
        ("Nora New Nora New", "manager", "Nora New Nora New", WeakPassphraseError),
    ],
)
def test_what_cannot_be_enrolled_changes_nothing(
    desk: Desk, name: str, role: str, passphrase: str, error: type[Exception]
) -> None:
    before, entries = desk.vault.header, desk.journal.frontier().size

    with pytest.raises(error):
        people.add(desk, name, role, passphrase, FLOOR)
    assert desk.vault.header == before
    assert desk.journal.frontier().size == entries


def test_an_administrator_enrols_everybody_but_officers(desk: Desk) -> None:
    desk = switch_to(desk, ADMINISTRATOR)
    people.add(desk, "Nora New", "manager", NEW, FLOOR)

    with pytest.raises(ForbiddenError):
        people.add(desk, "Olga Officer", "officer", NEW, FLOOR)
    with pytest.raises(ForbiddenError):
        people.change_role(desk, MANAGER, "officer")
    with pytest.raises(ForbiddenError):
        people.change_role(desk, BORA, "manager")
    with pytest.raises(ForbiddenError):
        people.reset_passphrase(desk, BORA, NEW, FLOOR)
    with pytest.raises(ForbiddenError):
        people.remove(desk, BORA)
    people.remove(desk, AUDITOR)
    desk = reopened(desk, "Nora New", NEW)
    desk.vault.close()


def test_an_administrator_helps_who_forgot_her_passphrase_but_no_officer(desk: Desk) -> None:
    desk = switch_to(desk, ADMINISTRATOR)
    for name in (MANAGER, AUDITOR):
        people.reset_passphrase(desk, name, NEW, FLOOR)
    desk = reopened(desk, MANAGER, NEW)

    assert (desk.vault.role, desk.vault.sees_people) == ("manager", False)
    with pytest.raises(ForbiddenError):
        people.reset_passphrase(desk, AUDITOR, NEW, FLOOR)
    desk.vault.close()


@pytest.mark.parametrize("name", [MANAGER, AUDITOR])
def test_managers_and_auditors_manage_nobody_but_their_own_passphrase(
    desk: Desk, name: str
) -> None:
    desk = switch_to(desk, name)
    with pytest.raises(ForbiddenError):
        people.add(desk, "Nora New", "manager", NEW, FLOOR)
    with pytest.raises(ForbiddenError):
        people.remove(desk, ADMINISTRATOR)

    people.change_passphrase(desk, NEW, FLOOR)
    desk = reopened(desk, name, NEW)
    desk.vault.close()
    with pytest.raises(WrongPassphraseError):
        open_desk(desk.vault.folder, name, THIRD)


def test_nobody_removes_or_demotes_herself(desk: Desk) -> None:
    with pytest.raises(OwnRoleError):
        people.remove(desk, ALICE)
    with pytest.raises(OwnRoleError):
        people.change_role(desk, ALICE, "manager")
    with pytest.raises(UnknownPersonError):
        people.remove(desk, "Recovery kit 1")


def test_who_was_removed_opens_nothing_and_stays_known(desk: Desk) -> None:
    desk = switch_to(desk, BORA)
    desk.set_setting("x", 1)
    desk = switch_to(desk, ALICE)
    people.remove(desk, BORA)
    desk.vault.close()

    with pytest.raises(UnknownPersonError):
        open_as(desk.vault.folder, BORA)
    desk = open_as(desk.vault.folder)
    assert verify.verify(desk.vault).faults == ()
    assert "Bora Muster" in {desk.journal.event(e).person for e in desk.journal.newest(10)}
    people.add(desk, BORA, "auditor", NEW, FLOOR)
    desk.vault.close()


def test_a_manager_made_officer_sees_people_and_an_officer_made_manager_does_not(
    desk: Desk,
) -> None:
    people.change_role(desk, MANAGER, "officer")
    people.change_role(desk, BORA, "manager")
    manager, bora = desk.vault.header.person(MANAGER), desk.vault.header.person(BORA)
    assert manager is not None
    assert bora is not None

    assert any(name.startswith(PERSONAL) for name in manager.sealed)
    assert not any(name.startswith(PERSONAL) for name in bora.sealed)
    for name, sees in ((MANAGER, True), (BORA, False)):
        desk = switch_to(desk, name)
        assert desk.vault.sees_people is sees
    desk.vault.close()


def test_a_new_passphrase_encrypts_no_data_again(desk: Desk) -> None:
    folder = desk.vault.folder
    before = {n: (folder / n).stat().st_ino for n in ("keys-people.db", "keys-office.db")}
    roles = desk.vault.unlocked.roles
    people.change_passphrase(desk, NEW, FLOOR)
    desk = reopened(desk, ALICE, NEW)

    assert desk.vault.unlocked.roles == roles
    assert {n: (folder / n).stat().st_ino for n in before} == before
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_a_passphrase_reset_by_another_gives_new_keys_and_the_journal_stays_whole(
    desk: Desk,
) -> None:
    desk = switch_to(desk, BORA)
    desk.set_setting("x", 1)
    old = desk.vault.person
    desk = switch_to(desk, ALICE)
    people.reset_passphrase(desk, BORA, NEW, FLOOR)
    desk = reopened(desk, BORA, NEW)
    desk.set_setting("x", 2)

    assert desk.vault.person.signing != old.signing
    assert desk.vault.person.id != old.id
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()
    with pytest.raises(WrongPassphraseError):
        open_desk(desk.vault.folder, BORA, SECOND)


def test_a_weak_new_passphrase_is_refused(desk: Desk) -> None:
    with pytest.raises(WeakPassphraseError):
        people.change_passphrase(desk, "aaaaaaaaaaaaaaaa", FLOOR)
    with pytest.raises(WeakPassphraseError):
        people.reset_passphrase(desk, BORA, "Bora Muster 2026", FLOOR)
    switch_to(desk, ALICE).vault.close()


def with_kit(desk: Desk) -> Desk:
    folder = desk.vault.folder
    desk.vault.close()
    return open_desk_with_kit(folder, kit_secret(folder, folder.parent / "out" / "kit.pdf"))


def test_the_kit_enrols_officers_again_and_nothing_else(desk: Desk) -> None:
    desk = with_kit(desk)
    for role in ("manager", "auditor", "administrator"):
        with pytest.raises(ForbiddenError):
            people.add(desk, "Nora New", role, NEW, FLOOR)
    with pytest.raises(ForbiddenError):
        people.remove(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        people.change_passphrase(desk, NEW, FLOOR)
    with pytest.raises(ForbiddenError):
        desk.service("subjects").create({"name": "문가람"})
    people.add(desk, "Nora New", "officer", NEW, FLOOR)
    entries = [e.action for e in desk.journal.newest(10)]
    desk = reopened(desk, "Nora New", NEW)

    assert entries.count("access.denied") == 6
    assert [e for e in entries if e != "access.denied"][:2] == ["people.added", "vault.kit"]
    assert desk.vault.sees_people
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_the_kit_reveals_nobody_and_changes_no_setting(desk: Desk) -> None:
    person = desk.service("subjects").create({"name": "문가람"})
    assert revealed(desk, "subjects", [person.id], "a call")[0].values["name"] == "문가람"
    desk = with_kit(desk)

    with pytest.raises(ForbiddenError):
        revealed(desk, "subjects", [person.id], "a call")
    with pytest.raises(ForbiddenError):
        desk.set_setting("two_officers", False)
    desk.vault.close()


def test_the_last_officer_cannot_be_taken_away(desk: Desk) -> None:
    people.remove(desk, BORA)
    desk = with_kit(desk)

    with pytest.raises(LastOfficerError):
        people.remove(desk, ALICE)
    with pytest.raises(ForbiddenError):
        people.change_role(desk, ALICE, "manager")
    switch_to(desk, ALICE).vault.close()


def test_every_change_of_access_is_in_the_journal(desk: Desk) -> None:
    people.add(desk, "Nora New", "manager", NEW, FLOOR)
    people.change_role(desk, "Nora New", "auditor")
    people.reset_passphrase(desk, "Nora New", "another long phrase 91", FLOOR)
    people.remove(desk, "Nora New")
    newest = desk.journal.newest(4)[::-1]

    assert [e.action for e in newest] == [
        "people.added", "people.changed", "people.passphrase", "people.removed",
    ]  # fmt: skip
    assert [desk.journal.details(e)["name"] for e in newest] == ["Nora New"] * 4
    assert desk.vault.meta("header") == desk.vault.header.digest()
