"""Bars over months and parts of wholes: one drawing, on paper and as a picture on the screen."""

from __future__ import annotations

import math

from privdesk.documents import faces
from privdesk.documents.ink import HAIR, INK, MUTED, RULE, TINT, Ink
from privdesk.documents.lines import wrap
from privdesk.documents.paper import Bars, Share, Shares

TONES = ("0.122 0.306 0.549", "0.541 0.635 0.765", "0.122 0.478 0.302", "0.722 0.757 0.804")
_STEPS = (1, 2, 2.5, 5, 10)


def draw(ink: Ink, chart: Bars, x: float, y: float, width: float, height: float) -> None:
    """Draw a chart into a rectangle; several series are stacked."""
    top = y + height
    if chart.title:
        top -= 14
        ink.body(x, top + 2, faces.clean(chart.title), 9.5, bold=True)
    _legend(ink, chart, x + width, top + 2 if chart.title else top - 8)
    top -= 12 if chart.title else 18  # the legend stands clear of the highest line
    totals = [sum(values[n] for _, values in chart.series) for n in range(len(chart.labels))]
    ceiling, step = scale(max(totals, default=0))
    left = x + 34
    part = (x + width - left) / max(len(chart.labels), 1)
    labels = [_label(label, part - 4) for label in chart.labels]
    bottom = y + 7 + 9 * max(map(len, labels), default=1)
    _lines(ink, (left, bottom, x + width, top), ceiling, step)
    unit = (top - bottom) / ceiling
    for n, label in enumerate(labels):
        _column(ink, chart, n, left + n * part, bottom, part, unit)
        for at, text in enumerate(label):
            _centred(ink, left + n * part, bottom - 12 - 9 * at, part, text)
    ink.rule(left, bottom, x + width, bottom, width=0.7, colour=INK)


def scale(highest: float) -> tuple[float, float]:
    """Return the top of the axis and the distance of its lines: round numbers, four or so."""
    if highest <= 0:
        return 4.0, 1.0
    power = 10.0 ** math.floor(math.log10(highest / 4))
    step = next(power * s for s in _STEPS if power * s * 4.0001 >= highest)
    step = max(step, 1.0) if highest >= 1 else step
    return step * max(math.ceil(highest / step), 1), step


def _lines(ink: Ink, area: tuple[float, float, float, float], ceiling: float, step: float) -> None:
    left, bottom, right, top = area
    for n in range(round(ceiling / step) + 1):
        level = bottom + (top - bottom) * n * step / ceiling
        if n:
            ink.rule(left, level, right, level, width=0.3, colour=HAIR)
        text = f"{n * step:,g}"
        ink.body(left - 6 - faces.width(text, 7.5), level - 2.6, text, 7.5, colour=MUTED)


def _column(
    ink: Ink, chart: Bars, n: int, x: float, bottom: float, part: float, unit: float
) -> None:
    wide = min(part * 0.56, 26)
    level = bottom
    for place, (_, values) in enumerate(chart.series):
        tall = values[n] * unit
        if tall > 0:
            ink.fill(x + (part - wide) / 2, level, wide, tall, TONES[place % len(TONES)])
            level += tall
            ink.rule(x + (part - wide) / 2, level, x + (part + wide) / 2, level, colour="1 1 1")


def _legend(ink: Ink, chart: Bars, right: float, y: float) -> None:
    if len(chart.series) < 2:
        return
    for place in range(len(chart.series) - 1, -1, -1):
        name = faces.clean(chart.series[place][0])
        right -= faces.width(name, 7.5)
        ink.body(right, y, name, 7.5, colour=MUTED)
        ink.fill(right - 10, y, 6, 6, TONES[place % len(TONES)])
        right -= 22


def _label(text: str, room: float) -> list[str]:
    """Return what stands below a bar, in two lines at most."""
    text = faces.clean(text)
    lines = wrap(text, room, lambda part: faces.width(part, 7.5))
    if len(lines) == 2 and " " not in text:  # one long word: as much above as below
        return [text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :]]
    return [*lines[:1], *(_fitting(" ".join(rest), room, 7.5) for rest in [lines[1:]] if rest)]


def _centred(ink: Ink, x: float, y: float, part: float, text: str) -> None:
    ink.body(x + (part - faces.width(text, 7.5)) / 2, y, text, 7.5, colour=MUTED)


LINE = 19.0  # height of a part of a whole, in points
_LABEL, _TEXT = 0.47, 0.19  # parts of the width


def shares_height(chart: Shares) -> float:
    """Return how high parts of wholes become, in points."""
    return LINE * len(chart.lines) + (13.0 if chart.legend else 0.0)


def draw_share(ink: Ink, line: Share, x: float, y: float, width: float) -> None:
    """Draw one part of a whole into a line: label, bar with a mark, text."""
    left, room = x + width * _LABEL, width * (1 - _LABEL - _TEXT)
    base, tall = y + 6, 9.0
    ink.body(x + 2, base, _fitting(faces.clean(line.label), width * _LABEL - 10, 8.5), 8.5)
    ink.fill(left, y + 4.5, room, tall, TINT)
    if line.of and line.value:
        ink.fill(left, y + 4.5, room * min(line.value / line.of, 1.0), tall, TONES[0])
    ink.frame(left, y + 4.5, room, tall, line=0.4, colour=RULE)
    if line.before is not None:
        _mark(ink, left + room * line.before, y + 4.5, tall)
    text = faces.clean(line.text)
    ink.body(x + width - 2 - faces.width(text, 8.5), base, text, 8.5)
    ink.rule(x, y, x + width, y, width=0.3, colour=HAIR)


def draw_legend(ink: Ink, text: str, x: float, y: float, width: float) -> None:
    """Say what the mark on the bars means."""
    left = x + width - 2 - faces.width(text, 7.5)
    _mark(ink, left - 8, y + 1.5, 6.0)
    ink.body(left, y + 2, text, 7.5, colour=MUTED)


def _mark(ink: Ink, x: float, y: float, tall: float) -> None:
    """Draw a mark that stands out of the bar above and below, light around the line."""
    ink.fill(x - 1.5, y - 2, 3.0, tall + 4, "1 1 1")
    ink.fill(x - 0.7, y - 2, 1.4, tall + 4, INK)


def _fitting(text: str, room: float, size: float) -> str:
    if faces.width(text, size) <= room:
        return text
    while text and faces.width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"
