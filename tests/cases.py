"""Requests taken in and ended, for tests that only need some."""

from __future__ import annotations

from datetime import date
from typing import Any

from privdesk.core.clock import FixedClock
from privdesk.flows import requests
from privdesk.registers.desk import Desk


def received(desk: Desk, kind: str, **values: Any) -> str:
    """Take a request in by telephone; return its reference."""
    at = values.get("received_at")
    if at is not None and at > desk.now() and isinstance(desk.clock, FixedClock):
        desk.clock.moment = at
    with desk.change() as change:
        number = requests.receive(change, {"kind": kind, "channel": "phone", **values})
    return desk.ref("requests", number)


def taken_back(desk: Desk, ref: str) -> None:
    """End a request: the person takes it back."""
    with desk.change() as change:
        requests.withdraw(change, desk.service("requests").number(ref), "changed her mind")


def extended(desk: Desk, ref: str, until: date) -> None:
    """Have who asks wait longer; the identity is known then."""
    number = desk.service("requests").number(ref)
    with desk.change() as change:
        requests.identify(change, number, "callback")
        requests.start(change, number)
        requests.extend(change, number, until, "much has to be looked for")
