"""What a set holds: by file and purpose, and a few masked lines of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from privdesk.core.i18n import _, ngettext
from privdesk.registers.destructions.commands import Content, Lot, Sample
from privdesk.ui import fonts, tokens
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, Chip, ElidedLabel, IconLabel, PlainLabel, column, row

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE = 26


class ContentView(QWidget):
    """Two cards; nothing is shown of an empty set but a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._content: Content | None = None
        self._cards = column(self, gap=12)
        self.sentence = ""
        on_language(self, self._show)

    def show_content(self, content: Content | None) -> None:
        """Show what a set holds; None while it is not known."""
        self._content = content
        self._show()

    def _show(self) -> None:
        _empty(self._cards)
        content = self._content
        self.sentence = ""
        if content is None:
            return
        if not content.people:
            self.sentence = _("There is nothing to destroy in this set.")
            if content.skipped:
                self.sentence += " " + _("All who were looked at are kept, for the reasons below.")
            self._cards.addWidget(PlainLabel(self.sentence, "muted", wrap=True))
        if content.early:
            words = ngettext(
                "{n} of them is not due yet; the reason has to say why it goes all the same.",
                "{n} of them are not due yet; the reason has to say why they go all the same.",
                content.early,
            )
            self.sentence = words
            line = row(None, IconLabel("soon", "soon", 18), PlainLabel(words, wrap=True), gap=12)
            line.setStretch(1, 1)
            card = Card(margin=12)
            card.body.addLayout(line)
            self._cards.addWidget(card)
        if content.lots:
            self._cards.addWidget(_lots(content.lots))
        if content.samples:
            self._cards.addWidget(_samples(content))


def _lots(lots: Sequence[Lot]) -> Card:
    card = Card(_("By file and purpose"))
    grid = _grid(card, (_("File"), _("Purpose"), _("Due from"), _("People")))
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 3)
    for line, lot in enumerate(lots, start=1):
        day = lot.earliest.isoformat() if lot.earliest else "–"
        grid.addWidget(_text(lot.file or "–"), line, 0)
        grid.addWidget(_text(lot.purpose or "–"), line, 1)
        grid.addWidget(_figure(day), line, 2)
        grid.addWidget(_figure(f"{lot.people:,}"), line, 3)
    return card


def _samples(content: Content) -> Card:
    card = Card(_("Some of them, masked"))
    heads = (_("Number"), _("Name"), _("Purpose"), _("Due from"), "")
    grid = _grid(card, heads)
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(2, 3)
    for line, sample in enumerate(content.samples, start=1):
        look = "muted" if sample.why else ""
        grid.addWidget(_figure(sample.ref, look), line, 0)
        name = sample.title if sample.title != sample.ref else ""
        grid.addWidget(_text(name or "–", look), line, 1)
        grid.addWidget(_text(sample.purpose or "–", look), line, 2)
        grid.addWidget(_figure(sample.due.isoformat() if sample.due else "–", look), line, 3)
        grid.addWidget(_mark(sample), line, 4)
    return card


def _mark(sample: Sample) -> QWidget:
    if sample.why:
        return Chip(_(sample.why), "held")
    return Chip(_("not due yet"), "soon") if sample.early else PlainLabel()


def _grid(card: Card, heads: Sequence[str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    for place, head in enumerate(heads):
        label = PlainLabel(head, "label")
        if head == _("People"):
            label.setAlignment(_RIGHT)
        grid.addWidget(label, 0, place)
    card.body.addLayout(grid)
    return grid


def _text(text: str, look: str = "") -> ElidedLabel:
    label = ElidedLabel(text, look)
    label.setMinimumHeight(_LINE)
    label.setMinimumWidth(40)
    return label


def _figure(text: str, look: str = "") -> PlainLabel:
    label = PlainLabel(text, look)
    label.setFont(fonts.font(tokens.BODY, tabular=True))
    label.setMinimumHeight(_LINE)
    if text.replace(",", "").isdigit():
        label.setAlignment(_RIGHT)
    return label


def _empty(cards: QVBoxLayout) -> None:
    while (item := cards.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
