"""Who came in by what right, until when a visit is kept, and what is wrong. No Qt, no clock.

S8.2⑥, rule 56; D19. The visit book is itself personal data and is kept for one to three years
(the office's own period, set at the zone).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, years

REGISTER = "visits"
DAY = timedelta(days=1)


class NobodyCameError(DomainError):
    """A visit is that of one visitor, or of one member of staff. Nothing was changed; enter one of
    the two.
    """


class VisitDaysError(DomainError):
    """A visit begins before it ends, and neither lies ahead. Nothing was changed; check day and
    times; where somebody left on another day, enter that day too.
    """


class EntryTimeError(DomainError):
    """Of a visit on an earlier day the time of entry is needed. Nothing was changed; enter it."""


class OwnEscortError(DomainError):
    """Nobody is their own escort. Nothing was changed; enter who else went along, or leave it
    empty.
    """


class InsideElsewhereError(DomainError):
    """{ref} says that this visitor came into {zone} today and is in there still. Nothing was
    changed; enter first when they left, or tell a namesake apart in the name.
    """


class SignedAlreadyError(DomainError):
    """{ref} is signed already. Nothing was changed; nothing is left to do."""


@dataclass(frozen=True)
class Times:
    """When somebody came and went; times are HH:MM, empty where not known yet."""

    on: date
    entered: str
    left_on: date | None = None
    left_at: str = ""


@dataclass(frozen=True)
class VisitFacts:
    """A visit as far as the rules need it; names nobody from outside."""

    ref: str
    zone: str
    on: date
    inside: bool
    listed: bool
    escort: str = ""
    escort_ref: str = ""
    escort_listed: bool = False
    settled: bool = False


def check_times(times: Times, today: date, now: str) -> None:
    """Refuse days and times out of their order, or still to come; ``now`` is HH:MM of today."""
    if not times.entered:
        raise EntryTimeError
    came = (times.on, times.entered)
    if came > (today, now):
        raise VisitDaysError
    if times.left_on is not None and not times.left_at:
        raise VisitDaysError
    if times.left_at:
        went = (times.left_on or times.on, times.left_at)
        if went < came or went > (today, now):
            raise VisitDaysError


def keep_until(on: date, kept: int) -> date:
    """Return the last day on which a visit is kept: so many years after it began."""
    return add(on, years(kept))


def right_of(*, listed: bool, escorted: bool, fit: bool = True) -> str:
    """Return by what right somebody came in: ``listed``, ``escorted``, ``unfit`` or ``none``.

    ``fit`` is whether the escort may enter; one who may not gives no right to others either.
    """
    if listed or not escorted:
        return "listed" if listed else "none"
    return "escorted" if fit else "unfit"


def judge(visit: VisitFacts, today: date) -> tuple[Finding, ...]:
    """Return that nobody left by the end of the day, and who came in without right (rule 56)."""
    found = []
    values = {"zone": visit.zone, "day": visit.on, "name": visit.escort}
    if visit.inside and visit.on < today:
        found.append(
            finding(
                "56",
                REGISTER,
                visit.ref,
                what=N_("Nobody entered when a visitor left {zone} on {day}."),
                do=N_("Ask the escort, and enter when the visitor left."),
                severity=Severity.WARNING,
                due=visit.on,
                who=visit.escort_ref,
                values=values,
            )
        )
    if visit.settled or visit.listed:
        return tuple(found)
    if not visit.escort_ref:
        found.append(
            finding(
                "56",
                REGISTER,
                visit.ref,
                what=N_("Somebody neither on the list nor escorted entered {zone} on {day}."),
                do=N_("Enter the escort, or what was found out and done about it."),
                due=visit.on,
                values=values,
            )
        )
    elif not visit.escort_listed:
        found.append(
            finding(
                "56",
                REGISTER,
                visit.ref,
                what=N_("The escort of a visit to {zone} on {day}, {name}, was not on its list."),
                do=N_("Put the escort on the list, or enter how it was followed up."),
                severity=Severity.WARNING,
                due=visit.on,
                who=visit.escort_ref,
                values=values,
            )
        )
    return tuple(found)
