"""The pages of the office over the flows: people, safety, rules, profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path
from typing import Any

from privdesk.core import system
from privdesk.core.calendar import OfficeCalendar, OpeningHours, public_holidays
from privdesk.core.fields import Choice
from privdesk.core.i18n import _, current, words
from privdesk.core.rulebook import RULES
from privdesk.flows import (
    accounts,
    backing,
    custody,
    destruction,
    reckoning,
    rolling,
    sender,
    targets,
)
from privdesk.flows.attached import Damaged
from privdesk.flows.dueday import ANSWER
from privdesk.flows.keeprule import KeepRule
from privdesk.flows.reckoning import Move
from privdesk.flows.told import OBJECTION, OBJECTION_SETTINGS
from privdesk.journal.verify import Verified
from privdesk.registers.desk import Desk
from privdesk.registers.findings import failing, safety
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.findings.setup import EPOCH_FOLDER
from privdesk.registers.purposes import templates
from privdesk.registers.requests.findings import ALL_CHANNELS, CHANNELS
from privdesk.ui.office.ports import (
    Backup,
    BackupSchedule,
    CalendarRules,
    CalendarStand,
    Changed,
    CompanyProfile,
    JournalCheck,
    MovedDay,
    Offer,
    OfficeRules,
    ProfileStand,
    SafetyStand,
)
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault import roll, rotation
from privdesk.vault.session import KEYS_WAIT
from privdesk.window.custodying import copy_of, holder_of

STAGES = destruction.ROLL_STAGES


class VaultSafety:
    """Backups, custody, the epoch secret and the journal, over their flows."""

    def __init__(self, desk: Desk, folder_set: Callable[[str], object] = lambda _f: None) -> None:
        self._desk = desk
        self._folder_set = folder_set

    def stand(self) -> SafetyStand:
        """Return where everything stands."""
        desk, vault = self._desk, self._desk.vault
        with vault.reading():
            epoch = int(vault.meta("epoch") or 1)
            chosen = str(desk.setting("backup_folder", "") or "")
            excluded = desk.setting(EPOCH_FOLDER)
            rolled = vault.meta("rolled_at")
            plan, failed = backing.schedule(desk), failing.failed(vault)
            return SafetyStand(
                now=desk.now(),
                epoch=epoch,
                rolled_at=datetime.fromisoformat(rolled) if rolled else None,
                waiting=self._waiting(),
                backups=self._backups(epoch),
                backup_folder=str(rolling.backup_folder(vault, chosen)),
                folder_chosen=bool(chosen),
                copies=tuple(
                    copy_of(told, desk.vault.person.name) for told in custody.copies(desk)
                ),
                holders=tuple(
                    holder_of(told, epoch, desk.vault.person.name)
                    for told in accounts.holders(desk)
                ),
                epoch_folder=str(vault.epochs.folder),
                excluded_on=date.fromisoformat(str(excluded)) if excluded else None,
                entries=desk.journal.frontier().size,
                may_change=vault.role == "officer",
                schedule=BackupSchedule(plan.every, *astuple(plan.keep)),
                failed_on=failed.on if failed else None,
                folder_absent=bool(failed and failed.absent),
                same_disk=targets.on_same_disk(vault, rolling.backup_folder(vault, chosen)),
            )

    def back_up(self, progress: Progress) -> str:
        """Write a backup and open it."""
        return backing.back_up(self._desk, progress).made.path.name

    def choose_folder(self, folder: str) -> bool:
        """Set where backups go, for the office and on this workstation."""
        same = backing.choose_folder(self._desk, folder)
        self._folder_set(folder)
        return same

    def set_schedule(self, new: BackupSchedule) -> None:
        """Set how often a backup is made and how many are kept."""
        rule = KeepRule(new.daily, new.weekly, new.monthly)
        backing.set_schedule(self._desk, backing.Schedule(new.every, rule))

    def issue(self, target: Path, place: str, keeper: str = "") -> str:
        """Write a further custody copy and read it back."""
        return custody.issue(self._desk, target, place, keeper)

    def confirm(self, number: str, file: Path | None, place: str, keeper: str = "") -> str:
        """Confirm where a copy of the present secret is."""
        return custody.confirm(self._desk, number, file, place, keeper)[1]

    def destroyed(self, number: str, by: str, on: date) -> str:
        """Confirm that an outdated copy was destroyed, by whom and when."""
        return custody.destroyed(self._desk, number, by, on)[1]

    def lose_account(self, account: str, reason: str) -> str:
        """Declare an account lost; return its state, which is ``lost`` once two officers did."""
        return accounts.lose(self._desk, account, reason)[1]

    def lose(self, number: str, reason: str) -> str:
        """Declare a copy lost; return its state, which is ``lost`` once two officers did."""
        return custody.lose(self._desk, number, reason)[1]

    def retire(self) -> str:
        """Overwrite the secret on this account."""
        return accounts.retire(self._desk)

    def change_secret(self, target: Path, progress: Progress) -> Changed:
        """Change the epoch secret.

        It can be stopped until the files are replaced; not at all where a destruction or a
        rotation of role keys calls for it.
        """
        desk = self._desk
        desk.require("officer")
        if roll.state(desk.vault) != "done" or rotation.waiting(desk.vault):
            progress.no_return()

        def stage(name: str) -> None:
            if name == "switch":
                progress.no_return()
            progress.stage(_(STAGES.get(name, name)))

        try:
            done = rolling.run(desk, target, stage)
        except Cancelled:
            self._take_back()
            raise
        return Changed(
            done.epoch, done.backup, done.custody, done.replaces, done.behind, done.outdated
        )

    def exclude_epoch_folder(self) -> None:
        """Record that the secret's folder is left out of other backups."""
        FindingsService(self._desk).confirm_epoch_folder()

    def check_journal(self, checkpoint: str, progress: Progress) -> JournalCheck:
        """Recompute the journal; with a checkpoint look for it too."""
        from privdesk.flows import attached, proving

        progress.stage(_("Recomputing every entry"))
        found = proving.prove_journal(self._desk, checkpoint)
        with self._desk.vault.reading():
            return _checked(found, attached.damaged(self._desk))

    def _take_back(self) -> None:
        """Undo the beginnings of a change that nothing had called for and that was stopped."""
        desk, vault = self._desk, self._desk.vault
        with desk.change() as change:
            vault.set_meta("roll", "done")
            vault.set_meta("roll_custody", "")
            change.note("vault.roll", reason="stopped")
        if vault.epochs.next() is not None:
            system.overwrite_and_remove(vault.epochs.folder / "next")
        for left in vault.folder.glob("*.next"):
            with suppress(FileNotFoundError):
                left.unlink()
        system.fsync_folder(vault.folder)

    def _waiting(self) -> str:
        vault = self._desk.vault
        if roll.state(vault) != "done":
            return "destroyed"
        stand = safety.look(self._desk)
        if stand.lost or stand.lost_accounts:
            return "lost" if stand.lost else "account"
        if rotation.waiting(vault):
            return "removed"
        return "dropped" if vault.meta(KEYS_WAIT) else ""

    def _backups(self, epoch: int) -> tuple[Backup, ...]:
        rows = self._desk.vault.raw.execute(
            "SELECT target, made_at, bytes, epoch FROM backups WHERE removed_at IS NULL"
            " ORDER BY id DESC"
        ).fetchall()
        return tuple(
            Backup(name, datetime.fromisoformat(made), size, of, of == epoch)
            for name, made, size, of in rows
        )


