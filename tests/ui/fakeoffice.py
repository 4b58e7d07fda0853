"""Hand-written hands for the pages of the office: they keep what they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.fields import Choice
from privdesk.ui.office.ports import (
    Backup,
    BackupSchedule,
    CalendarRules,
    CalendarStand,
    Changed,
    CompanyProfile,
    CustodyCopy,
    Holder,
    JournalCheck,
    Member,
    Membership,
    MovedDay,
    Offer,
    OfficeRules,
    ProfileStand,
    SafetyStand,
)
from privdesk.ui.progress import Progress

PASSPHRASE = "twelve herons over the quiet delta"
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


class LastOneError(DomainError):
    """{name} is the last officer. Nothing was changed; enrol another officer first."""


class WrongOneError(DomainError):
    """The passphrase does not fit. Nothing was changed."""


class NoRoomError(DomainError):
    """The disk is full. Nothing was written."""


class OutsideError(DomainError):
    """The date {day} lies outside the calendar."""


class FakePeople:
    """Three people; a wrong present passphrase and the last officer are refused."""

    def __init__(self, may_give: Sequence[str] = ("officer", "manager")) -> None:
        self.may_give = tuple(may_give)
        self.people = {"김서연": "officer", "이도윤": "officer", "박지훈": "manager"}
        self.gone: dict[str, str] = {}
        self.passphrases: dict[str, str] = {}
        self.kits: list[Path] = []

    def members(self) -> Membership:
        shown = [
            Member(name, role, name == "김서연", managed=role in self.may_give and name != "김서연")
            for name, role in self.people.items()
        ]
        former = [Member(name, role, former=True) for name, role in self.gone.items()]
        return Membership((*shown, *former), self.may_give)

    def add(self, name: str, role: str, passphrase: str) -> None:
        self.people[name] = role
        self.passphrases[name] = passphrase

    def change_role(self, name: str, role: str) -> None:
        self.people[name] = role

    def remove(self, name: str) -> None:
        if list(self.people.values()).count("officer") == 1 and self.people[name] == "officer":
            raise LastOneError(name=name)
        self.gone[name] = self.people.pop(name)

    def hand_over(self, name: str, to: str, passphrase: str) -> str:
        self.people[to] = self.people[name]
        self.passphrases[to] = passphrase
        self.gone[name] = self.people.pop(name)
        return ""

    def new_passphrase(self, name: str, passphrase: str) -> None:
        self.passphrases[name] = passphrase

    def new_kit(self, target: Path) -> str:
        self.kits.append(target)
        return f"K-{len(self.kits) + 1}"

    def own_passphrase(self, present: str, new: str) -> None:
        if present != PASSPHRASE:
            raise WrongOneError
        self.passphrases["김서연"] = new


def copy(number: int, state: str = "held", epoch: int = 3) -> CustodyCopy:
    return CustodyCopy(f"C-{number}", "sheet", "법무팀 금고", NOON, epoch, state)


STAND = SafetyStand(
    now=NOON,
    epoch=3,
    rolled_at=NOON,
    waiting="",
    backups=(
        Backup("office-3.pdbackup", datetime(2026, 11, 20, 3, 0, tzinfo=UTC), 5_000_000, 3, True),
        Backup("office-2.pdbackup", datetime(2026, 10, 20, 3, 0, tzinfo=UTC), 900_000, 2, False),
    ),
    backup_folder="/safe/backups",
    folder_chosen=True,
    copies=(copy(3), copy(2, "to-replace", 2), copy(1, "replaced", 1)),
    holders=(
        Holder("seoyeon", "desk-1", 3, NOON, present=True, here=True),
        Holder("doyun", "desk-2", 2, NOON, present=False),
    ),
    epoch_folder="/home/seoyeon/epochs",
    excluded_on=None,
    entries=1204,
    may_change=True,
)


SOUND = JournalCheck(1204, 310)


@dataclass
class FakeSafety:
    """Says ``now`` and remembers what was done; ``found`` is the journal's check."""

    now: SafetyStand = STAND
    found: JournalCheck = SOUND
    done: list[tuple[str, ...]] = field(default_factory=list)
    full: bool = False

    def stand(self) -> SafetyStand:
        return self.now

    def back_up(self, progress: Progress) -> str:
        progress.stage("Writing")
        if self.full:
            raise NoRoomError
        self.done.append(("backup",))
        return "office-4.pdbackup"

    def choose_folder(self, folder: str) -> bool:
        same = "same" in folder
        self.now = replace(self.now, backup_folder=folder, same_disk=same)
        self.done.append(("folder", folder))
        return same

    def set_schedule(self, new: BackupSchedule) -> None:
        self.now = replace(self.now, schedule=new)
        self.done.append(("schedule", str(new.every), str(new.daily)))

    def issue(self, target: Path, place: str, keeper: str = "") -> str:
        self.done.append(("issue", target.name, place))
        return "C-4"

    def confirm(self, number: str, file: Path | None, place: str, keeper: str = "") -> str:
        self.done.append(("confirm", number, str(file or ""), place))
        return "held"

    def destroyed(self, number: str, by: str, on: date) -> str:
        self.done.append(("destroyed", number, by, on.isoformat()))
        return "replaced"

    def retire(self) -> str:
        self.done.append(("retire",))
        return "seoyeon@desk-1"

    def lose_account(self, account: str, reason: str) -> str:
        self.done.append(("lose-account", account, reason))
        return "held"

    def lose(self, number: str, reason: str) -> str:
        self.done.append(("lost", number, reason))
        return "lost" if any(c.number == number and c.waits for c in self.now.copies) else "held"

    def change_secret(self, custody: Path, progress: Progress) -> Changed:
        progress.stage("Encrypting anew")
        progress.no_return()
        progress.stage("Replacing the files")
        self.now = replace(self.now, epoch=4)
        self.done.append(("roll", custody.name))
        return Changed(4, "office-roll.pdbackup", "C-4", "C-3", (), (("C-3", ""),))

    def exclude_epoch_folder(self) -> None:
        self.now = replace(self.now, excluded_on=date(2026, 11, 23))

    def check_journal(self, checkpoint: str, progress: Progress) -> JournalCheck:
        progress.stage("Recomputing")
        self.done.append(("check", checkpoint))
        return self.found


