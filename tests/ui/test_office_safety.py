"""Backups, custody copies, the epoch secret and the journal on their page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from privdesk.core.clock import office_date
from privdesk.ui.office.backupdialog import ScheduleDialog
from privdesk.ui.office.backups import size
from privdesk.ui.office.destroyeddialog import DestroyedDialog
from privdesk.ui.office.frame import Columns
from privdesk.ui.office.ports import JournalCheck
from privdesk.ui.office.safety import SafetyPage
from privdesk.ui.office.safetydialogs import (
    AccountLostDialog,
    ConfirmDialog,
    IssueDialog,
    LostDialog,
    RetireDialog,
    RollDialog,
)
from privdesk.ui.tasks import LongWork, Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import Chip
from tests.ui.fakeoffice import STAND, FakeSafety


class Opened:
    """The page of safety, shown and filled."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, safety: FakeSafety) -> None:
        self.safety = safety
        self.moved = 0
        self.page = SafetyPage(safety, tasks, self._moved)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 760)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activated()
        qtbot.waitUntil(lambda: self.page.stand is not None)

    def _moved(self) -> None:
        self.moved += 1


@pytest.fixture
def opened(qtbot: QtBot, tasks: Tasks, theme: Theme) -> Opened:
    return Opened(qtbot, tasks, FakeSafety())


def texts(columns: Columns) -> list[list[str]]:
    return [[_text(cell) for cell in cells] for cells in columns.rows]


def _text(cell: QWidget) -> str:
    return cell.text() if isinstance(cell, QLabel | Chip) else ""


def test_backups_are_listed_with_what_each_still_opens(opened: Opened) -> None:
    assert opened.page.backups.age.text() == "Backup made 3 days ago"
    assert texts(opened.page.backups.list) == [
        ["office-3.pdbackup", "2026-11-20 12:00", "4.8 MiB", "3", "Opens"],
        ["office-2.pdbackup", "2026-10-20 12:00", "879 KiB", "2", "Closed"],
    ]


def test_a_backup_is_made_and_the_status_bar_looks_again(qtbot: QtBot, opened: Opened) -> None:
    opened.page.backups.now.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("backup",)])
    qtbot.waitUntil(lambda: "office-4.pdbackup" in opened.page.flash.text())
    assert opened.moved == 1


def test_a_full_disk_is_told_and_the_button_comes_back(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(qtbot, tasks, FakeSafety(full=True))
    opened.page.backups.now.click()

    qtbot.waitUntil(lambda: opened.page.flash.text() == "The disk is full. Nothing was written.")
    assert opened.page.backups.now.isEnabled()


def test_a_folder_for_backups_is_chosen_without_holding_up_the_desk(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    opened.page.begin("backup-folder")
    qtbot.waitUntil(lambda: isinstance(opened.page.chooser, QFileDialog))
    chooser = opened.page.chooser
    assert chooser is not None
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    chooser.fileSelected.emit(str(tmp_path))
    chooser.close()

    qtbot.waitUntil(lambda: opened.safety.done == [("folder", str(tmp_path))])


def test_the_schedule_and_the_keep_rule_are_shown_and_set(qtbot: QtBot, opened: Opened) -> None:
    section = opened.page.backups
    assert section.plan.text() == "By itself every day · kept: 7 daily, 4 weekly, 12 monthly"
    section.change.click()
    dialog = opened.page.dialog
    assert isinstance(dialog, ScheduleDialog)
    dialog.every_box.setValue(3)
    dialog.kept_boxes[0].setValue(5)
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("schedule", "3", "5")])
    qtbot.waitUntil(
        lambda: section.plan.text().startswith("By itself every 3 days · kept: 5 daily")
    )


def test_a_backup_that_failed_is_told_where_backups_are(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    failed = replace(STAND, failed_on=date(2026, 11, 22), folder_absent=True)
    opened = Opened(qtbot, tasks, FakeSafety(failed))
    assert "was not there on 2026-11-22" in opened.page.backups.failed.sentence.text()
    assert not opened.page.backups.failed.isHidden()
    fine = Opened(qtbot, tasks, FakeSafety())
    assert fine.page.backups.failed.isHidden()


def test_replaced_copies_are_folded_away_until_one_asks(opened: Opened) -> None:
    shown = [row[0] for row in texts(opened.page.custody.list)]
    assert shown == ["C-3", "C-2"]

    opened.page.custody.more.click()

    assert [row[0] for row in texts(opened.page.custody.list)] == ["C-3", "C-2", "C-1"]


def test_a_copy_without_a_place_says_where_the_one_before_lay(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    new = replace(STAND.copies[0], place="", replaces="C-2")
    opened = Opened(qtbot, tasks, FakeSafety(replace(STAND, copies=(new, *STAND.copies[1:]))))

    assert texts(opened.page.custody.list)[0][2] == "where C-2 lay"


def test_a_further_copy_asks_where_it_is_written_and_kept(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    opened.page.custody.issue.click()
    dialog = opened.page.dialog
    assert isinstance(dialog, IssueDialog)
    dialog.go.click()
    assert dialog.target.error.text()
    assert dialog.place.error.text()

    dialog.target.set_path(str(tmp_path / "copy.key"))
    dialog.place_line.setText("재무팀 금고")
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("issue", "copy.key", "재무팀 금고")])


def test_a_copy_in_custody_is_confirmed_with_its_place(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_confirm(STAND.copies[0])
    dialog = opened.page.dialog
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.place_line.text() == "법무팀 금고"
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("confirm", "C-3", "", "법무팀 금고")])


