"""The section of backups: how old the newest is, where they go, which there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from privdesk.core.clock import office_date, office_time
from privdesk.core.i18n import _, ngettext
from privdesk.ui.office.frame import Columns, Notice, Section
from privdesk.ui.office.ports import Backup, BackupSchedule, SafetyStand
from privdesk.ui.widgets import (
    Chip,
    ElidedLabel,
    Hairline,
    IconLabel,
    PlainLabel,
    button,
    link_button,
    primary_button,
    row,
)

FIRST, STALE_DAYS = 5, 7
_KIB = 1024


class BackupSection(Section):
    """Backups that were made, newest first."""

    def __init__(
        self,
        back_up: Callable[[], object],
        choose: Callable[[], object],
        plan: Callable[[], object],
    ) -> None:
        self.now = primary_button("", back_up, icon="save")
        super().__init__(self.now)
        self.choose = button("", choose, icon="folder")
        self.change = button("", plan, icon="calendar")
        self.plan = PlainLabel("", "caption", wrap=True)
        self.failed = Notice("overdue")
        self.icon = IconLabel("plain", "muted", 18)
        self.age = PlainLabel("", "strong")
        self.folder = ElidedLabel("", "caption")
        self.same_disk = PlainLabel("", "caption", wrap=True)
        self.list = Columns(stretch=0)
        self.more = link_button("", self._toggle)
        self._all = False
        self._stand: SafetyStand | None = None
        words = QWidget()
        line = row(words, self.icon, self.age, self.folder, self.choose, gap=10, margin=(14, 8))
        line.setStretch(2, 1)
        self._beside = QWidget()
        row(
            self._beside,
            IconLabel("soon", "soon", 16),
            self.same_disk,
            gap=10,
            margin=(15, 0, 14, 8),
        )
        plan_line = QWidget()
        row(plan_line, self.plan, self.change, gap=10, margin=(14, 0, 14, 8)).setStretch(0, 1)
        self._failing = QWidget()  # hidden with its margins
        row(self._failing, self.failed, margin=(14, 12, 14, 4))
        self.card.body.addWidget(self._failing)
        self.card.body.addWidget(words)
        self.card.body.addWidget(self._beside)
        self.card.body.addWidget(plan_line)
        self.card.body.addWidget(Hairline())
        self.card.body.addWidget(self.list)
        self.card.body.addLayout(row(None, self.more, None, margin=(14, 0, 14, 6)))

    def show_stand(self, stand: SafetyStand) -> None:
        """Show what there is."""
        self._stand = stand
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.tell(
            _("Backups"),
            _("Written, then opened as a test. A copied folder is no backup."),
        )
        self.now.setText(_("Back up now"))
        self.choose.setText(_("Choose a folder…"))
        self.change.setText(_("Schedule…"))
        stand = self._stand
        if stand is None:
            return
        self.now.setVisible(stand.may_change)
        self.choose.setVisible(stand.may_change)
        self.change.setVisible(stand.may_change)
        self._tell_age(stand)
        self.plan.setText(_plan(stand.schedule))
        self.failed.tell(_failed(stand))
        self._failing.setVisible(stand.failed_on is not None)
        where = stand.backup_folder if stand.folder_chosen else _("Beside the vault")
        self.folder.setText(_("Folder: {folder}").format(folder=where))
        self.same_disk.setText(same_disk_told())
        self._beside.setVisible(stand.same_disk)
        shown = stand.backups if self._all else stand.backups[:FIRST]
        heads = (_("File"), _("Made"), _("File size"), _("Epoch"), "")
        empty = _("There is no backup yet. Make the first one now.")
        self.list.fill(heads, [_row(backup) for backup in shown], empty)
        hidden = len(stand.backups) - FIRST
        self.more.setVisible(hidden > 0)
        self.more.setText(
            _("Show less") if self._all else ngettext("{n} older one", "{n} older ones", hidden)
        )

    def _tell_age(self, stand: SafetyStand) -> None:
        newest = next((backup for backup in stand.backups if backup.opens), None)
        if newest is None:
            self.icon.show_icon("soon", "soon")
            self.age.setText(_("No backup opens yet"))
            return
        days = (office_date(stand.now) - office_date(newest.made_at)).days
        fresh = days < max(STALE_DAYS, stand.schedule.every) and stand.failed_on is None
        tone = "kept" if fresh else "soon"
        self.icon.show_icon(tone, tone)
        made = ngettext("Backup made {n} day ago", "Backup made {n} days ago", days)
        self.age.setText(made if days > 0 else _("Backup made today"))

    def _toggle(self) -> None:
        self._all = not self._all
        self.retranslate()


def same_disk_told() -> str:
    """Return what to say of a folder that lies on the vault's own disk."""
    return _(
        "It lies on the same disk as the vault: a broken or stolen disk takes both. A folder on "
        "another drive is better."
    )


def _plan(plan: BackupSchedule) -> str:
    if plan.every == 1:
        every = _("By itself every day")
    else:
        every = _("By itself every {n} days").format(n=plan.every)
    kept = _("kept: {daily} daily, {weekly} weekly, {monthly} monthly").format(**vars(plan))
    return f"{every} · {kept}"


def _failed(stand: SafetyStand) -> str:
    if stand.failed_on is None:
        return ""
    if stand.folder_absent:
        told = _("The folder was not there on {day}. Connect its drive, or choose another folder.")
    else:
        told = _(
            "No backup could be written on {day}. Look whether there is room and whether the "
            "folder can be written."
        )
    return told.format(day=stand.failed_on)


def _row(backup: Backup) -> Sequence[QWidget]:
    if backup.opens:
        chip = Chip(_("Opens"), "kept")
    else:
        chip = Chip(_("Closed"), "plain", "lock")
        chip.setToolTip(_("The epoch secret was changed since; it opens nothing any more."))
    return (
        ElidedLabel(backup.name),
        PlainLabel(written(backup.made_at)),
        PlainLabel(size(backup.bytes)),
        PlainLabel(str(backup.epoch)),
        chip,
    )


def written(moment: datetime) -> str:
    """Return a moment on the office's clock: ``2026-11-23 14:05``."""
    return f"{office_time(moment):%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    kib = count / _KIB
    if kib < _KIB:
        return f"{kib:,.0f} KiB"
    return f"{kib / _KIB:,.1f} MiB" if kib < _KIB * _KIB else f"{kib / _KIB / _KIB:,.1f} GiB"