class FakeOffice:
    """Rules and profile in memory; days of 1900 are refused."""

    def __init__(self, *, may_change: bool = True) -> None:
        self.kept = OfficeRules(
            contact="02-0000-0000",
            may_change=may_change,
            request_channels=("phone", "web"),
            all_channels=(Choice("phone", "By telephone"), Choice("web", "Web site")),
        )
        self.days = CalendarRules(closures={date(2026, 12, 3): "창립기념일"})
        self.moving: list[MovedDay] = []
        self.company = CompanyProfile()
        self.given = False
        self.adopted: list[str] = []

    def rules(self) -> OfficeRules:
        return self.kept

    def put(self, name: str, value: Any) -> None:
        self.kept = replace(self.kept, **{name: value})

    def calendar(self, year: int) -> CalendarStand:
        public = {date(year, 12, 25): "Christmas"}
        return CalendarStand(self.days, year, public, date(2026, 11, 23), self.kept.may_change)

    def moved_by(self, rules: CalendarRules) -> Sequence[MovedDay]:
        for day in (*rules.closures, *rules.holidays):
            if day.year < 1949:
                raise OutsideError(day=day)
        return list(self.moving)

    def put_calendar(self, rules: CalendarRules) -> Sequence[MovedDay]:
        self.days = rules
        return list(self.moving)

    def profile(self) -> ProfileStand:
        return ProfileStand(self.company, self.given, date(2026, 11, 23), self.kept.may_change)

    def put_profile(self, profile: CompanyProfile) -> None:
        self.company, self.given = profile, True

    def templates(self) -> Sequence[Offer]:
        return (Offer("id", "본인 확인", "S1.3"), Offer("notice", "고지", "S1.4", taken=True))

    def adopt(self, keys: Sequence[str]) -> int:
        self.adopted += keys
        return len(keys)
