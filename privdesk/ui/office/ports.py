"""What the pages of the office ask for, and what they are told. No Qt.

Every call runs on the database thread and raises DomainError only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol

from privdesk.core.fields import Choice
from privdesk.ui.progress import Progress

# -- who may open the vault


@dataclass(frozen=True)
class Member:
    """A person of the vault; ``mine`` is whoever sits at the desk.

    ``managed`` is whether that person may change this one's role, passphrase and access.
    """

    name: str
    role: str  # officer, administrator, manager, auditor
    mine: bool = False
    former: bool = False
    managed: bool = False


@dataclass(frozen=True)
class Membership:
    """Everybody who may or might open the vault, and the roles one may give."""

    members: Sequence[Member]
    may_give: Sequence[str]


class People(Protocol):
    """Who may open the vault."""

    def members(self) -> Membership:
        """Return everybody."""

    def add(self, name: str, role: str, passphrase: str) -> None:
        """Enrol a person."""

    def change_role(self, name: str, role: str) -> None:
        """Give a person another role."""

    def remove(self, name: str) -> None:
        """Take a person's access away."""

    def hand_over(self, name: str, to: str, passphrase: str) -> str:
        """Put a successor in somebody's place; who is new is enrolled with the passphrase.

        Return the handover that both and a witness have to sign, empty where there is none.
        """

    def new_passphrase(self, name: str, passphrase: str) -> None:
        """Give somebody else a new passphrase."""

    def new_kit(self, target: Path) -> str:
        """Write a new recovery kit, open it, put it in the old one's place; return its number."""

    def own_passphrase(self, present: str, new: str) -> None:
        """Change the passphrase of whoever sits at the desk; the present one is asked for."""


# -- what keeps the vault safe


@dataclass(frozen=True)
class Backup:
    """A backup that was made; ``opens`` while the epoch secret is the same."""

    name: str
    made_at: datetime
    bytes: int
    epoch: int
    opens: bool


@dataclass(frozen=True)
class BackupSchedule:
    """Every how many days a backup is made, and of how many days, weeks and months one is kept."""

    every: int = 1
    daily: int = 7
    weekly: int = 4
    monthly: int = 12


@dataclass(frozen=True)
class CustodyCopy:
    """A numbered copy of the epoch secret: ``kind`` is sheet or file.

    ``declared_by`` names who declared it lost and why; it ``waits`` until a second officer
    does so too. ``mine`` is whether the officer at the desk is among them. ``replaces`` is the
    copy whose place that of a change of the secret takes. ``seen`` is whether somebody confirmed
    that it lies in its place.
    """

    number: str
    kind: str
    place: str
    issued_at: datetime
    epoch: int
    state: str  # making, held, to-replace, replaced, lost
    declared_by: str = ""
    why_lost: str = ""
    waits: bool = False
    mine: bool = False
    replaces: str = ""
    keeper: str = ""
    seen: bool = True
    destroyed: str = ""  # day and name


@dataclass(frozen=True)
class Holder:
    """An account that keeps the epoch secret; ``here`` is the one at the desk.

    ``declared_by`` names who declared it lost; it ``waits`` until a second officer does so too.
    """

    account: str
    workstation: str
    epoch: int
    seen_at: datetime
    present: bool
    here: bool = False
    state: str = "held"  # held, retired, lost
    declared_by: str = ""
    why_lost: str = ""
    waits: bool = False
    mine: bool = False


@dataclass(frozen=True)
class SafetyStand:
    """Where everything stands that keeps the vault safe."""

    now: datetime
    epoch: int
    rolled_at: datetime | None
    waiting: str  # nothing, or why the secret has to change (destroyed, lost, removed, dropped)
    backups: Sequence[Backup]
    backup_folder: str
    folder_chosen: bool
    copies: Sequence[CustodyCopy]
    holders: Sequence[Holder]
    epoch_folder: str
    excluded_on: date | None  # since when that folder is left out of other backups
    entries: int
    may_change: bool
    schedule: BackupSchedule = BackupSchedule()
    failed_on: date | None = None  # since when a backup cannot be made, and whether for its folder
    folder_absent: bool = False
    same_disk: bool = False  # whether backups go to the disk that the vault lies on


@dataclass(frozen=True)
class Changed:
    """What a change of the epoch secret ended with.

    ``replaces`` is the copy whose place the new one takes; ``behind`` are the accounts that need
    the new one once. ``outdated`` are the copies to be destroyed now, each with its place.
    """

    epoch: int
    backup: str
    custody: str
    replaces: str = ""
    behind: tuple[str, ...] = ()
    outdated: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class JournalCheck:
    """What a check of the journal found; a fault names an entry and what is wrong with it.

    ``holds_checkpoint`` is None where no checkpoint was given, and ``missing`` says what of it is
    not there; ``damaged`` names the sealed files that are missing or damaged.
    """

    entries: int
    signatures: int
    faults: Sequence[str] = ()
    holds_checkpoint: bool | None = None
    damaged: Sequence[str] = ()
    missing: str = ""


