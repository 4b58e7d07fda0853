"""The findings on who has been trained: rule 42."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.registers.attendances import expunging, rules
from privdesk.registers.desk import Desk
from privdesk.registers.trained import standing


def judge(desk: Desk) -> list[Finding]:
    """Return whose training is over or ends soon."""
    found = stand(desk)
    numbers = sorted({one.staff for one in (*rules.over(found), *rules.lapsing(found))})
    if 0 < len(numbers) <= 2 * rules.EACH:
        found = stand(desk, desk.service("staff").titles(numbers))
    return rules.judge(found)


def stand(desk: Desk, names: dict[int, str] | None = None) -> rules.Stand:
    """Return where everybody stands today."""
    known = "SELECT 1 FROM attendances WHERE state <> 'void' AND result IS NOT NULL LIMIT 1"
    return rules.Stand(
        learners=standing(desk, desk.today()),
        today=desk.today(),
        any=desk.vault.raw.execute(known).fetchone() is not None,
        names=names or {},
        staff_ref=lambda number: desk.ref("staff", number),
        kept_too_long=len(expunging.over(desk)),
    )
