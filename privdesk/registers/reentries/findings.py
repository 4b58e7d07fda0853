"""The findings on what has to be entered again."""

from __future__ import annotations

from datetime import date

from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.reentries import rules
from privdesk.registers.reentries.rules import Missing, Reason


def judge(desk: Desk) -> list[Finding]:
    """Return what is missing since the newest restore, by kind."""
    sql = (
        "SELECT kind, sum(count), min(backup_on) FROM reentries WHERE state = 'open'"
        " GROUP BY kind ORDER BY kind"
    )
    rows = desk.vault.raw.execute(sql).fetchall()
    missing = [Missing(Reason(kind), n, date.fromisoformat(day)) for kind, n, day in rows]
    return [rules.judge(one, desk.today()) for one in missing]
