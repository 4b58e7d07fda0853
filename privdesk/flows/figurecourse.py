"""What the figures of all registers were in the last months, quarters or years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from privdesk.core.figures import Figure, Span
from privdesk.flows import figuring
from privdesk.registers.desk import Desk
from privdesk.ui.dashboard.ports import Past

SPANS = 6
"""How many spans are told, the one asked for among them."""


def past(desk: Desk, span: Span) -> Past:
    """Return every figure's course up to a span; what cannot be told of a span is left open."""
    spans = [span.whole.cut(desk.today())]
    while len(spans) < SPANS:
        spans.insert(0, spans[0].before())
    with desk.vault.reading():
        told = [_told(desk, one) for one in spans]
    keys = {key for one in told for key in one}
    return Past(spans, {key: tuple(_number(one.get(key)) for one in told) for key in keys})


def _told(desk: Desk, span: Span) -> Mapping[str, Figure]:
    names: Sequence[str] = tuple(desk.registers)
    found = (one for name in names for one in figuring.figures_of(desk, name, span))
    return {one.key: one for one in found}


def _number(figure: Figure | None) -> float | None:
    if figure is None:
        return None
    if figure.of is None:
        return float(figure.value)
    return None if figure.share is None else figure.share * 100
