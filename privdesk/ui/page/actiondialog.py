"""The small form before an action: what it asks, and a button that says what will happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _
from privdesk.core.register import Action
from privdesk.ui.form.form import RecordForm
from privdesk.ui.form.lookup import ServiceOf
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import PlainLabel, Plane, column

_WIDTH = 460


class ActionDialog(QDialog):
    """Asks for the fields of an action; stays open, with the reason, when it is refused."""

    def __init__(
        self,
        action: Action,
        about: str,
        tasks: Tasks,
        service_of: ServiceOf,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        label = _(action.label)
        self.setWindowTitle(label)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.form = RecordForm(action.asks, tasks, service_of, columns=1)
        self.form.foot.name_save(label, danger=action.danger)
        self.form.cancelled.connect(self.reject)
        head = column(None, PlainLabel(label, "section"), gap=4, margin=(24, 20, 24, 0))
        head.addWidget(PlainLabel(about, "muted", wrap=True))
        if action.help:
            head.addWidget(PlainLabel(_(action.help), "muted", wrap=True))
        sheet = Plane()
        column(self, sheet)
        outer = column(sheet, gap=0)
        outer.addLayout(head)
        outer.addWidget(self.form, 1)
        self.resize(_WIDTH, self._height(action.asks))
        self.form.focus_first()

    def _height(self, asked: Sequence[Field]) -> int:
        told = any(choice.help for field in asked for choice in field.choices)
        notes = sum(field.kind is Kind.NOTE for field in asked)
        ticks = sum(len(field.choices) for field in asked if field.kind is Kind.CHOICES)
        return min(720, 190 + 80 * len(asked) + 38 * notes + 24 * ticks + (60 if told else 0))

    def on_submit(self, then: Callable[[dict[str, object]], None]) -> None:
        """Call ``then`` with the values when the button is pressed."""
        self.form.submitted.connect(then)

    def refused(self, error: DomainError) -> None:
        """Say why nothing was done."""
        self.form.refused(error)
