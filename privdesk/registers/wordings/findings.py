"""The findings on the wordings in force: rule 8 and S1.1."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.wordings import rules


def judge(desk: Desk) -> list[Finding]:
    """Return which wordings in force no longer say what their purposes do."""
    service, purposes = desk.service("wordings"), desk.service("purposes")
    found: list[Finding] = []
    for row in service.find(Query(where={"state": "used"}, sort="id")):
        number = purposes.number(row.values["purpose"])
        (purpose,) = purposes.rows([number])
        facts = rules.InForce(
            ref=row.ref,
            title=row.values["title"],
            purpose=purposes.titles([number])[number],
            since=row.values["effective"],
            changed=purpose.values["renew_from"],
            purpose_in_use=purpose.state == "active",
            agreed=service.answers(row.id, "given"),
        )
        found += rules.judge(facts)
    return found
