"""From the start page: a backup becomes a vault again, by each of the three ways."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest

from privdesk.core import references
from privdesk.core.register import Query
from privdesk.flows import rolling
from privdesk.flows.opening import INDEXING, open_desk
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from privdesk.ui.restoring.approval import ApprovalPage
from privdesk.ui.restoring.page import RestorePage
from privdesk.ui.restoring.ports import DECLARED, LIVING, PLAIN
from privdesk.ui.shell import Shell
from privdesk.ui.unlock import UnlockPage
from privdesk.vault.epoch import EpochStore
from privdesk.vault.opening import look
from privdesk.window.opener import VaultOpener
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND
from tests.window.rooms import WHO, Room


@dataclass(frozen=True)
class Kept:
    """A backup of the office, and what is left beside it."""

    backup: Path
    office: Path
    custody: Path  # of the backup's epoch
    target: Path
    person: str


@pytest.fixture
def kept(office: Path, tmp_path: Path) -> Kept:
    desk = open_desk(office, *WHO["officer"])
    file = tmp_path / "office-20261120-030000-auto.pdbackup"
    rolling.backup_desk(desk, file)
    (person,) = desk.service("subjects").find(Query())
    desk.vault.close()
    target = tmp_path / "again" / "office.privdesk"
    target.parent.mkdir()
    return Kept(file, office, tmp_path / "out" / "custody.key", target, person.ref)


def rolled(kept: Kept, tmp_path: Path) -> None:
    """Change the secret: the backup does not open by itself any more."""
    desk = open_desk(kept.office, *WHO["officer"])
    rolling.run(desk, tmp_path / "out" / "next.key")
    desk.vault.close()


def page_for(room: Room, kept: Kept) -> RestorePage:
    start = room.session.show_start()
    start.restore.click()
    page = room.page
    assert isinstance(page, RestorePage)
    page.take_file(str(kept.backup))
    room.waited(lambda: page.found is not None)
    page.folder.set_path(str(kept.target))
    return page


def go(page: RestorePage, name: str = ALICE, passphrase: str = PASSPHRASE) -> None:
    at = page.who.findData(name)
    assert at >= 0
    page.who.setCurrentIndex(at)
    page.line.setText(passphrase)
    page.submit()


def unlocked(room: Room, name: str, passphrase: str) -> None:
    room.waited(lambda: isinstance(room.page, UnlockPage), timeout=30_000)
    page = room.page
    page.who.setCurrentIndex(page.who.findData(name))
    page.line.setText(passphrase)
    page.submit()
    room.settle()


def people(desk: Desk) -> list[str]:
    return [row.ref for row in desk.service("subjects").find(Query(where={"state": "living"}))]


def test_a_backup_of_the_present_secret_opens_as_it_is(room: Room, kept: Kept) -> None:
    page = page_for(room, kept)
    assert page.ways.way == PLAIN
    assert "Haneul Parcel" in page.about.text()
    assert page.found is not None
    assert page.found.folder.name == "Haneul Parcel.privdesk"

    go(page)

    unlocked(room, ALICE, PASSPHRASE)
    room.waited(lambda: isinstance(room.page, Shell))
    assert room.desk.vault.folder == kept.target
    assert people(room.desk) == [kept.person]


def test_it_shows_that_it_moves_and_cancel_leaves_nothing(
    room: Room, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work waits at one place until the screen has been looked at."""
    page = page_for(room, kept)
    assert page.work.isHidden()
    held, go_on = Event(), Event()

    def slow(*_args: object, progress: Progress, **_told: object) -> Desk:
        progress.stage(INDEXING, 1000)
        progress.at(370)
        held.set()
        assert go_on.wait(20)
        progress.check()
        raise AssertionError

    monkeypatch.setattr("privdesk.flows.opening.open_desk", slow)
    go(page)
    room.waited(held.is_set)
    (line,) = page.work.lines
    room.waited(lambda: line.share.text() == "37%")
    assert line.stage.text() == INDEXING
    assert page.go.isHidden()
    assert page.back.isHidden()
    assert not page.leave()

    line.cancel.click()
    go_on.set()
    room.waited(lambda: not page.notice.isHidden())
    assert "Nothing was changed" in page.notice.sentence.text()
    assert page.work.isHidden()
    assert not page.go.isHidden()
    assert list(kept.target.parent.iterdir()) == []


def test_an_older_one_takes_its_keys_from_the_vault_in_use(
    room: Room, kept: Kept, tmp_path: Path
) -> None:
    rolled(kept, tmp_path)
    page = page_for(room, kept)
    assert page.ways.way == LIVING
    assert not page.ways.buttons[PLAIN].isEnabled()
    go(page)
    assert page.live.error.text()

    page.take_live(str(kept.office))
    room.settle()
    go(page)

    unlocked(room, ALICE, PASSPHRASE)
    room.waited(lambda: isinstance(room.page, Shell))
    assert room.desk.vault.meta("epoch") == "2"


