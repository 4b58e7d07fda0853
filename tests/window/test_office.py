"""People, safety and rules of the office over a real vault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.calendar import OutsideCalendarError
from privdesk.core.clock import FixedClock
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.flows import issuing
from privdesk.flows.attached import BackupLacksError
from privdesk.flows.opening import open_desk
from privdesk.flows.people import OwnRoleError
from privdesk.registers.desk import Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.ui.office.ports import CalendarRules, CompanyProfile
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import roll
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import WrongPassphraseError
from privdesk.window.membership import VaultPeople
from privdesk.window.office import OfficeDesk, VaultSafety
from tests.desks import ALICE, BORA, NOON, SECOND
from tests.window.rooms import PURPOSE, WHO

NEW = "amber window ladder 74"


class Seat:
    """One desk at a time over the office's vault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._desk: Desk | None = None

    def sit(self, role: str = "officer") -> Desk:
        """Open the vault as somebody of a role."""
        return self.open(*WHO[role])

    def open(self, name: str, passphrase: str) -> Desk:
        """Open the vault; whoever sat here before leaves."""
        self.leave()
        self._desk = open_desk(self.folder, name, passphrase, FixedClock(NOON))
        return self._desk

    def leave(self) -> None:
        """Close the vault."""
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.vault.close()


@pytest.fixture
def seat(office: Path) -> Iterator[Seat]:
    made = Seat(office)
    yield made
    made.leave()


# -- people


def test_an_officer_manages_everybody_but_oneself(seat: Seat) -> None:
    known = VaultPeople(seat.sit()).members()

    others = {name for role, (name, _passphrase) in WHO.items() if role != "officer"}
    assert {one.name for one in known.members if one.managed} == {BORA, *others}
    assert [one.name for one in known.members if one.mine] == [ALICE]


def test_an_administrator_manages_everybody_but_officers(seat: Seat) -> None:
    hands = VaultPeople(seat.sit("administrator"), FLOOR)
    known = hands.members()

    assert "officer" not in known.may_give
    assert not any(one.managed for one in known.members if one.role == "officer")
    with pytest.raises(ForbiddenError):
        hands.add("Cora Beispiel", "officer", NEW)
    with pytest.raises(ForbiddenError):
        hands.remove(BORA)
    hands.add("Cora Beispiel", "manager", NEW)
    assert "Cora Beispiel" in [one.name for one in hands.members().members]


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_others_change_nothing_but_their_own_passphrase(seat: Seat, role: str) -> None:
    hands = VaultPeople(seat.sit(role), FLOOR)
    assert not hands.members().may_give
    with pytest.raises(ForbiddenError):
        hands.add("Cora Beispiel", "manager", NEW)
    with pytest.raises(WrongPassphraseError):
        hands.own_passphrase(NEW, NEW)

    hands.own_passphrase(WHO[role][1], NEW)

    assert seat.open(WHO[role][0], NEW).vault.role == role


def test_who_was_removed_is_listed_as_a_former_person(seat: Seat) -> None:
    desk = seat.sit()
    hands = VaultPeople(desk, FLOOR)

    hands.remove("Mina Muster")

    (former,) = [one for one in hands.members().members if one.former]
    assert (former.name, former.managed) == ("Mina Muster", False)
    assert VaultSafety(desk).stand().waiting == "removed"


def test_a_reset_passphrase_leaves_no_double(seat: Seat) -> None:
    hands = VaultPeople(seat.sit(), FLOOR)

    hands.new_passphrase("Mina Muster", NEW)

    assert [one.name for one in hands.members().members].count("Mina Muster") == 1


def test_nobody_demotes_or_removes_themselves(seat: Seat) -> None:
    hands = VaultPeople(seat.sit(), FLOOR)

    with pytest.raises(OwnRoleError):
        hands.remove(ALICE)
    with pytest.raises(OwnRoleError):
        hands.change_role(ALICE, "manager")


# -- safety


