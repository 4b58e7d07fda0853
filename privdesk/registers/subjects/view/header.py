"""The header of a person's page: masked name, reference, source numbers, state, buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from privdesk.core.fields import Field
from privdesk.core.i18n import _
from privdesk.core.register import Register, Row
from privdesk.ui.page.revealbar import RevealBar
from privdesk.ui.table.cells import d_day, due_tone, row_title, state_of
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Chip, IconButton, PlainLabel, Plane, button, column, row


class PersonHeader(Plane):
    """Says who it is, as far as may be seen."""

    def __init__(self, register: Register, today: Callable[[], date], *, writes: bool) -> None:
        super().__init__("surface")
        self._today = today
        self._register = register
        self._fields: Sequence[Field] = ()
        self._row: Row | None = None
        self._clear = False
        self._writes = writes
        self._request = ""
        self.back = IconButton("back", "")
        self.title = PlainLabel("", "title", selectable=True)
        self.ref = PlainLabel("", "muted", selectable=True)
        self.sources = PlainLabel("", "caption")
        self.chip = Chip()
        self.reveal = button("", icon="eye", tip="F4")
        self.edit = button("", icon="edit", tip="F2")
        self.request = button("", icon="plus")
        self.withdraw = button("", icon="undo")
        self.erase = button("", icon="shred")
        self.bar = RevealBar()
        self.due = Chip()
        self.frozen = Chip()
        names = row(None, self.title, self.chip, self.frozen, self.due, None, gap=10)
        words = column(None, names, row(None, self.ref, self.sources, None, gap=12), gap=2)
        tools = (self.reveal, self.request, self.edit, self.withdraw, self.erase)
        line = row(None, self.back, words, *tools, margin=(14, 10, 16, 10))
        line.setStretch(1, 1)
        column(self, line, self.bar, gap=0)
        on_language(self, self._speak)

    def offer(self, request: str) -> None:
        """Say what the button for a request does; empty where there is none."""
        self._request = request
        self._speak()

    def show_row(self, shown: Row, fields: Sequence[Field], *, clear: bool = False) -> None:
        """Show a person; ``clear`` while the values are revealed."""
        self._row, self._fields, self._clear = shown, fields, clear
        self._speak()

    def _speak(self) -> None:
        self.back.call(_("Back to the list"))
        self.edit.setText(_("Edit"))
        self.withdraw.setText(_("Withdraw…"))
        self.erase.setText(_("Destroy…"))
        self.reveal.setText(_("Reveal"))
        shown = self._row
        if shown is None:
            return
        gone = shown.state in ("destroyed", "void")
        title = row_title(self._register, shown, self._fields)
        self.title.setText(_("Destroyed person") if gone else title)
        self.ref.setText(shown.ref)
        sources = str(shown.values.get("source_ids") or "")
        numbers = _("Source numbers {numbers}").format(numbers=sources)
        self.sources.setText(numbers if sources else "")
        self._states(shown)
        for tool in (self.reveal, self.edit, self.erase):
            tool.setVisible(not gone)
        self.edit.setVisible(not gone and self._writes)
        for tool in (self.withdraw, self.erase):
            tool.setVisible(not gone and self._writes)
        self.request.setText(_(self._request) if self._request else "")
        self.request.setVisible(not gone and self._writes and bool(self._request))
        self.reveal.setVisible(not gone and not self._clear)
        self.reveal.setEnabled(bool(shown.masked))

    def _states(self, shown: Row) -> None:
        state = state_of(self._register, shown)
        self.chip.setVisible(state is not None and shown.state != "destroyed")
        if state is not None:
            self.chip.tell(_(state.label), state.tone)
        frozen = str(shown.values.get("frozen") or "")
        self.frozen.setVisible(bool(frozen) and shown.state != "destroyed")
        self.frozen.tell(_("Frozen: {items}").format(items=frozen), "held", "lock")
        due = shown.values.get("due")
        self.due.setVisible(isinstance(due, date) and shown.state in ("living", "due", "held"))
        if isinstance(due, date):
            today = self._today()
            words = _("next due {day}") if due > today else _("due since {day}")
            words = words.format(day=d_day(due, today) if due > today else due.isoformat())
            self.due.tell(words, due_tone(due, today), "calendar")
