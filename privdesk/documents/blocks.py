"""How each block of a paper is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from privdesk.documents import charts, faces, meters, qr, tables
from privdesk.documents.grid import Cell, Style, heavy, row
from privdesk.documents.ink import INK, MUTED, RULE, TINT
from privdesk.documents.paper import (
    Align,
    Bars,
    Block,
    Box,
    Cut,
    Form,
    Gap,
    Heading,
    Ids,
    Letters,
    Meters,
    NewPage,
    Points,
    Shares,
    Signature,
    Signatures,
    Statement,
    Steps,
    Table,
    Text,
    Together,
)  # fmt: skip
from privdesk.documents.press import AFTER, FOOT, LEAD, Press, baseline

_HEADING = 24.0  # height of a heading


def draw(press: Press, block: Block) -> None:
    """Draw a block where the cursor stands."""
    _DRAWN_BY[type(block)](press, block)


def draw_all(press: Press, blocks: Iterable[Block]) -> None:
    """Draw blocks one below the other; none that belongs to the next is parted from it.

    A heading stays with the beginning of its table, and signatures with the end of what they
    are for: alone on a page they would sign nothing.
    """
    stream = iter(blocks)
    block, follows, after = (next(stream, None) for _ in range(3))
    while block is not None:
        beneath = _beneath(press, follows)
        if isinstance(block, Heading) and isinstance(follows, Table):
            press.need(_HEADING + tables.least_height(press, follows, _beneath(press, after)))
        if isinstance(block, Table):
            tables.table(press, block, beneath)
        else:
            if beneath and (height := _estimate(press, block) + beneath) <= press.full_room:
                press.need(height)
            draw(press, block)
        block, follows, after = follows, after, next(stream, None)


def _beneath(press: Press, block: Block | None) -> float:
    """Return how high what is not parted from the block above it becomes."""
    return _estimate(press, block) if block is not None and _belongs(block) else 0.0


def _belongs(block: Block) -> bool:
    """Whether a block stands with what is above it: signatures, and what is signed by hand."""
    if isinstance(block, Together):
        parts = block.blocks
        signed = len(parts) == 1 or any(isinstance(part, Signatures) for part in parts)
        return signed and not isinstance(parts[0], Heading | Cut)
    return isinstance(block, Signatures)


def _heading(press: Press, block: Heading) -> None:
    press.need(110)  # itself and the beginning of what it stands over
    press.y -= 4
    base = baseline(press.y, 10.5, 16)
    text = faces.clean(block.text)
    press.put(press.left, base, text, 10.5, bold=True)
    if block.note:
        x = press.left + faces.width(text, 10.5, bold=True) + 8
        press.put(x, base, faces.clean(block.note), 8, colour=MUTED)
    press.y -= 20


def _text(press: Press, block: Text) -> None:
    press.paragraph(
        block.text, block.size, bold=block.bold, align=block.align,
        colour=MUTED if block.muted else INK, indent=block.indent,
    )  # fmt: skip
    press.y -= 6


def _points(press: Press, block: Points) -> None:
    size, lead = block.size, block.size * LEAD
    marks = [block.mark.format(n=n) for n in range(1, len(block.texts) + 1)]
    indent = max(faces.width(mark, size) for mark in marks) + 5
    for mark, text in zip(marks, block.texts, strict=True):
        press.need(lead)
        press.put(press.left + 2, baseline(press.y, size, lead), mark, size, colour=MUTED)
        press.paragraph(text, size, indent=indent + 2)
        press.y -= 1.5
    press.y -= AFTER - 4


# remarks, states, signatures -------------------------------------------------------------


def _box(press: Press, block: Box) -> None:
    side, size = 10.0, 9.0
    lead = size * LEAD
    texts = [press.lines(text, press.width - 2 * side, size) for text in block.texts]
    height = sum(len(lines) * lead + 2 for lines in texts) + 14 + (16 if block.title else 0)
    press.need(min(height, press.full_room))
    weight, colour = (1.2, INK) if block.strong else (0.5, RULE)
    top = press.y

    def close() -> None:
        bottom = press.y = press.y - 7
        press.ink.frame(press.left, bottom, press.width, top - bottom, line=weight, colour=colour)

    def reopen() -> None:
        nonlocal top
        top = press.y
        press.y -= 7

    reopen()
    press.across(close, reopen)
    if block.title:
        title = faces.clean(block.title)
        press.put(press.left + side, baseline(press.y, 9.5, 14), title, 9.5, bold=True)
        press.y -= 16
    for lines in texts:
        for line in lines:
            press.need(lead + 9)
            press.put(press.left + side, baseline(press.y, size, lead), line, size)
            press.y -= lead
        press.y -= 2
    press.done_across()
    close()
    press.y -= AFTER


def _steps(press: Press, block: Steps) -> None:
    gap, height = 8.0, 34.0
    press.need(height + AFTER)
    part = (press.width - gap * (len(block.steps) - 1)) / len(block.steps)
    top = press.y
    for place, step in enumerate(block.steps):
        x = press.left + place * (part + gap)
        bar, colour = (3.0, INK) if step.reached else (0.6, MUTED)
        if step.reached:
            press.ink.fill(x, top - height, part, height, TINT)
        press.ink.fill(x, top - bar, part, bar, INK if step.reached else RULE)
        label, note = faces.clean(step.label), faces.clean(step.note)
        put = press.put
        put(
            x,
            top - 17.5,
            label,
            9.5,
            room=part,
            align=Align.CENTRE,
            bold=step.reached,
            colour=colour,
        )
        put(x, top - 28.5, note, 7.5, room=part, align=Align.CENTRE, colour=MUTED)
    press.y = top - height - AFTER


def _signatures(press: Press, block: Signatures) -> None:
    widths = _signature_widths(press)
    places = [press.left + sum(widths[:n]) for n in range(4)]
    head = [
        Cell(x, w, [faces.clean(label)], shaded=True, colour=MUTED)
        for x, w, label in zip(places, widths, block.labels, strict=True)
    ]
    whole = _signatures_height(press, block)
    press.need(whole if whole <= press.full_room / 2 else 60)
    heavy(press)
    row(press, head, Style(size=8.5, pad=3.0))
    press.across(lambda: heavy(press), lambda: heavy(press))
    for signature in block.lines:
        _signature(press, signature, block, places, widths)
    press.done_across()
    heavy(press)
    press.y -= AFTER


def _signature_widths(press: Press) -> list[float]:
    return [press.width * share for share in (0.19, 0.23, 0.40, 0.18)]


def _signatures_height(press: Press, block: Signatures) -> float:
    """Return how high a block of signatures becomes, long names and roles included."""
    widths, height = _signature_widths(press), 19 + AFTER
    for one in block.lines:
        written = _PAD if one.strokes else (0.0, 0.0)
        rooms = (widths[0], widths[1], widths[2] - written[0], widths[3])
        texts = zip((one.role, one.name, one.how, one.on), rooms, strict=True)
        lines = [
            len(press.lines(text, w - 12, 9.0, bold=n == 1)) for n, (text, w) in enumerate(texts)
        ]
        height += max(max(lines) * 9.0 * LEAD + 8, block.room, written[1])
    return height


def _signature(
    press: Press,
    signature: Signature,
    block: Signatures,
    places: Sequence[float],
    widths: Sequence[float],
) -> None:
    how = signature.how or block.blank
    texts = (signature.role, signature.name, how, signature.on)
    written = _PAD[0] if signature.strokes else 0.0  # room for the hand, left of how
    cells = []
    for n, (x, w, text) in enumerate(zip(places, widths, texts, strict=True)):
        at, room = (x + written, w - written) if n == 2 else (x, w)
        blank = n == 2 and not signature.how
        cells.append(
            Cell(at, room, press.lines(text, room - 12, 9.0, bold=n == 1), bold=n == 1,
                 align=Align.RIGHT if blank else Align.LEFT, colour=MUTED if blank else INK)
        )  # fmt: skip
    least = max(block.room, _PAD[1] if signature.strokes else 0.0)
    row(press, cells, Style(pad=4.0, least=least))
    if signature.strokes:
        _write(press, signature, places[2] + 6, press.y + 3)


def _write(press: Press, signature: Signature, left: float, bottom: float) -> None:
    """Draw what a hand wrote on the screen, as large as its room allows."""
    points = [point for stroke in signature.strokes for point in stroke]
    first_x, first_y = (min(p[n] for p in points) for n in (0, 1))
    wide, high = (max(p[n] for p in points) - low for n, low in ((0, first_x), (1, first_y)))
    scale = min((_PAD[0] - 10) / max(wide, 0.05), (_PAD[1] - 8) / max(high, 0.05))
    for stroke in signature.strokes:
        line = [(left + (x - first_x) * scale, bottom + (first_y + high - y) * scale)
                for x, y in stroke]  # fmt: skip
        press.ink.line(line)


_PAD = (96.0, 40.0)  # room for a signature from the screen, in points


def _statement(press: Press, block: Statement) -> None:
    press.need(96)
    press.y -= 8
    press.paragraph(block.text, 10.5, align=Align.CENTRE)
    press.y -= 8
    press.paragraph(block.on, 10.5, align=Align.CENTRE)
    press.y -= 8
    press.paragraph(block.issuer, 13, bold=True, align=Align.CENTRE)
    press.y -= AFTER


# kit, chart, slip ------------------------------------------------------------------------


def _letters(press: Press, block: Letters) -> None:
    lead, size, side = 27.0, 14.5, 118.0
    height = max(len(block.lines) * lead + 24, side + 40)
    press.need(min(height, press.full_room))
    code = qr.code(block.code, careful=True)
    top = press.y
    press.ink.squares(code.path, press.right - side - 14, top - side - 16, side / code.modules)
    press.put(
        press.right - side - 14, top - side - 30, faces.clean(block.caption), 7.5, room=side,
        align=Align.CENTRE, colour=MUTED,
    )  # fmt: skip
    press.y -= 14
    for line in block.lines:
        press.need(lead)
        base = baseline(press.y, size, lead)
        number, *groups = line.split(" ")
        press.put(press.left + 12, base, number, 9, colour=MUTED)
        for place, group in enumerate(groups):
            press.put(press.left + 38 + place * 67, base, group, size, bold=True)
        press.y -= lead
    press.y = min(press.y - 10, top - side - 40)
    press.ink.frame(press.left, press.y, press.width, top - press.y, line=0.9, colour=INK)
    press.y -= AFTER


def _bars(press: Press, block: Bars) -> None:
    height = block.height
    press.need(height + AFTER)
    press.y -= height
    charts.draw(press.ink, block, press.left, press.y, press.width, height)
    press.y -= AFTER


def _shares(press: Press, block: Shares) -> None:
    press.need(charts.shares_height(block) if len(block.lines) < 12 else 120)
    for line in block.lines:
        press.need(charts.LINE)
        press.y -= charts.LINE
        charts.draw_share(press.ink, line, press.left, press.y, press.width)
    if block.legend:
        press.y -= 13
        charts.draw_legend(press.ink, faces.clean(block.legend), press.left, press.y, press.width)
    press.y -= AFTER


def _cut(press: Press, block: Cut) -> None:
    press.need(30)
    press.y -= 8
    text = faces.clean(block.text)
    middle = (press.left + press.right) / 2
    half = faces.width(text, 8) / 2 + 8
    press.ink.dashes(0, middle - half, press.y)
    press.ink.dashes(middle + half, press.ink.size[0], press.y)
    press.put(middle - half, press.y - 3, text, 8, room=2 * half, align=Align.CENTRE, colour=MUTED)
    press.y -= 18


def _gap(press: Press, block: Gap) -> None:
    press.y -= min(block.height, max(press.y - FOOT, 0))


def _new_page(press: Press, _: NewPage) -> None:
    press.turn()


def _together(press: Press, block: Together) -> None:
    """Turn the page first when the blocks fit on a whole page but not on the rest of this."""
    height = sum(_estimate(press, part) for part in block.blocks)
    press.need(min(height, press.full_room))
    for part in block.blocks:
        draw(press, part)


def _estimate(press: Press, block: Block) -> float:
    """Return about how high a block becomes; a little too high is harmless."""
    if isinstance(block, Together):
        return sum(_estimate(press, part) for part in block.blocks)
    if isinstance(block, Table):
        return tables.least_height(press, block)
    if isinstance(block, Form):
        return 2 + AFTER + sum(tables.line_height(press, block, e) for e in tables.pairs(block))
    if isinstance(block, Text):
        return 6 + block.size * LEAD * len(press.lines(block.text, press.width, block.size))
    if isinstance(block, Signatures):
        return _signatures_height(press, block)
    if isinstance(block, Points):
        lines = [len(press.lines(text, press.width - 18, block.size)) for text in block.texts]
        return sum(lines) * block.size * LEAD + 1.5 * len(lines) + AFTER
    if isinstance(block, Box):
        lines = [len(press.lines(text, press.width - 20, 9.0)) for text in block.texts]
        return 30 + AFTER + sum(lines) * 9 * LEAD
    if isinstance(block, Bars):
        return block.height + AFTER
    if isinstance(block, Shares):
        return charts.shares_height(block) + AFTER
    return {Heading: _HEADING, Statement: 100.0, Steps: 46.0, Cut: 30.0}.get(type(block), 20.0)


_DRAWN_BY: dict[type, Callable[[Press, Any], None]] = {
    Heading: _heading, Text: _text, Points: _points,
    Form: tables.form, Table: tables.table, Ids: tables.ids,
    Box: _box, Steps: _steps, Signatures: _signatures, Statement: _statement, Letters: _letters,
    Bars: _bars, Meters: meters.meters, Shares: _shares, Cut: _cut, Gap: _gap, NewPage: _new_page,
    Together: _together,
}  # fmt: skip