class Safety(Protocol):
    """Backups, custody copies, holders, the epoch secret, the journal."""

    def stand(self) -> SafetyStand:
        """Return where everything stands."""

    def back_up(self, progress: Progress) -> str:
        """Write a backup and open it; return its file's name."""

    def choose_folder(self, folder: str) -> bool:
        """Set where backups go from now on; return whether that is the vault's own disk."""

    def set_schedule(self, new: BackupSchedule) -> None:
        """Set how often a backup is made and how many are kept."""

    def issue(self, target: Path, place: str, keeper: str = "") -> str:
        """Write a further custody copy and read it back; return its number."""

    def confirm(self, number: str, file: Path | None, place: str, keeper: str = "") -> str:
        """Confirm where a copy of the present secret is; return its state."""

    def destroyed(self, number: str, by: str, on: date) -> str:
        """Confirm that an outdated copy was destroyed, by whom and when; return its state."""

    def lose(self, number: str, reason: str) -> str:
        """Declare a copy lost; return its state, ``lost`` once it counts."""

    def lose_account(self, account: str, reason: str) -> str:
        """Declare an account (ACCOUNT@WORKSTATION) lost; return its state."""

    def retire(self) -> str:
        """Overwrite the secret on this account; return the account's name."""

    def change_secret(self, custody: Path, progress: Progress) -> Changed:
        """Change the epoch secret; the new custody copy goes to ``custody``."""

    def exclude_epoch_folder(self) -> None:
        """Record that the secret's folder is left out of other backups."""

    def check_journal(self, checkpoint: str, progress: Progress) -> JournalCheck:
        """Recompute the journal; with a checkpoint (text or file) look for it too."""


# -- the office's rules and the company's profile


@dataclass(frozen=True)
class OfficeRules:
    """What the office decided for itself.

    ``request_channels`` are the ways by which requests are taken, ``all_channels`` those there
    are. The ways to object are those of Korean and of English letters, empty for the usual one.
    """

    language: str = "ko"
    contact: str = ""
    company_en: str = ""
    department_en: str = ""
    contact_en: str = ""
    print_days: int = 5
    reply_days: int = 7
    two_officers: bool = True
    block_reimport: bool = True
    request_channels: tuple[str, ...] = ()
    all_channels: Sequence[Choice] = ()
    objection_ko: str = ""
    objection_en: str = ""
    usual_ko: str = ""
    usual_en: str = ""
    keep_demands: int = 3
    may_change: bool = True


@dataclass(frozen=True)
class CalendarRules:
    """What the office decides about its days: closures and temporary holidays by day."""

    closures: Mapping[date, str] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    opens: time = time(9)
    closes: time = time(17)
    stands_still: bool = True  # the 24-hour clock, on days on which the office is closed


@dataclass(frozen=True)
class CalendarStand:
    """The rules, and the public holidays of a year with their substitutes, by day."""

    rules: CalendarRules
    year: int
    public: Mapping[date, str]
    today: date
    may_change: bool = True


@dataclass(frozen=True)
class MovedDay:
    """A due day that a change of the calendar moves; ``what`` names it in words."""

    what: str
    before: date
    after: date


@dataclass(frozen=True)
class CompanyProfile:
    """What decides which duties apply; numbers are the lowest of their band."""

    sales: int = 0
    people: int = 0
    sensitive: bool = False
    marketing: bool = False
    overseas: bool = False


@dataclass(frozen=True)
class ProfileStand:
    """The profile as it is, whether anybody ever gave it, and the day rules are read on."""

    profile: CompanyProfile
    given: bool
    today: date
    may_change: bool = True


@dataclass(frozen=True)
class Offer:
    """A template that can be entered; ``taken`` where the register has it already."""

    key: str
    name: str
    clause: str = ""
    taken: bool = False


class Office(Protocol):
    """The office's own settings, each change journalled."""

    def rules(self) -> OfficeRules:
        """Return the rules as they are."""

    def put(self, name: str, value: Any) -> None:
        """Change one of the rules, by its name in ``OfficeRules``."""

    def calendar(self, year: int) -> CalendarStand:
        """Return the office calendar of a year."""

    def moved_by(self, rules: CalendarRules) -> Sequence[MovedDay]:
        """Return what other rules of the calendar would move; nothing is changed."""

    def put_calendar(self, rules: CalendarRules) -> Sequence[MovedDay]:
        """Keep other rules of the calendar; return what moved."""

    def profile(self) -> ProfileStand:
        """Return the company's profile."""

    def put_profile(self, profile: CompanyProfile) -> None:
        """Keep the company's profile."""

    def templates(self) -> Sequence[Offer]:
        """Return the purposes that can be entered from templates."""

    def adopt(self, keys: Sequence[str]) -> int:
        """Enter purposes from templates; return how many."""
