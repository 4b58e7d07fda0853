"""The point of no return, and what follows it: states, certificate, after a crash too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core import resources, system
from privdesk.core.errors import DomainError
from privdesk.documents import faces
from privdesk.documents.errors import FaceMissingError
from privdesk.flows import custody, destruction, issuing, rolling
from privdesk.flows.rolling import CustodyInsideError, CustodyTargetError
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import roll
from tests.copies import MANAGER, be_account, open_as, second_account, switch_to
from tests.desks import ALICE, BORA
from tests.flows.folk import (
    DUE,
    answered,
    destroyed,
    names,
    request,
    standing,
)


class Pressed(Progress):
    """A Cancel pressed when a stage begins."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self._at = at

    def stage(self, name: str, total: int = 0) -> None:
        if name == self._at:
            self.stop()
        super().stage(name, total)


@pytest.mark.parametrize("at", [destruction.STAGE_CHECK, destruction.STAGE_DESTROY])
def test_cancelled_before_the_point_of_no_return_nothing_has_happened(
    filled: Desk, key: Path, at: str
) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    before, entries = names(desk), desk.journal.frontier().size

    with pytest.raises(Cancelled):
        destruction.execute(desk, ref, key, progress=Pressed(at))
    assert standing(desk, ref)["state"] == "approved"
    assert names(desk) == before
    assert desk.journal.frontier().size == entries
    assert roll.state(desk.vault) == "done"
    assert not key.exists()
    destruction.execute(desk, ref, key)
    desk.vault.close()


@pytest.mark.parametrize(
    "at", [destruction.STAGE_ROLL, destruction.ROLL_STAGES["copy"], destruction.STAGE_PAPER]
)
def test_after_the_point_of_no_return_cancel_does_nothing(filled: Desk, key: Path, at: str) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    done = destruction.execute(desk, ref, key, progress=Pressed(at))

    assert done.state == "backups_closed"
    assert not {p.name for p in DUE} & names(desk)
    desk.vault.close()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("custody.txt", CustodyTargetError),
        ("office.privdesk/custody.key", CustodyInsideError),
        ("office.backups/custody.key", CustodyInsideError),
        ("file/custody.key", system.PathMissingError),
    ],
)
def test_a_custody_copy_that_cannot_be_written_stops_it_before_anything_is_destroyed(
    filled: Desk, tmp_path: Path, name: str, error: type[DomainError]
) -> None:
    desk = filled
    (tmp_path / "file").write_text("no folder")
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    before = names(desk)

    with pytest.raises((error, system.PathTakenError)):
        destruction.execute(desk, ref, tmp_path / name)
    assert names(desk) == before
    assert standing(desk, ref)["state"] == "approved"
    desk.vault.close()


