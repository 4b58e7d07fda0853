"""A new recovery kit in the place of the old one: opened first, journalled, the old one refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.flows import kits, people, rolling
from privdesk.flows.kits import KitTargetError, KitThereError
from privdesk.flows.opening import open_desk_with_kit
from privdesk.flows.rolling import CustodyInsideError
from privdesk.flows.setup import kit_secret
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.registers.findings.kits import judge
from privdesk.vault import rotation
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import KitError
from privdesk.vault.header import ROLE_KEYS
from privdesk.vault.slots import SamePassphraseError
from tests.copies import MANAGER, open_as, switch_to
from tests.desks import ALICE, PASSPHRASE

NEW = "amber railway sparrow 55"


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def with_kit(desk: Desk, kit: Path) -> Desk:
    folder = desk.vault.folder
    desk.vault.close()
    return open_desk_with_kit(folder, kit_secret(folder, kit))


def first_kit(desk: Desk) -> Path:
    return desk.vault.folder.parent / "out" / "kit.pdf"


def test_the_new_kit_enrols_officers_and_the_old_one_opens_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    old, new = first_kit(desk), tmp_path / "second.pdf"
    assert kits.renew(desk, new, "ko") == "K-2"
    assert set(rotation.waiting(desk.vault)) == set(ROLE_KEYS["recovery"])
    assert "K-2" in str(desk.service("journal").find(Query(), 1)[0].values["told"])

    with pytest.raises(KitError):
        with_kit(desk, old)
    by_kit = with_kit(desk, new)
    people.add(by_kit, "Nora New", "officer", NEW, FLOOR)
    desk = switch_to(by_kit, ALICE)
    (last,) = desk.service("journal").find(Query("", {"action": "vault.kit"}))
    assert last.values["person"].endswith("2")
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_after_the_next_change_of_the_secret_the_new_kit_still_opens(
    desk: Desk, tmp_path: Path
) -> None:
    new = tmp_path / "second.pdf"
    kits.renew(desk, new, "en")
    rolling.run(desk, tmp_path / "custody.pdf")
    assert rotation.waiting(desk.vault) == ()

    desk = with_kit(desk, new)
    assert set(desk.vault.unlocked.roles)
    desk.vault.close()


def test_a_used_kit_is_a_task_until_another_is_printed(desk: Desk, tmp_path: Path) -> None:
    assert judge(desk) == []
    desk = switch_to(with_kit(desk, first_kit(desk)), ALICE)
    (task,) = judge(desk)
    assert (task.register, task.values["step"]) == ("officers", "kit")

    kits.renew(desk, tmp_path / "second.pdf", "ko")
    assert judge(desk) == []
    desk.vault.close()


def test_a_kit_that_cannot_be_written_leaves_the_old_one_in_force(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "second.pdf"
    target.write_text("kept")
    with pytest.raises(KitThereError):
        kits.renew(desk, target, "ko")
    assert target.read_text() == "kept"
    with pytest.raises(KitTargetError):
        kits.renew(desk, tmp_path / "kit.key", "ko")
    with pytest.raises(CustodyInsideError):
        kits.renew(desk, desk.vault.folder / "kit.pdf", "ko")

    def unreadable(_vault: str, _kit: Path) -> bytes:
        raise KitError

    monkeypatch.setattr(kits, "kit_of", unreadable)
    with pytest.raises(KitError):
        kits.renew(desk, tmp_path / "third.pdf", "ko")
    assert not (tmp_path / "third.pdf").exists()
    with_kit(desk, first_kit(desk)).vault.close()


def test_a_manager_prints_no_kit(desk: Desk, tmp_path: Path) -> None:
    desk = switch_to(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        kits.renew(desk, tmp_path / "second.pdf", "ko")
    desk.vault.close()


def test_the_journal_tells_whose_role_became_what(desk: Desk) -> None:
    people.change_role(desk, MANAGER, "auditor")
    (entry,) = desk.service("journal").find(Query("", {"action": "people.changed"}))
    assert entry.values["told"] == f"{MANAGER} · Manager → Auditor"
    (event,) = desk.service("journal").history(entry.ref)
    assert event.told == entry.values["told"]


def test_the_present_passphrase_is_no_new_one(desk: Desk) -> None:
    with pytest.raises(SamePassphraseError):
        people.change_passphrase(desk, PASSPHRASE, FLOOR)
