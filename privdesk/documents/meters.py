"""Figures in lines: label, what it is made of as a bar or small columns, now, before, change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from privdesk.documents import faces
from privdesk.documents.ink import HAIR, INK, MUTED, RULE
from privdesk.documents.paper import Align, Meter, Meters
from privdesk.documents.press import AFTER, LEAD, Press, baseline

SIZE, SMALL, HEAD = 8.5, 7.5, 13.0
FULL, EMPTY = "0.122 0.306 0.549", "0.886 0.902 0.922"
_LEAST, _INNER, _BAR = 17.0, 12.0, 5.0
_SHARES = (0.38, 0.20, 0.12, 0.14, 0.16)


@dataclass(frozen=True)
class _Places:
    """Where the columns begin, and how wide they are."""

    label: tuple[float, float]
    bar: tuple[float, float]
    now: tuple[float, float]
    before: tuple[float, float]
    change: tuple[float, float]


def meters(press: Press, block: Meters) -> None:
    """Draw the lines under their heads, which stand again on each page.

    What a figure is made of stays with it where both fit on one page.
    """
    at = _places(press)
    labels = [press.lines(one.label, _room(at, one), _size(one)) for one in block.rows]
    highs = [_high(one, label) for one, label in zip(block.rows, labels, strict=True)]
    press.need(HEAD + _whole(block, highs, 0))
    _heads(press, at, block)
    for number, one in enumerate(block.rows):
        page = press.page
        press.need(_whole(block, highs, number) + 2)
        if press.page != page:
            _heads(press, at, block)
        elif number and not one.inner:
            press.ink.rule(press.left, press.y, press.right, press.y, width=0.3, colour=HAIR)
        _row(press, at, one, labels[number], highs[number])
        press.y -= highs[number]
    press.ink.rule(press.left, press.y, press.right, press.y, width=0.7, colour=INK)
    press.y -= AFTER


def _whole(block: Meters, highs: Sequence[float], number: int) -> float:
    """Return how high a line is, with those it is made of."""
    high, after = highs[number], number + 1
    while not block.rows[number].inner and after < len(highs) and block.rows[after].inner:
        high, after = high + highs[after], after + 1
    return high


def _room(at: _Places, one: Meter) -> float:
    return at.label[1] - (10 if one.inner else 0)


def _high(one: Meter, label: Sequence[str]) -> float:
    return max(_INNER if one.inner else _LEAST, len(label) * _size(one) * LEAD + 4)


def _places(press: Press) -> _Places:
    edges, x = [], press.left
    for share in _SHARES:
        edges.append((x + 3, press.width * share - 6))
        x += press.width * share
    return _Places(*edges)


def _heads(press: Press, at: _Places, block: Meters) -> None:
    base = baseline(press.y, SMALL, HEAD)
    for place, text in zip((at.now, at.before, at.change), block.heads, strict=True):
        press.put(
            place[0], base, faces.clean(text), SMALL, room=place[1], align=Align.RIGHT, colour=MUTED
        )
    press.y -= HEAD
    press.ink.rule(press.left, press.y, press.right, press.y, width=0.7, colour=INK)


def _size(one: Meter) -> float:
    return SMALL if one.inner else SIZE


def _row(press: Press, at: _Places, one: Meter, label: Sequence[str], high: float) -> None:
    size, indent = _size(one), 10.0 if one.inner else 0.0
    ink = MUTED if one.inner else INK
    top = press.y - (0 if one.inner else 2)
    for line in label:
        press.put(
            at.label[0] + indent, baseline(top, size, size * LEAD + 2), line, size, colour=ink
        )
        top -= size * LEAD
    base = baseline(press.y - (0 if one.inner else 2), size, size * LEAD + 2)
    _right(press, at.now, base, one.now, size, bold=not one.inner)
    _right(press, at.before, base, one.before, SMALL)
    _right(press, at.change, base, one.change, SMALL, bold=one.strong)
    middle = base + size * 0.32
    if one.part is not None:
        _bar(press, at.bar, middle, one.part, one.part_before, thin=one.inner)
    elif one.course:
        _course(press, at.bar, base - 1.5, one.course)


def _right(
    press: Press,
    place: tuple[float, float],
    base: float,
    text: str,
    size: float,
    *,
    bold: bool = False,
) -> None:
    text = faces.clean(text)
    fitting = min(size, size * place[1] / max(faces.width(text, size, bold), 1))
    press.put(place[0], base, text, fitting, room=place[1], align=Align.RIGHT, bold=bold)


def _bar(
    press: Press,
    place: tuple[float, float],
    middle: float,
    part: float,
    before: float | None,
    *,
    thin: bool,
) -> None:
    high = 3.5 if thin else _BAR
    low = middle - high / 2
    press.ink.fill(place[0], low, place[1], high, EMPTY)
    if part > 0:
        press.ink.fill(place[0], low, max(place[1] * min(part, 1.0), 0.8), high, FULL)
    if before is not None:
        x = place[0] + place[1] * min(before, 1.0)
        press.ink.rule(x, low - 2, x, low + high + 2, width=2.4, colour="1 1 1")
        press.ink.rule(x, low - 2, x, low + high + 2, width=1.1, colour=INK)


def _course(
    press: Press, place: tuple[float, float], base: float, values: Sequence[float | None]
) -> None:
    highest = max((value for value in values if value is not None), default=0.0)
    part = min(place[1] / len(values), 14.0)
    press.ink.rule(place[0], base, place[0] + part * len(values), base, width=0.4, colour=RULE)
    for number, value in enumerate(values):
        if value and highest:
            colour = FULL if number == len(values) - 1 else RULE
            tall = max(10.0 * value / highest, 0.6)
            press.ink.fill(place[0] + number * part + 1, base, part - 2, tall, colour)
