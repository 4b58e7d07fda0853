"""A request from receipt to the end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from privdesk.core import references
from privdesk.registers.desk import Desk
from privdesk.vault.payloads import PEOPLE


def receive(
    desk: Desk,
    kind: str,
    *,
    subject: str = "",
    channel: str = "",
    by: str = "person",
    caller: str = "",
    call_back: str = "",
    received_at: datetime | None = None,
) -> str:
    """Enter a request; return its reference."""
    service = desk.service("requests")
    at = received_at or desk.now()
    _days, due = service.due(kind, at, desk.calendar)
    with desk.change() as change:
        number = desk.vault.new_ids()[0]
        change.sql.execute(
            insert(service.table).values(
                id=number,
                state="received",
                kind=kind,
                subject=references.parse(subject)[1] if subject else None,
                channel=channel,
                by=by,
                received_at=at.isoformat(),
                due_on=due,
            )
        )
        sealed = {slot: text for slot, text in ((1, caller), (2, call_back)) if text}
        if sealed:
            desk.vault.payloads.put(PEOPLE, number, sealed)
        change.note("record.created", "requests", number, fields=("kind",))
    return desk.ref("requests", number)


def identify(desk: Desk, request: str, method: str) -> None:
    """Record how identity was checked."""
    desk.service("requests").identify((request,), method=method)


def close(desk: Desk, request: str) -> None:
    """Close a request."""
    number = desk.service("requests").number(request)
    with desk.change() as change:
        desk.vault.raw.execute("UPDATE requests SET state = 'closed' WHERE id = ?", (number,))
        change.note("record.changed", "requests", number, fields=("state",))