class OfficeDesk:
    """The office's own settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rules(self) -> OfficeRules:
        """Return the rules as they are."""
        desk = self._desk
        with desk.vault.reading():
            return OfficeRules(
                language=str(desk.setting("language", "ko")),
                contact=str(desk.setting("contact", "")),
                company_en=str(desk.setting(sender.COMPANY_EN, "")),
                department_en=str(desk.setting(sender.DEPARTMENT_EN, "")),
                contact_en=str(desk.setting(sender.CONTACT_EN, "")),
                print_days=int(desk.setting("print_days", 5)),
                reply_days=int(desk.setting("reply_days", 7)),
                two_officers=bool(desk.setting("two_officers", True)),
                block_reimport=bool(desk.setting("block_reimport", True)),
                request_channels=tuple(desk.setting(CHANNELS, ALL_CHANNELS)),
                all_channels=_channels(desk),
                objection_ko=str(desk.setting(OBJECTION_SETTINGS["ko"], "")),
                objection_en=str(desk.setting(OBJECTION_SETTINGS["en"], "")),
                usual_ko=words("ko")(OBJECTION),
                usual_en=words("en")(OBJECTION),
                keep_demands=desk.service("demands").keep_years(),
                may_change=self._may_change,
            )

    def put(self, name: str, value: Any) -> None:
        """Change one of the rules."""
        self._desk.require("officer")
        self._desk.set_setting(name, value)

    def calendar(self, year: int) -> CalendarStand:
        """Return the office calendar of a year."""
        desk = self._desk
        with desk.vault.reading():
            now = desk.calendar
            rules = CalendarRules(
                now.closures, now.extra, now.hours.opens, now.hours.closes, now.clock_stands_still
            )
            return CalendarStand(rules, year, public_holidays(year), desk.today(), self._may_change)

    def moved_by(self, rules: CalendarRules) -> Sequence[MovedDay]:
        """Return what other rules of the calendar would move; nothing is changed."""
        moves = reckoning.preview(self._desk, _calendar(rules))
        return [_moved(self._desk, move) for move in moves]

    def put_calendar(self, rules: CalendarRules) -> Sequence[MovedDay]:
        """Keep other rules of the calendar; return what moved."""
        moves = reckoning.keep(self._desk, _calendar(rules))
        return [_moved(self._desk, move) for move in moves]

    def profile(self) -> ProfileStand:
        """Return the company's profile."""
        desk = self._desk
        with desk.vault.reading():
            told = desk.profile
            profile = CompanyProfile(
                sales=told.sales,
                people=told.people,
                sensitive=told.sensitive,
                marketing=told.marketing,
                overseas=bool(desk.setting("overseas", False)),
            )
            given = desk.setting("profile") is not None
            return ProfileStand(profile, given, desk.today(), self._may_change)

    def put_profile(self, profile: CompanyProfile) -> None:
        """Keep the company's profile."""
        desk = self._desk
        desk.require("officer")
        told = {
            "sales": profile.sales,
            "people": profile.people,
            "sensitive": profile.sensitive,
            "marketing": profile.marketing,
        }
        with desk.change():
            desk.set_setting("profile", told)
            desk.set_setting("overseas", profile.overseas)

    def templates(self) -> Sequence[Offer]:
        """Return the purposes that can be entered from templates."""
        service = self._desk.service("purposes")
        with self._desk.vault.reading():
            spelled = {lang: templates.listed(lang) for lang in ("ko", "en")}
            taken = {
                one.key for listed in spelled.values() for one in listed if service.called(one.name)
            }
            shown = spelled[current()]
            return tuple(Offer(one.key, one.name, one.clause, one.key in taken) for one in shown)

    def adopt(self, keys: Sequence[str]) -> int:
        """Enter purposes from templates, all or none."""
        self._desk.require("officer")
        with self._desk.change():
            for key in keys:
                self._desk.service("purposes").adopt(key)
        return len(keys)

    @property
    def _may_change(self) -> bool:
        return self._desk.vault.role == "officer"


def _channels(desk: Desk) -> tuple[Choice, ...]:
    field = desk.register("requests").field("channel")
    return field.choices if field is not None else ()


def _checked(found: Verified, damaged: Sequence[Damaged]) -> JournalCheck:
    from privdesk.flows.proving import fault_in_words

    return JournalCheck(
        entries=found.entries,
        signatures=found.heads,
        faults=tuple(fault_in_words(fault) for fault in found.faults),
        holds_checkpoint=found.contains_checkpoint,
        damaged=tuple(one.text() for one in damaged),
        missing=fault_in_words(found.missing) if found.missing else "",
    )


def _calendar(rules: CalendarRules) -> OfficeCalendar:
    hours = OpeningHours(rules.opens, rules.closes)
    return OfficeCalendar(rules.holidays, rules.closures, hours, rules.stands_still)


def _moved(desk: Desk, move: Move) -> MovedDay:
    title = _(RULES[move.rule].title) if move.rule in RULES else _(ANSWER)
    of = _(desk.register(move.register).title) if move.register in desk.registers else ""
    return MovedDay(" · ".join(p for p in (move.ref or of, title) if p), move.before, move.after)
