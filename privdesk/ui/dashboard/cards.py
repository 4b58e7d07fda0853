"""The figures in cards, one for each matter, and above them the shares at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from privdesk.core.board import Group
from privdesk.core.i18n import _
from privdesk.ui.dashboard import wording
from privdesk.ui.dashboard.columns import Columns, Tiles
from privdesk.ui.dashboard.figurerow import FigureRow
from privdesk.ui.dashboard.ports import Shown
from privdesk.ui.dashboard.tile import Tile
from privdesk.ui.widgets import Card, Hairline, column


class MatterCard(Card):
    """A heading and a row for each figure."""

    def __init__(self, group: Group) -> None:
        super().__init__(margin=6, gap=0)
        self.heading.setContentsMargins(10, 8, 10, 4)
        self.rows: dict[str, FigureRow] = {}
        self._lines: list[Hairline] = []
        for pair in group.pairs:
            if self.rows:
                self._lines.append(line := Hairline())
                self.body.addWidget(line)
            made = self.rows[pair.now.key] = FigureRow(wording.FigureLine(pair.now.key, "", ""))
            self.body.addWidget(made)

    def show_only(self, keys: frozenset[str] | None) -> None:
        """Show these rows, or all; the card goes when none is left."""
        seen = False
        for number, (key, row) in enumerate(self.rows.items()):
            wanted = keys is None or key in keys
            row.setVisible(wanted)
            if number:
                self._lines[number - 1].setVisible(wanted and seen)
            seen = seen or wanted
        self.setVisible(seen)


class Cards(QWidget):
    """``row_asked`` and ``tile_asked`` carry the key of the figure that was pressed."""

    row_asked = Signal(str)
    tile_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FigureRow] = {}
        self.tiles: list[Tile] = []
        self.cards: dict[str, MatterCard] = {}
        self._keys: Sequence[tuple[str, tuple[str, ...]]] = ()
        self._shown: Shown | None = None
        self._only_worse = False
        self._glance, self._deck = QWidget(), QWidget()
        self._tiles, self._columns = Tiles(self._glance, 12), Columns(self._deck, 16)
        column(self, self._glance, self._deck, gap=16)

    @property
    def only_worse(self) -> bool:
        """Whether only the figures are shown that moved the wrong way."""
        return self._only_worse

    @only_worse.setter
    def only_worse(self, only: bool) -> None:
        self._only_worse = only
        self._narrow()

    def show_figures(self, shown: Shown) -> None:
        """Show these figures; rows that stay keep the focus."""
        self._shown = shown
        keys = [(g.key, tuple(pair.now.key for pair in g.pairs)) for g in shown.board.groups]
        if keys != self._keys:
            self._build(shown)
            self._keys = keys
        for group in shown.board.groups:
            self.cards[group.key].head(_(group.title))
            for pair in group.pairs:
                self.rows[pair.now.key].tell(wording.line(pair, shown))
        self._fill_tiles(shown)
        self._narrow()

    def show_past(self, values: Mapping[str, Sequence[float | None]]) -> None:
        """Draw what the figures were in the last spans."""
        for key, row in self.rows.items():
            row.show_past(values.get(key, ()))

    def _build(self, shown: Shown) -> None:
        for card in self.cards.values():
            self._columns.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.rows.clear()
        self.cards.clear()
        for group in shown.board.groups:
            card = self.cards[group.key] = MatterCard(group)
            for key, row in card.rows.items():
                row.asked.connect(self.row_asked)
                self.rows[key] = row
            self._columns.addWidget(card)
            card.show()

    def _fill_tiles(self, shown: Shown) -> None:
        lines = [wording.line(pair, shown) for pair in wording.shares(shown)]
        if [tile.line for tile in self.tiles] == lines:
            return
        for tile in self.tiles:
            self._tiles.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [Tile(line) for line in lines]
        for tile in self.tiles:
            tile.asked.connect(self.tile_asked)
            self._tiles.addWidget(tile)
            tile.show()
        self._glance.setVisible(bool(self.tiles))

    def _narrow(self) -> None:
        if self._shown is None:
            return
        worse = frozenset(pair.now.key for pair in wording.worse(self._shown))
        for card in self.cards.values():
            card.show_only(worse if self._only_worse else None)
        self._columns.invalidate()
