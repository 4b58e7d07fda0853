"""What an import would do, or did: counts, notes, examples of what was rejected."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QScrollArea

from privdesk.core.i18n import _, current, words
from privdesk.exchange.report import COUNTS, Cause, Report
from privdesk.ui import fonts, tokens
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, IconLabel, PlainLabel, Plane, column, row

_TONES = {
    "new": ("kept", "plus"),
    "changed": ("waiting", "edit"),
    "unchanged": ("plain", "check"),
    "duplicate": ("plain", "copy"),
    "blocked": ("held", "held"),
    "rejected": ("overdue", "overdue"),
}
_ACROSS = 4
_TILE = 200


class ResultStep(QScrollArea):
    """Shows a ``Report``."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.setWidgetResizable(True)
        on_language(self, self._show)

    def show_report(self, report: Report) -> None:
        """Show what came out."""
        self.report = report
        self._show()

    def _show(self) -> None:
        report = self.report
        if report is None:
            return
        sheet = Plane()
        words = _("A rehearsal: nothing has been changed yet.") if report.dry_run else _("Done.")
        facts = _("{file}, {rows} rows").format(file=report.file, rows=f"{report.rows:,}")
        lines = column(sheet, gap=16, margin=(24, 16))
        lines.addWidget(PlainLabel(facts, "section"))
        lines.addWidget(PlainLabel(words, "muted"))
        lines.addLayout(_tiles(report))
        for text in report.remarks():
            line = row(None, IconLabel("info", "muted", 16), PlainLabel(text, wrap=True))
            line.setStretch(1, 1)
            lines.addLayout(line)
        if report.causes:
            lines.addWidget(_causes(report.causes))
        lines.addStretch(1)
        self.setWidget(sheet)


def _tiles(report: Report) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(12)
    shown = [(n, label) for n, label in COUNTS if getattr(report, n) or n in ("new", "rejected")]
    for place, (name, label) in enumerate(shown):
        grid.addWidget(_tile(name, label, getattr(report, name)), place // _ACROSS, place % _ACROSS)
    grid.setColumnStretch(_ACROSS, 1)
    return grid


def _tile(name: str, label: str, count: int) -> Card:
    tone, icon = _TONES[name] if count else ("plain", _TONES[name][1])
    card = Card(margin=14, gap=4)
    card.setFixedWidth(_TILE)
    figure = PlainLabel(f"{count:,}", "title")
    figure.setFont(fonts.font(tokens.TITLE, tabular=True))
    card.body.addLayout(row(None, IconLabel(icon, tone, 18), figure, None, gap=8))
    card.body.addWidget(PlainLabel(_(label), "muted", wrap=True))
    card.setAccessibleName(f"{_(label)}: {count:,}")
    return card


def _causes(causes: tuple[Cause, ...]) -> Card:
    say = words(current())
    card = Card(_("Why rows do not go in"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for place, text in enumerate((_("Rows"), _("Column"), _("Cause"), _("Where"))):
        grid.addWidget(PlainLabel(text, "label"), 0, place)
    for line, cause in enumerate(causes, start=1):
        grid.addWidget(PlainLabel(f"{cause.total:,}", "strong"), line, 0)
        grid.addWidget(PlainLabel(cause.where(say)), line, 1)
        grid.addWidget(PlainLabel(cause.told(say), wrap=True), line, 2)
        grid.addWidget(PlainLabel(cause.examples(say), "muted"), line, 3)
    grid.setColumnStretch(2, 1)
    card.body.addLayout(grid)
    return card