@pytest.fixture
def no_faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take the typefaces of the papers away; all else of the installation stays."""
    bare = tmp_path / "bare"
    bare.mkdir()
    for part in resources.RESOURCES.iterdir():
        if part.name != "fonts":
            (bare / part.name).symlink_to(part)
    monkeypatch.setattr(resources, "RESOURCES", bare)
    faces.face.cache_clear()
    yield
    faces.face.cache_clear()


def test_without_a_typeface_for_the_certificate_nobody_is_destroyed(
    filled: Desk, key: Path, no_faces: None
) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    before = names(desk)

    with pytest.raises(FaceMissingError):
        destruction.execute(desk, ref, key)
    assert names(desk) == before
    assert standing(desk, ref)["state"] == "approved"
    assert not key.exists()
    desk.vault.close()


def test_a_certificate_that_cannot_be_drawn_keeps_no_vault_closed(
    filled: Desk, key: Path, vault: Path, request: pytest.FixtureRequest
) -> None:
    desk, done = destroyed(filled, vault, key)
    desk.vault.raw.execute("DELETE FROM documents WHERE code = 'd1'")
    desk.vault.close()
    request.getfixturevalue("no_faces")

    desk = open_as(vault)
    assert standing(desk, done.ref)["state"] == "backups_closed"
    desk.vault.close()


def test_the_states_run_from_executed_over_backups_closed_to_complete(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    desk, done = destroyed(desk, vault, key)
    assert done.state == "backups_closed"
    assert done.issued.data.startswith(b"%PDF")
    told = standing(desk, done.ref)
    assert told["epoch"] == 2
    assert str(told["backup"]).endswith("roll.pdbackup")
    assert told["custody"] == "C-2"
    found = json.loads(str(told["verified"]))
    assert (found["keys_left"], found["lines_left"], found["values_found"]) == (0, 0, 0)
    assert found["values"] == 4 * len(DUE) + 1

    answered(desk, done.ref)
    assert standing(desk, done.ref)["state"] == "complete"
    assert verify.verify(desk.vault).faults == ()
    desk.vault.close()


def test_an_account_that_has_not_taken_the_new_secret_keeps_it_from_being_complete(
    filled: Desk, key: Path, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other account may still open an old copy, until it has let go of the old secret."""
    desk = filled
    first, second = system.account_folder(), tmp_path / "second"
    desk.vault.close()
    with monkeypatch.context() as there:
        there.setenv("LOGNAME", "second")
        second_account(vault, second, MANAGER)
    desk, done = destroyed(open_as(vault), vault, key)
    answered(desk, done.ref)
    assert standing(desk, done.ref)["state"] == "backups_closed"
    desk.vault.close()

    be_account(second)
    monkeypatch.setenv("LOGNAME", "second")
    open_as(vault, MANAGER).vault.close()
    monkeypatch.delenv("LOGNAME")
    be_account(first)
    desk = open_as(vault)
    assert standing(desk, done.ref)["state"] == "complete"
    desk.vault.close()


def test_a_certificate_can_be_issued_again_and_shows_the_state_reached(
    filled: Desk, key: Path, vault: Path
) -> None:
    desk = filled
    desk, done = destroyed(desk, vault, key)
    answered(desk, done.ref)
    again = issuing.issue(desk, "d1", done.ref, "en")

    assert again.number != done.issued.number
    assert issuing.reprint(desk, done.issued.ref).data == done.issued.data
    desk.vault.close()


def test_a_destruction_interrupted_behind_the_keys_is_concluded_at_the_next_opening(
    filled: Desk, key: Path
) -> None:
    """tests/faults kill the process for good; here the roll fails for want of a drive."""
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)

    class Drive(Progress):
        def stage(self, name: str, total: int = 0) -> None:
            if name == destruction.ROLL_STAGES["custody"]:
                key.parent.rmdir()
            super().stage(name, total)

    with pytest.raises(destruction.NotClosedError, match="are destroyed in the vault"):
        destruction.execute(desk, ref, key, progress=Drive())
    assert standing(desk, ref)["state"] == "executing"
    assert not {p.name for p in DUE} & names(desk)
    desk = switch_to(desk, ALICE)
    assert standing(desk, ref)["state"] == "executing"

    key.parent.mkdir()
    desk = switch_to(desk, ALICE)
    assert standing(desk, ref)["state"] == "backups_closed"
    assert roll.state(desk.vault) == "done"
    papers = desk.vault.raw.execute("SELECT code FROM documents WHERE about = ?", (ref,)).fetchall()
    assert [row[0] for row in papers] == ["d1"]
    assert rolling.read_custody_source(key, desk.vault.id) == desk.vault.secret()
    assert custody.copies(desk)[0]["state"] == "held"
    desk.vault.close()


def test_an_interrupted_one_goes_on_with_another_drive_too(
    filled: Desk, key: Path, tmp_path: Path
) -> None:
    desk = filled
    ref = request(desk)
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)

    class Drive(Progress):
        def stage(self, name: str, total: int = 0) -> None:
            if name == destruction.ROLL_STAGES["custody"]:
                key.parent.rmdir()
            super().stage(name, total)

    with pytest.raises(destruction.NotClosedError, match="are destroyed in the vault"):
        destruction.execute(desk, ref, key, progress=Drive())
    (tmp_path / "other").mkdir()
    done = destruction.execute(desk, ref, tmp_path / "other" / "custody.key")

    assert done.state == "backups_closed"
    assert (tmp_path / "other" / "custody.key").exists()
    desk.vault.close()
