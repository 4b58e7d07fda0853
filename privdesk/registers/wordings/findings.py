"""The findings on the wordings in force: rule 8 and S1.1."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.wordings import rules


def judge(desk: Desk) -> list[Finding]:
    """Return which wordings in force no longer say what their purposes do."""
    service, purposes = desk.service("wordings"), desk.service("purposes")
    standing = service.in_force()
    numbers = sorted({purpose for _number, purpose, _since in standing})
    rows = {row.id: row for row in purposes.rows(numbers)}
    called, titles = purposes.titles(numbers), service.titles([one[0] for one in standing])
    found: list[Finding] = []
    for number, purpose, since in standing:
        changed = rows[purpose].values["renew_from"]
        facts = rules.InForce(
            ref=desk.ref("wordings", number),
            title=titles[number],
            purpose=called[purpose],
            since=since,
            changed=changed,
            purpose_in_use=rows[purpose].state == "active",
            agreed=service.answers(number, "given") if changed and since < changed else 0,
        )
        found += rules.judge(facts)
    return found
