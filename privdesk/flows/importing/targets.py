"""Where the rows of a list go; told by their purpose, place and file."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.faults import Fault
from privdesk.core.periods import Period
from privdesk.registers.holdings.rules import Terms

Names = tuple[str, str, str]  # purpose, place, file


_NONE = Terms()


@dataclass(frozen=True, slots=True)
class Asked:
    """Names that a list uses, with the retention period of the first row that has them."""

    names: Names
    retention: Period | None


@dataclass(frozen=True, slots=True)
class Target:
    """Where a row goes: record numbers, 0 for none; or why it cannot go anywhere.

    Numbers of records that a rehearsal would create are negative. ``place_ref`` is the
    reference of a place that exists.
    """

    purpose: int = 0
    file: int = 0
    place: int = 0
    place_ref: str = ""
    terms: Terms = _NONE
    fault: Fault | None = None
    column: str = ""
