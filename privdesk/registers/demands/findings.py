"""The findings on the demands of authorities: S3.2."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.demands import rules
from privdesk.registers.demands.rules import State
from privdesk.registers.desk import Desk

_OPEN = [State.RECEIVED.value, State.GRANTED.value, State.DENIED.value]


def judge(desk: Desk) -> list[Finding]:
    """Return the demands that were not answered yet."""
    today, service = desk.today(), desk.service("demands")
    found: list[Finding] = []
    for row in service.find(Query(where={"state": _OPEN}, sort="answer_by")):
        facts = rules.DemandFacts(
            ref=row.ref,
            authority=str(row.values["authority"]),
            document_no=str(row.values["document_no"]),
            state=State(row.state),
            answer_by=row.values["answer_by"],
            provided=bool(service.provisions(row.id)),
        )
        found += rules.judge(facts, today)
    return found
