"""Who was removed keeps no key that opens what comes after the next roll."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privdesk.flows import people, rolling
from privdesk.flows.opening import open_desk
from privdesk.journal.verify import verify
from privdesk.vault import engine, header, opening, rotation, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import DamagedFileError, UnknownPersonError
from privdesk.vault.session import Unlocked, file_key
from tests.copies import open_copy
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND

MANAGER = "Mira Invented"
THIRD = "seven lanterns over water"


def _roles(folder: Path, name: str, passphrase: str) -> Unlocked:
    return slots.unlock(opening.look(folder), name, passphrase)


def test_a_removed_managers_key_no_longer_opens_the_register(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    folder = desk.vault.folder
    hers = _roles(folder, MANAGER, THIRD)
    old = file_key("main", desk.vault.id, hers.roles, None)

    people.remove(desk, MANAGER)
    assert rotation.waiting(desk.vault) == ("REGISTER",)
    assert engine.fits(folder / "register.db", old)
    rolling.run(desk, tmp_path / "out" / "custody-2.key")

    assert rotation.waiting(desk.vault) == ()
    assert not engine.fits(folder / "register.db", old)
    with pytest.raises(UnknownPersonError):
        slots.unlock(opening.look(folder), MANAGER, THIRD)
    desk.vault.close()


def test_everybody_else_opens_the_vault_after_a_rotation(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    subject = desk.service("subjects").create({"name": "Hana Sample", "phone": "010-0000-1111"})
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    folder, clock = desk.vault.folder, desk.clock
    desk.vault.close()

    desk = open_desk(folder, ALICE, PASSPHRASE, clock)
    people.remove(desk, BORA)
    rolling.run(desk, tmp_path / "out" / "custody-2.key")
    assert verify(desk.vault).faults == ()
    desk.vault.close()

    desk = open_desk(folder, ALICE, PASSPHRASE, clock)
    assert desk.service("subjects").get(subject.ref, reveal="test").values["name"] == "Hana Sample"
    assert desk.vault.header.generations == {
        "REGISTER": 2,
        "PERSONAL": 2,
        "ADMIN": 2,
        "ISSUE": 2,
    }
    for person in desk.vault.header.people:
        assert len(person.sealed) == len({name.partition(":")[0] for name in person.sealed})
    desk.vault.close()
    desk = open_desk(folder, MANAGER, THIRD, clock)
    assert not desk.vault.sees_people
    desk.vault.close()


@pytest.mark.parametrize("stage", ["switch", "register", "custody", "forget"])
def test_an_interrupted_rotation_is_finished_at_the_next_opening(
    tmp_path: Path, stage: str
) -> None:
    desk = open_copy(tmp_path)
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    subject = desk.service("subjects").create({"name": "Hana Sample", "phone": "010-0000-1111"})
    people.remove(desk, MANAGER)

    def stop(name: str) -> None:
        if name == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rolling.run(desk, tmp_path / "out" / "custody-2.key", stop)
    folder, clock = desk.vault.folder, desk.clock
    desk.vault.close()

    desk = open_desk(folder, ALICE, PASSPHRASE, clock)
    assert rotation.waiting(desk.vault) == ()
    assert desk.vault.meta("roll") == "done"
    assert desk.service("subjects").get(subject.ref, reveal="test").values["name"] == "Hana Sample"
    desk.vault.close()
    desk = open_desk(folder, BORA, SECOND, clock)
    desk.vault.close()


def test_the_former_register_key_is_kept_for_old_backups(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    folder = desk.vault.folder
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    people.remove(desk, MANAGER)
    rolling.run(desk, tmp_path / "out" / "custody-2.key")

    head = header.read(folder)
    former = header.open_former(head, desk.vault.unlocked.roles)
    key = file_key("main", head.vault, {**desk.vault.unlocked.roles, **former}, None, ":1")
    assert engine.fits(copy / "register.db", key)
    assert not engine.fits(folder / "register.db", key)
    desk.vault.close()


def test_a_demoted_officer_loses_the_key_to_people(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    people.change_role(desk, BORA, "manager")
    rolling.run(desk, tmp_path / "out" / "custody-2.key")
    folder, clock = desk.vault.folder, desk.clock
    desk.vault.close()

    desk = open_desk(folder, BORA, SECOND, clock)
    assert not desk.vault.sees_people
    desk.vault.close()


def test_a_file_under_no_known_key_is_refused(tmp_path: Path) -> None:
    desk = open_copy(tmp_path)
    folder, clock = desk.vault.folder, desk.clock
    desk.vault.close()
    (folder / "register.db").write_bytes(b"x" * 8192)

    with pytest.raises(DamagedFileError):
        open_desk(folder, ALICE, PASSPHRASE, clock)
