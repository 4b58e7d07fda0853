"""How many rules are broken today, by rule; what was excepted. Told of today only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.findings import Finding, Severity
from privdesk.core.i18n import N_
from privdesk.core.rulebook import RULES
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.findings.collect import desk_findings

VAULT = N_("Backup and custody of the vault")


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the breaches of today by rule, what waits besides, and the exceptions in force."""
    if not counting.told_now(desk, span):
        return ()
    told = desk.once("findings", lambda: desk_findings(desk))
    found = [one for one in told if one.severity is not Severity.SETUP]
    today = desk.today()
    broken = [one for one in found if is_breach(one, today)]
    by_rule = Counter(one.rule for one in broken)
    excepted = "SELECT count(*) FROM finding_marks WHERE state = 'excepted' AND until >= ?"
    state = Nature.STATE
    return (
        Figure(
            "findings.breaches",
            N_("Rules broken: tasks beyond their day"),
            len(broken),
            good=Good.DOWN,
            when=state,
            rows=tuple(
                Line(title_of(rule), n)
                for rule, n in sorted(by_rule.items(), key=lambda one: (-one[1], one[0]))
            ),
        ),
        Figure(
            "findings.waiting",
            N_("Other tasks that wait"),
            len(found) - len(broken),
            when=state,
        ),
        Figure(
            "findings.excepted",
            N_("Exceptions in force, approved by a second officer"),
            counting.number(desk, excepted, today.isoformat()),
            when=state,
        ),
    )


def is_breach(one: Finding, today: date) -> bool:
    """Whether a rule is broken today: beyond its day, or without one."""
    if one.severity is not Severity.BREACH or one.waiting:
        return False
    return one.due is None or one.due < today or one.over


def title_of(rule: str) -> str:
    """Return what a rule is called, a message id; the vault's own safety has no number."""
    return RULES[rule].title if rule in RULES else VAULT
