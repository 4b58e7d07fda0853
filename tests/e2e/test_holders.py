"""The help pages on desks, sticks, laptops, passphrases and fires, played step by step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.copies import ADMINISTRATOR, MANAGER
from tests.desks import ALICE, BORA
from tests.e2e.desks import HOME, AtLine, AtWindow, Desks

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.qt_log_ignore("does not support grabbing", extend=True),  # a menu, offscreen
]

NEW = "quartz lantern evening 52"
OLDER, NONE = "is older than the vault", "does not hold the vault's epoch secret"


@pytest.fixture(params=["line", "window"])
def office(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Desks]:
    """Return the office, played by the commands of the pages or by their buttons."""
    get = request.getfixturevalue
    if request.param == "line":
        yield AtLine(tmp_path, monkeypatch, get("capsys"))
        return
    window = AtWindow(tmp_path, monkeypatch, get("qtbot"), get("theme"))
    yield window
    window.leave()


def another(office: Desks, desk: str, who: str, custody: Path) -> str:
    """Set up one more desk with a custody copy; return the name of its account."""
    office.sit(desk)
    assert NONE in office.opens(who)
    assert office.receive(who, custody) == ""
    assert office.opens(who) == ""
    return office.account


def test_two_workstations(office: Desks) -> None:
    second = another(office, "second", BORA, office.out / "custody.key")
    office.sit(HOME)
    assert office.holders(ALICE)[second] == "held"
    older = office.vault.with_name("older.privdesk")
    shutil.copytree(office.vault, older)

    office.change_secret(ALICE, office.out / "c2.pdf")
    told = "\n".join(office.tasks(ALICE))
    assert f"{second} still has the old epoch secret. Have the vault opened once" in told
    office.confirm(ALICE, "C-1")
    assert "C-1" not in "\n".join(office.tasks(ALICE))
    office.change_secret(ALICE, office.out / "c3.pdf")

    office.sit("second")
    assert office.epoch == 1
    assert office.opens(BORA) == ""
    assert office.epoch == 3
    present, office.vault = office.vault, older
    assert "old copy of the vault “older.privdesk”" in office.opens(BORA)
    office.vault = present


def test_a_usb_stick(office: Desks) -> None:
    stick, found = office.folder / "stick", office.folder / "found.privdesk"
    stick.mkdir()
    office.issue(ALICE, stick / "c.key", "Bank safe", BORA)
    backup = office.back_up(ALICE, stick)
    assert backup.stat().st_size > 100_000

    office.lost(ALICE, "C-2", "It is not in the bag.")
    office.lost(BORA, "C-2")
    assert any("C-2 is lost, and opens the vault as it is now" in t for t in office.tasks(ALICE))
    office.change_secret(ALICE, office.out / "c3.key")
    assert not any("C-2 is lost" in t for t in office.tasks(ALICE))

    office.sit("finder")
    shutil.copytree(office.vault, found)
    office.vault = found
    assert OLDER in office.receive(ALICE, stick / "c.key")
    assert office.epoch == 0


def test_a_lost_laptop(office: Desks) -> None:
    laptop = another(office, "laptop", BORA, office.out / "custody.key")
    third = another(office, "third", MANAGER, office.out / "custody.key")
    office.sit(HOME)
    office.lost(ALICE, laptop, "The bag was stolen in the train.")
    office.lost(BORA, laptop)
    assert any(f"{laptop} is lost" in told for told in office.tasks(ALICE))
    seen = office.passphrases[BORA]
    office.reset(ALICE, BORA, NEW)
    said = office.change_secret(ALICE, office.out / "c2.pdf")
    assert "need the new custody copy" not in said
    told = "\n".join(office.tasks(ALICE))
    assert f"{laptop} is lost" not in told
    assert f"{third} still has the old epoch secret. Have the vault opened once" in told

    office.sit("third")
    assert office.opens(MANAGER) == ""
    assert office.epoch == 2

    office.sit("laptop")
    office.passphrases[BORA] = seen
    assert "passphrase does not open" in office.opens(BORA)
    assert OLDER in office.opens(ALICE)
    assert office.epoch == 1


def test_a_forgotten_passphrase(office: Desks) -> None:
    office.reset(ALICE, BORA, NEW)
    assert "passphrase does not open" in office.opens(BORA)
    office.passphrases[BORA] = NEW
    assert office.opens(BORA) == ""
    office.reset(ADMINISTRATOR, MANAGER, NEW)
    office.passphrases[MANAGER] = NEW
    assert office.opens(MANAGER) == ""

    office.recover("Nora New", "amber railway sparrow 55")
    office.passphrases["Nora New"] = "amber railway sparrow 55"
    office.reset("Nora New", ALICE, NEW)
    office.passphrases[ALICE] = NEW
    assert office.opens(ALICE) == ""


def test_a_burnt_down_office(office: Desks) -> None:
    elsewhere = office.folder / "elsewhere"
    elsewhere.mkdir()
    backup = office.back_up(ALICE, elsewhere)
    old = office.account
    shutil.copy(office.out / "custody.key", elsewhere / "custody.key")
    office.sit("new")
    shutil.rmtree(office.vault)

    office.restore(ALICE, backup, elsewhere / "custody.key")
    assert "another officer approves it" in office.opens(ALICE)
    office.approve(BORA, office.out / "c2.key")
    assert office.opens(ALICE) == ""
    office.issue(ALICE, office.out / "further.pdf", "Bank safe", BORA)
    office.lost(ALICE, old, "It may have burnt.")
    office.lost(BORA, old)
    assert office.holders(ALICE)[old] == "lost"
    office.change_secret(ALICE, office.out / "last.key")
    assert office.opens(BORA) == ""


def test_a_new_computer(office: Desks) -> None:
    old = office.account
    another(office, "new", ALICE, office.out / "custody.key")
    office.sit(HOME)
    office.give_up(ALICE)
    assert office.epoch == 0
    assert NONE in office.opens(ALICE)
    office.sit("new")
    assert office.holders(ALICE)[old] == "retired"
