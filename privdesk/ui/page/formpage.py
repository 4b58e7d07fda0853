"""A record's form as a page of its own, in place of the list while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Row, Service
from privdesk.ui.form.form import RecordForm
from privdesk.ui.page.context import PageContext
from privdesk.ui.table.cells import new_words, noun, row_title
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, IconButton, PlainLabel, Plane, column, row


class FormPage(Plane):
    """Creates or changes one record of a register."""

    saved = Signal(object, bool)  # Row, whether it is new
    left = Signal()

    def __init__(
        self, service: Service, context: PageContext, parent: QWidget | None = None
    ) -> None:
        super().__init__("surface", parent)
        self._service = service
        self._context = context
        self._row: Row | None = None
        self.form = RecordForm(service.fields(), context.tasks, context.service_of)
        self.back = IconButton("back", "", self.form.cancel)
        self.title = PlainLabel("", "section")
        head = row(None, self.back, self.title, None, gap=8, margin=(14, 8))
        column(self, head, Hairline(), self.form, gap=0).setStretch(2, 1)
        self.form.submitted.connect(self._store)
        self.form.cancelled.connect(self.left)
        on_language(self, self._speak)

    @property
    def register(self) -> str:
        """Return the name of the register."""
        return self._service.register.name

    def begin_new(self, values: Mapping[str, Any] | None = None) -> None:
        """Begin a new record."""
        self._row = None
        self.form.start(values)
        self._speak()
        self.form.focus_first()

    def begin_edit(self, shown: Row) -> None:
        """Begin to change a record."""
        self._row = shown
        self.form.edit(shown)
        self._speak()
        self.form.focus_first()

    def _speak(self) -> None:
        register = self._service.register
        self.back.call(_("Back to the list"))
        if self._row is None:
            text = new_words(register)
        else:
            text = _("Edit {record}").format(record=f"{noun(register.singular)} {self._row.ref}")
            title = self._title_of(self._row)
            text = f"{text} · {title}" if title else text
        self.title.setText(text)

    def _title_of(self, shown: Row) -> str:
        """Return what a record is called; nothing of one in the clear, whose minute may end."""
        fields = self._service.fields()
        personal = (f.name for f in fields if f.masked)
        if any(shown.values.get(name) and name not in shown.masked for name in personal):
            return ""
        title = row_title(self._service.register, shown, fields)
        return "" if title == shown.ref else title

    def _store(self, values: dict[str, Any]) -> None:
        ref = self.form.ref
        if ref and not values:
            self.left.emit()
            return
        self._context.tasks.run(
            self,
            partial(_stored, self._service, ref, values),
            done=lambda stored: self.saved.emit(stored, not ref),
            failed=self.form.refused,
        )


def _stored(service: Service, ref: str, values: Mapping[str, Any]) -> Row:
    return service.update(ref, values) if ref else service.create(values)
