"""The finding on what was struck out since the last report, which is the second look at it."""

from __future__ import annotations

from datetime import date, datetime

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding
from privdesk.registers.desk import Desk
from privdesk.registers.reports import rules
from privdesk.registers.striking import STRUCK


def judge(desk: Desk) -> list[Finding]:
    """Return that records were struck out of which no monthly report has told yet."""
    sql = "SELECT max(told_on) FROM reports WHERE state = 'reported' AND kind = ?"
    told = desk.vault.raw.execute(sql, (rules.MONTHLY,)).fetchone()[0]
    rows = desk.vault.raw.execute("SELECT at FROM journal WHERE action = ?", (STRUCK,)).fetchall()
    days = [office_date(datetime.fromisoformat(at)) for (at,) in rows]
    return list(rules.judge_struck(days, date.fromisoformat(told) if told else None))
