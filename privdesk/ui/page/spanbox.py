"""A small box that asks for two dates."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _
from privdesk.ui.form.box import FieldBox
from privdesk.ui.form.dates import DateEditor
from privdesk.ui.form.editor import Unclear
from privdesk.ui.widgets import PlainLabel, Plane, column, primary_button, row

_ENDS = (Field("first", N_("From"), Kind.DATE), Field("last", N_("To"), Kind.DATE))


class SpanBox(Plane):
    """From … to …: either may stay empty."""

    chosen = Signal(str, str)  # ISO dates, or nothing

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__("float", parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editors = [DateEditor(f) for f in _ENDS]
        self.first, self.last = map(FieldBox, editors)
        self.use = primary_button(_("Filter"), self._use)
        head = PlainLabel(_(field.label), "strong")
        dates = row(None, self.first, self.last, gap=12)
        column(self, head, dates, row(None, None, self.use), gap=10, margin=16)
        for editor in editors:
            editor.line.returnPressed.connect(self._use)

    def open_below(self, widget: QWidget) -> None:
        """Show the box under a widget."""
        self.move(widget.mapToGlobal(QPoint(0, widget.height() + 4)))
        self.show()
        self.first.editor.setFocus()

    def _use(self) -> None:
        try:
            days = [_iso(box) for box in (self.first, self.last)]
        except Unclear:
            return
        if any(days):
            self.chosen.emit(*days)
        self.close()


def _iso(box: FieldBox) -> str:
    value = box.value()
    return value.isoformat() if isinstance(value, date) else ""
