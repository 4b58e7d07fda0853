"""The set-up from the language to the open desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.wizard.passphrases import NewPassphrase
from privdesk.ui.wizard.setup import Company
from privdesk.ui.wizard.wizard import Wizard
from tests.ui.offices import PASSPHRASE, FakeSetUp

SECOND = "a lantern beside nine quiet rivers"


@pytest.fixture
def setup(tmp_path: Path) -> FakeSetUp:
    return FakeSetUp(tmp_path)


@pytest.fixture
def wizard(qtbot: QtBot, tasks: Tasks, theme: Theme, setup: FakeSetUp) -> Wizard:
    made = Wizard(setup, tasks, theme)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def to_officer(qtbot: QtBot, wizard: Wizard, company: str = "예시상사") -> None:
    wizard.go_on()
    wizard.company.company_line.setText(company)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.officer)


def to_second(qtbot: QtBot, wizard: Wizard) -> None:
    to_officer(qtbot, wizard)
    wizard.officer.person_line.setText("김서연")
    wizard.officer.passphrase.first.setText(PASSPHRASE)
    wizard.officer.passphrase.second.setText(PASSPHRASE)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.second)


def to_kit(qtbot: QtBot, wizard: Wizard) -> None:
    to_second(qtbot, wizard)
    wizard.second.person_line.setText("이도윤")
    wizard.second.passphrase.first.setText(SECOND)
    wizard.second.passphrase.second.setText(SECOND)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.kit)


def test_an_office_is_set_up_from_the_first_step_to_the_last(
    qtbot: QtBot, wizard: Wizard, setup: FakeSetUp, tmp_path: Path
) -> None:
    to_kit(qtbot, wizard)
    ((folder, company, language, officers),) = setup.made
    assert folder == tmp_path / "예시상사.privdesk"
    assert company == Company("예시상사")
    assert language == "en"
    assert [officer.name for officer in officers] == ["김서연", "이도윤"]
    assert wizard.officer.passphrase.first.text() == ""

    assert not wizard.next.isEnabled()
    wizard.kit.save_to(tmp_path / "kit.pdf")
    qtbot.waitUntil(lambda: wizard.kit.source.value() == str(tmp_path / "kit.pdf"))
    assert not wizard.next.isEnabled()
    wizard.kit.try_it.click()
    qtbot.waitUntil(wizard.next.isEnabled)
    assert "ABCD 1234" in wizard.kit.tried.label.text()
    wizard.go_on()

    wizard.custody.keeper_line.setText("최윤서")
    wizard.custody.place_line.setText("법무팀 금고")
    wizard.custody.save_to(tmp_path / "custody.pdf")
    qtbot.waitUntil(lambda: bool(wizard.custody.source.value()))
    wizard.custody.try_it.click()
    qtbot.waitUntil(wizard.next.isEnabled)
    assert setup.sheets[0].place == "법무팀 금고"
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.done)

    assert wizard.done.summary.text() == "3 things are still missing"
    with qtbot.waitSignal(wizard.finished) as finished:
        wizard.go_on()
    assert finished.args == ["the open vault"]


def test_the_wrong_kit_does_not_let_one_go_on(qtbot: QtBot, wizard: Wizard) -> None:
    to_kit(qtbot, wizard)
    wizard.kit.source.set_value("some other words")
    wizard.kit.try_it.click()
    qtbot.waitUntil(lambda: "does not open" in wizard.kit.source.field.error.text())
    assert not wizard.next.isEnabled()
    wizard.kit.source.set_value("the words of the kit")
    wizard.kit.try_it.click()
    qtbot.waitUntil(wizard.next.isEnabled)


def test_a_custody_sheet_needs_keeper_and_place(
    qtbot: QtBot, wizard: Wizard, setup: FakeSetUp, tmp_path: Path
) -> None:
    wizard.custody.save_to(tmp_path / "custody.pdf")
    assert wizard.custody.keeper.error.text()
    assert wizard.custody.place.error.text()
    assert not setup.sheets


def test_the_kit_is_readable_for_its_owner_alone(
    qtbot: QtBot, wizard: Wizard, tmp_path: Path
) -> None:
    to_kit(qtbot, wizard)
    wizard.kit.save_to(tmp_path / "kit.pdf")
    qtbot.waitUntil(lambda: (tmp_path / "kit.pdf").is_file())
    assert (tmp_path / "kit.pdf").stat().st_mode & 0o777 == 0o600


def test_the_second_officer_must_be_another_person_with_another_passphrase(
    qtbot: QtBot, wizard: Wizard
) -> None:
    to_second(qtbot, wizard)
    second = wizard.second
    second.person_line.setText("김서연")
    second.passphrase.first.setText(PASSPHRASE)
    second.passphrase.second.setText(PASSPHRASE)
    wizard.go_on()
    assert second.person.error.text() == "The second officer must be another person."
    assert second.passphrase.one.error.text() == "Each officer needs a passphrase of her own."
    assert wizard.step is second


def test_a_weak_passphrase_is_refused_in_words(qtbot: QtBot, wizard: Wizard) -> None:
    to_officer(qtbot, wizard)
    wizard.officer.person_line.setText("김서연")
    wizard.officer.passphrase.first.setText("1234567890123456")
    wizard.officer.passphrase.second.setText("1234567890123456")
    wizard.go_on()
    error = wizard.officer.passphrase.one.error
    qtbot.waitUntil(lambda: error.text().startswith("This passphrase is too weak."))


def test_a_taken_folder_is_refused_before_anything_is_made(
    qtbot: QtBot, wizard: Wizard, setup: FakeSetUp, tmp_path: Path
) -> None:
    (tmp_path / "예시상사.privdesk").mkdir()
    wizard.go_on()
    wizard.company.company_line.setText("예시상사")
    wizard.go_on()
    qtbot.waitUntil(lambda: bool(wizard.company.folder.error.text()))
    assert not setup.made


def test_the_profile_is_collected_in_the_bands_of_the_law(wizard: Wizard) -> None:
    step = wizard.company
    step.company_line.setText("예시상사")
    step.sales_box.setCurrentIndex(2)
    step.people_box.setCurrentIndex(3)
    for box in (step.sensitive, step.marketing, step.overseas):
        assert isinstance(box, QCheckBox)
        box.setChecked(True)
    company = step.company_value()
    assert company == Company("예시상사", 180_000_000_001, 50_000, True, True, True)


def test_a_folder_of_ones_own_keeps_its_place_and_gets_its_ending(
    wizard: Wizard, tmp_path: Path
) -> None:
    step = wizard.company
    step.folder_line.setText(str(tmp_path / "mine"))
    step.folder_line.textEdited.emit("")
    step.company_line.setText("다른 이름")
    assert step.folder_value() == tmp_path / "mine.privdesk"


def test_one_can_go_back_until_the_vault_is_made(qtbot: QtBot, wizard: Wizard) -> None:
    to_second(qtbot, wizard)
    wizard.go_back()
    assert wizard.pages.currentIndex() == 2
    assert wizard.officer.person_line.text() == "김서연"
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.second)
    wizard.second.person_line.setText("이도윤")
    wizard.second.passphrase.first.setText(SECOND)
    wizard.second.passphrase.second.setText(SECOND)
    wizard.go_on()
    qtbot.waitUntil(lambda: wizard.step is wizard.kit)
    wizard.go_back()
    assert wizard.pages.currentIndex() == 4
    assert not wizard.back.isVisible()


def test_the_first_step_can_be_cancelled(qtbot: QtBot, wizard: Wizard) -> None:
    with qtbot.waitSignal(wizard.cancelled):
        wizard.back.click()


def test_the_language_of_the_first_step_counts_at_once(
    qtbot: QtBot, wizard: Wizard, theme: Theme
) -> None:
    wizard.language.choices["ko"].click()
    qtbot.waitUntil(lambda: wizard.heading.text() == "보관소 만들기")
    assert wizard.next.text() == "다음"


def test_the_meter_tells_short_from_weak_from_strong(qtbot: QtBot, theme: Theme) -> None:
    typed = NewPassphrase()
    qtbot.addWidget(typed)
    typed.first.setText("twelve")
    assert typed.verdict.text() == "6 of 15 characters"
    typed.first.setText("passwordpassword")
    assert typed.verdict.text() in ("Guessed at once", "Easily guessed")
    typed.first.setText(PASSPHRASE)
    assert typed.verdict.text() == "Very strong"
    assert not typed.value()
    assert typed.two.error.text() == "The two passphrases differ."
    typed.second.setText(PASSPHRASE)
    assert typed.value() == PASSPHRASE