def test_a_change_of_the_secret_ends_with_backup_and_custody_copy(
    seat: Seat, tmp_path: Path
) -> None:
    desk = seat.sit()
    safety, progress = VaultSafety(desk), Progress()

    done = safety.change_secret(tmp_path / "new.key", progress)

    stand = safety.stand()
    assert (done.epoch, done.custody, stand.epoch) == (2, "C-2", 2)
    assert (done.replaces, stand.copies[0].replaces) == ("C-1", "C-1")
    assert (stand.copies[0].number, stand.copies[0].state) == ("C-2", "held")
    assert [backup.opens for backup in stand.backups] == [True]
    assert stand.rolled_at is not None
    assert not progress.stand.stoppable
    assert seat.open(BORA, SECOND).vault.role == "officer"


class StoppedAt(Progress):
    """Somebody presses Cancel when this many stages have begun."""

    def __init__(self, stages: int) -> None:
        super().__init__()
        self._left = stages

    def stage(self, name: str, total: int = 0) -> None:
        if self._left == 0:
            self.stop()
        self._left -= 1
        super().stage(name, total)


@pytest.mark.parametrize("stages", [0, 1, 2])
def test_a_change_that_is_stopped_before_the_switch_leaves_everything_as_it_was(
    seat: Seat, tmp_path: Path, stages: int
) -> None:
    desk = seat.sit()
    with pytest.raises(Cancelled):
        VaultSafety(desk).change_secret(tmp_path / "new.key", StoppedAt(stages))

    assert roll.state(desk.vault) == "done"
    assert not list(seat.folder.glob("*.next"))
    assert desk.vault.epochs.next() is None
    desk = seat.sit()
    assert VaultSafety(desk).stand().epoch == 1
    assert VaultSafety(desk).change_secret(tmp_path / "later.key", Progress()).epoch == 2


def test_after_the_switch_cancel_is_not_heard(seat: Seat, tmp_path: Path) -> None:
    done = VaultSafety(seat.sit()).change_secret(tmp_path / "new.key", StoppedAt(3))

    assert done.epoch == 2


def test_a_change_that_a_removal_called_for_cannot_be_stopped(seat: Seat, tmp_path: Path) -> None:
    desk = seat.sit()
    VaultPeople(desk, FLOOR).remove("Mina Muster")

    done = VaultSafety(desk).change_secret(tmp_path / "new.key", StoppedAt(0))

    assert done.epoch == 2
    assert VaultSafety(desk).stand().waiting == ""
    assert seat.open(BORA, SECOND).vault.role == "officer"


def test_custody_copies_are_issued_confirmed_and_lost(seat: Seat, tmp_path: Path) -> None:
    safety = VaultSafety(seat.sit())
    number = safety.issue(tmp_path / "further.key", "Safe of the finance team")
    assert number == "C-2"
    assert safety.confirm(number, tmp_path / "further.key", "") == "held"
    with pytest.raises(DomainError):
        safety.confirm(number, tmp_path / "out" / "kit.pdf", "")

    assert safety.lose(number, "The safe was moved.") == "held"
    waiting = safety.stand().copies[0]
    assert (waiting.waits, waiting.mine, waiting.why_lost) == (True, True, "The safe was moved.")

    second = VaultSafety(seat.open(BORA, SECOND))
    assert not second.stand().copies[0].mine
    assert second.lose(number, "") == "lost"
    assert second.stand().copies[0].state == "lost"
    assert second.stand().waiting == "lost"
    second.change_secret(tmp_path / "new.key", Progress())
    assert second.stand().waiting == ""


def test_the_backup_folder_is_the_offices_and_this_workstations(seat: Seat, tmp_path: Path) -> None:
    told: list[str] = []
    desk = seat.sit()
    safety = VaultSafety(desk, told.append)

    (tmp_path / "safe").mkdir()
    safety.choose_folder(str(tmp_path / "safe"))
    safety.back_up(Progress())

    assert told == [str(tmp_path / "safe")]
    assert len(list((tmp_path / "safe").glob("*.pdbackup"))) == 1
    (done,) = [step.done for step in FindingsService(desk).set_up().steps if step.key == "backup"]
    assert done


