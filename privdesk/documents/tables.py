"""How forms, tables and runs of ids are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from privdesk.documents import faces
from privdesk.documents.grid import Cell, Style, heavy, row
from privdesk.documents.ink import HAIR, INK, MUTED, RULE, STRESS
from privdesk.documents.paper import Align, Entry, Form, Ids, Mark, Table
from privdesk.documents.press import AFTER, Press, baseline

_SIDE = 5.0  # padding left and right in a table's cell


def form(press: Press, block: Form) -> None:
    """Draw a form."""
    labels = label_width(press, block)
    style = Style()
    heavy(press)
    press.across(lambda: heavy(press, 0.5), lambda: heavy(press, 0.5))
    for entries in pairs(block):
        part = press.width / len(entries)
        cells, least = [], 0.0
        size = max(e.mark.size if e.mark else style.size for e in entries)
        for place, entry in enumerate(entries):
            x = press.left + place * part
            cells.append(_label(press, entry, x, labels, style))
            cells.append(_value(press, entry, x + labels, part - labels, style))
            least = max(least, entry.room)
        row(press, cells, Style(size=size, pad=block.pad, least=least))
    press.done_across()
    heavy(press)
    press.y -= AFTER


def label_width(press: Press, block: Form) -> float:
    """Return the width of a form's labels."""
    size = Style().size
    widest = max(faces.width(faces.clean(entry.label), size) for entry in block.entries)
    return min(max(widest + 16, 74), 0.27 * press.width)


def _label(press: Press, entry: Entry, x: float, width: float, style: Style) -> Cell:
    lines = press.lines(entry.label, width - 2 * style.side, style.size)
    return Cell(x, width, lines, shaded=True, colour=MUTED, size=style.size)


def _value(press: Press, entry: Entry, x: float, width: float, style: Style) -> Cell:
    mark = entry.mark or Mark(style.size, bold=entry.strong)
    lines = press.lines(entry.value, width - 2 * style.side, mark.size, bold=mark.bold)
    return Cell(
        x, width, lines, bold=mark.bold, size=mark.size, underlined=mark.underlined,
        colour=STRESS if mark.coloured else INK,
    )  # fmt: skip


def line_height(press: Press, block: Form, entries: Sequence[Entry]) -> float:
    """Return about how high a line of a form becomes."""
    labels, found = label_width(press, block), 0.0
    for entry in entries:
        style = Style(size=entry.mark.size if entry.mark else 9.0, pad=block.pad)
        room = press.width / len(entries) - labels - 2 * style.side
        lines = press.lines(entry.value, room, style.size)
        found = max(
            found, entry.room if entry.room >= style.height(1) else style.height(len(lines))
        )
    return found


def pairs(block: Form) -> Iterator[tuple[Entry, ...]]:
    """Return the entries by line: wide ones alone, others two by two."""
    waiting: list[Entry] = []
    for entry in block.entries:
        if entry.wide or block.columns == 1:
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield (entry,)
            continue
        waiting.append(entry)
        if len(waiting) == block.columns:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def table(press: Press, block: Table) -> None:
    """Draw a table; its head comes again on each page."""
    widths = _widths(press, block)
    places = [press.left + sum(widths[:n]) for n in range(len(widths))]
    style = Style(size=block.size, pad=3.6, side=_SIDE, least=block.room)
    aligns = [column.align for column in block.columns]
    head = [
        Cell(x, w, press.lines(c.label, w - 2 * _SIDE, block.size, bold=True), c.align, True, True)
        for x, w, c in zip(places, widths, block.columns, strict=True)
    ]

    def opening() -> None:
        heavy(press)
        row(press, head, Style(size=block.size, pad=4.4, side=_SIDE), line=False)
        press.ink.rule(press.left, press.y, press.right, press.y, width=0.5, colour=RULE)

    head_height = style.height(max(len(cell.lines) for cell in head))
    press.need(head_height + style.height(2))
    opening()
    press.across(lambda: heavy(press), opening)
    empty = True
    for values in block.rows:
        empty = False
        row(press, _cells(press, values, places, widths, aligns, block.size), style)
    if empty and block.empty:
        row(press, [Cell(press.left, press.width, [faces.clean(block.empty)], colour=MUTED)], style)
    press.done_across()
    heavy(press)
    press.y -= AFTER


def _widths(press: Press, block: Table) -> list[float]:
    """Share the width out, but let no word of a column's head be broken."""
    least = [_longest_word(column.label, block.size) + 2 * _SIDE + 1 for column in block.columns]
    narrow: set[int] = set()
    while True:
        free = press.width - sum(least[n] for n in narrow)
        shares = [0.0 if n in narrow else c.share for n, c in enumerate(block.columns)]
        unit = free / (sum(shares) or 1.0)
        widths = [least[n] if n in narrow else share * unit for n, share in enumerate(shares)]
        tight = {n for n, width in enumerate(widths) if width < least[n] - 0.01}
        if not tight or free <= 0:
            return widths
        narrow |= tight


def _longest_word(text: str, size: float) -> float:
    words = faces.clean(text).split() or [""]
    return max(faces.width(word, size, bold=True) for word in words)


def _cells(
    press: Press,
    values: Sequence[str],
    places: Sequence[float],
    widths: Sequence[float],
    aligns: Sequence[Align],
    size: float,
) -> list[Cell]:
    return [
        Cell(x, w, press.lines(value, w - 2 * _SIDE, size), align)
        for value, x, w, align in zip(values, places, widths, aligns, strict=True)
    ]


def ids(press: Press, block: Ids) -> None:
    """Draw numbers in columns; each line is headed by the place of its first number."""
    margin = 46.0
    part = (press.width - margin) / block.columns
    size, lead = 8.5, 8.5 * 1.5
    heavy(press)
    press.across(lambda: heavy(press), lambda: heavy(press))
    done = 0
    for line in _batches(block.ids, block.columns):
        wrapped = [press.lines(number, part - 8, size) for number in line]
        press.need(lead * max(map(len, wrapped)) + 2)
        base = baseline(press.y - 1, size, lead)
        press.put(press.left, base, f"{done + 1:,}", 7.5, room=34, align=Align.RIGHT, colour=MUTED)
        for place, lines in enumerate(wrapped):
            for below, text in enumerate(lines):
                press.put(press.left + margin + place * part, base - below * lead, text, size)
        press.y -= lead * max(map(len, wrapped)) + 2
        done += len(line)
        if done // block.columns % 5 == 0:
            press.ink.rule(press.left, press.y, press.right, press.y, colour=HAIR)
    if not done and block.empty:
        press.put(
            press.left + 6, baseline(press.y, 9, 20), faces.clean(block.empty), 9, colour=MUTED
        )
        press.y -= 20
    press.done_across()
    heavy(press)
    press.y -= AFTER


def _batches(items: Iterable[str], size: int) -> Iterator[list[str]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
