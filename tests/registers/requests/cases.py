"""Cases taken in and moved on, for the tests of requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.core.register import Row
from privdesk.registers.desk import Desk

RECEIVED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 11:00 in Korea


def take(desk: Desk, kind: str = "access", **values: object) -> Row:
    """Take a request in."""
    given = {"kind": kind, "channel": "phone", "received_at": RECEIVED, **values}
    found: Row = desk.service("requests").create(given)
    return found


def act(desk: Desk, row: Row, action: str, **values: Any) -> Row:
    """Do an action, and return the case as it is then."""
    desk.service("requests").act(action, [row.ref], values)
    return now(desk, row)


def now(desk: Desk, row: Row, *, reveal: bool = False) -> Row:
    """Return the case as it is."""
    (found,) = desk.service("requests").rows([row.id], reveal=reveal)
    assert isinstance(found, Row)
    return found


def wait(desk: Desk, **time: int) -> None:
    """Let time pass."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(**time))


def identified(desk: Desk, kind: str = "access", **values: object) -> Row:
    """Take a request in whose identity is checked."""
    return act(desk, take(desk, kind, **values), "identify", method="card")
