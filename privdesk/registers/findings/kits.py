"""The finding on a recovery kit that was used: its envelope is open (S8.1)."""

from __future__ import annotations

from datetime import datetime

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding, Severity
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk


def judge(desk: Desk) -> list[Finding]:
    """Return that the kit in force was used, as long as no new one took its place."""
    kits = [person.id for person in desk.vault.header.active("recovery")]
    marks = ", ".join("?" * len(kits))
    sql = f"SELECT max(at) FROM journal WHERE action = 'vault.kit' AND person IN ({marks})"
    (at,) = desk.vault.raw.execute(sql, kits).fetchone()
    if at is None:
        return []
    on = office_date(datetime.fromisoformat(at))
    return [
        Finding(
            rule="S8.1",
            clause="S8.1",
            article=N_("PIPA 29"),
            severity=Severity.WARNING,
            due=on,
            register="officers",
            ref="",
            what=N_("The recovery kit was used on {on}; its envelope is open."),
            do=N_("Print a new kit and shred the old one: whoever read it can enrol officers."),
            values={"on": on, "step": "kit"},
        )
    ]
