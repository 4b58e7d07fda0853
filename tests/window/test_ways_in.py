"""From the unlock page to the desk: passphrase, recovery kit, custody copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.ui.shell import Shell
from privdesk.ui.unlock import UnlockPage
from privdesk.ui.waysin import CustodyDialog, KitDialog
from privdesk.vault.epoch import EpochStore
from privdesk.vault.opening import look
from tests.desks import ALICE, BORA, PASSPHRASE
from tests.window.rooms import Room

NEW = "amber window ladder 74"


@pytest.fixture
def page(room: Room, office: Path) -> UnlockPage:
    shown = room.session.show_unlock(office)
    room.settle()
    return shown


def pick(page: UnlockPage, name: str) -> None:
    page.who.setCurrentIndex(page.who.findData(name))
    assert page.who.currentData() == name


def test_everybody_can_be_chosen_but_not_the_kit(page: UnlockPage) -> None:
    names = [page.who.itemData(at) for at in range(page.who.count())]

    assert {ALICE, BORA, "Mina Muster"} <= set(names)
    assert len(names) == 5


def test_a_wrong_passphrase_is_said_in_a_sentence_and_the_right_one_opens(
    room: Room, page: UnlockPage
) -> None:
    pick(page, ALICE)
    page.line.setText("violet harbour lantern 28")
    page.submit()
    room.waited(lambda: not page.notice.isHidden())
    assert ALICE in page.sentence.text()
    assert page.unlock.isEnabled()

    page.line.setText(PASSPHRASE)
    page.submit()

    room.waited(lambda: isinstance(room.page, Shell))
    room.settle()
    assert room.session.store.recent() == [room.desk.vault.folder]


def test_the_recovery_kit_enrols_an_officer_again(
    room: Room, page: UnlockPage, tmp_path: Path
) -> None:
    page.kit.click()
    dialog = page.findChild(KitDialog)
    assert dialog is not None
    dialog.source.set_value(str(tmp_path / "out" / "kit.pdf"))
    dialog.person.setText("Cora Beispiel")
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    dialog.submit()

    room.waited(lambda: page.who.findData("Cora Beispiel") >= 0)
    pick(page, "Cora Beispiel")
    page.line.setText(NEW)
    page.submit()
    room.waited(lambda: isinstance(room.page, Shell))
    room.settle()
    assert room.desk.vault.role == "officer"


def test_a_custody_copy_is_refused_as_kit(room: Room, page: UnlockPage, tmp_path: Path) -> None:
    page.kit.click()
    dialog = page.findChild(KitDialog)
    assert dialog is not None
    dialog.source.set_value(str(tmp_path / "out" / "custody.key"))
    dialog.person.setText("Cora Beispiel")
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    dialog.submit()

    room.waited(lambda: not dialog.error.isHidden())
    assert page.who.findData("Cora Beispiel") < 0
    dialog.reject()


def test_a_workstation_without_the_secret_takes_it_from_a_custody_copy(
    room: Room, page: UnlockPage, office: Path, tmp_path: Path
) -> None:
    (EpochStore(look(office).vault).folder / "current").unlink()
    pick(page, ALICE)
    page.line.setText(PASSPHRASE)
    page.submit()
    room.waited(lambda: not page.notice.isHidden())
    page.custody.click()
    dialog = page.findChild(CustodyDialog)
    assert dialog is not None
    dialog.source.set_value(str(tmp_path / "out" / "custody.key"))
    dialog.line.setText(PASSPHRASE)
    dialog.submit()
    room.waited(lambda: EpochStore(look(office).vault).current() is not None)
    room.settle()

    page.line.setText(PASSPHRASE)
    page.submit()

    room.waited(lambda: isinstance(room.page, Shell))


def test_a_folder_that_is_no_vault_is_explained_on_the_start_page(
    room: Room, tmp_path: Path
) -> None:
    start = room.session.show_start()
    start.open_asked.emit(str(tmp_path))
    room.settle()

    assert not isinstance(room.page, Shell)
    shown = room.page
    if isinstance(shown, UnlockPage):
        room.waited(lambda: not shown.notice.isHidden())
