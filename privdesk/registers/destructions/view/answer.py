"""The form for what a place answered: who, when, how many, how, and the proof."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.registers.destructions.commands import Answer, PlaceOrder
from privdesk.registers.destructions.rules import METHOD_LABELS, Method
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import LabelledField, PlainLabel, button, column, primary_button, row

DAY = Field("on", N_("Destroyed on"), Kind.DATE, required=True)


class AnswerForm(QWidget):
    """Gives an ``Answer``; complains beneath the field that is wrong."""

    given = Signal(object)  # Answer
    left = Signal()

    def __init__(self, order: PlaceOrder) -> None:
        super().__init__()
        self._order = order
        self.evidence: Path | None = None
        self.who = QLineEdit()
        self.by = LabelledField(self.who, required=True)
        self.day = DateEditor(DAY)
        self.on = LabelledField(self.day, required=True)
        self.number = QLineEdit(str(order.expected))
        self.count = LabelledField(self.number, required=True)
        self.methods = QComboBox()
        for method in order.methods:
            self.methods.addItem("", method)
        usual = self.methods.findData("delete")
        self.methods.setCurrentIndex(max(usual, 0))
        self.method = LabelledField(self.methods)
        self.attach = button("", self._ask_file, icon="folder")
        self.file = PlainLabel("", "muted")
        self.notice = PlainLabel("", "error", wrap=True)
        self.save = primary_button("", self.submit)
        self.cancel = button("", self.left.emit)
        self._build()
        on_language(self, self._speak)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, field in enumerate((self.by, self.on, self.count, self.method)):
            grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        attach = row(None, self.attach, self.file, None)
        buttons = row(None, self.save, self.cancel, self.notice, None)
        buttons.setStretch(2, 1)
        column(self, grid, attach, buttons, gap=12, margin=(30, 4, 0, 4))

    def submit(self) -> None:
        """Give the answer, or say what is missing."""
        self._forgive()
        by = self.who.text().strip()
        if not by:
            self.by.complain(_("This has to be filled in."))
        day, count = self._day(), self._number()
        if by and day is not None and count is not None:
            self.save.setEnabled(False)
            method = str(self.methods.currentData() or "")
            place = self._order.place
            self.given.emit(Answer(place, by, day, count, method, self.evidence))

    def refuse(self, error: DomainError) -> None:
        """Say why the answer was not taken."""
        self.save.setEnabled(True)
        self.notice.setText(error.sentence())

    def take_file(self, path: Path) -> None:
        """Attach a scan or a protocol."""
        self.evidence = path
        self.file.setText(path.name)

    def _day(self) -> date | None:
        try:
            value = self.day.value()
        except Unclear as why:
            self.on.complain(str(why))
            return None
        if not isinstance(value, date):
            self.on.complain(_("This has to be filled in."))
            return None
        return value

    def _number(self) -> int | None:
        text = self.number.text().replace(",", "").strip()
        if not (text.isascii() and text.isdigit()) or len(text) > 12:
            self.count.complain(_("Give a whole number."))
            return None
        return int(text)

    def _forgive(self) -> None:
        self.notice.clear()
        for field in (self.by, self.on, self.count):
            field.complain("")

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the proof"), "", _("Scans (*.pdf *.png *.jpg);;All files (*)")
        )
        if name:
            self.take_file(Path(name))

    def _speak(self) -> None:
        self.by.tell(_("Confirmed by"))
        self.on.tell(_("Destroyed on"))
        self.day.name_for_speech(_("Destroyed on"))
        hint = _("Another number than ordered stays open until it is explained.")
        self.count.tell(_("Confirmed number"), hint)
        self.method.tell(_("Method"))
        for at in range(self.methods.count()):
            self.methods.setItemText(at, _(METHOD_LABELS[Method(self.methods.itemData(at))]))
        self.attach.setText(_("Attach a proof…"))
        self.save.setText(_("Enter the answer"))
        self.cancel.setText(_("Cancel"))
