"""The findings of the rules on audits: what was to be held, put right, or verified (S8.2③)."""

from __future__ import annotations

from datetime import date

from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.registers.audits import rules
from privdesk.registers.desk import Desk

_WAITING = (
    "SELECT f.id, f.state, f.due, f.done_on, f.owner, a.name FROM audit_findings f"
    " JOIN audits a ON a.id = f.audit WHERE f.state IN ('open', 'done') ORDER BY f.due, f.id"
)


def audits(desk: Desk) -> list[Finding]:
    """Return the audits that were not held or finished, and that a year went by without one."""
    today, service = desk.today(), desk.service("audits")
    late = [
        one
        for row in service.find(Query(where={"state": "planned"}))
        for one in rules.judge_planned(
            row.ref,
            str(row.values["name"]),
            row.values["planned_until"] or row.values["planned_on"],
            today,
        )
    ]
    return [*late, *rules.judge_year(service.last_held(), service.next_planned(today), today)]


def findings(desk: Desk) -> list[Finding]:
    """Return what is to be put right or verified by now or soon."""
    rows = desk.vault.raw.execute(_WAITING).fetchall()
    names = desk.service("staff").titles(sorted({row[4] for row in rows if row[4]}))
    return rules.judge_findings(
        [
            rules.Found(
                ref=desk.ref(rules.FINDINGS, number),
                audit=str(audit or ""),
                state=rules.State(state),
                due=date.fromisoformat(due) if due else None,
                owner=names.get(owner, ""),
                owner_ref=desk.ref("staff", owner) if owner else "",
                done_on=date.fromisoformat(done) if done else None,
            )
            for number, state, due, done, owner, audit in rows
        ],
        desk.today(),
    )
