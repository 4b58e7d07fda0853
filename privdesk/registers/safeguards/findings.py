"""The findings on safeguards, systems and emergency updates: S8.1, rules 47, 49 to 52 and 55."""

from __future__ import annotations

from privdesk.core.findings import Finding
from privdesk.core.rulebook import access_log_years
from privdesk.registers.desk import Desk
from privdesk.registers.safeguards import rules, systems
from privdesk.registers.safeguards.systems import System

# Where people log in: a right in force says so, or that somebody entered how.
_SYSTEMS = (
    "SELECT id FROM places WHERE state = 'active' AND (id IN"
    " (SELECT place FROM access_rights WHERE state = 'granted')"
    " OR lockout IS NOT NULL OR password_stored IS NOT NULL OR idle_minutes IS NOT NULL"
    " OR outside IS NOT NULL OR logged IS NOT NULL OR log_months IS NOT NULL) ORDER BY name, id"
)


def judge(desk: Desk) -> list[Finding]:
    """Return what is due with the safeguards, and what is wrong with the systems."""
    today = desk.today()
    guards = desk.service("safeguards").guards()
    return [
        *rules.judge_list(guards),
        *rules.judge(guards, today),
        *systems.judge(_systems(desk), today, access_log_years(desk.profile, today)),
    ]


def alerts(desk: Desk) -> list[Finding]:
    """Return the emergency updates that some place has not got."""
    return rules.judge_alerts(desk.service("virus-alerts").waiting(), desk.now())


def _systems(desk: Desk) -> list[System]:
    numbers = [row[0] for row in desk.vault.raw.execute(_SYSTEMS).fetchall()]
    return [
        System(
            ref=row.ref,
            name=str(row.values["name"]),
            lockout=row.values["lockout"],
            stored=str(row.values["password_stored"] or ""),
            idle=row.values["idle_minutes"],
            outside=str(row.values["outside"] or ""),
            subjects=bool(row.values["subjects_log_in"]),
            logged=str(row.values["logged"] or ""),
            log_months=row.values["log_months"],
        )
        for row in desk.service("places").rows(numbers)
    ]