def test_a_wrong_passphrase_or_a_taken_folder_is_a_sentence_and_leaves_nothing(
    room: Room, kept: Kept
) -> None:
    page = page_for(room, kept)
    go(page, passphrase="violet harbour lantern 28")
    room.waited(lambda: not page.notice.isHidden())
    assert ALICE in page.notice.sentence.text()
    assert list(kept.target.parent.iterdir()) == []

    page.folder.set_path(str(kept.office))
    go(page)
    room.waited(lambda: "already" in page.notice.sentence.text())
    assert page.go.isEnabled()


def test_what_is_no_backup_is_told_at_the_field(room: Room, kept: Kept) -> None:
    room.session.show_restore()
    page = room.page
    page.take_file(str(kept.custody))
    room.waited(lambda: "no backup" in page.file.error.text())
    page.cancelled.emit()
    assert not isinstance(room.page, RestorePage)


def burnt_down(kept: Kept) -> None:
    """Lose the office's PC: neither the vault nor the account's secret is left."""
    folder = EpochStore(look(kept.office).vault).folder
    shutil.rmtree(kept.office)
    shutil.rmtree(folder)


def declared(room: Room, kept: Kept) -> None:
    """Declare a restore as the first officer and go on to the unlock page."""
    page = page_for(room, kept)
    assert page.ways.way == DECLARED
    page.custody.set_value(str(kept.custody))
    go(page)
    room.waited(lambda: isinstance(room.page, UnlockPage), timeout=30_000)


def test_with_a_custody_copy_alone_the_second_officer_approves_it_in_the_window(
    room: Room, kept: Kept, tmp_path: Path
) -> None:
    burnt_down(kept)
    declared(room, kept)
    unlocked(room, ALICE, PASSPHRASE)
    first = room.page
    assert isinstance(first, UnlockPage)
    room.waited(lambda: not first.notice.isHidden())
    assert "another officer approves it" in first.sentence.text()

    unlocked(room, BORA, SECOND)
    room.waited(lambda: isinstance(room.page, ApprovalPage))
    page = room.page
    assert ALICE in page.why.text()
    paper = tmp_path / "certificate.txt"
    paper.write_text(f"Destroyed: {kept.person}, and the phone 010-1234-5678\n")
    page.take_paper(str(paper))
    room.waited(lambda: page.people.toPlainText() == kept.person)
    page.number_line.setText("D1-2026-0007")
    page.custody.set_path(str(tmp_path / "out" / "new.key"))
    page.submit()

    room.waited(lambda: isinstance(room.page, Shell), timeout=30_000)
    room.settle()
    assert people(room.desk) == []
    sql = "SELECT certificate FROM subjects WHERE state = 'destroyed'"
    assert room.desk.vault.raw.execute(sql).fetchall() == [("D1-2026-0007",)]
    assert room.desk.vault.meta("roll") == "done"
    assert (tmp_path / "out" / "new.key").exists()


def test_at_another_workstation_she_types_the_custody_copy_again(
    room: Room, kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    burnt_down(kept)
    declared(room, kept)
    monkeypatch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path / "another"))
    unlocked(room, BORA, SECOND)
    unlock = room.page
    assert isinstance(unlock, UnlockPage)
    room.waited(lambda: "it was restored with" in unlock.sentence.text())

    VaultOpener(kept.target).receive(str(kept.custody), BORA, SECOND)
    unlocked(room, BORA, SECOND)
    room.waited(lambda: isinstance(room.page, ApprovalPage))
    room.page.submit()
    assert "certificates issued since" in room.page.notice.sentence.text()
    room.page.nobody.setChecked(True)
    room.page.submit()
    room.waited(lambda: isinstance(room.page, Shell), timeout=30_000)
    room.settle()
    assert people(room.desk) == [kept.person]


def test_a_misread_number_approves_nothing_and_one_may_come_back_later(
    room: Room, kept: Kept
) -> None:
    burnt_down(kept)
    declared(room, kept)
    unlocked(room, BORA, SECOND)
    room.waited(lambda: isinstance(room.page, ApprovalPage))
    page = room.page
    wrong = kept.person[:-1] + str((int(kept.person[-1]) + 1) % 10)
    page.people.setPlainText(wrong)
    page.submit()
    room.waited(lambda: "misread" in page.notice.sentence.text())
    page.people.setPlainText(references.make("S", 999_999))
    page.submit()
    room.waited(lambda: "somebody in this backup" in page.notice.sentence.text())

    page.back.click()
    unlocked(room, BORA, SECOND)
    room.waited(lambda: isinstance(room.page, ApprovalPage))
    assert people(room.desk) == [kept.person]
