"""The findings on who has been trained: rule 42."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.findings import Finding
from privdesk.registers.attendances import expunging, rules
from privdesk.registers.desk import Desk
from privdesk.registers.trained import standing


def judge(desk: Desk) -> list[Finding]:
    """Return whose training is over or ends soon."""
    found = stand(desk)
    groups = (rules.over(found), rules.lapsing(found))
    told = [people for people in groups if len(people) <= rules.EACH]
    numbers = sorted({one.staff for people in told for one in people})
    names = desk.service("staff").titles(numbers) if numbers else {}
    return rules.judge(replace(found, names=names))


def stand(desk: Desk) -> rules.Stand:
    """Return where everybody stands today."""
    known = "SELECT 1 FROM attendances WHERE state <> 'void' AND result IS NOT NULL LIMIT 1"
    return rules.Stand(
        learners=standing(desk, desk.today()),
        today=desk.today(),
        any=desk.vault.raw.execute(known).fetchone() is not None,
        staff_ref=lambda number: desk.ref("staff", number),
        kept_too_long=len(expunging.over(desk)),
    )
