"""The Children tab: the rows of other registers that belong to a record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from privdesk.core.fields import Kind
from privdesk.core.i18n import _
from privdesk.core.register import Child, Query, Register, Row
from privdesk.ui.page.context import PageContext
from privdesk.ui.table.cells import name_of, state_of, state_words
from privdesk.ui.widgets import Chip, ElidedLink, PlainLabel, Plane, column, quiet_button, row

_SHOWN = 25  # rows of each kind; the register itself has the rest


class Children(QScrollArea):
    """A heading and the rows, for each kind of child."""

    go = Signal(str, str)  # register, reference
    add_asked = Signal(object, str)  # Child, reference of the parent

    def __init__(self, register: Register, context: PageContext) -> None:
        super().__init__()
        self._register = register
        self._context = context
        self._parts: list[tuple[Child, QVBoxLayout]] = []
        self._ref = ""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_row(self, shown: Row) -> None:
        """Ask for the rows that belong to a record."""
        self._ref = shown.ref
        self._parts.clear()
        sheet = Plane()
        outer = column(sheet, gap=16, margin=(16, 12, 12, 16))
        for child in self._register.children:
            part = column(None, gap=4)
            outer.addLayout(part)
            self._parts.append((child, part))
            self._ask(child, part)
        outer.addStretch(1)
        self.setWidget(sheet)

    def _ask(self, child: Child, part: QVBoxLayout) -> None:
        service = self._context.service_of(child.register)
        ref = self._ref
        part.addLayout(self._head(child, can_add=service is not None))
        if service is None:
            part.addWidget(PlainLabel(_("Your role does not open these."), "muted", wrap=True))
            return
        query = Query(where={child.by: ref})
        self._context.tasks.run(
            self,
            lambda: (ref, service.register, service.find(query, _SHOWN + 1)),
            done=partial(self._fill, child, part),
            failed=lambda error: part.addWidget(PlainLabel(error.sentence(), "error", wrap=True)),
        )

    def _head(self, child: Child, *, can_add: bool) -> QVBoxLayout:
        heading = PlainLabel(_(child.label), "strong")
        add = quiet_button(_("Add"), partial(self.add_asked.emit, child, self._ref), icon="plus")
        service = self._context.service_of(child.register)
        creatable = service is not None and service.register.creatable
        add.setVisible(can_add and creatable and self._context.writes)
        return column(None, row(None, heading, None, add))

    def _fill(
        self, child: Child, part: QVBoxLayout, answer: tuple[str, Register, list[Row]]
    ) -> None:
        ref, register, rows = answer
        if ref != self._ref:
            return
        for child_row in rows[:_SHOWN]:
            part.addLayout(self._line(register, child_row, child.by))
        if not rows:
            part.addWidget(PlainLabel(_("None yet."), "muted"))
        if len(rows) > _SHOWN:
            part.addWidget(PlainLabel(_("There are more; open the register."), "caption"))

    def _line(self, register: Register, child_row: Row, parent: str) -> QHBoxLayout:
        title = _called(register, child_row, parent)
        words = f"{child_row.ref}  {title}" if title else child_row.ref
        link = ElidedLink(words, partial(self.go.emit, register.name, child_row.ref))
        state = state_of(register, child_row)
        if state is None:
            return row(None, link, None)
        return row(None, link, None, Chip(state_words(state), state.tone))


def _called(register: Register, child_row: Row, parent: str) -> str:
    """Return what tells a row from the others: its name, or what else than the parent it links."""
    if called := name_of(register, child_row):
        return called
    linked = (f.name for f in register.fields if f.kind is Kind.LINK and f.name != parent)
    name = next((name for name in linked if child_row.values.get(name)), "")
    return child_row.titles.get(name) or str(child_row.values.get(name) or "")
