"""The findings on the purposes: rules 4 to 8, 13 and 16, S1.1 to S1.5 and S2.1."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.registers.purposes import rules


def judge(desk: Desk) -> list[Finding]:
    """Return what is wrong with the purposes in use, and which of the policy's own are missing."""
    service, today = desk.service("purposes"), desk.today()
    found: list[Finding] = []
    clauses: set[str] = set()
    for row in service.find(Query(where={"state": ["draft", "active", "ended"]})):
        clauses.add(str(row.values["clause"]).strip())
        if row.state != "ended":
            facts = service.facts(row, row.values)
            found += rules.judge(facts, today, _old_consents(desk, row), _kept_apart(desk, row))
    return [*found, *rules.judge_set(clauses)]


def _old_consents(desk: Desk, row: Row) -> int:
    since = row.values["renew_from"]
    if since is None:
        return 0
    return int(desk.service("consents").given_before(row.id, since))


def _kept_apart(desk: Desk, row: Row) -> int:
    if not row.values["statute"]:
        return 0
    view = desk.service("holdings").open_view(Query(where={"purpose": row.ref, "state": "law"}))
    return int(view.count)
