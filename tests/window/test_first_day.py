"""A new office from the wizard to its desk, kit and custody sheet tried from their files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from privdesk.registers.desk import Desk
from privdesk.ui.shell import Shell
from privdesk.ui.wizard.papers import PaperStep
from privdesk.ui.wizard.steps import OfficerStep
from privdesk.ui.wizard.wizard import Wizard
from privdesk.window.setup import OfficeSetUp
from tests.desks import PASSPHRASE, SECOND
from tests.window.rooms import Room


@pytest.fixture
def wizard(room: Room) -> Wizard:
    return room.session.show_wizard()


def left(wizard: Wizard, step: OfficerStep) -> bool:
    return wizard.step is not step


def saved(step: PaperStep) -> bool:
    return bool(step.source.value())


def fill_company(room: Room, wizard: Wizard, folder: Path) -> None:
    wizard.go_on()
    wizard.company.company_line.setText("Haneul Parcel")
    wizard.company.folder_line.setText(str(folder))
    wizard.company.marketing.setChecked(True)
    wizard.company.overseas.setChecked(True)
    wizard.go_on()
    room.waited(lambda: wizard.step is wizard.officer)


def fill_officers(room: Room, wizard: Wizard) -> None:
    for step, name, passphrase in (
        (wizard.officer, "Alice Example", PASSPHRASE),
        (wizard.second, "Bora Muster", SECOND),
    ):
        step.person_line.setText(name)
        step.passphrase.first.setText(passphrase)
        step.passphrase.second.setText(passphrase)
        wizard.go_on()
        room.waited(partial(left, wizard, step), timeout=60_000)
    assert wizard.step is wizard.kit


def test_a_new_office_ends_at_its_desk(room: Room, wizard: Wizard, tmp_path: Path) -> None:
    folder = tmp_path / "new.privdesk"
    fill_company(room, wizard, folder)
    fill_officers(room, wizard)
    assert not wizard.next.isEnabled()

    for step, name in ((wizard.kit, "kit.pdf"), (wizard.custody, "custody.pdf")):
        if step is wizard.custody:
            wizard.custody.keeper_line.setText("Cora Beispiel")
            wizard.custody.place_line.setText("Safe of the legal department")
        step.save_to(tmp_path / name)
        room.waited(partial(saved, step))
        step.try_it.click()
        room.waited(wizard.next.isEnabled)
        wizard.go_on()
        room.settle()
    assert wizard.step is wizard.done
    assert "still missing" in wizard.done.summary.text()
    wizard.go_on()

    room.waited(lambda: isinstance(room.page, Shell))
    room.settle()
    desk = room.desk
    assert desk.vault.folder == folder
    assert desk.profile.marketing
    assert desk.setting("overseas")
    assert [p.name for p in desk.vault.header.active("officer")] == ["Alice Example", "Bora Muster"]
    copies = desk.vault.raw.execute("SELECT id, state, place FROM custody_copies").fetchall()
    assert copies == [(1, "held", "Safe of the legal department")]


def test_another_kit_does_not_let_one_go_on(room: Room, wizard: Wizard, tmp_path: Path) -> None:
    fill_company(room, wizard, tmp_path / "new.privdesk")
    fill_officers(room, wizard)
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"%PDF-1.4 nothing of ours")

    wizard.kit.source.set_value(str(wrong))
    wizard.kit.try_it.click()

    room.waited(lambda: bool(wizard.kit.source.field.error.text()))
    assert not wizard.next.isEnabled()
    assert isinstance(wizard._setup, OfficeSetUp)
    desk = wizard._setup.finish()
    assert isinstance(desk, Desk)
    desk.vault.close()


def test_a_weak_passphrase_is_refused_before_anything_is_made(
    room: Room, wizard: Wizard, tmp_path: Path
) -> None:
    fill_company(room, wizard, tmp_path / "new.privdesk")
    wizard.officer.person_line.setText("Alice Example")
    for line in (wizard.officer.passphrase.first, wizard.officer.passphrase.second):
        line.setText("aaaaaaaaaaaaaaaaaaaa")
    wizard.go_on()

    room.waited(lambda: bool(wizard.officer.passphrase.one.error.text()))
    assert wizard.step is wizard.officer
    assert not (tmp_path / "new.privdesk").exists()


def test_a_folder_that_is_taken_is_refused(room: Room, wizard: Wizard, office: Path) -> None:
    wizard.go_on()
    wizard.company.company_line.setText("Haneul Parcel")
    wizard.company.folder_line.setText(str(office))
    wizard.go_on()

    room.waited(lambda: bool(wizard.company.folder.error.text()))
    assert wizard.step is wizard.company


def test_cancelling_leads_back_to_the_start_and_makes_nothing(room: Room, wizard: Wizard) -> None:
    wizard.go_back()

    assert room.page is not wizard
