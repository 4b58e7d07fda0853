"""The cards on the right: running terms, set-up list, backup and custody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QLayout, QMenu, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.ui.today.lines import ClockLine, FactLine, StepLine
from privdesk.ui.widgets import (
    Card,
    Hairline,
    IconLabel,
    PlainLabel,
    ProgressRing,
    add,
    column,
    link_button,
    row,
)


def emptied(layout: QLayout, keep: int = 0) -> None:
    """Take the widgets out of a layout, but for the first ``keep``."""
    while layout.count() > keep:
        item = layout.takeAt(keep)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class ClockCard(Card):
    """Terms that run in hours; not there when none runs."""

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._lines: Sequence[ClockLine] = ()
        self._now: datetime | None = None
        self.hide()

    def show_clocks(self, lines: Sequence[ClockLine], now: datetime) -> None:
        """Show these terms as they stand."""
        self._lines = lines
        self.setVisible(bool(lines))
        emptied(self.body, 1)
        for line in lines:
            self.body.addWidget(_ClockFace(line))
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Move the clocks on."""
        self._now = now
        for face in self.findChildren(_ClockFace):
            face.tick(now)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._now is not None:
            self.tick(self._now)


class _ClockFace(QWidget):
    def __init__(self, line: ClockLine) -> None:
        super().__init__()
        self._line = line
        self.left = PlainLabel("", "clock")
        self.words = PlainLabel(line.text, "caption", wrap=True)
        column(
            self, row(None, IconLabel("waiting", "soon", 20), self.left, None), self.words, gap=2
        )

    def tick(self, now: datetime) -> None:
        left = self._line.ends - now
        if left < timedelta():
            self.left.setText(_("over"))
        else:
            minutes = int(left.total_seconds() // 60)
            self.left.setText(f"{minutes // 60}:{minutes % 60:02}")
        self.setAccessibleName(f"{self._line.text}: {self.left.text()}")


class FactCard(Card):
    """A heading, lines of facts, and one link that leads to the page behind them."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=8)
        self.link = link_button("", self.asked.emit)
        self._told: Sequence[FactLine] = ()
        self._lines = QWidget()
        self._body = column(self._lines, gap=10)
        add(self.body, self._lines, self.link)

    def tell(self, heading: str, lines: Sequence[FactLine], link: str) -> None:
        """Show these lines."""
        self.head(heading)
        self.link.setText(link)
        if lines == self._told:
            return
        self._told = lines
        emptied(self._body)
        for line in lines:
            made = _Fact(line)
            self._body.addWidget(made)
            made.show()


class _Fact(QWidget):
    def __init__(self, line: FactLine) -> None:
        super().__init__()
        words = column(None, PlainLabel(line.text, wrap=True), gap=1)
        if line.detail:
            words.addWidget(PlainLabel(line.detail, "caption", wrap=True))
        icon = column(None, 1, IconLabel(line.icon, line.tone, 16), None, gap=0)
        row(self, icon, words, gap=9).setStretch(1, 1)


class SetUpCard(Card):
    """What the office has not set up yet, with a ring; gone when everything is done."""

    step_asked = Signal(str)
    skip_asked = Signal(str)
    FIRST = 4

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.ring = ProgressRing(48)
        self.title = PlainLabel("", "section")
        self.words = PlainLabel("", "caption", wrap=True)
        self.more = link_button("", self._toggled)
        self._steps: Sequence[StepLine] = ()
        self._all = False
        self._lines = QWidget()
        self._body = column(self._lines, gap=0)
        texts = column(None, self.title, self.words, gap=2)
        head = row(None, self.ring, texts, gap=12)
        head.setStretch(1, 1)
        add(self.body, head, self._lines, self.more)

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """Show the steps still open, the next ones first."""
        if steps == self._steps:
            return
        self._steps = steps
        self.ring.set_progress(sum(step.done for step in steps), len(steps))
        self.setVisible(any(not step.done for step in steps))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._steps:
            self._speak()

    def _toggled(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        emptied(self._body)
        still = [step for step in self._steps if not step.done]
        for number, step in enumerate(still if self._all else still[: self.FIRST]):
            if number:
                self._body.addWidget(Hairline())
            line = _StepRow(step)
            line.asked.connect(self.step_asked)
            line.skip_asked.connect(self.skip_asked)
            self._body.addWidget(line)
            line.show()
        self._speak()

    def _speak(self) -> None:
        still = sum(not step.done for step in self._steps)
        self.title.setText(_("Setting up the office"))
        self.words.setText(ngettext("{n} step is left", "{n} steps are left", still))
        self.more.setVisible(still > self.FIRST)
        hidden = still - self.FIRST
        self.more.setText(
            _("Show less") if self._all else ngettext("{n} more step", "{n} more steps", hidden)
        )


class _StepRow(QWidget):
    asked = Signal(str)
    skip_asked = Signal(str)

    def __init__(self, step: StepLine) -> None:
        super().__init__()
        self._key = step.key
        self.title = PlainLabel(step.title, wrap=True)
        self.why = PlainLabel(step.why, "caption", wrap=True)
        self.go = link_button(step.label, lambda: self.asked.emit(step.key))
        self.go.setAccessibleName(f"{step.label}: {step.title}")
        words = column(None, self.title, self.why, gap=1)
        row(self, words, self.go, gap=12, margin=(0, 8)).setStretch(0, 1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to settle the step without doing it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Not needed…"), lambda: self.skip_asked.emit(self._key))
        menu.popup(event.globalPos())
