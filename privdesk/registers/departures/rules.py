"""What leaving takes, and when it is late (S8.2④, rule 44). No Qt, no database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.findings import A_WEEK, Finding, Severity, finding
from privdesk.core.i18n import N_, _

REGISTER = "departures"
A_QUARTER = timedelta(days=92)  # things are handed back and pledges signed from then on
A_YEAR = timedelta(days=366)
LATE = "late"  # how an open leaving stands once its last day is past; told, not stored


class StepsLeftError(DomainError):
    """{name} still has steps of leaving before this can be closed: {steps}. Nothing was changed; do
    them, or enter why one does not apply.
    """


class NotWaivedError(DomainError):
    """Rights in systems and the access to this vault always end. Nothing was changed; take them
    away.
    """


class NotYetGoneError(DomainError):
    """{name} works here until {day}, so the access to this vault stays until then. Nothing was
    changed; come back after that day, or correct it.
    """


class LeavingDayError(DomainError):
    """{on} cannot be: a step of {name} is done after {first} and not on a day still to come.
    Nothing was changed; check the day.
    """


class LastDayFarError(DomainError):
    """{day} lies more than a year ahead, which is hardly a last day of work. Nothing was changed;
    check the day.
    """


class NotOverError(DomainError):
    """{name} works here until {day}, so the leaving is not over before that day. Nothing was
    changed; close it then, or correct the last day.
    """


class PledgeDayError(DomainError):
    """{name} signed the leaver’s pledge {ref} on {day}. Nothing was changed; leave the day empty,
    or correct it at that pledge.
    """


class NoLoginError(DomainError):
    """{name} has no access to this vault. Nothing was changed; nothing is left to do here."""


class Step(Enum):
    """A step of leaving; the value is what is stored."""

    RIGHTS = "rights"
    DEVICES = "devices"
    PLEDGE = "pledge"
    HANDOVER = "handover"
    VAULT = "vault"


STEP_LABELS: Mapping[Step, str] = {
    Step.RIGHTS: N_("rights in the systems revoked"),
    Step.DEVICES: N_("devices and papers handed back"),
    Step.PLEDGE: N_("leaver’s pledge signed"),
    Step.HANDOVER: N_("work handed over"),
    Step.VAULT: N_("access to this vault taken away"),
}
WAIVABLE = (Step.DEVICES, Step.PLEDGE, Step.HANDOVER)


@dataclass(frozen=True)
class LeavingFacts:
    """A leaving as far as the rules need it."""

    ref: str
    name: str
    last_day: date
    rights: int = 0
    devices: bool = False
    pledge: bool = False
    handover: bool = False
    login: bool = False
    waived: Collection[str] = ()
    moved_from: date | None = None  # a last day that was past when it was moved


def left(facts: LeavingFacts) -> tuple[Step, ...]:
    """Return the steps that are still to be done, in their order."""
    done = {
        Step.RIGHTS: facts.rights == 0,
        Step.DEVICES: facts.devices,
        Step.PLEDGE: facts.pledge,
        Step.HANDOVER: facts.handover,
        Step.VAULT: not facts.login,
    }
    return tuple(s for s in Step if not done[s] and s.value not in facts.waived)


def require_done(facts: LeavingFacts) -> None:
    """Refuse to close a leaving with a step left."""
    steps = left(facts)
    if steps:
        told = ", ".join(_(STEP_LABELS[step]) for step in steps)
        raise StepsLeftError(name=facts.name, steps=told)


def check_day(facts: LeavingFacts, on: date, today: date) -> None:
    """Refuse a day for a step of leaving that lies ahead, or long before the last day of work."""
    first = facts.last_day - A_QUARTER
    if not first <= on <= today:
        raise LeavingDayError(name=facts.name, on=on, first=first)


def require_near(day: date, today: date) -> None:
    """Refuse a last day more than a year ahead."""
    if day > today + A_YEAR:
        raise LastDayFarError(day=day)


def check_over(facts: LeavingFacts, on: date) -> None:
    """Refuse to close a leaving before the last day of work."""
    if on < facts.last_day:
        raise NotOverError(name=facts.name, day=facts.last_day)


def judge(facts: LeavingFacts, today: date) -> tuple[Finding, ...]:
    """Return that steps are left: from a week before the last day, late from the day after."""
    steps = left(facts)
    moved = _moved(facts)
    if not steps or today < facts.last_day - A_WEEK:
        return moved
    return (
        *moved,
        finding(
            "S8.2④",
            REGISTER,
            facts.ref,
            what=N_("{name} leaves on {day}; steps of leaving that are left: {n}."),
            do=N_("Do the steps that the record of leaving names, then close it."),
            severity=Severity.BREACH if today > facts.last_day else Severity.WARNING,
            due=facts.last_day,
            values={"name": facts.name, "day": facts.last_day, "n": len(steps)},
        ),
    )


def _moved(facts: LeavingFacts) -> tuple[Finding, ...]:
    """Return that a last day was moved once it was past: the breach of that day stays."""
    if facts.moved_from is None:
        return ()
    return (
        finding(
            "S8.2④",
            REGISTER,
            facts.ref,
            what=N_("The last day of {name}, {before}, was moved to {day} after it had passed."),
            do=N_("Look at what was done with the rights since that day, and close the leaving."),
            due=facts.moved_from,
            values={"name": facts.name, "before": facts.moved_from, "day": facts.last_day},
        ),
    )
