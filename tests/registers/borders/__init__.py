"""Where each rule on staff, partners and safety begins to speak: one step before, and after.

A border holds the last case that is still in order and the first that is not, as far apart as
the rule can tell (a day, one number, one second at midnight in Seoul). ``test_borders`` judges
both sides; ``tests/architecture/test_borders.py`` asks that no rule is without one.
"""

from __future__ import annotations

from tests.registers.borders import partners, safety, staff
from tests.registers.borders.border import Border, Told

__all__ = ["BORDERS", "Border", "Told"]

BORDERS: tuple[Border, ...] = (*partners.BORDERS, *staff.BORDERS, *safety.BORDERS)
