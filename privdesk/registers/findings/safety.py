"""The findings on backups, custody copies, holders and the epoch secret (rule 10, S8.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers.desk import Desk
from privdesk.registers.findings import clocks, copies, kits
from privdesk.registers.findings.failing import Failed, failed
from privdesk.registers.findings.policy import SAFETY, of_s8, office_day, rolled_on
from privdesk.vault import rotation
from privdesk.vault.session import KEYS_WAIT

BACKUP_DAYS = 7
EVERY, EVERY_DAYS = "backup_every", 1  # a setting: after how many days the desk makes one
BACK_TOLD = timedelta(days=30)
ONE_DAY = timedelta(days=1)
_DECLARED = (  # who declared it lost first, until another one agrees, and when it was last
    "(SELECT person FROM custody_losses l WHERE l.what = '{what}' AND l.copy = c.id"
    " AND c.state <> 'lost' ORDER BY at LIMIT 1),"
    " (SELECT max(at) FROM custody_losses l WHERE l.what = '{what}' AND l.copy = c.id)"
)


@dataclass(frozen=True)
class Copy:
    """A custody copy: its number, epoch, kind (sheet or file), place and state."""

    number: str
    epoch: int
    kind: str
    place: str
    state: str
    declared_by: int | None = None  # the officer who declared it lost, until another one agrees
    declared_at: str | None = None  # when it was declared lost last
    keeper: int | None = None  # where the keeper's name is sealed; None where nobody was named
    issued_at: str | None = None


@dataclass(frozen=True)
class Account:
    """An account that keeps the secret, or kept it: ``name`` is ACCOUNT@WORKSTATION."""

    name: str
    epoch: int
    state: str  # held, lost
    declared_by: int | None = None  # the officer who declared it lost, until another one agrees
    declared_at: str | None = None
    left: int | None = None  # what the last change left it, in bytes; 0 once that was taken back
    back_at: str | None = None  # when it opened the vault though it was called lost
    back_from: str | None = None  # who had called it lost: their numbers


@dataclass(frozen=True)
class Safety:
    """Where backups, custody copies and the epoch secret stand."""

    epoch: int
    roll: str  # done, pending, switched
    roll_since: datetime | None  # what was destroyed first since the secret last changed
    backup_at: datetime | None
    backup_name: str
    copies: tuple[Copy, ...]  # those in use, to be destroyed or lost; newest first
    accounts: tuple[Account, ...]  # those that hold the secret or were lost with it
    old_after: int = BACKUP_DAYS  # days after which the newest backup is called old
    failed: Failed | None = None  # the backup that could not be made

    @property
    def held(self) -> tuple[Copy, ...]:
        """The copies that open the vault as it is now."""
        return tuple(c for c in self.copies if c.state == "held" and c.epoch == self.epoch)

    @property
    def to_replace(self) -> tuple[Copy, ...]:
        """The copies of former secrets that have to be destroyed."""
        return tuple(c for c in self.copies if c.state == "to-replace")

    @property
    def lost(self) -> tuple[Copy, ...]:
        """The lost copies that open the vault as it is now: a roll closes it to them."""
        return tuple(c for c in self.copies if c.state == "lost" and c.epoch == self.epoch)

    @property
    def behind(self) -> tuple[Account, ...]:
        """The accounts that still have an older secret."""
        held = (a for a in self.accounts if a.state == "held")
        return tuple(a for a in held if a.epoch < self.epoch)

    @property
    def lost_accounts(self) -> tuple[Account, ...]:
        """The lost accounts that open the vault as it is now, with a passphrase."""
        lost = (a for a in self.accounts if a.state == "lost")
        return tuple(a for a in lost if a.epoch == self.epoch or a.left is not None)

    def backup_due(self) -> date | None:
        """Return the day of the next backup; None before the first one."""
        if self.backup_at is None:
            return None
        return office_date(self.backup_at) + timedelta(days=self.old_after)


def old_after(desk: Desk) -> int:
    """Return after how many days the newest backup is called old."""
    return max(int(desk.setting(EVERY, EVERY_DAYS)), BACKUP_DAYS)


def look(desk: Desk) -> Safety:
    """Return where everything stands that keeps the vault safe."""
    raw, vault = desk.vault.raw, desk.vault
    epoch = int(vault.meta("epoch") or 1)
    roll = vault.meta("roll") or "done"
    made = raw.execute("SELECT made_at, target FROM backups ORDER BY id DESC LIMIT 1").fetchone()
    copies = raw.execute(
        f"SELECT id, epoch, kind, place, state, {_DECLARED.format(what='copy')}, keeper,"
        " issued_at"
        " FROM custody_copies c WHERE state <> 'replaced' ORDER BY id DESC"
    ).fetchall()
    accounts = raw.execute(
        f"SELECT account || '@' || workstation, epoch, state, {_DECLARED.format(what='holder')},"
        " (SELECT length(box) FROM handovers h WHERE h.holder = c.id), back_at, back_from"
        " FROM holders c WHERE state <> 'retired' ORDER BY id"
    ).fetchall()
    return Safety(
        epoch=epoch,
        roll=roll,
        roll_since=_destroyed_since_roll(desk) if roll != "done" else _keys_wait(desk),
        backup_at=datetime.fromisoformat(made[0]) if made else None,
        backup_name=str(made[1]) if made else "",
        copies=tuple(Copy(f"C-{row[0]}", *row[1:]) for row in copies),
        accounts=tuple(Account(*row) for row in accounts),
        old_after=old_after(desk),
        failed=failed(vault),
    )


def judge(desk: Desk) -> list[Finding]:
    """Return what stands between a destroyed person and being gone, and old backups."""
    safety, today = look(desk), desk.today()
    return [
        *_roll(desk, safety, today),
        *copies.judge(desk, safety, today),
        *_declared(desk, safety, today),
        *_lost(safety, today),
        *_behind(desk, safety, today),
        *_back(desk, safety, today),
        *_backup(safety, today),
        *clocks.judge(desk),
        *kits.judge(desk),
    ]


def _destroyed_since_roll(desk: Desk) -> datetime | None:
    """Return when something was first destroyed since the last custody copy was written."""
    sql = (
        "SELECT at FROM journal WHERE action = 'destruction.executed' AND number >"
        " (SELECT coalesce(max(number), 0) FROM journal WHERE action = 'vault.custody')"
        " ORDER BY number LIMIT 1"
    )
    row = desk.vault.raw.execute(sql).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _keys_wait(desk: Desk) -> datetime | None:
    """Return since when dropped keys of corrected or withdrawn values wait for a roll."""
    told = desk.vault.meta(KEYS_WAIT)
    return datetime.fromisoformat(told) if told else None


def _roll(desk: Desk, safety: Safety, today: date) -> Sequence[Finding]:
    """Rule 10: the secret changes within the term; a destruction under way says so itself."""
    waits = safety.roll != "done" or safety.roll_since is not None
    if not waits or _being_executed(desk):
        return ()
    since = office_date(safety.roll_since) if safety.roll_since else today
    term = Term(since, rule_number("withdrawal.roll_days", today))
    by = desk.calendar.deadline_days(term.start, term.days)
    return (
        finding(
            "10",
            SAFETY,
            "",
            what=_TAKEN if rotation.waiting(desk.vault) else _GONE,
            do=N_("Change the epoch secret by {by}; have a custody copy’s drive or paper ready."),
            due=by,
            values={"by": by, "step": "roll"},
            term=term,
        ),
    )


def _being_executed(desk: Desk) -> bool:
    sql = "SELECT 1 FROM destructions WHERE state = 'executing' LIMIT 1"
    return desk.vault.raw.execute(sql).fetchone() is not None


def _lost(safety: Safety, today: date) -> Sequence[Finding]:
    """Until the secret has changed, whoever has a lost copy or computer holds half of the key."""
    copies = [
        of_s8(
            N_("The custody copy {number} is lost, and opens the vault as it is now."),
            N_("Change the epoch secret at once: {number} is worth nothing then."),
            Severity.BREACH,
            office_day(copy.declared_at, today),
            {"number": copy.number, "step": "roll"},
        )
        for copy in safety.lost
    ]
    accounts = [
        of_s8(
            N_("The account {account} is lost, with the secret of the vault as it is now."),
            N_("Change the epoch secret at once: that computer opens nothing made from then on."),
            Severity.BREACH,
            office_day(one.declared_at, today),
            {"account": one.name, "step": "roll"},
        )
        for one in safety.lost_accounts
    ]
    return [*copies, *accounts]


def _name(desk: Desk, number: int) -> str:
    who = desk.vault.header.by_id(number)
    return who.name if who else str(number)


def _declared(desk: Desk, safety: Safety, today: date) -> Sequence[Finding]:
    """What one officer declared lost waits for another to look and agree."""
    copies = [
        of_s8(
            N_("{person} declared the custody copy {number} lost; a second officer has to agree."),
            N_("Look whether {number} is really lost, then declare it lost too, or confirm it."),
            Severity.WARNING,
            today,
            {"number": copy.number, "person": _name(desk, copy.declared_by), "step": "custody"},
            waiting=desk.vault.is_me(copy.declared_by),
        )
        for copy in safety.copies
        if copy.declared_by is not None
    ]
    accounts = [
        of_s8(
            N_("{person} declared the account {account} lost; a second officer has to agree."),
            N_("Look whether that computer is really lost, then declare its account lost too."),
            Severity.WARNING,
            today,
            {"account": one.name, "person": _name(desk, one.declared_by), "step": "holder"},
            waiting=desk.vault.is_me(one.declared_by),
        )
        for one in safety.accounts
        if one.declared_by is not None
    ]
    return [*copies, *accounts]


def _behind(desk: Desk, safety: Safety, today: date) -> Sequence[Finding]:
    term = Term(rolled_on(desk, today), rule_number("withdrawal.destroy_days", today))
    by = desk.calendar.deadline_days(term.start, term.days)
    return [
        finding(
            "10",
            SAFETY,
            "",
            what=N_("{account} still has the old epoch secret."),
            do=_FOLLOWS if one.left else _RE_ENTERS,
            due=by,
            values={"account": one.name, "step": "holder"},
            term=term,
            waiting=True,
        )
        for one in safety.behind
    ]


def _back(desk: Desk, safety: Safety, today: date) -> list[Finding]:
    """Tell for a month that an account came back which was called lost: who opened it there?"""
    found = []
    for one in safety.accounts:
        on = office_day(one.back_at, today)
        if one.back_at is None or one.state != "held" or today > on + BACK_TOLD:
            continue
        names = ", ".join(_name(desk, int(number)) for number in str(one.back_from).split(","))
        values: dict[str, object] = {"account": one.name, "names": names, "on": on}
        what = N_("{names} called the account {account} lost; on {on} it opened the vault again.")
        do = N_("Ask who opened it there; if the computer is not back, declare it lost again.")
        told = values | {"step": "holder"}
        found.append(of_s8(what, do, Severity.WARNING, on, told))
    return found


def _backup(safety: Safety, today: date) -> Sequence[Finding]:
    """Return that a backup failed, or that the newest one is old: one of them says enough."""
    if safety.failed is not None:
        absent = safety.failed.absent
        values: dict[str, object] = {"folder": safety.failed.folder, "on": safety.failed.on}
        return (
            of_s8(
                _ABSENT if absent else _UNWRITTEN,
                _CONNECT if absent else _LOOK,
                Severity.WARNING,
                safety.failed.on,
                values | {"step": "backup"},
            ),
        )
    due = safety.backup_due()
    if due is None or today < due:
        return ()
    assert safety.backup_at is not None
    made = office_date(safety.backup_at)
    return (
        of_s8(
            N_("The newest backup was made on {made}, {days} days ago."),
            N_("Make a backup now, onto a drive that is kept elsewhere."),
            Severity.WARNING,
            due,
            {"made": made, "days": (today - made).days, "step": "backup"},
        ),
    )


_FOLLOWS = N_("Have the vault opened once on that account, or declare the account lost.")
_RE_ENTERS = N_("Bring the new custody copy to that account once, or declare the account lost.")
_ABSENT = N_("The folder for backups, {folder}, was not there on {on}: no backup could be made.")
_CONNECT = N_("Connect its drive, then back up; or choose another folder.")
_UNWRITTEN = N_("On {on} a backup could not be written to {folder}.")
_LOOK = N_("Look whether there is room and whether it can be written, then back up.")
_GONE = N_("Destroyed values can still be opened from older copies of the vault.")
_TAKEN = N_("Keys that somebody had to give up still open older copies of the vault.")
