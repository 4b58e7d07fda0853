"""When safeguards have to be looked at, and what systems owe their passwords (S8.1①–④).

Rules 47, 49, 50 and 55. No Qt, no database, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, Term, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.core.rulebook import rule_number, term_number

SAFEGUARDS, ALERTS = "safeguards", "virus-alerts"
SOON = timedelta(days=7)


class CheckDayError(DomainError):
    """A check is not recorded for a day still to come, nor before the last one ({last}). Nothing
    was changed; check the day.
    """


class FixMissingError(DomainError):
    """What is not in order needs a day by which it will be. Nothing was changed; enter the day."""


class FixEarlierError(DomainError):
    """It cannot be put right by {due}, before it was checked on {on}. Nothing was changed; choose a
    later day.
    """


class MonthsError(DomainError):
    """A safeguard is checked every 1 to 12 months. Nothing was changed; enter how many."""


class PlanYearlyError(DomainError):
    """The internal plan is looked at again at least every {n} months. Nothing was changed; enter a
    shorter time.
    """


class AlertTimeError(DomainError):
    """An alert is received before it is dealt with, and neither lies in the future. Nothing was
    changed; check the times.
    """


class AlertPlacesError(DomainError):
    """{places} does not wait for this update. Nothing was changed; choose among the places that
    are left.
    """


class Area(Enum):
    """What a safeguard protects by; the value is what is stored."""

    LOCK = "lock"
    ANTIVIRUS = "antivirus"
    TRANSMISSION = "transmission"
    INTRUSION = "intrusion"
    ACCOUNTS = "accounts"
    LOGS = "logs"
    PLAN = "plan"
    MEDIA = "media"
    DISASTER = "disaster"


class Result(Enum):
    """What a check found; the value is what is stored."""

    GOOD = "good"
    WEAK = "weak"
    FAILED = "failed"


AREA_LABELS: Mapping[Area, str] = {
    Area.LOCK: N_("Passwords, encryption and file locks"),
    Area.ANTIVIRUS: N_("Antivirus"),
    Area.TRANSMISSION: N_("Encrypted transmission"),
    Area.INTRUSION: N_("Intrusion prevention and vulnerabilities"),
    Area.ACCOUNTS: N_("Accounts and access control"),
    Area.LOGS: N_("Access logs"),
    Area.PLAN: N_("Internal plan"),
    Area.MEDIA: N_("Paper, media and premises"),
    Area.DISASTER: N_("Backup and disaster"),
}
AREA_WORDS: Mapping[Area, tuple[str, ...]] = {
    Area.LOCK: ("비밀번호", "암호화", "암호", "파일 잠금"),
    Area.ANTIVIRUS: ("백신", "악성프로그램", "악성프로그램 방지", "바이러스"),
    Area.TRANSMISSION: ("전송 암호화", "암호화 전송", "전송구간 암호화", "전송구간"),
    Area.INTRUSION: ("침입차단", "침입 차단·방지", "침입방지", "방화벽", "취약점"),
    Area.ACCOUNTS: ("접근통제", "접근 통제", "접근권한", "계정"),
    Area.LOGS: ("접속기록", "로그"),
    Area.PLAN: ("내부 관리계획", "내부관리계획", "관리계획"),
    Area.MEDIA: ("물리적 안전조치", "물리적 조치", "출력물", "매체", "출입통제"),
    Area.DISASTER: ("재해·재난", "재해재난", "재해복구", "백업"),
}
"""What lists of offices call the areas."""
RESULT_LABELS: Mapping[Result, str] = {
    Result.GOOD: N_("In order"),
    Result.WEAK: N_("To be improved"),
    Result.FAILED: N_("Not in order"),
}
RULE_OF: Mapping[Area, str] = {
    Area.LOCK: "S8.1①",
    Area.ANTIVIRUS: "S8.1②",
    Area.TRANSMISSION: "S8.1③",
    Area.INTRUSION: "S8.1④",
    Area.PLAN: "55",
}
"""The rule by which a safeguard of an area is found; those not named here by ``S8.1``."""


@dataclass(frozen=True)
class Guard:
    """A safeguard as far as the rules need it."""

    ref: str
    name: str
    area: Area
    due: date | None
    result: Result | None = None
    fix_by: date | None = None
    checked_on: date | None = None
    owner: str = ""


@dataclass(frozen=True)
class Alert:
    """An emergency bulletin that some places have not acted on."""

    ref: str
    name: str
    received_at: datetime
    left: int


def rule_of(area: Area) -> str:
    """Return the rule by which a safeguard of an area is found."""
    return RULE_OF.get(area, "S8.1")


def check_months(area: Area, count: int, today: date) -> None:
    """Refuse a time between checks that is none, or too long for the internal plan (rule 55)."""
    if not 1 <= count <= 12:
        raise MonthsError
    longest = rule_number("plan.review_months", today)
    if area is Area.PLAN and count > longest:
        raise PlanYearlyError(n=longest)


def check_check(
    on: date, result: Result, fix_by: date | None, last: date | None, today: date
) -> None:
    """Refuse a check out of its order, and one that found a fault without a day."""
    if on > today or (last is not None and on < last):
        raise CheckDayError(last=last or "–")
    if result is Result.GOOD:
        return
    if fix_by is None:
        raise FixMissingError
    if fix_by < on:
        raise FixEarlierError(due=fix_by, on=on)


def first_check_by(entered: date) -> date:
    """Return the day by which a new safeguard is looked at for the first time (the office's)."""
    return entered + timedelta(days=term_number("safeguard.first_days", entered))


def next_check_by(checked: date, count: int) -> date:
    """Return the last day for the next check, so many months after the last."""
    return add(checked, months(count))


def judge(guards: Sequence[Guard], today: date) -> list[Finding]:
    """Return what is to be checked or put right by now or soon; the day itself is in time."""
    found = [_due(one, today) for one in guards] + [_fault(one, today) for one in guards]
    return [one for one in found if one is not None]


def _due(one: Guard, today: date) -> Finding | None:
    if one.due is None or one.due - SOON > today or one.fix_by is not None:
        return None  # what is not in order is checked again by the day of its remedy
    plan = one.area is Area.PLAN
    what = N_("{name} was to be checked by {day}.")
    do = N_("Check it and enter what was seen, with its evidence.")
    if plan:
        what = N_("The internal plan was to be reviewed by {day}: {name}.")
        do = N_("Review the plan, have it approved, and enter the check with the new version.")
    return finding(
        rule_of(one.area),
        SAFEGUARDS,
        one.ref,
        what=what,
        do=do,
        severity=Severity.BREACH if one.due < today else Severity.WARNING,
        due=one.due,
        who=one.owner,
        values={"name": one.name, "day": one.due},
        term=Term(one.checked_on, (one.due - one.checked_on).days) if one.checked_on else None,
    )


def _fault(one: Guard, today: date) -> Finding | None:
    if one.result not in (Result.WEAK, Result.FAILED) or one.fix_by is None:
        return None
    failed, late = one.result is Result.FAILED, one.fix_by < today
    if not failed and one.fix_by - SOON > today:
        return None
    return finding(
        rule_of(one.area),
        SAFEGUARDS,
        one.ref,
        what=N_("{name} is not in order since {day}.")
        if failed
        else N_("{name} is to be improved, as found on {day}."),
        do=N_("Put it right, check again, and enter the check."),
        severity=Severity.BREACH if failed or late else Severity.WARNING,
        due=one.fix_by,
        who=one.owner,
        values={"name": one.name, "day": one.checked_on or one.fix_by},
    )


def judge_list(guards: Sequence[Guard]) -> list[Finding]:
    """Return that no safeguard is entered, that some have no owner, or the plan is missing (55)."""
    if not guards:
        return [
            finding(
                "S8.1",
                SAFEGUARDS,
                "",
                what=N_("No safeguard is entered."),
                do=N_("Take over the shipped list, then give each an owner and check it."),
                severity=Severity.SETUP,
            )
        ]
    lonely = [one for one in guards if not one.owner]
    found = []
    if lonely:
        found.append(
            finding(
                "S8.1",
                SAFEGUARDS,
                lonely[0].ref if len(lonely) == 1 else "",
                what=N_("{n} safeguards have nobody who answers for them."),
                do=N_("Enter somebody of the staff at each."),
                severity=Severity.SETUP,
                values={"n": len(lonely)},
                count=len(lonely),
            )
        )
    if any(one.area is Area.PLAN for one in guards):
        return found
    return [
        *found,
        finding(
            "55",
            SAFEGUARDS,
            "",
            what=N_("The internal plan is not among the safeguards."),
            do=N_("Enter it, so that its yearly review has a day."),
            severity=Severity.SETUP,
        ),
    ]


def alert_due(received: datetime) -> datetime:
    """Return until when all places have an emergency update: at once, the office says in hours."""
    hours = term_number("antivirus.alert_hours", office_date(received))
    return received + timedelta(hours=hours)


def judge_alerts(alerts: Sequence[Alert], now: datetime) -> list[Finding]:
    """Return the emergency bulletins that some place has not acted on."""
    found = []
    for one in alerts:
        due = alert_due(one.received_at)
        over = now > due
        found.append(
            finding(
                "S8.1②",
                ALERTS,
                one.ref,
                what=N_("{n} places have not got the emergency update “{name}”."),
                do=N_("Update them at once, and enter when each was done."),
                severity=Severity.BREACH if over else Severity.WARNING,
                due=office_date(due),
                values={"n": one.left, "name": one.name},
                count=one.left,
                over=over,
            )
        )
    return found
