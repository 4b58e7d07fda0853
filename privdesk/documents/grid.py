"""Rows of cells: the ground of forms and tables. Rows taller than a page run over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.documents import faces
from privdesk.documents.ink import HAIR, INK, TINT
from privdesk.documents.paper import Align
from privdesk.documents.press import LEAD, Press, baseline


@dataclass(frozen=True)
class Cell:
    """Lines of text in a part of the width; ``size`` is its own where not that of the row."""

    x: float
    width: float
    lines: Sequence[str]
    align: Align = Align.LEFT
    bold: bool = False
    shaded: bool = False
    colour: str = INK
    size: float = 0.0
    underlined: bool = False


@dataclass(frozen=True)
class Style:
    """Size of the text, padding and least height of a row."""

    size: float = 9.0
    pad: float = 4.6
    side: float = 6.0
    least: float = 0.0
    middle: bool = True  # short cells stand in the middle of their row

    @property
    def lead(self) -> float:
        """Line height."""
        return self.size * LEAD

    def height(self, lines: int) -> float:
        """Return the height of a row of so many lines."""
        return max(lines * self.lead + 2 * self.pad, self.least)


def row(press: Press, cells: Sequence[Cell], style: Style, *, line: bool = True) -> None:
    """Draw a row; ``line`` is the hair line below it."""
    count = max(len(cell.lines) for cell in cells)
    height = style.height(count)
    press.need(min(height, press.full_room))
    done = 0
    while count - done > (fits := _fitting(press, style)) and height > press.room:
        _draw(press, cells, style, done, done + fits, style.height(fits))
        done += fits
        press.turn()
        height = style.height(count - done)
    _draw(press, cells, style, done, count, height)
    if line:
        press.ink.rule(press.left, press.y, press.right, press.y, colour=HAIR)


def _fitting(press: Press, style: Style) -> int:
    return max(int((press.room - 2 * style.pad) // style.lead), 1)


def _draw(
    press: Press, cells: Sequence[Cell], style: Style, first: int, last: int, height: float
) -> None:
    top, lead, size = press.y, style.lead, style.size
    whole = first == 0 and style.middle
    for cell in cells:
        if cell.shaded:
            press.ink.fill(cell.x, top - height, cell.width, height - 0.8, TINT)
    for cell in cells:
        lines = cell.lines[first:last]
        spare = height - len(lines) * lead if whole else 2 * style.pad
        y = baseline(top - spare / 2, size, lead)
        for text in lines:
            press.put(
                cell.x + style.side, y, text, cell.size or size, room=cell.width - 2 * style.side,
                align=cell.align, bold=cell.bold, colour=cell.colour,
            )  # fmt: skip
            if cell.underlined:
                _underline(press, cell, cell.x + style.side, y, text, cell.size or size)
            y -= lead
    press.y = top - height


def _underline(press: Press, cell: Cell, x: float, y: float, text: str, size: float) -> None:
    """Draw the line under a text that stands at the left of its cell."""
    end = x + faces.width(text, size, cell.bold)
    press.ink.rule(x, y - 0.14 * size, end, y - 0.14 * size, width=0.6, colour=cell.colour)


def heavy(press: Press, width: float = 0.9) -> None:
    """Draw the rule that begins or ends a form or table."""
    press.ink.rule(press.left, press.y, press.right, press.y, width=width, colour=INK)
