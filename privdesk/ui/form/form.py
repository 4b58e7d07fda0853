"""A record's form, built from its fields: labels above, two columns, Save always in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.ui.form.box import FieldBox
from privdesk.ui.form.editor import Raw, Unclear
from privdesk.ui.form.editors import editor_for
from privdesk.ui.form.foot import FormFoot
from privdesk.ui.form.lookup import ServiceOf
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import Plane, column, row

_WIDE = (Kind.NOTE, Kind.CHOICES, Kind.LINKS)
_WIDEST = 760
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class RecordForm(QWidget):
    """Asks for the values of some fields; an error stands beneath the field it is about.

    ``submitted`` carries the values to store: all that were given of a new record,
    the changed ones of an existing record. The page answers by closing the form or
    with ``refused``. Nothing typed is lost by leaving: ``leave`` asks first.
    """

    submitted = Signal(dict)
    cancelled = Signal()

    def __init__(
        self,
        fields: Iterable[Field],
        tasks: Tasks,
        service_of: ServiceOf,
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        asked = [f for f in fields if f.enterable and f.in_form]
        self.boxes = {f.name: FieldBox(editor_for(f, tasks, service_of)) for f in asked}
        self.foot = FormFoot()
        self.ref = ""
        self._pristine: dict[str, Raw] = {}
        self._columns, self._grid = columns, QGridLayout()
        self._hidden: frozenset[str] = frozenset()
        self._build()
        for box in self.boxes.values():
            box.editor.left.connect(box.look_again)
            box.editor.changed.connect(box.forgive)
            box.editor.changed.connect(self.foot.back_to_work)
        for name in {other for box in self.boxes.values() for other, _of in box.field.shown_for}:
            if name in self.boxes:
                self.boxes[name].editor.changed.connect(self._fit_fields)
        self.foot.save.clicked.connect(self.submit)
        self.foot.cancel.clicked.connect(self.cancel)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit, context=_HERE)
        self.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        sheet = Plane()
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        row(sheet, inner, gap=0).setAlignment(Qt.AlignmentFlag.AlignLeft)
        grid = self._grid
        inner.setLayout(grid)
        grid.setContentsMargins(24, 16, 24, 24)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(16)
        self._place()
        for across in range(self._columns):
            grid.setColumnStretch(across, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setVisible(bool(self.boxes))  # a form without questions is its buttons
        column(self, area, self.foot, gap=0).setStretch(0, 1)

    def _place(self) -> None:
        """Lay the fields out that fit what is chosen; the others are hidden and take no room."""
        grid, columns, place = self._grid, self._columns, 0
        for line in range(grid.rowCount()):
            grid.setRowStretch(line, 0)
        for box in self.boxes.values():
            grid.removeWidget(box)
            box.setVisible(box.field.name not in self._hidden)
            if box.field.name in self._hidden:
                continue
            wide = box.field.kind in _WIDE
            place += -place % columns if wide else 0
            span = columns if wide else 1
            grid.addWidget(box, place // columns, place % columns, 1, span)
            place += span
        grid.setRowStretch(place // columns + 1, 1)

    def _fit_fields(self) -> None:
        """Show the fields that fit the values of others, and those that hold something."""
        hidden = frozenset(n for n, box in self.boxes.items() if not self._fits(box))
        if hidden != self._hidden:
            self._hidden = hidden
            self._place()

    def _fits(self, box: FieldBox) -> bool:
        told = ((self.boxes[n].editor.raw(), of) for n, of in box.field.shown_for
                if n in self.boxes)  # fmt: skip
        return all(raw in of for raw, of in told) or bool(box.editor.raw())

    # what is in it

    def start(self, values: Mapping[str, Any] | None = None) -> None:
        """Begin a new record, with the defaults and some values given."""
        self.ref = ""
        given = values or {}
        for name, box in self.boxes.items():
            value = given.get(name, box.field.default)
            if value is not None:
                box.editor.set_value(value)
        self._remember()

    def edit(self, row: Row) -> None:
        """Begin with a record as it stands; masked values stay unless new ones are typed."""
        self.ref = row.ref
        for name, box in self.boxes.items():
            value = row.values.get(name)
            if name in row.masked and value:
                box.keep_hidden(str(value))
            else:
                box.editor.set_value(value)
            box.editor.setEnabled(not box.field.fixed)
        self._remember()

    def _remember(self) -> None:
        self._pristine = self._raws()
        self._fit_fields()

    def _raws(self) -> dict[str, Raw]:
        return {name: box.editor.raw() for name, box in self.boxes.items()}

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not stored."""
        return self._raws() != self._pristine

    def draft(self) -> dict[str, Any]:
        """Return what was typed, as JSON holds it: for the sealed draft of a lock."""
        now = self._raws()
        typed = {n: raw for n, raw in now.items() if raw != self._pristine.get(n)}
        return {"ref": self.ref, "typed": typed}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``draft`` gave, on a form that was begun in the same way."""
        for name, raw in draft.get("typed", {}).items():
            if name in self.boxes:
                self.boxes[name].editor.set_raw(raw)
        self._fit_fields()

    def focus_first(self) -> None:
        """Put the cursor into the first field that can be changed."""
        for box in self.boxes.values():
            if box.editor.isEnabled() and not box.isHidden():
                box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # saving and leaving

    def submit(self) -> None:
        """Check every field; hand the values on, or go to the first that is wrong."""
        values: dict[str, Any] = {}
        wrong: FieldBox | None = None
        for name, box in self.boxes.items():
            try:
                values[name] = box.value()
            except Unclear:
                wrong = wrong or box
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.foot.explain(_("Some fields need another look."))
            return
        self.foot.wait()
        self.submitted.emit(self._to_store(values))

    def _to_store(self, values: dict[str, Any]) -> dict[str, Any]:
        if not self.ref:
            return {n: v for n, v in values.items() if v is not None}
        now = self._raws()
        return {n: v for n, v in values.items() if now[n] != self._pristine.get(n)}

    def refused(self, error: DomainError) -> None:
        """Say why nothing was stored, beneath the field where the service names one."""
        box = self._blamed(str(error.details.get("field", "") or error.field))
        if box is not None:
            box.refuse(str(error.details.get("cause") or error.sentence()))
            box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.foot.explain(error.sentence())

    def _blamed(self, name: str) -> FieldBox | None:
        for box in self.boxes.values():
            if name in (box.field.name, box.field.label, _(box.field.label)):
                return box
        return None

    def cancel(self) -> None:
        """Close the form, after a question when something would be lost."""
        self.leave(self.cancelled.emit)

    def leave(self, then: Callable[[], None]) -> None:
        """Call ``then`` at once, or when the person says that the changes may go."""
        if self.dirty:
            self.foot.ask(then)
        else:
            then()
