"""The page on which a second officer approves a declared restore before anybody works in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.ui.front import FrontPage
from privdesk.ui.longbar import LongBar
from privdesk.ui.office.choosing import PathField, choose_file, choose_target
from privdesk.ui.office.frame import Notice
from privdesk.ui.restoring.ports import Approval
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.widgets import (
    LabelledField,
    PlainLabel,
    button,
    column,
    primary_button,
    row,
)

_WIDTH, _HEIGHT = 600, 96


class ApprovalPage(FrontPage):
    """``approved`` carries how many people were destroyed again."""

    help_topic = "backup"
    approved = Signal(int)
    cancelled = Signal()

    def __init__(self, approval: Approval, tasks: Tasks, theme: Theme) -> None:
        super().__init__(theme, _WIDTH)
        self._approval, self._tasks = approval, tasks
        self.busy_now = False
        self.heading = PlainLabel("", "title", wrap=True)
        self.why = PlainLabel("", "muted", wrap=True)
        self.people = QPlainTextEdit()
        self.people.setFixedHeight(_HEIGHT)
        self.people.setTabChangesFocus(True)
        self.named = LabelledField(self.people)
        self.from_paper = button("", self._browse_paper, icon="documents")
        self.told = PlainLabel("", "caption", wrap=True)
        self.number_line = QLineEdit()
        self.number = LabelledField(self.number_line)
        self.custody = PathField(self._browse_custody)
        self.nobody = QCheckBox()
        self.lost = QCheckBox()
        self.lost.setVisible(approval.living)
        self.notice = Notice()
        self.work = LongBar(tasks)
        self.go = primary_button("", self.submit)
        self.back = button("", self.cancelled.emit)
        self._build()
        self.setFocusProxy(self.people)
        self.retranslate()

    def submit(self) -> None:
        """Approve."""
        if self.busy_now:
            return
        told, number = self.people.toPlainText().strip(), self.number_line.text().strip()
        custody, lost = self.custody.path(), self.lost.isChecked()
        if not told and not self.nobody.isChecked():
            self.notice.tell(_("Name who is on certificates issued since, or say that none was."))
            return
        self.notice.tell("")
        self._set_busy(True)
        self._tasks.long(
            self,
            lambda progress: self._approval.approve(told, number, custody, progress, lost=lost),
            title=_("Approving the restore"),
            done=self.approved.emit,
            failed=self.refuse,
        )

    def take_paper(self, path: str) -> None:
        """Add the numbers that a paper names."""
        self._tasks.run(
            self,
            partial(self._approval.numbers, Path(path)),
            done=self._add,
            failed=self.refuse,
        )

    def leave(self) -> bool:
        """The window stays while the approval is under way."""
        return not self.busy_now

    def refuse(self, error: DomainError) -> None:
        """Show why it was refused."""
        self._set_busy(False)
        self.notice.tell(error.sentence())

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        approval = self._approval
        self.heading.setText(_("Approve the restore"))
        why = _(
            "{by} restored this vault from a backup of {day}. What was entered after that day is "
            "not in it, and who was destroyed after it is in it again. Take the certificates "
            "issued since: whom they name is destroyed again before anybody works here."
        )
        self.why.setText(why.format(by=approval.by, day=approval.day))
        self.named.tell(
            _("Numbers of these people, or of their destructions"),
            _("As they stand on the papers, such as S-001234-0 or D-000012-5; empty for nobody."),
        )
        self.from_paper.setText(_("Take them from a paper…"))
        self.number.tell(_("Number of the certificate"), _("It is noted with these people."))
        self.custody.tell(
            _("New custody copy"),
            _("A sheet (.pdf) or key file (.key). Without one, it waits as a task."),
        )
        nobody = _("No certificate of destruction was issued after {day}")
        self.nobody.setText(nobody.format(day=approval.day))
        self.lost.setText(_("Nothing is left of the living vault or of newer backups"))
        self.go.setText(_("Approve"))
        self.back.setText(_("Not now"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # -- inside

    def _build(self) -> None:
        self.notice.hide()
        self.told.hide()
        column(
            self.card,
            self.heading,
            self.why,
            12,
            self.named,
            row(None, self.from_paper, self.told, None, gap=10),
            self.nobody,
            8,
            self.number,
            4,
            self.custody,
            self.lost,
            self.notice,
            self.work,
            8,
            row(None, None, self.back, self.go),
            gap=4,
            margin=(28, 24, 28, 22),
        )

    def _add(self, numbers: Sequence[str]) -> None:
        there = self.people.toPlainText().split()
        fresh = [number for number in numbers if number not in there]
        self.people.setPlainText("\n".join([*there, *fresh]))
        count = len(fresh)
        told = ngettext("{n} number was found.", "{n} numbers were found.", count)
        self.told.setText(told if count else _("It holds no number of a person or destruction."))
        self.told.show()

    def _browse_paper(self) -> None:
        kinds = _("Papers and lists (*.pdf *.txt *.csv)")
        choose_file(self, _("Take them from a paper…"), kinds, self.take_paper)

    def _browse_custody(self) -> None:
        kinds = _("Custody sheet (*.pdf);;Key file for a drive (*.key)")
        title = _("Where the new custody copy is written")
        choose_target(self, title, "custody.pdf", kinds, self.custody.set_path)

    def _set_busy(self, busy: bool) -> None:
        self.busy_now = busy
        for control in (self.go, self.back):
            control.setVisible(not busy)
