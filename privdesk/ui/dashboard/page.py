"""The page of figures: how the office stands this month, quarter or year, and before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget

from privdesk.core.figures import Figure, Kind, Span
from privdesk.core.i18n import _
from privdesk.ui.dashboard import wording
from privdesk.ui.dashboard.cards import Cards
from privdesk.ui.dashboard.ports import Counting, Past, Shown
from privdesk.ui.dashboard.spanbar import SpanBar
from privdesk.ui.tasks import Priority, Tasks
from privdesk.ui.widgets import (
    EmptyState,
    FlashLine,
    PlainLabel,
    Plane,
    button,
    column,
    link_button,
    primary_button,
    row,
)
from privdesk.ui.widgets.buttons import Button
from privdesk.ui.widgets.taborder import FollowLayout

Outlet = Callable[[Span], object]


@dataclass(frozen=True)
class Outlets:
    """What the page can hand out of a span; what is None is not offered.

    ``monthly`` is the report of a month, ``board`` that for the board; ``page`` prints what the
    page shows, ``tables`` saves the tables behind it.
    """

    monthly: Outlet | None = None
    board: Outlet | None = None
    page: Outlet | None = None
    tables: Outlet | None = None


class DashboardPage(QWidget):
    """Asks for the figures on the database thread; ``go`` opens the list behind one."""

    help_topic = "figures"

    def __init__(
        self,
        counting: Counting,
        tasks: Tasks,
        today: Callable[[], date],
        outlets: Outlets,
        go: Callable[[Figure, Span, str], object],
    ) -> None:
        super().__init__()
        self._counting, self._tasks, self._today = counting, tasks, today
        self._outlets, self._go = outlets, go
        self.shown: Shown | None = None
        self._past: Past | None = None
        self.setProperty("plane", "ground")
        self.spans = SpanBar(today())
        self.monthly = primary_button("", lambda: self._out(outlets.monthly), icon="sheet")
        self.board = button("", lambda: self._out(outlets.board), icon="sheet")
        self.print = button("", lambda: self._out(outlets.page), icon="print")
        self.tables = button("", lambda: self._out(outlets.tables), icon="export")
        self.headline = PlainLabel("", "section", wrap=True)
        self.standing = PlainLabel("", "muted")
        self.only_worse = link_button("", self._toggle_worse)
        self.earlier = button("", lambda: self.spans.earlier.click())
        self.nothing = EmptyState("sheet", self.earlier)
        self.cards = Cards()
        self.flash = FlashLine(self)
        self._lay_out()
        self.spans.asked.connect(lambda _span: self.refresh())
        self.cards.row_asked.connect(self._open)
        self.cards.tile_asked.connect(self._point_at)
        for keys, made in (("Ctrl+P", self.print), ("Ctrl+E", self.tables)):
            QShortcut(QKeySequence(keys), self).activated.connect(made.click)
        self._speak()

    # -- what the shell calls

    def activated(self) -> None:
        """Count again when the page comes into view."""
        self.refresh()

    def refresh(self) -> None:
        """Count again; the answer comes back on the UI thread."""
        span = self.spans.span
        self._tasks.run(
            self,
            lambda: self._counting.shown(span),
            done=self._show,
            failed=self.flash.refuse,
            latest="figures",
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language, once the event has gone on to all rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._speak)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the span where both do not fit side by side."""
        super().resizeEvent(event)
        self._fit_bar()

    # -- inside

    def _lay_out(self) -> None:
        buttons = QWidget()
        row(buttons, self.monthly, self.board, self.print, self.tables, None, gap=8)
        self._buttons = buttons
        bar = Plane("bar")
        bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._bar = row(bar, self.spans, None, buttons, gap=8, margin=(24, 8, 24, 8))
        told = row(None, self.standing, 8, self.only_worse, None, gap=8)
        inner = QWidget()
        inner.setProperty("plane", "ground")
        head = column(None, self.headline, told, gap=2)
        column(inner, head, self.nothing, self.cards, None, gap=16, margin=(24, 16, 24, 24))
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        column(self, bar, self._area, gap=0)
        self.nothing.hide()
        self.only_worse.hide()
        FollowLayout(self, inner, self.cards)

    def _fit_bar(self) -> None:
        needed = self.spans.sizeHint().width() + self._buttons.sizeHint().width() + 72
        beside = QBoxLayout.Direction.LeftToRight
        below = QBoxLayout.Direction.TopToBottom
        self._bar.setDirection(beside if self.width() >= needed else below)

    def _show(self, shown: Shown) -> None:
        if shown.board.span.whole != self.spans.span:
            return  # another one was asked for since
        self.shown = shown
        self.spans.show_span(shown.board.span, shown.board.told_on)
        if self._past is not None and self._past.spans[-1:] != [shown.board.span]:
            self._past = None
        self._fill()
        span = shown.board.span.whole
        self._tasks.run(
            self,
            lambda: self._counting.past(span),
            done=self._show_past,
            failed=self.flash.refuse,
            priority=Priority.BACKGROUND,
            latest="past",
        )

    def _show_past(self, past: Past) -> None:
        if past.spans and past.spans[-1].whole == self.spans.span:
            self._past = past
            self.cards.show_past(past.values)

    def _fill(self) -> None:
        shown = self.shown
        if shown is None:
            self.headline.setText(_("Counting…"))
            return
        self.headline.setText(wording.headline(shown))
        self.standing.setText(wording.standing(shown))
        quiet = wording.quiet(shown)
        self.headline.setVisible(not quiet)
        self.nothing.setVisible(quiet)
        self.cards.setVisible(not quiet)
        if not wording.worse(shown):
            self.cards.only_worse = False
        self.cards.show_figures(shown)
        if self._past is not None:
            self.cards.show_past(self._past.values)
        self._offer()

    def _offer(self) -> None:
        """Offer what fits the span, and what is worse alone where there is any."""
        shown, outlets = self.shown, self._outlets
        there = shown is not None
        month = self.spans.span.kind is Kind.MONTH
        offered: tuple[tuple[Button, Outlet | None], ...] = (
            (self.monthly, outlets.monthly if month else None),
            (self.board, outlets.board),
            (self.print, outlets.page),
            (self.tables, outlets.tables),
        )
        for made, outlet in offered:
            made.setVisible(outlet is not None)
            made.setEnabled(there)
        number = len(wording.worse(shown)) if shown is not None else 0
        self.only_worse.setVisible(bool(number))
        self.only_worse.setText(
            _("Show everything") if self.cards.only_worse else _("Show only what is worse")
        )
        self._fit_bar()

    def _speak(self) -> None:
        self.monthly.setText(_("Monthly report…"))
        self.board.setText(_("Board report…"))
        self.print.setText(_("Print…"))
        self.print.setToolTip(_("Print this page with its charts"))
        self.tables.setText("XLSX…")
        self.tables.setToolTip(_("Save the tables behind these figures as a workbook"))
        self.earlier.setText(_("Look at the one before"))
        self.nothing.tell(
            _("Nothing to count in this span"),
            _(
                "The figures come from the registers: whatever the office enters there is counted"
                " here by itself."
            ),
        )
        self._fill()
        self._offer()

    def _toggle_worse(self) -> None:
        self.cards.only_worse = not self.cards.only_worse
        self._offer()

    def _out(self, outlet: Outlet | None) -> None:
        if outlet is not None and self.shown is not None:
            outlet(self.shown.board.span.whole)

    def _open(self, key: str) -> None:
        shown = self.shown
        pair = shown.board.pair(key) if shown is not None else None
        if shown is not None and pair is not None:
            self._go(pair.now, shown.board.span, shown.leads[key])

    def _point_at(self, key: str) -> None:
        found = self.cards.rows.get(key)
        if found is not None:
            self._area.ensureWidgetVisible(found, 0, 80)
            found.setFocus(Qt.FocusReason.OtherFocusReason)
