"""The findings on the demands of authorities: S3.2."""

from __future__ import annotations

from privdesk.core.conditions import Between
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.demands import rules
from privdesk.registers.demands.rules import State
from privdesk.registers.desk import Desk
from privdesk.registers.states import VOID

_TOLD = [State.ANSWERED.value, VOID.key]
_OPEN = [State.RECEIVED.value, State.GRANTED.value, State.DENIED.value]


def judge(desk: Desk) -> list[Finding]:
    """Return the demands that were not answered yet, and the files whose period is over."""
    today, service = desk.today(), desk.service("demands")
    found: list[Finding] = []
    over = Between(None, today)
    waits = service.find(Query(where={"state": _OPEN}, sort="answer_by"))
    kept = service.find(Query(where={"state": _TOLD, "keep_until": over}, sort="id"))
    for row in (*waits, *kept):
        facts = rules.DemandFacts(
            ref=row.ref,
            authority=str(row.values["authority"]),
            document_no=str(row.values["document_no"]),
            state=State.ANSWERED if row.state == VOID.key else State(row.state),
            answer_by=row.values["answer_by"],
            provided=bool(service.provisions(row.id)),
            keep_until=row.values["keep_until"],
        )
        found += rules.judge(facts, today)
    return found
