"""The reports of the invented office: last month's, reported; one to the board, being written."""

from __future__ import annotations

from functools import cache
from typing import Any

from privdesk.core.figures import month, quarter
from privdesk.flows import reporting
from privdesk.flows.sample.texts import read
from privdesk.registers.desk import Desk
from privdesk.registers.reports.rules import BOARD, MONTHLY


@cache
def told() -> dict[str, Any]:
    """Return what the privacy officer remarks."""
    found: dict[str, Any] = read("reports")
    return found


def enter(desk: Desk) -> None:
    """Make the monthly reports of last month and of this one, and the quarter's to the board."""
    service, today, texts = desk.service("reports"), desk.today(), told()
    last = service.create({"kind": MONTHLY, "span": str(month(today).before()), **texts["last"]})
    reporting.report(desk, [last.ref], to="head")
    service.create({"kind": MONTHLY, "span": str(month(today)), **texts["monthly"]})
    service.create({"kind": BOARD, "span": str(quarter(today)), **texts["board"]})
