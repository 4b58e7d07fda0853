"""The page of what keeps the vault safe: backups, custody, the epoch secret, the journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.office.backupdialog import ScheduleDialog
from privdesk.ui.office.backups import BackupSection, same_disk_told
from privdesk.ui.office.choosing import choose_folder
from privdesk.ui.office.destroyeddialog import DestroyedDialog
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.frame import OfficePage
from privdesk.ui.office.journal import JournalSection
from privdesk.ui.office.ports import Changed, CustodyCopy, Holder, JournalCheck, Safety, SafetyStand
from privdesk.ui.office.rolled import after_roll
from privdesk.ui.office.safetydialogs import (
    AccountLostDialog,
    ConfirmDialog,
    IssueDialog,
    LostDialog,
    RetireDialog,
    RollDialog,
)
from privdesk.ui.office.secret import CustodySection, SecretSection
from privdesk.ui.progress import Cancelled, Progress
from privdesk.ui.tasks import Tasks


class SafetyPage(OfficePage):
    """``moved`` is called when something changed that the status bar shows, ``lock`` when this
    account gave up the secret.
    """

    help_topic = "custody"

    def __init__(
        self,
        safety: Safety,
        tasks: Tasks,
        moved: Callable[[], object],
        lock: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._safety, self._tasks, self._moved, self._lock = safety, tasks, moved, lock
        self.stand: SafetyStand | None = None
        self.running: Progress | None = None
        self.dialog: AskDialog | None = None
        self.chooser: QFileDialog | None = None
        self.backups = BackupSection(self.back_up, self.ask_folder, self.ask_schedule)
        self.custody = CustodySection(
            self.ask_issue, self.ask_confirm, self.ask_destroyed, self.ask_lost
        )
        self.secret = SecretSection(self.ask_change, self.exclude, self.ask_account)
        self.journal = JournalSection(self.check_journal)
        self._parts = (self.backups, self.custody, self.secret, self.journal)
        self._wanted: QWidget | None = None  # a part to be brought into view once it is there
        self.build(*self._parts)
        for part in self._parts:
            part.hide()
        self.retranslate()

    def refresh(self) -> None:
        """Ask again where everything stands."""
        self._tasks.run(
            self, self._safety.stand, done=self._show, failed=self.flash.refuse, latest="stand"
        )

    def begin(self, action: str) -> None:
        """Begin what a task asks for (see ``findings.targets``)."""
        parts = {
            "custody": self.custody,
            "holder": self.secret,
            "epoch-folder": self.secret,
            "roll": self.secret,
        }
        acts: dict[str, Callable[[], object]] = {
            "roll": self.ask_change,
            "backup": self.back_up,
            "backup-folder": self.ask_folder,
        }
        if action in parts:
            self._wanted = parts[action]
            if self.stand is not None:
                self.show_part(parts[action])
        if action in acts:
            self._tasks.run(
                self,
                self._safety.stand,
                done=lambda stand: self._show_and(stand, acts[action]),
                failed=self.flash.refuse,
            )

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.title.setText(_("Safety of the vault"))
        self.why.setText(
            _("What brings the vault back when a disk dies, and keeps gone what was destroyed.")
        )
        self.backups.retranslate()
        self.journal.retranslate()
        if self.stand is not None:
            self._show(self.stand)

    # -- backups

    def back_up(self) -> None:
        """Write a backup now."""
        if self._idle():
            title = _("Backing up")
            self._long(self._safety.back_up, title, self._backed_up)

    def ask_folder(self) -> None:
        """Choose where backups go."""
        start = self.stand.backup_folder if self.stand else ""
        self.chooser = choose_folder(self, _("Folder for backups"), start, self.take_folder)

    def ask_schedule(self) -> None:
        """Ask how often a backup is made and how many are kept."""
        if self.stand is not None:
            now = self.stand.schedule
            self._open(ScheduleDialog(self._safety, now, self._told, self._tasks, self))

    def take_folder(self, folder: str) -> None:
        """Set where backups go."""

        def chosen(same_disk: bool) -> None:
            told = _("Backups go to {folder} from now on.").format(folder=folder)
            self._told(f"{told} {same_disk_told()}" if same_disk else told)

        self._tasks.run(
            self,
            lambda: self._safety.choose_folder(folder),
            done=chosen,
            failed=self.flash.refuse,
        )

    # -- custody copies

    def ask_issue(self) -> None:
        """Issue a further custody copy."""
        self._open(IssueDialog(self._safety, self._told, self._tasks, self))

    def ask_confirm(self, copy: CustodyCopy) -> None:
        """Confirm where a copy is."""
        self._open(ConfirmDialog(self._safety, copy, self._told, self._tasks, self))

    def ask_destroyed(self, copy: CustodyCopy) -> None:
        """Confirm that a copy was destroyed."""
        today = office_date(self.stand.now) if self.stand else copy.issued_at.date()
        asked = (self._safety, copy, today, self._told, self._tasks, self)
        self._open(DestroyedDialog(*asked))

    def ask_lost(self, copy: CustodyCopy) -> None:
        """Record that a copy is lost."""
        self._open(LostDialog(self._safety, copy, self._told, self._tasks, self))

    def ask_account(self, holder: Holder) -> None:
        """Give up this account's secret, or record that another one's computer is lost."""
        if holder.here:
            self._open(RetireDialog(self._safety, self._lock, self._tasks, self))
            return
        self._open(AccountLostDialog(self._safety, holder, self._told, self._tasks, self))

    # -- the epoch secret

    def ask_change(self) -> None:
        """Ask for the new custody copy, then change the secret."""
        if self._idle():
            self._open(RollDialog(self.change_secret, self._tasks, self))

    def change_secret(self, custody: Path) -> None:
        """Change the epoch secret as long work."""

        def work(progress: Progress) -> Changed:
            return self._safety.change_secret(custody, progress)

        self._long(work, _("Changing the epoch secret"), self._secret_changed)

    def exclude(self) -> None:
        """Record that the secret's folder is left out of other backups."""
        self._do(self._safety.exclude_epoch_folder, _("Recorded"))

    # -- the journal

    def check_journal(self) -> None:
        """Recompute the journal as long work."""
        told = self.journal.checkpoint_line.text().strip()
        self.journal.checkpoint.complain("")

        def work(progress: Progress) -> JournalCheck:
            return self._safety.check_journal(told, progress)

        if self._idle():
            self._long(work, _("Checking the journal"), self.journal.show_found, self._not_checked)

    # -- answers

    def _show(self, stand: SafetyStand) -> None:
        if self.stand is None:
            for part in self._parts:
                part.show()
            if self._wanted is not None:
                self.show_part(self._wanted)
        self.stand = stand
        self.backups.show_stand(stand)
        self.custody.show_stand(stand)
        self.secret.show_stand(stand)
        self.journal.show_entries(stand.entries)
        self._free()

    def _show_and(self, stand: SafetyStand, act: Callable[[], object]) -> None:
        self._show(stand)
        if stand.may_change:
            act()

    def _backed_up(self, name: str) -> None:
        self._told(_("Backup {name} was written and opened.").format(name=name))

    def _secret_changed(self, done: Changed) -> None:
        told = _("Epoch {epoch} now. Backup {backup} and custody copy {custody} are good.")
        told = told.format(**vars(done))
        todo = after_roll(done.custody, done.replaces, done.outdated)
        if todo:
            told += " " + todo
        if done.behind:
            names = ", ".join(done.behind)
            need = _("These accounts need the new custody copy once: {names}.")
            told += " " + need.format(names=names)
        self._told(told)
        self.show_part(self.custody)

    def _not_checked(self, error: DomainError) -> None:
        self.journal.show_found(None)
        self.journal.checkpoint.complain(error.sentence())

    # -- doing

    def _idle(self) -> bool:
        return self.running is None

    def _free(self) -> None:
        busy = self.running is not None
        for control in (self.backups.now, self.secret.change, self.journal.check):
            control.setEnabled(not busy)

    def _open(self, dialog: AskDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _told(self, sentence: str) -> None:
        self.flash.tell(sentence)
        self.refresh()
        self._moved()

    def _do(self, work: Callable[[], object], done: str) -> None:
        self._tasks.run(
            self, work, done=lambda _nothing: self._told(done), failed=self.flash.refuse
        )

    def _long(
        self,
        work: Callable[[Progress], object],
        title: str,
        done: Callable[..., object],
        failed: Callable[[DomainError], object] | None = None,
    ) -> None:
        """Run long work; only one at a time, shown at the bottom of the page."""

        def ended() -> None:
            self.running = None
            self._free()

        def worked(answer: object) -> None:
            ended()
            done(answer)

        def refused(error: DomainError) -> None:
            ended()
            if isinstance(error, Cancelled) or failed is None:
                self.flash.refuse(error)
            else:
                failed(error)
            self.refresh()
            self._moved()  # a backup that lacks something was written all the same

        self.running = self._tasks.long(self, work, title=title, done=worked, failed=refused)
        self._free()
