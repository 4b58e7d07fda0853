"""What each system does against guessing, reading and walking off, and what it logs of access.

Rules 47 and 49 to 52.

A lockout counts failures (the number is the office's own, five unless it says otherwise). Idle
time is in minutes. From ``outside.strong_only`` on, a virtual private network no longer stands
in for strong authentication where data subjects log in themselves. No Qt, no database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import first_day, rule_number

PLACES = "places"
FULL, A_YEAR = "full", 12
ONE_WAY, ELSEWHERE = "one_way", "elsewhere"
NOT_OUTSIDE, STRONG, VPN, PASSWORD = "none", "strong", "vpn", "password"
_IN_ORDER = (ONE_WAY, ELSEWHERE)


@dataclass(frozen=True)
class System:
    """A place where people log in, as far as it is known."""

    ref: str
    name: str
    lockout: int | None = None  # failed attempts until it locks; 0 means never
    stored: str = ""
    idle: int | None = None  # minutes until it logs out; 0 means never
    outside: str = ""
    subjects: bool = False  # data subjects log in there too
    logged: str = ""
    log_months: int | None = None  # 0 means that it is not kept


Judge = Callable[[System, date], Finding | None]


def lockout(one: System, today: date) -> Finding | None:
    """Return that a system lets passwords be guessed for ever, or for too long (rule 47)."""
    if one.lockout is None:
        return None
    most = rule_number("lockout.failures", today)
    if 1 <= one.lockout <= most:
        return None
    never = one.lockout <= 0
    return finding(
        "47",
        PLACES,
        one.ref,
        what=N_("{place} never locks an account, however often a password is wrong.")
        if never
        else N_("{place} locks an account only after {n} wrong passwords."),
        do=N_("Have it lock after at most {most} and enter the number at the place."),
        severity=Severity.BREACH if never else Severity.WARNING,
        values={"place": one.name, "n": one.lockout, "most": most},
    )


def stored(one: System, today: date) -> Finding | None:
    """Return that a system keeps passwords so that they can be read again (rule 49)."""
    if not one.stored or one.stored in _IN_ORDER:
        return None
    return finding(
        "49",
        PLACES,
        one.ref,
        what=N_("{place} stores passwords in a form that can be read again."),
        do=N_("Have them stored one-way (hashed with salt), then enter it at the place."),
        values={"place": one.name},
    )


def idle(one: System, today: date) -> Finding | None:
    """Return that a system stays open too long when nobody works at it (rule 50)."""
    if one.idle is None:
        return None
    most = rule_number("idle.minutes_most", today)
    if 1 <= one.idle <= most:
        return None
    never = one.idle <= 0
    return finding(
        "50",
        PLACES,
        one.ref,
        what=N_("{place} never logs out somebody who is idle.")
        if never
        else N_("{place} logs out somebody idle only after {n} minutes."),
        do=N_("Have it log out after 10 to {most} minutes and enter the number at the place."),
        severity=Severity.BREACH if never else Severity.WARNING,
        values={"place": one.name, "n": one.idle, "most": most},
    )


def outside(one: System, today: date) -> Finding | None:
    """Return that a system lets people in from outside by too little (rule 50)."""
    alone = one.outside == PASSWORD
    strict = today >= first_day("outside.strong_only")
    if not alone and not (one.outside == VPN and one.subjects and strict):
        return None
    return finding(
        "50",
        PLACES,
        one.ref,
        what=N_("{place} is reached from outside with a password alone.")
        if alone
        else N_("{place}, where data subjects log in, still relies on a VPN from outside."),
        do=N_("Ask for a second factor from outside, or close it, then enter it at the place."),
        values={"place": one.name},
    )


def logged(one: System, _today: date) -> Finding | None:
    """Return that a system does not log all that has to be logged of access (rule 51)."""
    if one.logged in ("", FULL):
        return None
    return finding(
        "51",
        PLACES,
        one.ref,
        what=N_("{place} does not log all of who, when, where, whom and what."),
        do=N_("Have the access log say all five, then enter it at the place."),
        values={"place": one.name},
    )


def log_kept(one: System, years: int) -> Finding | None:
    """Return that a system keeps its access log for less than so many years (rule 52)."""
    least = years * A_YEAR
    if one.log_months is None or one.log_months >= least:
        return None
    return finding(
        "52",
        PLACES,
        one.ref,
        what=N_("{place} keeps its access log for {n} months; {least} is the least."),
        do=N_("Have it kept for {least} months or longer and enter the number at the place."),
        values={"place": one.name, "n": one.log_months, "least": least},
    )


_JUDGES: tuple[Judge, ...] = (lockout, stored, idle, outside, logged)
_UNKNOWN: Mapping[str, tuple[str, Callable[[System], bool]]] = {
    "47": (N_("Nothing is entered on the lockout of {places}."), lambda s: s.lockout is None),
    "49": (N_("Nothing is entered on how {places} store passwords."), lambda s: not s.stored),
    "50": (
        N_("Nothing is entered on idle time and outside access of {places}."),
        lambda s: s.idle is None or not s.outside,
    ),
    "51": (N_("Nothing is entered on what {places} log of access."), lambda s: not s.logged),
    "52": (
        N_("Nothing is entered on how long {places} keep the access log."),
        lambda s: s.log_months is None,
    ),
}
_SHOWN = 3


def judge(systems: Sequence[System], today: date, log_years: int) -> list[Finding]:
    """Return what is wrong with systems, then once for each rule what nobody has entered.

    ``log_years`` is how long an access log is kept by a company like this (rule 52).
    """
    told = [of(one, today) for one in systems for of in _JUDGES]
    told += [log_kept(one, log_years) for one in systems]
    found = [one for one in told if one is not None]
    for rule, (what, lacks) in _UNKNOWN.items():
        unknown = [one for one in systems if lacks(one)]
        if not unknown:
            continue
        names = ", ".join(one.name for one in unknown[:_SHOWN])
        found.append(
            finding(
                rule,
                PLACES,
                unknown[0].ref if len(unknown) == 1 else "",
                what=what,
                do=N_("Enter it at each system under Places."),
                severity=Severity.SETUP,
                values={"places": f"{names} …" if len(unknown) > _SHOWN else names},
                count=len(unknown),
            )
        )
    return found
