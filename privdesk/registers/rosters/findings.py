"""The finding on the monthly comparison: S8.2①."""

from __future__ import annotations

from datetime import date

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.rosters import rules


def judge(desk: Desk) -> list[Finding]:
    """Return whether this month's list has to be compared."""
    sql = "SELECT max(as_of) FROM rosters WHERE state = 'taken' AND as_of <= ?"
    (last,) = desk.vault.raw.execute(sql, (desk.today().isoformat(),)).fetchone()
    return list(rules.judge(date.fromisoformat(last) if last else None, desk.today()))
