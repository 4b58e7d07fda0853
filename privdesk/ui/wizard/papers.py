"""Recovery kit and custody sheet: saved or printed, then tried before one may go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _
from privdesk.ui.saving import save_bytes
from privdesk.ui.source import SourceBox
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import (
    IconLabel,
    LabelledField,
    PlainLabel,
    add,
    button,
    row,
)
from privdesk.ui.wizard.setup import CustodySheet, SetUp
from privdesk.ui.wizard.steps import Step


class Tick(QWidget):
    """A line that says whether something has been done yet."""

    def __init__(self) -> None:
        super().__init__()
        self.icon = IconLabel("plain", "muted", 18)
        self.label = PlainLabel("", wrap=True)
        line = row(self, self.icon, self.label, gap=8)
        line.setStretch(1, 1)

    def tell(self, text: str, done: bool) -> None:
        """Set the text and whether it is done."""
        self.label.setText(text)
        self.icon.show_icon("kept" if done else "plain", "kept" if done else "muted")
        self.setAccessibleName(text)


class PaperStep(Step):
    """A secret paper: 1 save or print it, 2 try it."""

    def __init__(self, tasks: Tasks, file_name: str) -> None:
        super().__init__()
        self._tasks = tasks
        self._file_name = file_name
        self._saved: Path | None = None
        self._printed = False
        self._shown = ""
        self.first = PlainLabel("", "section")
        self.save = button("", self._save, icon="save")
        self.print = button("", self._print, icon="print")
        self.saved = Tick()
        self.second = PlainLabel("", "section")
        self.hint = PlainLabel("", "muted", wrap=True)
        self.try_it = button("", self._try, icon="check")
        self.source = SourceBox(self.try_it)
        self.tried = Tick()

    def build(self, *before: QWidget) -> None:
        """Lay out, with the step's own controls before the paper."""
        add(
            self.body,
            *before,
            self.first,
            row(None, self.save, self.print, None),
            self.saved,
            12,
            self.second,
            self.hint,
            self.source,
            self.tried,
            None,
        )
        self.retranslate()

    def complete(self) -> bool:
        """The paper was tried and opened."""
        return bool(self._shown)

    def paper(self) -> bytes:
        """Return the paper as PDF; runs on the database thread."""
        raise NotImplementedError

    def attempt(self, source: str) -> str:
        """Try the paper; runs on the database thread; returns the check shown."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Whether the paper can be made; says what is missing."""
        return True

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        self.save.setText(_("Save as PDF…"))
        self.print.setText(_("Print…"))
        self.source.retranslate()
        if self._saved is not None:
            self.saved.tell(_("Saved as {name}").format(name=self._saved.name), True)
        elif self._printed:
            self.saved.tell(_("Printed"), True)
        else:
            self.saved.tell(_("Not yet saved or printed"), False)

    def save_to(self, path: Path) -> None:
        """Write the paper to a file."""
        self._make(lambda data: self._write(path, data))

    def _save(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF…"), str(Path.home() / self._file_name), "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def _print(self) -> None:
        def show(data: bytes) -> None:
            from privdesk.ui.preview import Preview

            preview = Preview(data, self.title.text(), self._file_name, self, may_save=False)
            preview.printed.connect(self._was_printed)
            preview.open()

        self._make(show)

    def _make(self, then: Callable[[bytes], None]) -> None:
        if self.ready():
            self._tasks.run(self, self.paper, done=then, failed=self.refuse)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            save_bytes(path, data)
        except DomainError as error:
            self.refuse(error)
            return
        self._saved = path
        self.source.set_value(str(path))
        self.retranslate()
        self.changed.emit()

    def _was_printed(self) -> None:
        self._printed = True
        self.retranslate()

    def _try(self) -> None:
        source = self.source.value()
        self.source.complain("" if source else _("Choose the file or type the letters."))
        if source:
            self.try_it.setEnabled(False)
            self._tasks.run(
                self, lambda: self.attempt(source), done=self._opened, failed=self.refuse
            )

    def _opened(self, shown: str) -> None:
        self._shown = shown
        self.try_it.setEnabled(True)
        self.source.complain("")
        self.retranslate()
        self.changed.emit()

    def refuse(self, error: DomainError) -> None:
        """Say why the paper does not open, or cannot be written."""
        self._shown = ""
        self.try_it.setEnabled(True)
        self.source.complain(error.sentence())
        self.retranslate()
        self.changed.emit()


class KitStep(PaperStep):
    """The recovery kit."""

    def __init__(self, setup: SetUp, tasks: Tasks) -> None:
        super().__init__(tasks, "recovery-kit.pdf")
        self._setup = setup
        self.build()

    def name(self) -> str:
        """Return the step's name."""
        return _("Recovery kit")

    def paper(self) -> bytes:
        """Return the kit as PDF."""
        return self._setup.kit()

    def attempt(self, source: str) -> str:
        """Open the office with it."""
        return self._setup.check_kit(source)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.title.setText(_("The recovery kit"))
        self.why.setText(
            _(
                "When every officer has left or forgotten, this paper enrols an officer again, and "
                "does nothing else. Keep it sealed, apart from the workstation and apart from the "
                "custody sheet."
            )
        )
        self.first.setText(_("1. Save or print it"))
        self.second.setText(_("2. Try whether it opens"))
        self.hint.setText(
            _("Choose the file that you saved, or type the letters from the printed sheet.")
        )
        self.source.tell(_("The kit’s file, or its letters"))
        self.try_it.setText(_("Open the office with it"))
        if self._shown:
            done = _("The kit opens this office. Its check is {check}.")
            self.tried.tell(done.format(check=self._shown), True)
        else:
            self.tried.tell(_("Not yet tried"), False)


class CustodyStep(PaperStep):
    """The custody sheet: number, keeper, place; read back."""

    def __init__(self, setup: SetUp, tasks: Tasks) -> None:
        super().__init__(tasks, "custody-1.pdf")
        self._setup = setup
        self._sheet: CustodySheet | None = None
        self.keeper_line, self.place_line = QLineEdit(), QLineEdit()
        self.keeper = LabelledField(self.keeper_line, required=True)
        self.place = LabelledField(self.place_line, required=True)
        who = QWidget()
        beside = row(who, self.keeper, self.place, gap=16)
        for field in (self.keeper, self.place):
            beside.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.build(who)

    def name(self) -> str:
        """Return the step's name."""
        return _("Custody sheet")

    def ready(self) -> bool:
        """Keeper and place are known."""
        for field, line, sentence in (
            (self.keeper, self.keeper_line, _("Write who keeps it.")),
            (self.place, self.place_line, _("Write where it is kept.")),
        ):
            field.complain("" if line.text().strip() else sentence)
        return bool(self.keeper_line.text().strip() and self.place_line.text().strip())

    def paper(self) -> bytes:
        """Return the sheet as PDF."""
        keeper, place = self.keeper_line.text().strip(), self.place_line.text().strip()
        self._sheet, data = self._setup.custody(keeper, place)
        return data

    def attempt(self, source: str) -> str:
        """Read it back."""
        return self._setup.check_custody(source)

    def retranslate(self) -> None:
        """Set the texts in the language of the screen."""
        super().retranslate()
        self.title.setText(_("The custody sheet"))
        self.why.setText(
            _(
                "The epoch secret lies on this workstation only, outside the vault and outside "
                "every backup. This numbered sheet is its one copy: without it, a broken disk "
                "takes all personal data along. After each destruction a new one replaces it."
            )
        )
        self.keeper.tell(_("Keeper"))
        self.place.tell(_("Where it is kept"), _("For example: safe of the legal department"))
        self.first.setText(_("1. Save or print it"))
        self.second.setText(_("2. Read it back"))
        self.hint.setText(
            _("Choose the file that you saved, or type the letters from the printed sheet.")
        )
        self.source.tell(_("The custody file, or the letters on the sheet"))
        self.try_it.setText(_("Read it back"))
        if self._shown:
            done = _("The sheet holds this office’s secret. Its check is {check}.")
            self.tried.tell(done.format(check=self._shown), True)
        else:
            self.tried.tell(_("Not yet read back"), False)
