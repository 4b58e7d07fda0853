"""The History tab: what the journal says of a record, newest first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from privdesk.core.clock import office_time
from privdesk.core.errors import DomainError
from privdesk.core.fields import words_of
from privdesk.core.i18n import N_, _
from privdesk.core.register import Event, Row, Service
from privdesk.journal import telling
from privdesk.journal.actions import ACTIONS
from privdesk.ui import fonts, tokens
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import Hairline, PlainLabel, Plane, column, row


class History(QScrollArea):
    """One block for each entry: what, who, when, which fields, why."""

    def __init__(self, service: Service, tasks: Tasks) -> None:
        super().__init__()
        self._service = service
        self._tasks = tasks
        self.events: list[Event] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_row(self, shown: Row) -> None:
        """Ask the journal."""
        self._tasks.run(
            self,
            lambda: self._service.history(shown.ref),
            done=self._fill,
            failed=self._explain,
            latest="history",
        )

    def _explain(self, error: DomainError) -> None:
        sheet = Plane()
        column(sheet, PlainLabel(error.sentence(), "error", wrap=True), None, margin=16)
        self.setWidget(sheet)

    def _fill(self, events: list[Event]) -> None:
        self.events = events
        sheet = Plane()
        outer = column(sheet, gap=10, margin=(16, 12, 12, 16))
        for number, event in enumerate(events):
            if number:
                outer.addWidget(Hairline())
            outer.addWidget(self._block(event))
        if not events:
            outer.addWidget(PlainLabel(_("The journal has no entry yet."), "muted"))
        outer.addStretch(1)
        self.setWidget(sheet)

    def _block(self, event: Event) -> QWidget:
        block = QWidget()
        at = PlainLabel(office_time(event.at).strftime("%Y-%m-%d %H:%M"), "caption")
        at.setFont(fonts.font(tokens.CAPTION, tabular=True))
        head = row(None, PlainLabel(action_words(event.action), "strong"), None, at)
        who = PlainLabel(
            _("{person}, entry {number}").format(person=event.person, number=f"{event.number:,}"),
            "caption",
        )
        lines = column(block, head, who, gap=2)
        if event.fields:
            lines.addWidget(PlainLabel(self._field_words(event), wrap=True))
        if event.told:
            lines.addWidget(PlainLabel(event.told, wrap=True))
        if event.reason:
            why = telling.reason(words_of(self._service.fields(), event.reason))
            reason = _("Reason: {reason}").format(reason=why)
            lines.addWidget(PlainLabel(reason, "muted", wrap=True))
        return block

    def _field_words(self, event: Event) -> str:
        labels = {f.name: f.label for f in self._service.fields()}
        labels |= {n: label for n, label in telling.PIECES.items() if n not in labels}
        labels.setdefault(self._service.register.state_field, N_("State"))
        return ", ".join(_(labels.get(name, name)) for name in event.fields)


def action_words(action: str) -> str:
    """Return the words for a journal action such as ``record.changed``."""
    return _(ACTIONS.get(action, action))
