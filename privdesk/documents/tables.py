"""How forms, tables and runs of ids are drawn."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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


_LAST = 3  # rows at the end of a table that are not left to a page of their own one by one


def table(press: Press, block: Table, beneath: float = 0.0) -> None:
    """Draw a table; its head comes again on each page.

    ``beneath`` is the height of what stands below and is not parted from the last rows.
    """
    widths = _widths(press, block)
    style = _style(block)
    head = _head(press, block, widths)

    def opening() -> None:
        heavy(press)
        row(press, head, Style(size=block.size, pad=4.4, side=_SIDE), line=False)
        press.ink.rule(press.left, press.y, press.right, press.y, width=0.5, colour=RULE)

    stream = _rows(press, block, widths)
    rows = deque(islice(stream, _LAST + 1))
    press.need(_least(style, head, rows, beneath))
    opening()
    press.across(lambda: heavy(press), opening)
    stand, page = 0, press.page  # rows of this table on the page
    while rows:
        if len(rows) <= min(_LAST, stand):  # nothing follows these
            _keep(press, [style.height(_lines(cells)) for cells in rows], beneath)
        row(press, rows.popleft(), style)
        stand, page = (stand + 1 if press.page == page else 1), press.page
        rows.extend(islice(stream, 1))
    press.done_across()
    heavy(press)
    press.y -= AFTER


def _keep(press: Press, heights: Sequence[float], beneath: float) -> None:
    """Turn the page first where the last rows and what is beneath fit on one, but not on this."""
    if (height := sum(heights) + beneath) <= press.full_room:
        press.need(height)


def least_height(press: Press, block: Table, beneath: float = 0.0) -> float:
    """Return how high the part of a table is with which a page may end: all of a short one."""
    widths, style = _widths(press, block), _style(block)
    first = block.rows[: _LAST + 1] if isinstance(block.rows, Sequence) else ()
    part = replace(block, rows=first, total=block.total if len(first) <= _LAST else ())
    rows = deque(_rows(press, part, widths))
    return _least(style, _head(press, block, widths), rows, beneath)


def _least(
    style: Style, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], beneath: float
) -> float:
    """Return the height of the head with its first rows: all of them, and what is beneath, if few.

    The rows are the first ``_LAST + 1``: with so many the table goes on after those shown.
    """
    heights = [style.height(_lines(cells)) for cells in rows]
    begun = style.height(_lines(head)) + max(heights[:1], default=style.height(2))
    whole = style.height(_lines(head)) + sum(heights) + beneath
    return whole if 0 < len(rows) <= _LAST and whole <= _SHORT else begun


_SHORT = 260.0  # points; a table that is higher may be parted, however few its rows


def _lines(cells: Sequence[Cell]) -> int:
    return max(len(cell.lines) for cell in cells)


def _style(block: Table) -> Style:
    return Style(size=block.size, pad=3.6, side=_SIDE, least=block.room)


def _head(press: Press, block: Table, widths: Sequence[float]) -> list[Cell]:
    return [
        Cell(x, w, press.lines(c.label, w - 2 * _SIDE, block.size, bold=True), c.align, True, True)
        for x, w, c in zip(_places(press, widths), widths, block.columns, strict=True)
    ]


def _places(press: Press, widths: Sequence[float]) -> list[float]:
    return [press.left + sum(widths[:n]) for n in range(len(widths))]


def _rows(press: Press, block: Table, widths: Sequence[float]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each row, of the total, or of the words for no row."""
    empty = True
    for values in block.rows:
        empty = False
        yield _cells(press, values, block, widths)
    if not empty and block.total:
        yield _cells(press, block.total, block, widths, bold=True)
    if empty and block.empty:
        yield [Cell(press.left, press.width, [faces.clean(block.empty)], colour=MUTED)]


def _widths(press: Press, block: Table) -> list[float]:
    """Share the width out, but break no word of a column’s head, and no day or number."""
    least = [_longest_word(column.label, block.size) + 2 * _SIDE + 1 for column in block.columns]
    for n, width in enumerate(_whole(block)):
        least[n] = max(least[n], min(width + 2 * _SIDE + 1, press.width * _MOST_WHOLE))
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


_WHOLE = re.compile(r"\d{4}-\d\d-\d\d|[A-Z]{1,3}-\d{4,6}(?:-\d)?|\+?\d[\d,.]*(?:-\d+)*")
_MOST_WHOLE = 0.2  # of the width of the table
_LOOKED_AT = 200  # rows


def _whole(block: Table) -> list[float]:
    """Return for each column the widest day, reference or number, which are read in one piece."""
    found = [0.0] * len(block.columns)
    if isinstance(block.rows, Sequence):
        for values in block.rows[:_LOOKED_AT]:
            for n, text in enumerate(values):
                for part in _WHOLE.findall(text) if any(map(str.isdigit, text)) else ():
                    if len(part) * block.size > found[n]:
                        found[n] = max(found[n], faces.width(part, block.size))
    return found


def _longest_word(text: str, size: float) -> float:
    words = faces.clean(text).split() or [""]
    return max(faces.width(word, size, bold=True) for word in words)


def _cells(
    press: Press,
    values: Sequence[str],
    block: Table,
    widths: Sequence[float],
    *,
    bold: bool = False,
) -> list[Cell]:
    size, columns = block.size, block.columns
    return [
        Cell(x, w, press.lines(value, w - 2 * _SIDE, size, bold=bold), c.align, bold)
        for value, x, w, c in zip(values, _places(press, widths), widths, columns, strict=True)
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
