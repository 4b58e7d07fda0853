"""The strip on the right: always people, items, places, and who is skipped and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.registers.destructions.commands import Content
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Hairline, IconLabel, PlainLabel, Plane, column, row

WIDTH = 264


class Strip(QScrollArea):
    """What the destruction is about, in figures."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self._content = Content()
        self._places: tuple[tuple[str, int], ...] = ()
        self._ready = False
        self.people = PlainLabel("–", "clock")
        self.of_people = PlainLabel("", "muted")
        on_language(self, self._show)

    def tell(self, content: Content, places: Sequence[tuple[str, int]]) -> None:
        """Show the figures of a set; ``places`` are names with the people asked of each."""
        self._content, self._places = content, tuple(places)
        self._ready = True
        self._show()

    def _show(self) -> None:
        sheet = Plane()
        lines = column(sheet, gap=6, margin=(20, 16, 16, 16))
        content = self._content
        figure = f"{content.people:,}" if self._ready else "–"
        self.people = PlainLabel(figure, "clock")
        label = ngettext("person in the set", "people in the set", content.people)
        self.of_people = PlainLabel(label, "muted")
        self.people.setAccessibleName(f"{figure} {label}")
        lines.addWidget(self.people)
        lines.addWidget(self.of_people)
        if content.holdings:  # none where a file is known by its count alone
            holdings = ngettext("{n} holding", "{n} holdings", content.holdings)
            lines.addWidget(PlainLabel(holdings, "caption"))
        self._items(lines)
        self._place_lines(lines)
        self._skipped(lines)
        lines.addStretch(1)
        self.setWidget(sheet)

    def _items(self, lines: QVBoxLayout) -> None:
        names = self._content.items
        head = ngettext("{n} item", "{n} items", len(names))
        self._part(lines, head, [PlainLabel(", ".join(names), "muted", wrap=True)] if names else [])

    def _place_lines(self, lines: QVBoxLayout) -> None:
        head = ngettext("{n} place elsewhere", "{n} places elsewhere", len(self._places))
        shown: list[QWidget] = [_line(name, f"{count:,}") for name, count in self._places]
        if not shown:
            shown = [PlainLabel(_("No copy elsewhere is recorded."), "muted", wrap=True)]
        self._part(lines, head, shown)

    def _skipped(self, lines: QVBoxLayout) -> None:
        content = self._content
        head = ngettext("{n} person skipped", "{n} people skipped", content.skipped)
        shown: list[QWidget] = [
            _line(_(why), f"{people:,}", "held") for why, people in content.left_out
        ]
        if not shown:
            shown = [PlainLabel(_("Nobody is skipped."), "muted", wrap=True)]
        self._part(lines, head, shown)

    def _part(self, lines: QVBoxLayout, head: str, shown: Sequence[QWidget]) -> None:
        lines.addSpacing(8)
        lines.addWidget(Hairline())
        lines.addSpacing(8)
        lines.addWidget(PlainLabel(head, "strong"))
        for widget in shown:
            lines.addWidget(widget)


def _line(text: str, figure: str, icon: str = "") -> QWidget:
    holder = QWidget()
    label = PlainLabel(text, "muted", wrap=True)
    mark = (IconLabel(icon, icon, 14),) if icon else ()
    made = row(holder, *mark, label, PlainLabel(figure), gap=6)
    made.setStretch(len(mark), 1)
    holder.setAccessibleName(f"{text}: {figure}")
    return holder
