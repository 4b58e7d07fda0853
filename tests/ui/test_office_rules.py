"""The office's rules, its own days, the company's profile, purposes from templates."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from privdesk.ui.office.ports import CompanyProfile
from privdesk.ui.office.profile import ProfilePage
from privdesk.ui.office.rules import OffDialog, RulesPage
from privdesk.ui.office.templates import TemplateDialog
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from tests.ui.fakeoffice import FakeOffice


def shown(qtbot: QtBot, page: RulesPage | ProfilePage) -> None:
    qtbot.addWidget(page)
    page.resize(1100, 760)
    with qtbot.waitExposed(page):
        page.show()
    page.activated()
    qtbot.waitUntil(page.isEnabled)


@pytest.fixture
def office() -> FakeOffice:
    return FakeOffice()


@pytest.fixture
def page(qtbot: QtBot, tasks: Tasks, theme: Theme, office: FakeOffice) -> RulesPage:
    made = RulesPage(office, tasks)
    shown(qtbot, made)
    return made


def test_each_change_is_kept_at_once(qtbot: QtBot, page: RulesPage, office: FakeOffice) -> None:
    page.contact.setText("Privacy team, 02-0000-0001")
    page.contact.editingFinished.emit()
    page.print_days.setValue(10)
    page.reply_days.setValue(14)
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())

    qtbot.waitUntil(
        lambda: (
            (
                office.kept.contact,
                office.kept.print_days,
                office.kept.reply_days,
                office.kept.language,
            )
            == ("Privacy team, 02-0000-0001", 10, 14, "en")
        )
    )


def test_what_the_office_decides_about_requests_is_kept_at_once(
    qtbot: QtBot, page: RulesPage, office: FakeOffice
) -> None:
    assert page.channels.chosen() == ("phone", "web")
    page.channels.boxes["web"].click()
    qtbot.waitUntil(lambda: office.kept.request_channels == ("phone",))
    line = page.objections["objection_en"]
    line.setText("Call the privacy team.")
    line.editingFinished.emit()
    page.keep_demands.setValue(5)
    qtbot.waitUntil(lambda: office.kept.keep_demands == 5)
    assert (office.kept.objection_ko, office.kept.objection_en) == ("", "Call the privacy team.")


def test_the_two_officer_rule_is_switched_off_only_after_a_warning(
    qtbot: QtBot, page: RulesPage, office: FakeOffice
) -> None:
    page.two_officers.click()
    dialog = page.dialog
    assert isinstance(dialog, OffDialog)
    assert "says so in print" in dialog.why.text()
    assert office.kept.two_officers

    dialog.go.click()

    qtbot.waitUntil(lambda: not office.kept.two_officers)
    qtbot.waitUntil(lambda: page.two_officers.text() == "Switched off")


def test_a_warning_that_is_cancelled_leaves_the_rule_on(
    qtbot: QtBot, page: RulesPage, office: FakeOffice
) -> None:
    page.block_reimport.click()
    dialog = page.dialog
    assert isinstance(dialog, OffDialog)
    dialog.cancel.click()

    qtbot.waitUntil(page.block_reimport.isChecked)
    assert office.kept.block_reimport


def test_switching_on_asks_nothing(qtbot: QtBot, page: RulesPage, office: FakeOffice) -> None:
    office.put("two_officers", False)
    page.refresh()
    qtbot.waitUntil(lambda: not page.two_officers.isChecked())

    page.two_officers.click()

    qtbot.waitUntil(lambda: office.kept.two_officers)
    assert page.dialog is None


def test_who_may_not_change_the_rules_can_read_them(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    made = RulesPage(FakeOffice(may_change=False), tasks)
    shown(qtbot, made)

    assert made.contact.text() == "02-0000-0000"
    assert not made.two_officers.isEnabled()


def test_the_profile_says_which_duties_follow(
    qtbot: QtBot, tasks: Tasks, theme: Theme, office: FakeOffice
) -> None:
    made = ProfilePage(office, tasks)
    shown(qtbot, made)
    before = applying(made)
    made.marketing.setChecked(True)
    made.people_box.setCurrentIndex(made.people_box.count() - 1)

    assert applying(made) - before == {"11", "57", "59"}
    assert not office.given
    made.save.click()

    qtbot.waitUntil(lambda: office.given)
    assert office.company == CompanyProfile(people=1_000_000, marketing=True)


def applying(page: ProfilePage) -> set[str]:
    """Return the rules whose chip says that they apply."""
    return {label(cells[1]) for cells in page.list.rows if not isinstance(cells[2], QLabel)}


def label(cell: QWidget) -> str:
    assert isinstance(cell, QLabel)
    return cell.text()


def test_templates_of_the_policy_are_ticked_and_known_ones_cannot_be(
    qtbot: QtBot, tasks: Tasks, theme: Theme, office: FakeOffice
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    entered: list[int] = []
    dialog = TemplateDialog(office, office.templates(), entered.append, tasks, parent)
    dialog.open()
    assert dialog.chosen() == ["id"]
    assert not dialog.boxes["notice"].isEnabled()
    assert dialog.go.text() == "Enter 1 purpose"

    dialog.go.click()

    qtbot.waitUntil(lambda: entered == [1])
    assert office.adopted == ["id"]
