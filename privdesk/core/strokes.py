"""What somebody wrote on the screen: strokes as points, kept as JSON and drawn again on paper.

A point is (x, y), right and down from the upper left corner, in widths of the pad: x runs from
0 to 1, y from 0 to the pad's height in widths.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from privdesk.core.errors import DomainError

Stroke = tuple[tuple[float, float], ...]
Strokes = tuple[Stroke, ...]
MOST_POINTS = 20_000
LEAST_INK = 0.15  # of the pad's width: a dot or a slip of the hand is no signature


class NothingWrittenError(DomainError):
    """Nothing was written on the pad, or only a dot. Nothing was changed; sign with the full name
    or the usual mark.
    """


class TooMuchWrittenError(DomainError):
    """The pad holds more than a signature. Nothing was changed; clear it and sign once."""


def length(strokes: Strokes) -> float:
    """Return how long the line of all strokes is, in widths of the pad."""
    return sum(math.dist(one, other) for stroke in strokes for one, other in pairwise(stroke))


def checked(strokes: Sequence[Sequence[Sequence[float]]]) -> Strokes:
    """Return strokes as they are kept, each coordinate to a ten-thousandth; refuse a bare pad."""
    if sum(map(len, strokes)) > MOST_POINTS:
        raise TooMuchWrittenError
    found = tuple(
        tuple((_within(x), _within(y)) for x, y in stroke) for stroke in strokes if len(stroke) > 1
    )
    if length(found) < LEAST_INK:
        raise NothingWrittenError
    return found


def to_text(strokes: Strokes) -> str:
    """Return strokes as they are sealed."""
    return json.dumps(strokes, separators=(",", ":"))


def from_text(text: str) -> Strokes:
    """Return what ``to_text`` wrote; nothing for an empty text."""
    raw: Any = json.loads(text) if text else []
    return tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in raw)


def _within(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 4)
