"""Systems, access log, safeguards, zones and audits: rules 47 and 49 to 56."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from privdesk.core.clock import office_date
from privdesk.core.findings import Finding
from privdesk.core.periods import add, months
from privdesk.core.register import Row
from privdesk.core.rulebook import Profile, access_log_years
from privdesk.registers.audits import rules as auditing
from privdesk.registers.log_reviews import judging as logs
from privdesk.registers.places import rules as apart
from privdesk.registers.safeguards import rules as guarding
from privdesk.registers.safeguards import systems
from privdesk.registers.safeguards.rules import Alert, Area, Guard, Result
from privdesk.registers.safeguards.systems import System
from privdesk.registers.visits import rules as visiting
from privdesk.registers.visits.rules import VisitFacts
from privdesk.registers.zones import rules as zoning
from privdesk.registers.zones.rules import PermitFacts, ZoneFacts
from tests.registers.borders.border import (
    AFTER_LEAP,
    BEFORE_MIDNIGHT,
    DAY,
    FIRST,
    LEAP,
    MIDNIGHT,
    MONDAY,
    MONTHS_END,
    WARNING,
    Border,
)

GOOD = System(
    "L-1", "Shop", lockout=5, stored="one_way", idle=10, outside="strong", logged="full",
    log_months=24,
)  # fmt: skip
GUARD = Guard("SG-1", "Plan", Area.PLAN, None, Result.GOOD, owner="M-1")


def system(today: date = MONDAY, *, log_years: int = 1, **values: Any) -> list[Finding]:
    """Judge a system."""
    return systems.judge([replace(GOOD, **values)], today, log_years)


def log_of(people: int) -> list[Finding]:
    """Judge a system that keeps its access log a year, of a company with so many people."""
    return system(log_years=access_log_years(Profile(people=people), MONDAY), log_months=12)


def log_with(sensitive: bool) -> list[Finding]:
    """Judge a system that keeps its access log a year, of a small company."""
    years = access_log_years(Profile(people=10, sensitive=sensitive), MONDAY)
    return system(log_years=years, log_months=12)


def guard(area: Area, checked: date, every: int) -> Callable[[date], list[Finding]]:
    """Return how a safeguard checked on a day is judged."""
    due = guarding.next_check_by(checked, every)
    one = replace(GUARD, area=area, due=due, checked_on=checked)
    return lambda today: guarding.judge([one], today)


def plan_every(count: int) -> list[Finding]:
    """Set the time between reviews of the internal plan."""
    guarding.check_months(Area.PLAN, count, MONDAY)
    return []


def safeguard_every(count: int) -> list[Finding]:
    """Set the time between checks of another safeguard."""
    guarding.check_months(Area.LOCK, count, MONDAY)
    return []


def alert(now: datetime) -> list[Finding]:
    """Judge an emergency update of 15:00 UTC on 29 November that a place lacks."""
    return guarding.judge_alerts([Alert("SV-1", "Worm", MIDNIGHT - DAY, 1)], now)


def review(**values: Any) -> Row:
    """Return a signed review of the access log."""
    told = {"due": None, "owner": "", "alone": False, "countersigned_on": None}
    state = "follow-up" if "due" in values else "done"
    return Row(1, "LR-1", {**told, **values}, state)


_SYSTEMS = (
    Border("47", "locks after five wrong passwords", lambda n: system(lockout=n), 5, 6, None,
           WARNING),
    Border("47", "locks at all", lambda n: system(lockout=n), 1, 0),
    Border("49", "stored so that nobody can read them", lambda how: system(stored=how),
           "one_way", "readable"),
    Border("50", "logs out after thirty minutes", lambda n: system(idle=n), 30, 31, None, WARNING),
    Border("50", "logs out at all", lambda n: system(idle=n), 1, 0),
    Border("50", "a VPN where data subjects log in, from 30 October 2026 on",
           lambda today: system(today, outside="vpn", subjects=True),
           date(2026, 10, 29), date(2026, 10, 30)),
    Border("50", "a password alone from outside", lambda how: system(outside=how), "vpn",
           "password"),
    Border("51", "entries without case or reason",
           lambda n: logs.judge_purposes(n, MONDAY), 0, 1, None, WARNING),
    Border("51", "a log that says all, or a part", lambda how: system(logged=how), "full",
           "partial"),
    Border("52", "kept twelve months", lambda n: system(log_months=n), 12, 11),
    Border("52", "kept twenty-four months where that is the least",
           lambda n: system(log_years=2, log_months=n), 24, 23),
    Border("52", "two years from fifty thousand people", log_of, 49_999, 50_000),
    Border("52", "two years with sensitive information", log_with, False, True),
)  # fmt: skip
_LOGS = (
    Border("53", "a month is reviewed by the end of the next",
           lambda today: logs.judge_months(date(2026, 10, 12), today, ()),
           MONTHS_END, FIRST, WARNING),
    Border("53", "a month is waited for until it is over",
           lambda today: logs.judge_months(date(2026, 11, 12), today, ()),
           MONTHS_END, FIRST, None, WARNING),
    Border("53", "January is reviewed by 29 February",
           lambda today: logs.judge_months(date(2028, 1, 12), today, ()),
           LEAP, AFTER_LEAP, WARNING),
    Border("53", "a day of the month that no review covers",
           lambda first: logs.judge_months(
               date(2026, 10, 1), MONDAY, [(first, date(2026, 10, 31))]
           ),
           date(2026, 10, 1), date(2026, 10, 2), None, WARNING),
    Border("53", "a follow-up by its day",
           lambda today: logs.judge_review(review(due=MONTHS_END), today),
           MONTHS_END, FIRST, WARNING),
    Border("53", "a second signature within a fortnight",
           lambda today: logs.judge_review(
               review(alone=True, concluded_on=date(2026, 11, 16)), today
           ),
           MONTHS_END, FIRST, WARNING),
    Border("54", "the journal fits, or not in one place",
           lambda n: logs.judge_chain(MONDAY, ("LR-1", n), MONDAY), 0, 1),
    Border("54", "the journal was checked two months ago",
           lambda today: logs.judge_chain(date(2026, 9, 29), ("LR-1", 0), today),
           MONTHS_END, FIRST, None, WARNING),
    Border("55", "the internal plan after twelve months",
           guard(Area.PLAN, date(2025, 11, 30), 12), MONTHS_END, FIRST, WARNING),
    Border("55", "the internal plan of 29 February",
           guard(Area.PLAN, date(2024, 2, 29), 12), date(2025, 2, 28), date(2025, 3, 1), WARNING),
    Border("55", "twelve months between reviews at most", plan_every, 12, 13, None,
           guarding.MonthsError),
    Border("S8.1", "a safeguard by its day",
           guard(Area.ACCOUNTS, date(2026, 10, 30), 1), MONTHS_END, FIRST, WARNING),
    Border("S8.1①", "locks by their day",
           guard(Area.LOCK, date(2026, 8, 30), 3), MONTHS_END, FIRST, WARNING),
    Border("S8.1①", "a month between checks at least", safeguard_every, 1, 0, None,
           guarding.MonthsError),
    Border("S8.1②", "antivirus by its day",
           guard(Area.ANTIVIRUS, date(2026, 10, 30), 1), MONTHS_END, FIRST, WARNING),
    Border("S8.1②", "an emergency update within twenty-four hours",
           alert, MIDNIGHT, MIDNIGHT + timedelta(seconds=1), WARNING),
    Border("S8.1③", "encryption by its day",
           guard(Area.TRANSMISSION, date(2026, 5, 30), 6), MONTHS_END, FIRST, WARNING),
    Border("S8.1④", "intrusions by their day",
           guard(Area.INTRUSION, date(2026, 10, 30), 1), MONTHS_END, FIRST, WARNING),
)  # fmt: skip

VISIT = VisitFacts("ZV-1", "전산실", MONTHS_END, inside=True, listed=True)
ZONE = ZoneFacts("ZN-1", "전산실", since=date(2026, 5, 30), listed=1)


def escorted(by: str, *, listed: bool = True) -> tuple[Finding, ...]:
    """Judge a visitor with an escort, or with none."""
    one = replace(VISIT, inside=False, listed=False, escort_ref=by, escort_listed=listed)
    return visiting.judge(one, MONTHS_END)


_ZONES = (
    Border("56", "still inside after the end of the day",
           lambda today: visiting.judge(VISIT, today), MONTHS_END, FIRST, None, WARNING),
    Border("56", "still inside at midnight in Seoul",
           lambda at: visiting.judge(VISIT, office_date(at)), BEFORE_MIDNIGHT, MIDNIGHT, None,
           WARNING),
    Border("56", "with an escort, or alone", escorted, "M-1", ""),
    Border("56", "an escort of the list, or not",
           lambda off: escorted("M-1", listed=not off), False, True, None, WARNING),
    Border("56", "a permit that ran out",
           lambda today: zoning.judge_permit(
               PermitFacts("ZP-1", "전산실", "Kim", until=MONTHS_END), today
           ),
           MONTHS_END, FIRST),
    Border("56", "a permit of somebody who left on 29 February",
           lambda today: zoning.judge_permit(
               PermitFacts("ZP-1", "전산실", "Kim", left=LEAP), today
           ),
           LEAP, AFTER_LEAP),
    Border("S8.2⑥", "the list is reviewed by its day",
           lambda today: zoning.judge_review(ZONE, today),
           add(date(2026, 5, 30), months(ZONE.months)),
           add(date(2026, 5, 30), months(ZONE.months)) + DAY, WARNING),
    Border("S8.2⑤", "whether data lies apart is inspected every year",
           lambda today: apart.judge(
               apart.ApartFacts("L-1", "Shop", "server", date(2025, 11, 30)), today
           ),
           MONTHS_END, FIRST, WARNING),
)  # fmt: skip
_AUDITS = (
    Border("audit", "a finding is put right by its day",
           lambda today: auditing.judge_findings(
               [auditing.Found("YF-1", "Audit", auditing.State.OPEN, MONTHS_END)], today
           ),
           MONTHS_END, FIRST, WARNING),
    Border("audit", "compliance is audited within twelve months",
           lambda today: auditing.judge_year(date(2025, 11, 30), None, today),
           MONTHS_END, FIRST, WARNING),
    Border("audit", "an audit is finished by its planned day",
           lambda today: auditing.judge_planned("Y-1", "Audit", MONTHS_END, today),
           MONTHS_END, FIRST, None, WARNING),
)  # fmt: skip

BORDERS: tuple[Border, ...] = (*_SYSTEMS, *_LOGS, *_ZONES, *_AUDITS)
