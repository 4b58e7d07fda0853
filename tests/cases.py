"""Requests taken in and ended, for tests that only need some."""

from __future__ import annotations

from typing import Any

from privdesk.flows import requests
from privdesk.registers.desk import Desk


def received(desk: Desk, kind: str, **values: Any) -> str:
    """Take a request in by telephone; return its reference."""
    with desk.change() as change:
        number = requests.receive(change, {"kind": kind, "channel": "phone", **values})
    return desk.ref("requests", number)


def taken_back(desk: Desk, ref: str) -> None:
    """End a request: the person takes it back."""
    with desk.change() as change:
        requests.withdraw(change, desk.service("requests").number(ref), "changed her mind")
