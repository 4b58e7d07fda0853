"""The fourth step: the count typed, the custody copy, the witness; then the stages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.i18n import _, ngettext
from privdesk.registers.destructions.commands import Standing
from privdesk.registers.destructions.view.progress import StageList
from privdesk.registers.destructions.view.step import StepFace
from privdesk.ui.progress import Progress
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import (
    Card,
    IconLabel,
    LabelledField,
    PlainLabel,
    Plane,
    button,
    danger_button,
    quiet_button,
    row,
)

_FIELD = 420


class ExecuteStep(StepFace):
    """Red, and asks to type the count; a destruction that was interrupted is finished here."""

    execute_asked = Signal(object, str)  # custody path, witness
    places_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, stages: Sequence[str], last_stop: int) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self.warning = PlainLabel("", wrap=True)
        self.unsent = PlainLabel("", wrap=True)
        self.to_places = button("", self.places_asked.emit)
        self.number = QLineEdit()
        self.count = LabelledField(self.number, required=True)
        self.path = QLineEdit()
        self.browse = button("", self._ask_path, icon="folder")
        self._place = QWidget()
        self._place.setFocusProxy(self.path)
        row(self._place, self.path, self.browse, gap=8)
        self.custody = LabelledField(self._place, required=True)
        self.names = QComboBox()
        self.names.setEditable(True)
        self.witness = LabelledField(self.names, required=True)
        self.stages = StageList(stages, last_stop)
        self.stages.hide()
        self.go = danger_button("", self._go, icon="shred")
        self.cancel = quiet_button("", self.cancel_asked.emit)
        self._build()
        self.foot(self.go, self.cancel)
        self.firsts = (self.number, self.path)
        self.number.textChanged.connect(self._look)
        self.path.textChanged.connect(self._look)
        self.names.editTextChanged.connect(self._look)
        on_language(self, self._speak)

    def _build(self) -> None:
        notice = Plane("notice")
        row(notice, IconLabel("overdue", "overdue", 18), self.warning, gap=12, margin=(16, 12))
        notice.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._notice = notice
        self._unsent = Card(margin=12)
        line = row(None, IconLabel("soon", "soon", 18), self.unsent, self.to_places, gap=12)
        line.setStretch(1, 1)
        self._unsent.body.addLayout(line)
        self._form = Card(gap=16)
        for field in (self.count, self.custody, self.witness):
            field.setMaximumWidth(_FIELD)
            self._form.body.addWidget(field)
        self.number.setFixedWidth(160)
        for widget in (notice, self._unsent, self._form, self.stages):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def tell(self, standing: Standing) -> None:
        """Show what has to be given before it runs."""
        self._standing = standing
        if self.stages.watching:
            return
        self.forgive()
        finishing = standing.state == "executing"
        ready = standing.state in ("approved", "executing")
        self.count.setVisible(not finishing)
        self.witness.setVisible(not finishing)
        self._form.setVisible(ready)
        self.bar.setVisible(ready)
        self.cancel.setVisible(standing.state == "approved")
        self._notice.setVisible(ready)
        open_orders = [one for one in standing.places if one.state == "open"]
        self._unsent.setVisible(standing.state == "approved" and bool(open_orders))
        self._offer_witnesses(standing)
        self._speak()
        self._look()

    def _offer_witnesses(self, standing: Standing) -> None:
        typed = self.names.currentText()
        before = [self.names.itemText(at) for at in range(self.names.count())]
        if before != list(standing.witnesses):
            self.names.clear()
            self.names.addItems(list(standing.witnesses))
            if typed and typed not in before:
                self.names.setEditText(typed)

    # running

    def watch(self, progress: Progress) -> None:
        """Show the stages of an execution that has begun."""
        self._form.hide()
        self._unsent.hide()
        self.bar.hide()
        self.stages.show()
        self.stages.watch(progress)

    def end(self) -> None:
        """The execution has ended, one way or another."""
        self.stages.end()
        self.stages.hide()

    def refuse(self, error: DomainError) -> None:
        """Say why it did not run."""
        super().refuse(error)
        self.bar.show()

    # asking

    @property
    def wanted(self) -> int:
        """Return the number that has to be typed."""
        return self._standing.content.people if self._standing else 0

    def _typed(self) -> int | None:
        text = self.number.text().replace(",", "").replace(" ", "").removesuffix("명")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None

    def _look(self) -> None:
        self.forgive()
        standing = self._standing
        counted = standing is not None and (
            standing.state == "executing" or self._typed() == self.wanted
        )
        path, witness = self.path.text().strip(), self.names.currentText().strip()
        self.go.setEnabled(bool(counted and path and witness))

    def _go(self) -> None:
        self.go.setEnabled(False)
        path = Path(self.path.text().strip()).expanduser()
        self.execute_asked.emit(path, self.names.currentText().strip())

    def _ask_path(self) -> None:
        kinds = _("Custody sheet (*.pdf);;Key file for a drive (*.key)")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Where the new custody copy is written"), "custody.pdf", kinds
        )
        if name:
            self.path.setText(name)

    # words

    def _speak(self) -> None:
        people = self.wanted
        self.browse.setText(_("Choose…"))
        self.to_places.setText(_("Go to the orders"))
        self.cancel.setText(_("Cancel the destruction…"))
        hint = _("Type {n} to show that you know how many.").format(n=f"{people:,}")
        self.count.tell(_("How many people are destroyed?"), hint)
        self.custody.tell(
            _("New custody copy"),
            _("A sheet (.pdf) or a key file (.key) outside the vault; it replaces older copies."),
        )
        self.path.setAccessibleName(_("New custody copy"))
        self.witness.tell(_("Witness"), _("Somebody other than you."))
        standing = self._standing
        if standing is None:
            return
        n = sum(order.state == "open" for order in standing.places)
        self.unsent.setText(
            ngettext("{n} order was not printed yet.", "{n} orders were not printed yet.", n)
        )
        self._speak_state(standing, people)

    def _speak_state(self, standing: Standing, people: int) -> None:
        if standing.state == "executing":
            self.heading.setText(_("Finish the destruction"))
            self.lead.setText(_("It was interrupted after the keys had been destroyed."))
            self.warning.setText(
                _("The people are gone from the vault, but older copies still open them.")
            )
            self.go.setText(_("Finish the destruction"))
            return
        destroy = ngettext("Destroy {n} person", "Destroy {n} people", people)
        self.heading.setText(destroy)
        self.go.setText(destroy)
        self.warning.setText(
            _(
                "This cannot be undone: the keys are destroyed, and older copies of the vault"
                " no longer open these people either."
            )
        )
        done = standing.state in ("executed", "backups_closed", "complete")
        self.lead.setText(
            _("Executed.") if done else _("Who was put on hold since the approval is left out.")
        )
