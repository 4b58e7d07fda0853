"""The export page: which columns, masked or in the clear and why, until when, into which file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.register import Outcome, Query, Service
from privdesk.ui.form.form import RecordForm
from privdesk.ui.importing.ports import Exporter, ExportOptions
from privdesk.ui.importing.runstep import RunStep
from privdesk.ui.importing.steps import PageHead
from privdesk.ui.table.cells import noun
from privdesk.ui.tasks import Tasks
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, PlainLabel, Plane, column, row

_BAD = frozenset('/\\:*?"<>|')  # what file names do not take
KEPT_DAYS = 30  # the destroy-by date that is offered
MASKED, CLEAR = "masked", "clear"
"""How personal values go out."""


def questions(fields: Sequence[Field], today: date) -> tuple[Field, ...]:
    """Return what is asked before a list leaves the vault; ``fields`` can be its columns."""
    asked = (_format(), _values(), REASON, _destroy_by(today), _columns(fields))
    personal = any(f.sealed for f in fields)
    return tuple(f for f in asked if f.name != "values" or personal)


REASON = Field("reason", N_("Reason"), Kind.TEXT, required=True, help=N_("The journal holds it."))


def _format() -> Field:
    choices = tuple(Choice(e, e.removeprefix(".").upper()) for e in (".xlsx", ".csv", ".json"))
    return Field(
        "format", N_("Format"), Kind.CHOICE, required=True, default=".xlsx", choices=choices
    )


def _values() -> Field:
    return Field(
        "values",
        N_("Personal values"),
        Kind.CHOICE,
        required=True,
        default=MASKED,
        choices=(Choice(MASKED, N_("Masked")), Choice(CLEAR, N_("In the clear"))),
        help=N_("In the clear counts as a look at every person in the list."),
    )


def _destroy_by(today: date) -> Field:
    return Field(
        "destroy_by",
        N_("Destroy the file by"),
        Kind.DATE,
        required=True,
        default=today + timedelta(days=KEPT_DAYS),
        help=N_("The file has to be destroyed by that day."),
    )


def _columns(fields: Sequence[Field]) -> Field:
    return Field(
        "columns",
        N_("Columns"),
        Kind.CHOICES,
        required=True,
        default=tuple(f.name for f in fields if f.in_table or f.required),
        choices=tuple(Choice(f.name, f.label) for f in fields),
    )


class ExportPage(Plane):
    """Writes what the list shows just now."""

    left = Signal()
    exported = Signal(str)  # what to flash

    def __init__(
        self, service: Service, exporter: Exporter, tasks: Tasks, query: Query, today: date
    ) -> None:
        super().__init__("surface")
        self._service = service
        self._exporter = exporter
        self._tasks = tasks
        self._query = query
        self._size = 0
        self._view = ""
        self.head = PageHead(self._title, self.left.emit)
        self.about = PlainLabel("", "muted", wrap=True)
        self.form = RecordForm(questions(exporter.fields(), today), tasks, lambda _name: None)
        self.running = RunStep()
        self.running.hide()
        about = QWidget()
        row(about, self.about, margin=(24, 12, 24, 0))
        column(self, self.head, Hairline(), about, self.form, self.running, gap=0)
        self.form.submitted.connect(self._ask_file)
        self.form.cancelled.connect(self.left)
        on_language(self, self._speak)

    def _title(self) -> str:
        if self._view:
            return _("Export “{view}”").format(view=self._view)
        return _("Export {register}").format(register=noun(self._service.register.title))

    def tell_size(self, count: int, view: str = "") -> None:
        """Say how many records the list shows, and which saved view it is."""
        self._size = count
        self._view = view
        self.head.speak()
        self._speak()

    def _speak(self) -> None:
        self.form.foot.name_save(_("Export…"))
        narrowed = bool(self._query.text or self._query.where)
        count = ngettext("{n} record", "{n} records", self._size)
        words = (
            _("{count} as the list is filtered now.") if narrowed else _("{count}: the whole list.")
        )
        self.about.setText(words.format(count=count))

    def _ask_file(self, values: dict[str, Any]) -> None:
        ending = str(values["format"])
        name = "".join(c if c not in _BAD else "_" for c in self._view)
        start = f"{name or self._service.register.name}{ending}"
        kinds = f"{ending.removeprefix('.').upper()} (*{ending})"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export"), start, kinds)
        if name:
            self.write(Path(name).with_suffix(ending), values)
        else:
            self.form.foot.back_to_work()

    def write(self, path: Path, values: dict[str, Any]) -> None:
        """Write the file."""
        options = ExportOptions(
            tuple(values["columns"]),
            values.get("values") == CLEAR,
            str(values["reason"]),
            values["destroy_by"],
            self._view,
        )
        self._tasks.long(
            self,
            lambda progress: self._exporter.export(path, self._query, options, progress),
            title=_("Exporting"),
            done=self._written,
            failed=self._failed,
        )
        self.form.hide()
        self.running.begin(_("Exporting"))
        self.running.show()

    def _written(self, outcome: Outcome) -> None:
        self.running.stop()
        self.exported.emit(outcome.message)

    def _failed(self, error: DomainError) -> None:
        self.running.stop()
        self.running.hide()
        self.form.show()
        self.form.refused(error)
