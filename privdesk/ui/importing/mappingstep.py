"""The second step: what each column is, how the first rows will look, what is still asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from privdesk.core.fields import Field
from privdesk.core.i18n import _, ngettext
from privdesk.ui.form.box import FieldBox
from privdesk.ui.form.editor import Unclear
from privdesk.ui.form.editors import editor_for
from privdesk.ui.form.lookup import ServiceOf
from privdesk.ui.importing.columnlines import ColumnLines
from privdesk.ui.importing.datequestion import DateQuestion, YearsQuestion
from privdesk.ui.importing.opened import OpenedList
from privdesk.ui.importing.previewtable import PreviewTable
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language, on_look
from privdesk.ui.widgets import (
    IconLabel,
    PlainLabel,
    Plane,
    button,
    column,
    link_button,
    primary_button,
    row,
)

_ACROSS, _NARROW, _WIDE = 3, 200, 320  # the questions


class MappingStep(QWidget):
    """Changes come back from the page, which asks beside the UI thread, as another list."""

    column_picked = Signal(str, str)
    order_given = Signal(str, object)
    pivot_given = Signal(str, int)
    afresh_asked = Signal()
    sheet_picked = Signal(str)
    back_asked = Signal()
    rehearse_asked = Signal()

    def __init__(
        self, questions: tuple[Field, ...], tasks: Tasks, service_of: ServiceOf, today: date
    ) -> None:
        super().__init__()
        self._today = today
        self.opened: OpenedList | None = None
        self.file = PlainLabel("", "section")
        self.facts = PlainLabel("", "muted")
        self.sheet = QComboBox()
        self.sheet.activated.connect(lambda _at: self.sheet_picked.emit(self.sheet.currentText()))
        self.columns = ColumnLines()
        self.columns.picked.connect(self.column_picked)
        self.boxes = [FieldBox(editor_for(q, tasks, service_of)) for q in questions]
        self.asked = column(None, gap=8)
        self.last_time = PlainLabel("", "muted", wrap=True)
        self.forget = link_button("", self.afresh_asked.emit)
        self.memory = QWidget()
        info = IconLabel("info", "muted", 16)
        row(self.memory, info, self.last_time, self.forget, gap=12).setStretch(1, 1)
        self.first_rows = PlainLabel("", "section")
        self.preview = PreviewTable()
        self.notice = PlainLabel("", "error", wrap=True)
        self.rehearse = primary_button("", self.rehearse_asked.emit)
        self.back = button("", self.back_asked.emit)
        self._lay_out()
        on_language(self, self._speak)
        on_look(self, self._show)

    def _lay_out(self) -> None:
        sheet = Plane()
        head = row(None, self.file, self.facts, None, self.sheet, gap=12)
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(24)
        boxes.setVerticalSpacing(12)
        boxes.setColumnStretch(_ACROSS, 1)
        for place, box in enumerate(self.boxes):
            boxes.addWidget(box, place // _ACROSS, place % _ACROSS)
        column(
            sheet,
            head,
            boxes,
            self.asked,
            self.memory,
            self.columns,
            8,
            self.first_rows,
            self.preview,
            None,
            gap=12,
            margin=(24, 16),
        )
        for box in self.boxes:
            box.setMinimumWidth(_NARROW)
            box.setMaximumWidth(_WIDE)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        foot = Plane("foot")
        row(foot, self.rehearse, self.back, 8, self.notice, margin=(24, 10)).setStretch(3, 1)
        column(self, area, foot, gap=0).setStretch(0, 1)

    def show_list(self, opened: OpenedList) -> None:
        """Show a list as it is mapped now."""
        self.opened = opened
        self._show()

    def _show(self) -> None:
        opened = self.opened
        if opened is None:
            return
        self.file.setText(opened.source.name)
        self.facts.setText(_facts(opened))
        self.sheet.setVisible(len(opened.sheets) > 1)
        self.sheet.clear()
        self.sheet.addItems(list(opened.sheets))
        self.sheet.setCurrentText(opened.source.layout.sheet)
        self._tell_memory(opened)
        self.columns.show_list(opened)
        self.preview.show_list(opened)
        self._ask_dates(opened)
        self._look_ready(opened)

    def _tell_memory(self, opened: OpenedList) -> None:
        """Say that the last time speaks along, and above all what it leaves out."""
        left = opened.mapping.left_before
        words = _("The columns are taken as last time.")
        if left:
            words = _("The columns are taken as last time, and these left out again: {columns}.")
        self.last_time.setText(words.format(columns=", ".join(left)))
        self.memory.setVisible(opened.remembered)

    def _ask_dates(self, opened: OpenedList) -> None:
        while (item := self.asked.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for doubt in opened.doubts:
            card = DateQuestion(doubt)
            card.answered.connect(self.order_given)
            self.asked.addWidget(card)
        for doubt in opened.short:
            years = YearsQuestion(doubt, self._today.year % 100)
            years.answered.connect(self.pivot_given)
            self.asked.addWidget(years)

    def _look_ready(self, opened: OpenedList) -> None:
        lacking = [_(f.label) for f in self.lacking(opened)]
        if lacking:
            words = _("No column fills {fields}.").format(fields=", ".join(lacking))
        elif opened.doubts:
            words = _("Say which way the dates are written.")
        else:
            words = ""
        self.notice.setText(words)
        self.rehearse.setEnabled(opened.ready and not lacking)

    def lacking(self, opened: OpenedList) -> list[Field]:
        """Return the required fields that neither a column nor a question fills."""
        asked = {box.field.name for box in self.boxes}
        return [f for f in opened.missing if f.name not in asked]

    def answers(self) -> Mapping[str, Any] | None:
        """Return the answers to the questions; None, and the fault in sight, when one is wrong."""
        found: dict[str, Any] = {}
        for box in self.boxes:
            try:
                value = box.value()
            except Unclear:
                box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return None
            if value is not None:
                found[box.field.name] = value
        return found

    def _speak(self) -> None:
        self.first_rows.setText(_("The first rows as they will become"))
        self.rehearse.setText(_("Rehearse"))
        self.rehearse.setToolTip(_("Shows what an import would do; changes nothing."))
        self.back.setText(_("Another file"))
        self.forget.setText(_("Forget it and recognise the columns anew"))
        self.sheet.setAccessibleName(_("Sheet"))
        self._show()


def _facts(opened: OpenedList) -> str:
    layout = opened.source.layout
    count = ngettext("{n} column", "{n} columns", len(layout.header))
    filled = sum(1 for name in opened.mapping.fields if name)
    taken = _("{filled} recognised").format(filled=filled)
    separators = {"\t": _("tab"), ",": _("comma"), ";": _("semicolon")}
    parts = [count, taken, layout.encoding.upper(), separators.get(layout.delimiter, "")]
    return " · ".join(p for p in parts if p)