@pytest.mark.parametrize("role", ["manager", "auditor", "administrator"])
def test_others_look_and_check_but_change_nothing(seat: Seat, role: str, tmp_path: Path) -> None:
    safety = VaultSafety(seat.sit(role))

    assert not safety.stand().may_change
    assert not safety.check_journal("", Progress()).faults
    with pytest.raises(ForbiddenError):
        safety.back_up(Progress())
    with pytest.raises(ForbiddenError):
        safety.change_secret(tmp_path / "new.key", Progress())
    with pytest.raises(ForbiddenError):
        safety.choose_folder(str(tmp_path))


def test_an_altered_entry_is_found_by_the_check(seat: Seat) -> None:
    desk = seat.sit()
    safety = VaultSafety(desk)
    assert not safety.check_journal("", Progress()).faults

    desk.vault.raw.execute("UPDATE journal SET workstation = 'another' WHERE number = 3")

    assert safety.check_journal("", Progress()).faults[0].startswith("Entry 3:")


def test_a_paper_that_is_missing_is_named_by_the_check_and_after_a_backup(seat: Seat) -> None:
    desk = seat.sit()
    safety = VaultSafety(desk)
    paper = issuing.issue(desk, "d2", None, "en").number
    for path in (desk.vault.folder / "attachments").iterdir():
        path.unlink()

    assert safety.check_journal("", Progress()).damaged == (f"{paper} (missing)",)
    with pytest.raises(BackupLacksError, match=paper):
        safety.back_up(Progress())
    assert len(safety.stand().backups) == 1


# -- rules and profile


def test_rules_are_kept_for_everybody_and_read_where_they_count(seat: Seat) -> None:
    desk = seat.sit()
    office = OfficeDesk(desk)
    office.put("print_days", 12)
    office.put("two_officers", False)
    closures, holidays = {date(2026, 11, 24): "Stocktaking"}, {date(2026, 11, 25): "Election"}
    office.put_calendar(CalendarRules(closures, holidays))

    desk = seat.sit("manager")
    rules = OfficeDesk(desk).rules()
    assert (rules.print_days, rules.two_officers, rules.may_change) == (12, False, False)
    assert desk.calendar.closures == {date(2026, 11, 24): "Stocktaking"}
    assert desk.calendar.next_business_day(date(2026, 11, 23)) == date(2026, 11, 26)
    with pytest.raises(ForbiddenError):
        OfficeDesk(desk).put("two_officers", True)


def test_a_day_is_taken_out_and_one_outside_the_calendar_refused(seat: Seat) -> None:
    office = OfficeDesk(seat.sit())
    day = {date(2026, 12, 24): "Stocktaking"}
    office.put_calendar(CalendarRules(closures=day))
    assert office.calendar(2026).rules.closures == day
    office.put_calendar(CalendarRules())

    assert not office.calendar(2026).rules.closures
    with pytest.raises(OutsideCalendarError):
        office.put_calendar(CalendarRules(closures={date(1900, 1, 1): "Long ago"}))


def test_a_year_tells_its_holidays_with_substitutes(seat: Seat) -> None:
    office = OfficeDesk(seat.sit("manager"))

    stand = office.calendar(2026)

    assert not stand.may_change
    assert stand.public[date(2026, 12, 25)]
    assert date(2026, 3, 2) in stand.public  # 1 March 2026 is a Sunday
    with pytest.raises(OutsideCalendarError):
        office.calendar(2400)


def test_the_profile_settles_its_step_of_the_set_up_list(seat: Seat) -> None:
    desk = seat.sit()
    office = OfficeDesk(desk)
    assert not office.profile().given

    office.put_profile(CompanyProfile(people=50_000, marketing=True, overseas=True))

    assert office.profile().profile == CompanyProfile(people=50_000, marketing=True, overseas=True)
    (done,) = [step.done for step in FindingsService(desk).set_up().steps if step.key == "profile"]
    assert done


def test_a_template_is_entered_once(seat: Seat) -> None:
    office = OfficeDesk(seat.sit())
    first = office.templates()[0]
    assert not first.taken

    assert office.adopt([first.key]) == 1

    assert office.templates()[0].taken
    assert PURPOSE not in [offer.name for offer in office.templates()]
