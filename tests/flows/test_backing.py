"""Backups by themselves, the keep-rule, and folders that are not there."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import ForbiddenError, UsageError
from privdesk.core.system import StorageError
from privdesk.flows import attached, backing, custody, destruction, keeprule, rolling
from privdesk.flows.backing import Schedule, ScheduleError
from privdesk.flows.keeprule import KeepRule, Stored
from privdesk.flows.targets import BackupFolderMissingError
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import attachments, payloads, roll
from tests.copies import MANAGER, switch_to
from tests.desks import NOON

DAY = timedelta(days=1)


def on(desk: Desk, days: float) -> Desk:
    """Go on with the same desk some days later."""
    desk.clock = FixedClock(NOON + DAY * days)
    return desk


@pytest.fixture
def drive(filled: Desk, tmp_path: Path) -> Path:
    """Return the folder that the office chose for its backups."""
    folder = tmp_path / "drive"
    folder.mkdir()
    backing.choose_folder(filled, str(folder))
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".txt")


def back_up(desk: Desk, days: float) -> Path:
    return backing.back_up(on(desk, days), Progress()).made.path


# -- which are kept


def stored(*days: str, epoch: int = 1) -> list[Stored]:
    return [
        Stored(n, datetime.fromisoformat(f"{day}T03:00:00+00:00"), epoch)
        for n, day in enumerate(days, 1)
    ]


def kept(found: list[Stored], rule: KeepRule, epoch: int = 1) -> set[int]:
    return {one.number for one in found} - {
        one.number for one in keeprule.spare(found, rule, epoch)
    }


def test_the_newest_of_each_day_week_and_month_is_kept() -> None:
    found = stored(
        *("2026-09-01", "2026-09-30", "2026-10-30"),  # months
        *("2026-11-09", "2026-11-15", "2026-11-16"),  # two weeks
        *("2026-11-19", "2026-11-20", "2026-11-21", "2026-11-21"),
    )

    assert kept(found, KeepRule(2, 0, 0)) == {8, 10}
    assert kept(found, KeepRule(0, 2, 0)) == {5, 10}
    assert kept(found, KeepRule(0, 0, 3)) == {2, 3, 10}
    assert kept(found, KeepRule(2, 2, 3)) == {2, 3, 5, 8, 10}


def test_the_newest_and_the_only_one_of_the_present_epoch_always_stay() -> None:
    assert kept(stored("2026-11-01", "2026-11-02"), KeepRule(0, 0, 0)) == {2}
    old = stored("2026-11-20", "2026-11-21", epoch=1)
    present = [Stored(9, datetime(2026, 11, 1, tzinfo=UTC), 2)]
    assert kept([*old, *present], KeepRule(1, 0, 0), 2) == {2, 9}


def test_a_day_is_the_offices_day() -> None:
    """15:30 UTC is the next day in Seoul."""
    late = [
        Stored(1, datetime(2026, 11, 20, 14, 30, tzinfo=UTC), 1),
        Stored(2, datetime(2026, 11, 20, 15, 30, tzinfo=UTC), 1),
    ]
    assert kept(late, KeepRule(2, 0, 0)) == {1, 2}


@pytest.mark.parametrize("told", ["", "7", "7,4", "7,4,x", "-1,4,1", "0,0,0", "1,2,3,4", "٣,1,1"])
def test_what_is_no_keep_rule_is_refused(told: str) -> None:
    with pytest.raises(UsageError):
        keeprule.read(told)


def test_older_ones_are_removed_and_nothing_else_ever(filled: Desk, drive: Path) -> None:
    backing.set_schedule(filled, Schedule(1, KeepRule(2, 0, 0)))
    first, second = back_up(filled, 0), back_up(filled, 1)
    mine = rolling.backup_desk(filled, drive / "office-by-hand.pdbackup").path
    strange = drive / first.name.replace("manual", "roll")
    strange.write_bytes(first.read_bytes())  # as another vault of that name would leave it
    spoilt = bytearray(second.read_bytes())
    spoilt[100] ^= 1
    second.write_bytes(spoilt)  # of the same size, and yet not what was written

    third, fourth = back_up(filled, 2), back_up(filled, 3)

    assert not first.exists()
    assert {third, fourth, mine, strange, second} == set(drive.glob("*.pdbackup"))
    (entry,) = [e for e in filled.journal.newest(50) if e.action == "vault.backup_removed"]
    assert filled.journal.details(entry)["files"] == first.name


def test_a_named_file_is_left_alone_until_a_rule_is_given_with_it(
    filled: Desk, tmp_path: Path
) -> None:
    files = [tmp_path / "safe" / f"b{n}.pdbackup" for n in range(4)]
    files[0].parent.mkdir()
    rule = KeepRule(1, 0, 0)
    backing.back_up(on(filled, 0), Progress(), files[0])
    backing.back_up(on(filled, 1), Progress(), files[1], keep=rule)
    backing.back_up(on(filled, 2), Progress(), files[2])
    done = backing.back_up(on(filled, 3), Progress(), files[3], keep=rule)

    assert done.removed == ("b1.pdbackup",)
    assert [file.exists() for file in files] == [True, False, True, True]


def test_the_only_one_of_the_present_epoch_outlives_newer_ones_of_none(
    filled: Desk, drive: Path, key: Path
) -> None:
    backing.set_schedule(filled, Schedule(1, KeepRule(1, 0, 0)))
    old = back_up(filled, 0)
    rolling.run(on(filled, 1), key)
    assert old.exists()  # a roll removes nothing

    back_up(filled, 2)
    assert not old.exists()
    assert len(names(drive)) == 1


def test_no_older_one_goes_while_papers_are_damaged(filled: Desk, drive: Path) -> None:
    backing.set_schedule(filled, Schedule(1, KeepRule(1, 0, 0)))
    first = back_up(filled, 0)
    with filled.vault.transaction():
        (number,) = filled.vault.new_ids()
        filled.vault.payloads.put(payloads.OFFICE, number, {1: "a paper"})
        name = attachments.store(filled.vault, payloads.OFFICE, number, b"scan", "text/plain")
    (filled.vault.folder / "attachments" / name).unlink()

    with pytest.raises(attached.BackupLacksError):
        back_up(filled, 1)
    assert first.exists()


# -- when one is due


def test_one_is_due_when_the_newest_is_as_old_as_the_office_allows(
    filled: Desk, drive: Path
) -> None:
    assert backing.due(filled)  # the folder is chosen, and there is none yet
    back_up(filled, 0)
    assert not backing.due(on(filled, 0.4))
    assert backing.due(on(filled, 1))
    backing.set_schedule(filled, Schedule(3))
    assert [backing.due(on(filled, n)) for n in (2, 3)] == [False, True]


def test_the_first_one_is_left_to_the_set_up_list(filled: Desk) -> None:
    assert not backing.due(filled)


def test_one_of_a_former_epoch_counts_for_nothing(filled: Desk, drive: Path, key: Path) -> None:
    back_up(filled, 0)
    with filled.vault.transaction():
        filled.vault.raw.execute("UPDATE backups SET epoch = 0")
    assert backing.due(filled)


def test_neither_a_manager_nor_an_unfinished_roll_backs_up(filled: Desk, drive: Path) -> None:
    with filled.vault.transaction():
        roll.mark_pending(filled.vault)
    assert not backing.due(filled)
    with pytest.raises(custody.RollUnfinishedError):
        back_up(filled, 0)
    with filled.vault.transaction():
        filled.vault.set_meta("roll", "done")
    desk = switch_to(filled, MANAGER)
    assert not backing.due(desk)
    with pytest.raises(ForbiddenError):
        back_up(desk, 0)
    with pytest.raises(ForbiddenError):
        backing.set_schedule(desk, Schedule(2))
    desk.vault.close()


@pytest.mark.parametrize("new", [Schedule(0), Schedule(91), Schedule(1, KeepRule(0, 0, 0))])
def test_an_odd_schedule_is_refused(filled: Desk, new: Schedule) -> None:
    with pytest.raises(ScheduleError):
        backing.set_schedule(filled, new)
    assert backing.schedule(filled) == Schedule()


# -- a drive that is absent, and one that fails


def told(desk: Desk) -> list[str]:
    return [f.what_text() for f in safety.judge(desk) if "ackup" in f.what_text()]


def test_an_absent_drive_is_a_sentence_and_a_finding_and_nothing_takes_its_place(
    filled: Desk, drive: Path
) -> None:
    away = drive.rename(drive.with_name("away"))
    assert not backing.ready(filled)
    assert not backing.ready(filled)  # and is written down once
    with pytest.raises(BackupFolderMissingError, match="connect its drive"):
        back_up(filled, 0)

    assert not drive.exists()
    assert told(filled) == [
        f"The folder for backups, {drive}, was not there on 2026-11-23: no backup could be made."
    ]
    actions = [e.action for e in filled.journal.newest(50)]
    assert actions.count("vault.backup_failed") == 1

    away.rename(drive)
    assert backing.ready(filled)
    backing.by_itself(filled, Progress())
    assert told(filled) == []


def test_another_folder_ends_the_finding(filled: Desk, drive: Path, tmp_path: Path) -> None:
    shutil.rmtree(drive)
    assert not backing.ready(filled)
    (tmp_path / "other").mkdir()
    backing.choose_folder(filled, str(tmp_path / "other"))
    assert told(filled) == []


def test_nothing_is_destroyed_or_rolled_without_the_drive(
    filled: Desk, drive: Path, key: Path
) -> None:
    shutil.rmtree(drive)
    with pytest.raises(BackupFolderMissingError):
        rolling.run(filled, key)
    assert filled.vault.meta("roll") in (None, "done")
    with pytest.raises(BackupFolderMissingError):
        destruction.execute(filled, "X-000001-3", key)


def test_a_disk_that_fails_is_written_down(
    filled: Desk, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        with pytest.raises(StorageError):
            backing.by_itself(filled, Progress())
    assert names(drive) == []
    assert told(filled) == [f"On 2026-11-23 a backup could not be written to {drive}."]


def test_closing_goes_on_whatever_becomes_of_the_backup(filled: Desk, drive: Path) -> None:
    away = drive.rename(drive.with_name("away"))
    backing.at_the_end(filled, Progress())
    away.rename(drive)
    backing.at_the_end(filled, Progress())
    backing.at_the_end(filled, Progress())
    assert len(names(drive)) == 1
    assert "-auto" in names(drive)[0]


# -- cancel


class StopAt(Progress):
    """Somebody presses Cancel when so many hundredths are done."""

    def __init__(self, share: int) -> None:
        super().__init__()
        self.share = share

    def at(self, done: int) -> None:
        if done >= self.share:
            self.stop()
        super().at(done)


@pytest.mark.parametrize("share", [0, 10, 30, 60, 90, 95])
def test_a_cancelled_backup_leaves_nothing(filled: Desk, drive: Path, share: int) -> None:
    size = filled.journal.frontier().size
    with pytest.raises(Cancelled):
        backing.back_up(filled, StopAt(share))
    assert names(drive) == []
    assert filled.journal.frontier().size == size
    assert back_up(filled, 0).exists()


def test_it_moves_at_every_step_also_while_sealed_files_are_opened(
    filled: Desk, drive: Path
) -> None:
    with filled.change() as change:
        for _n in range(3):
            attachments.store(filled.vault, payloads.OFFICE, 1, bytes(80_000), "image/png")
        change.note("evidence.attached", "subjects", 1)
    told: list[float] = []
    rolling.backup_desk(filled, drive / "b.pdbackup", told.append)

    assert told == sorted(told)
    opened = {share for share in told if 0.3 < share < 0.6}
    assert len(opened) == 2  # and the third ends the step


def test_a_cancelled_first_backup_leaves_no_folder_beside_the_vault(filled: Desk) -> None:
    before = names(filled.vault.folder.parent)
    with pytest.raises(Cancelled):
        backing.back_up(filled, StopAt(30))
    assert names(filled.vault.folder.parent) == before


def test_short_reads_are_let_in_while_it_is_written(filled: Desk, drive: Path) -> None:
    seen: list[int] = []

    def read() -> None:
        with filled.vault.reading():
            sql = "SELECT count(*) FROM subjects"
            seen.append(filled.vault.raw.execute(sql).fetchone()[0])

    backing.back_up(filled, Progress(read))
    assert len(seen) > 4
    assert len(set(seen)) == 1
