"""How wide the columns of a table begin: as their heads and the first rows want it."""

from __future__ import annotations

from collections.abc import Sequence

LOOKED_AT = 60  # rows: two screens tell enough
LEAST_WORDS = 104  # of a column of words that gives way to others: a name and some more
_WIDEST = 260  # of a column, as long as others have no room yet
_NARROWEST = 56


def widths(wanted: Sequence[int], room: int, least: Sequence[int] = ()) -> list[int]:
    """Return the widths of columns that want so much, where ``room`` is there for all.

    No column takes more than a fair width at first; what is left over goes to those that
    want more, the first ones before the others. The last one takes the rest in any case.
    Where the room is too small, the widest of those that may be narrower, down to ``least``,
    give way, so that as few as can be stand out of sight.
    """
    found = [min(max(want, _NARROWEST), _WIDEST) for want in wanted]
    left = room - sum(found)
    if left < 0:
        return _narrowed(found, list(least) or found, -left)
    for place, want in enumerate(wanted):
        more = min(max(want - found[place], 0), left)
        found[place] += more
        left -= more
    return found


def spread(found: Sequence[int], room: int, taker: int | None) -> list[int]:
    """Give what is left over to one column, so that a number at the end stays near the others."""
    left = max(room - sum(found), 0)
    return [width + (left if place == taker else 0) for place, width in enumerate(found)]


def _narrowed(found: list[int], least: Sequence[int], over: int) -> list[int]:
    """Take what is too much from the widest columns, level by level; some may stay too wide."""
    while over > 0:
        soft = [place for place, width in enumerate(found) if width > least[place]]
        if not soft:
            break
        top = max(found[place] for place in soft)
        widest = [place for place in soft if found[place] == top]
        lower = [found[place] for place in soft if found[place] < top]
        level = max([top - -(-over // len(widest)), *(least[place] for place in widest), *lower])
        for place in widest:
            found[place] = level
        over -= (top - level) * len(widest)
    return found
