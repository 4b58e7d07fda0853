"""How wide the columns of a table begin: as their heads and the first rows want it."""

from __future__ import annotations

from collections.abc import Sequence

LOOKED_AT = 60  # rows: two screens tell enough
_WIDEST = 260  # of a column, as long as others have no room yet
_NARROWEST = 56


def widths(wanted: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that want so much, where ``room`` is there for all.

    No column takes more than a fair width at first; what is left over goes to those that
    want more, the first ones before the others. The last one takes the rest in any case.
    """
    found = [min(max(want, _NARROWEST), _WIDEST) for want in wanted]
    left = room - sum(found)
    for place, want in enumerate(wanted):
        more = min(max(want - found[place], 0), max(left, 0))
        found[place] += more
        left -= more
    return found
