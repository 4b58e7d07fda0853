"""Requests from receipt to closing (stand-in)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from privdesk.core import references
from privdesk.registers.desk import Change


def receive(change: Change, values: Mapping[str, Any]) -> int:
    """Take a request in; return its number."""
    desk = change.desk
    number: int = desk.vault.new_ids()[0]
    received: datetime = values.get("received_at") or desk.now()
    change.sql.execute(
        insert(desk.service("requests").table).values(
            id=number,
            state="received",
            kind=values["kind"],
            subject=references.parse(str(values["subject"]))[1] if values.get("subject") else None,
            received_at=received.astimezone(UTC).isoformat(timespec="seconds"),
            due_on=desk.calendar.deadline_days(desk.today(), 10),
        )
    )
    change.note("record.created", "requests", number)
    return number


def identify(change: Change, number: int, method: str, *, by: str = "", note: str = "") -> None:
    """Note that the identity was checked."""
    _move(change, number, "identified")


def start(change: Change, number: int) -> None:
    """Start the work."""
    _move(change, number, "working")


def refuse(change: Change, number: int, code: str, reason: str, objection: str = "") -> None:
    """Refuse on a ground."""
    _move(change, number, "refused")


def answer(
    change: Change, number: int, result: str, *, text: str = "", code: str = "", reason: str = ""
) -> None:
    """Record the answer."""
    _move(change, number, "answered")


def close(change: Change, number: int) -> None:
    """Close what was answered."""
    _move(change, number, "closed")


def _move(change: Change, number: int, state: str) -> None:
    change.desk.service("requests").set_state(change, number, state)
    change.note("record.changed", "requests", number, fields=("state",))
