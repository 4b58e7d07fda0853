"""The findings on the requests."""

from __future__ import annotations

from datetime import date

from privdesk.core.findings import Finding, finding
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.requests.service import OPEN


def judge(desk: Desk) -> list[Finding]:
    """Return the requests that wait for an answer."""
    marks = ",".join(f"'{state}'" for state in OPEN)
    sql = f"SELECT id, due_on FROM requests WHERE state IN ({marks}) ORDER BY id"
    rows = [
        (desk.ref("requests", number), date.fromisoformat(due))
        for number, due in desk.vault.raw.execute(sql)
    ]
    return [
        finding(
            "17",
            "requests",
            ref,
            what=N_("The request {ref} waits for its answer."),
            do=N_("Answer it by {due}."),
            due=due,
            values={"ref": ref, "due": due},
        )
        for ref, due in rows
    ]
