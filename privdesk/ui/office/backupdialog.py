"""The dialog about backups that are made by themselves: how often, and how many are kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.ui.office.dialog import AskDialog
from privdesk.ui.office.ports import BackupSchedule, Safety
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import LabelledField, number_box, row

MOST_DAYS, MOST_KEPT = 90, 999


class ScheduleDialog(AskDialog):
    """Sets the schedule and the keep-rule."""

    def __init__(
        self,
        safety: Safety,
        now: BackupSchedule,
        told: Callable[[str], object],
        tasks: Tasks,
        parent: QWidget,
    ) -> None:
        super().__init__(tasks, parent)
        self._safety, self._told = safety, told
        self.every_box = number_box(1, MOST_DAYS)
        self.kept_boxes = tuple(number_box(0, MOST_KEPT) for _span in range(3))
        self.every = LabelledField(self.every_box)
        self.kept = tuple(LabelledField(box) for box in self.kept_boxes)
        counts = (now.every, now.daily, now.weekly, now.monthly)
        for box, count in zip((self.every_box, *self.kept_boxes), counts, strict=True):
            box.setValue(count)
        beside = QWidget()
        row(beside, *self.kept, gap=12)
        self.build(self.every, beside)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.setWindowTitle(_("Backups"))
        self.heading.setText(_("Backups by themselves"))
        self.why.setText(
            _(
                "While an officer works, and before the desk closes. Of the days, weeks and months "
                "with a backup the newest one of each is kept; older ones that the program made in "
                "this folder are removed. The newest one always stays."
            )
        )
        self.every.tell(_("A backup every"))
        self.every_box.setSuffix(_(" days"))
        labels = (_("Days kept"), _("Weeks kept"), _("Months kept"))
        for field, label in zip(self.kept, labels, strict=True):
            field.tell(label)
        self.go.setText(_("Keep this"))

    def submit(self) -> None:
        """Set it."""
        new = BackupSchedule(self.every_box.value(), *(box.value() for box in self.kept_boxes))
        self.attempt(
            lambda: self._safety.set_schedule(new), lambda _nothing: self._told(_("Recorded"))
        )
