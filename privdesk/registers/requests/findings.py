"""The findings on the requests."""

from __future__ import annotations

from privdesk.core.findings import Finding, finding
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.requests.service import OPEN


def judge(desk: Desk) -> list[Finding]:
    """Return the requests that wait for an answer."""
    marks = ",".join(f"'{state}'" for state in OPEN)
    sql = f"SELECT id FROM requests WHERE state IN ({marks}) ORDER BY id"
    service = desk.service("requests")
    rows = service.rows([row[0] for row in desk.vault.raw.execute(sql).fetchall()])
    return [
        finding(
            "17",
            "requests",
            row.ref,
            what=N_("The request {ref} waits for its answer."),
            do=N_("Answer it by {due}."),
            due=row.values["due_on"],
            values={"ref": row.ref, "due": row.values["due_on"]},
        )
        for row in rows
    ]
