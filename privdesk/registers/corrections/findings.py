"""The findings on the notices to recipients: rule 24."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query, Row
from privdesk.registers.corrections import rules
from privdesk.registers.corrections.rules import State
from privdesk.registers.desk import Desk

_WAITING = [State.OPEN.value, State.SENT.value, State.DIFFERS.value]


def judge(desk: Desk) -> list[Finding]:
    """Return the notices that are not sent, not replied to, or not wholly done."""
    today = desk.today()
    rows = desk.service("corrections").find(Query(where={"state": _WAITING}, sort="id"))
    return [one for row in rows for one in rules.judge(_facts(row), today)]


def _facts(row: Row) -> rules.NoticeFacts:
    values = row.values
    return rules.NoticeFacts(
        ref=row.ref,
        recipient=str(values["recipient"]),
        state=State(row.state),
        tell_by=values["tell_by"],
        reply_by=values["reply_by"],
        replied_on=values["replied_on"],
    )
