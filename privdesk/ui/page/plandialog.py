"""A dialog that shows what a procedure would do before it is done, asks little, and does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QScrollArea, QWidget

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.ui.form.form import RecordForm
from privdesk.ui.form.lookup import ServiceOf
from privdesk.ui.page.plan import PlanLine, PlanPart, ShownPlan
from privdesk.ui.tasks import Tasks
from privdesk.ui.widgets import Chip, Hairline, PlainLabel, Plane, column, row

_WIDTH, _HEIGHT, _MARK = 620, 720, 108
_MANY, _TICKS = 6, 168


class PlanDialog(QDialog):
    """Parts of the plan, a small form, and a button that says what happens."""

    chosen_changed = Signal()

    def __init__(
        self,
        plan: ShownPlan,
        asks: Sequence[Field],
        tasks: Tasks,
        service_of: ServiceOf,
        parent: QWidget | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._refs = tuple(choices)
        self.ticks: dict[str, QCheckBox] = {}
        self.setWindowTitle(plan.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.plan = plan
        self.form = RecordForm(asks, tasks, service_of, columns=max(1, min(3, len(asks))))
        self.form.foot.name_save(plan.button)
        self.form.foot.save.setEnabled(plan.possible)
        self.form.cancelled.connect(self.reject)
        head = column(None, PlainLabel(plan.title, "section"), gap=4, margin=(24, 20, 24, 12))
        head.addWidget(PlainLabel(plan.about, "muted", wrap=True))
        if len(self._refs) > 1:
            head.addSpacing(6)
            head.addWidget(self._choices(plan))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = _sheet(plan.parts)
        self.area.setWidget(inner)
        sheet = Plane()
        column(self, sheet)
        outer = column(sheet, gap=0)
        outer.addLayout(head)
        outer.addWidget(Hairline())
        outer.addWidget(self.area, 1)
        outer.addWidget(Hairline())
        rows = -(-len(asks) // 3)
        self.form.setFixedHeight((56, 184, 284)[min(rows, 2)])
        outer.addWidget(self.form)
        wanted = inner.sizeHint().height() + head.sizeHint().height() + self.form.height() + 4
        self.resize(_WIDTH, min(_HEIGHT, wanted))
        self.form.focus_first()

    def _choices(self, plan: ShownPlan) -> QWidget:
        """Return a tick for each thing that can be left out; many of them scroll."""
        sheet = Plane()
        lines = column(sheet, gap=4)
        for ref, name in plan.choices:
            self.ticks[ref] = tick = QCheckBox(name)
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self.chosen_changed.emit())
            lines.addWidget(tick)
        if len(plan.choices) <= _MANY:
            return sheet
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(sheet)
        area.setFixedHeight(_TICKS)
        return area

    def chosen(self) -> tuple[str, ...]:
        """Return what the procedure is for: the ticked ones, or all where there is one."""
        if not self.ticks:
            return self._refs
        return tuple(ref for ref, tick in self.ticks.items() if tick.isChecked())

    def show_plan(self, plan: ShownPlan) -> None:
        """Show another plan, for what is ticked now."""
        self.plan = plan
        self.area.setWidget(_sheet(plan.parts))
        self.form.foot.name_save(plan.button)
        self.form.foot.save.setEnabled(plan.possible)

    def on_submit(self, then: Callable[[dict[str, object]], None]) -> None:
        """Call ``then`` with the values when the button is pressed."""
        self.form.submitted.connect(then)

    def refused(self, error: DomainError) -> None:
        """Say why nothing was done."""
        self.form.refused(error)


def _sheet(parts: Sequence[PlanPart]) -> Plane:
    sheet = Plane()
    lines = column(sheet, gap=6, margin=(24, 14, 24, 16))
    for number, part in enumerate(parts):
        if number:
            lines.addSpacing(8)
        lines.addWidget(PlainLabel(part.title, "strong"))
        for one in part.lines:
            lines.addLayout(_line(one))
    lines.addStretch(1)
    return sheet


def _line(one: PlanLine) -> QHBoxLayout:
    words = column(None, PlainLabel(one.text, wrap=True), gap=1)
    if one.detail:
        words.addWidget(PlainLabel(one.detail, "caption", wrap=True))
    if not one.mark:
        return row(None, words)
    chip = Chip(one.mark, one.tone)
    holder = QWidget()
    holder.setFixedWidth(_MARK)
    row(holder, chip, None)
    line = row(None, holder, words, gap=10)
    line.setAlignment(holder, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return line
