"""Who has sworn, as far as this office's program keeps its pledges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from privdesk.registers.desk import Desk

SEAM = "privdesk.registers.sworn"


def kept(desk: Desk) -> bool:
    """Whether pledges are kept here, so that the rules on them can be asked at all."""
    return "pledges" in desk.registers and find_spec(SEAM) is not None


def sworn(desk: Desk, staff: Sequence[int], on: date) -> dict[int, date]:
    """Return the day of each person's pledge on joining, of those who have signed by a day."""
    if not kept(desk):
        return {}
    seam: Any = import_module(SEAM)
    found: dict[int, date] = seam.sworn(desk, list(staff), on)
    return found
