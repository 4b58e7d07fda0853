"""The page that makes a vault of a backup: which file, where to, what else is there, who opens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from privdesk.core.clock import office_time
from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.front import FrontPage
from privdesk.ui.longbar import LongBar
from privdesk.ui.office.choosing import PathField, choose_file, choose_folder
from privdesk.ui.office.frame import Notice
from privdesk.ui.restoring.ports import DECLARED, LIVING, Found, Restorer, Wish
from privdesk.ui.restoring.ways import WayChoice
from privdesk.ui.source import SourceBox
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import Theme
from privdesk.ui.unlock import Person
from privdesk.ui.widgets import (
    LabelledField,
    PassphraseLine,
    PlainLabel,
    button,
    column,
    primary_button,
    row,
)

_WIDTH = 600


class RestorePage(FrontPage):
    """``restored`` carries the folder of the new vault, and by which way it was made."""

    help_topic = "backup"
    restored = Signal(object, str)
    cancelled = Signal()

    def __init__(self, restorer: Restorer, tasks: Tasks, theme: Theme) -> None:
        super().__init__(theme, _WIDTH)
        self._restorer, self._tasks = restorer, tasks
        self.found: Found | None = None
        self._people: Sequence[Person] = ()
        self.busy_now = False
        self.heading = PlainLabel("", "title")
        self.why = PlainLabel("", "muted", wrap=True)
        self.file = PathField(self._browse_file, required=True)
        self.about = PlainLabel("", "caption", wrap=True)
        self.folder = PathField(self._browse_folder, required=True)
        self.ways = WayChoice()
        self.live = PathField(self._browse_live, required=True)
        self.custody = SourceBox()
        self.who = QComboBox()
        self.officer = LabelledField(self.who)
        self.line = PassphraseLine()
        self.passphrase = LabelledField(self.line, required=True)
        self.notice = Notice()
        self.work = LongBar(tasks)
        self.go = primary_button("", self.submit)
        self.back = button("", self.cancelled.emit)
        self._build()
        self.setFocusProxy(self.file.line)
        self.ways.changed.connect(self._way_changed)
        self.file.line.editingFinished.connect(self._file_named)
        self.live.line.editingFinished.connect(self._live_named)
        self.line.returnPressed.connect(self.submit)
        self.retranslate()
        self._way_changed()

    def take_file(self, path: str) -> None:
        """Look at a backup that was chosen."""
        self.file.set_path(path)
        self._file_named()

    def take_live(self, path: str) -> None:
        """Take the living vault that was chosen."""
        self.live.set_path(path)
        self._live_named()

    def submit(self) -> None:
        """Restore, once everything is filled in."""
        wish = self._wish()
        if wish is None or self.busy_now:
            return
        self.notice.tell("")
        self._set_busy(True)
        self._tasks.long(
            self,
            lambda progress: self._restorer.restore(wish, progress),
            title=_("Restoring the backup"),
            done=lambda folder: self.restored.emit(folder, wish.way),
            failed=self.refuse,
        )

    def leave(self) -> bool:
        """The window stays while a vault is being made."""
        return not self.busy_now

    def refuse(self, error: DomainError) -> None:
        """Show why it was refused."""
        self._set_busy(False)
        self.notice.tell(error.sentence())

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.heading.setText(_("Restore a backup"))
        self.why.setText(
            _("The backup becomes a vault of its own; what lies there already is left alone.")
        )
        self.file.tell(_("Backup"))
        self.folder.tell(_("Folder of the vault"), _("A new name on this workstation’s own disk."))
        self.live.tell(
            _("The vault in use, or a newer backup of it"), _("Close it first where it is open.")
        )
        self.custody.tell(_("The custody copy of then: its file, or the letters on the sheet"))
        self.custody.retranslate()
        self.officer.tell(_("Officer"))
        self.passphrase.tell(_("Passphrase"))
        self.go.setText(_("Restore"))
        self.back.setText(_("Cancel"))
        self.ways.retranslate()
        self._tell_about()
        self._list_people()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # -- inside

    def _build(self) -> None:
        self.notice.hide()
        column(
            self.card,
            self.heading,
            self.why,
            10,
            self.file,
            self.about,
            4,
            self.folder,
            6,
            self.ways,
            self.live,
            self.custody,
            6,
            self._who_opens(),
            self.notice,
            self.work,
            6,
            row(None, None, self.back, self.go),
            gap=4,
            margin=(28, 24, 28, 22),
        )

    def _who_opens(self) -> QHBoxLayout:
        beside = row(None, self.officer, self.passphrase, gap=12)
        for at, field in enumerate((self.officer, self.passphrase)):
            beside.setStretch(at, 1)
            beside.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        return beside

    def _file_named(self) -> None:
        path = self.file.path()
        self.file.complain("")
        if path is not None:
            self._tasks.run(
                self,
                partial(self._restorer.look, path),
                done=self._found,
                failed=self._not_found,
                latest="look",
            )

    def _found(self, found: Found) -> None:
        self.found, self._people = found, found.people
        if not self.folder.path():
            self.folder.set_path(str(found.folder))
        self.ways.choose(found.way, opens=found.opens, dropped=found.dropped)
        self._tell_about()
        self._list_people()

    def _not_found(self, error: DomainError) -> None:
        self.found = None
        self._tell_about()
        self.file.complain(error.sentence())

    def _live_named(self) -> None:
        path = self.live.path()
        self.live.complain("")
        if path is not None:
            self._tasks.run(
                self,
                partial(self._restorer.people, path),
                done=self._live_found,
                failed=lambda error: self.live.complain(error.sentence()),
                latest="live",
            )

    def _live_found(self, people: Sequence[Person]) -> None:
        self._people = people
        self._list_people()

    def _tell_about(self) -> None:
        found = self.found
        self.about.setVisible(found is not None)
        if found is not None:
            made = f"{office_time(found.made):%Y-%m-%d %H:%M}"
            told = _("{office}, made on {made}").format(office=found.office, made=made)
            self.about.setText(told)

    def _list_people(self) -> None:
        chosen = self.who.currentData()
        self.who.clear()
        for person in self._people:
            told = f"{person.name} · {_(person.role)}" if person.role else person.name
            self.who.addItem(told, person.name)
        self.who.setCurrentIndex(max(self.who.findData(chosen), 0) if self._people else -1)

    def _way_changed(self) -> None:
        way = self.ways.way
        self.live.setVisible(way == LIVING)
        self.custody.setVisible(way == DECLARED)
        if self.found is not None and way != LIVING:
            self._people = self.found.people
            self._list_people()

    def _wish(self) -> Wish | None:
        way, file, folder = self.ways.way, self.file.path(), self.folder.path()
        live, custody = self.live.path(), self.custody.value()
        passphrase, name = self.line.value(), str(self.who.currentData() or "")
        self.file.complain("" if file else _("Choose the backup."))
        self.folder.complain("" if folder else _("Choose where the vault shall lie."))
        self.live.complain("" if live else _("Choose the vault in use, or a newer backup."))
        self.custody.complain("" if custody else _("Choose the file or type the letters."))
        self.passphrase.complain("" if passphrase else _("Type the passphrase."))
        besides = {LIVING: live is not None, DECLARED: bool(custody)}.get(way, True)
        if not (file and folder and name and passphrase and besides):
            return None
        own = live if way == LIVING else None
        return Wish(
            file, _named(folder), way, name, passphrase, own, custody if way == DECLARED else ""
        )

    def _set_busy(self, busy: bool) -> None:
        self.busy_now = busy
        for control in (self.go, self.back):
            control.setVisible(not busy)

    def _browse_file(self) -> None:
        kinds = _("Backups (*.pdbackup);;All files (*)")
        choose_file(self, _("Backup"), kinds, self.take_file)

    def _browse_folder(self) -> None:
        def take(folder: str) -> None:
            found = self.found.folder.name if self.found else "office.privdesk"
            self.folder.set_path(str(Path(folder) / found))

        choose_folder(self, _("Folder of the vault"), "", take)

    def _browse_live(self) -> None:
        choose_folder(self, _("The vault in use"), "", self.take_live)


def _named(folder: Path) -> Path:
    """Return the folder with the ending of a vault."""
    return folder if folder.suffix == ".privdesk" else folder.with_name(f"{folder.name}.privdesk")