def test_a_copy_of_an_older_epoch_is_confirmed_as_destroyed_by_somebody(
    qtbot: QtBot, opened: Opened
) -> None:
    opened.page.custody.buttons["C-2"][0].click()
    dialog = opened.page.dialog
    assert isinstance(dialog, DestroyedDialog)
    assert dialog.heading.text() == "Was C-2 destroyed?"
    dialog.go.click()
    assert dialog.by.error.text() == "Write the name."

    dialog.by_line.setText("Bora Muster")
    dialog.go.click()

    day = office_date(STAND.now).isoformat()
    qtbot.waitUntil(lambda: opened.safety.done == [("destroyed", "C-2", "Bora Muster", day)])


def test_a_loss_needs_a_reason(qtbot: QtBot, opened: Opened) -> None:
    opened.page.ask_lost(STAND.copies[0])
    dialog = opened.page.dialog
    assert isinstance(dialog, LostDialog)
    dialog.go.click()
    assert dialog.reason.error.text() == "Write what happened."

    dialog.reason_line.setText("The safe was moved.")
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("lost", "C-3", "The safe was moved.")])


def test_a_declared_loss_waits_for_another_officer(qtbot: QtBot, opened: Opened) -> None:
    first, *others = STAND.copies
    waits = replace(first, declared_by="Bora Muster", why_lost="The safe was moved.", waits=True)
    opened.safety.now = replace(STAND, copies=(waits, *others))
    opened.page.refresh()
    shown = opened.page.custody.buttons
    qtbot.waitUntil(lambda: "too" in shown["C-3"][1].text())
    shown["C-3"][1].click()
    dialog = opened.page.dialog
    assert isinstance(dialog, LostDialog)
    assert "Bora Muster declared C-3 lost: The safe was moved." in dialog.why.text()
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("lost", "C-3", "")])


def test_who_declared_a_loss_cannot_agree_to_it(qtbot: QtBot, opened: Opened) -> None:
    first, *others = STAND.copies
    mine = replace(first, declared_by="Alice Example", waits=True, mine=True)
    opened.safety.now = replace(STAND, copies=(mine, *others))
    opened.page.refresh()
    shown = opened.page.custody.buttons
    qtbot.waitUntil(lambda: "too" in shown["C-3"][1].text())
    assert not shown["C-3"][1].isEnabled()


def test_the_secret_is_changed_as_long_work_with_a_point_of_no_return(
    qtbot: QtBot, tasks: Tasks, opened: Opened, tmp_path: Path
) -> None:
    works: list[LongWork] = []
    tasks.long_started.connect(works.append)
    opened.page.begin("roll")
    qtbot.waitUntil(lambda: isinstance(opened.page.dialog, RollDialog))
    dialog = opened.page.dialog
    assert isinstance(dialog, RollDialog)
    dialog.target.set_path(str(tmp_path / "new.key"))
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done == [("roll", "new.key")])
    qtbot.waitUntil(lambda: opened.page.secret.epoch.text() == "Epoch 4")
    assert "Put C-4 where C-3 lay. Destroy C-3, and confirm it." in opened.page.flash.text()
    assert works[0].title == "Changing the epoch secret"
    assert not works[0].progress.stand.stoppable


def test_an_unfinished_change_is_said_in_red(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    opened = Opened(qtbot, tasks, FakeSafety(now=replace(STAND, waiting="destroyed")))

    assert not opened.page.secret.waiting.isHidden()
    assert "older copies" in opened.page.secret.waiting.sentence.text()


def test_holders_with_the_old_secret_are_named(opened: Opened) -> None:
    found = texts(opened.page.secret.list)

    assert [(row[0], row[4]) for row in found] == [
        ("seoyeon", "This account"),
        ("doyun", "Has the old secret"),
    ]


def test_leaving_the_folder_out_of_other_backups_is_recorded(qtbot: QtBot, opened: Opened) -> None:
    opened.page.secret.exclude.click()

    qtbot.waitUntil(lambda: "2026-11-23" in opened.page.secret.rule.text())
    assert opened.page.secret.exclude.isHidden()


def test_a_whole_journal_gives_one_sentence(qtbot: QtBot, opened: Opened) -> None:
    assert opened.page.journal.result.text() == "1,204 entries"

    opened.page.journal.check.click()

    sentence = "The journal is whole: 1,204 entries, 310 signatures."
    qtbot.waitUntil(lambda: opened.page.journal.result.text() == sentence)


def test_faults_of_the_journal_are_named_by_entry(qtbot: QtBot, tasks: Tasks, theme: Theme) -> None:
    faulty = JournalCheck(1204, 310, ("Entry 17: it was altered",))
    opened = Opened(qtbot, tasks, FakeSafety(found=faulty))

    opened.page.journal.check.click()

    qtbot.waitUntil(lambda: opened.page.journal.faults.text() == "Entry 17: it was altered")
    assert opened.page.journal.result.text().startswith("The journal does not fit.")


def test_harmed_papers_are_named_beside_a_whole_journal(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    names = tuple(f"D1-2026-{n:04d} (missing)" for n in range(1, 8))
    opened = Opened(qtbot, tasks, FakeSafety(found=JournalCheck(5, 2, damaged=names)))

    opened.page.journal.check.click()

    qtbot.waitUntil(
        lambda: opened.page.journal.faults.text() == "\n".join([*names[:5], "and 2 more"])
    )
    assert opened.page.journal.faults.isVisible()
    assert "Papers or evidence" in opened.page.journal.result.text()


def test_a_backup_that_lacks_something_stays_told_and_counts(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(qtbot, tasks, FakeSafety(full=True))
    opened.page.backups.now.click()

    qtbot.waitUntil(lambda: opened.moved == 1)
    assert not opened.page.flash._timer.isActive()


def test_a_checkpoint_that_the_journal_does_not_hold_is_said(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(
        qtbot, tasks, FakeSafety(found=JournalCheck(5, 2, (), False, missing="Entry 6"))
    )
    opened.page.journal.checkpoint_line.setText("privdesk checkpoint")

    opened.page.journal.check.click()

    qtbot.waitUntil(lambda: "does not hold the checkpoint" in opened.page.journal.result.text())
    assert opened.page.journal.faults.text() == "Entry 6"
    assert opened.safety.done == [("check", "privdesk checkpoint")]


def test_who_may_change_nothing_can_still_check_the_journal(
    qtbot: QtBot, tasks: Tasks, theme: Theme
) -> None:
    opened = Opened(qtbot, tasks, FakeSafety(now=replace(STAND, may_change=False)))
    page = opened.page

    hidden = (page.backups.now, page.backups.choose, page.custody.issue, page.secret.change)
    assert all(control.isHidden() for control in hidden)
    assert not page.custody.buttons
    page.begin("roll")
    page.journal.check.click()

    qtbot.waitUntil(lambda: page.journal.result.text().startswith("The journal is whole"))
    assert page.dialog is None


@pytest.mark.parametrize(
    ("count", "text"),
    [(900, "1 KiB"), (900_000, "879 KiB"), (5_000_000, "4.8 MiB"), (3 << 30, "3.0 GiB")],
)
def test_sizes_are_said_as_people_say_them(count: int, text: str) -> None:
    assert size(count) == text


def test_a_lost_computer_is_declared_with_what_happened(qtbot: QtBot, opened: Opened) -> None:
    opened.page.secret.losers["doyun@desk-2"].click()
    dialog = opened.page.dialog
    assert isinstance(dialog, AccountLostDialog)
    dialog.go.click()
    assert opened.safety.done == []
    dialog.reason_line.setText("left in a taxi")
    dialog.go.click()

    qtbot.waitUntil(lambda: opened.safety.done != [])
    assert opened.safety.done == [("lose-account", "doyun@desk-2", "left in a taxi")]
    said = "You declared doyun@desk-2 lost. It waits for a second officer."
    qtbot.waitUntil(lambda: opened.page.flash.text() == said)


def test_this_computer_gives_the_secret_up_and_the_desk_locks(
    qtbot: QtBot, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[bool] = []
    monkeypatch.setattr(opened.page, "_lock", lambda: locked.append(True))
    opened.page.secret.losers["seoyeon@desk-1"].click()
    dialog = opened.page.dialog
    assert isinstance(dialog, RetireDialog)
    dialog.go.click()

    qtbot.waitUntil(lambda: locked == [True])
    assert opened.safety.done == [("retire",)]
