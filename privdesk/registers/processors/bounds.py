"""Between which days and numbers the facts of processors and their works lie.

Nothing entered later takes back what was due before (rules 28 to 32). No Qt, no database.
"""

from __future__ import annotations

from datetime import date, timedelta

from privdesk.core import periods
from privdesk.core.errors import DomainError

YEAR = timedelta(days=366)
LONGEST = 10  # years; an end farther away is a slip of the pen (office)


class LaterStartError(DomainError):
    """{ref} began on {since}, and a later day would take back what was due since then. Nothing was
    changed; enter an earlier day only, or a new record where something new begins.
    """


class BeforeItsTimeError(DomainError):
    """{day} lies before {first}, the first day on which this can have been. Nothing was changed;
    check the day.
    """


class FarEndError(DomainError):
    """{until} is more than {years} years away. Nothing was changed; check the day, or leave it
    empty where no end is agreed.
    """


class RenewError(DomainError):
    """The end of {ref} is {until}. Nothing was changed; choose “Renew” once the contract was
    renewed, or end the work.
    """


class MoreThanThereAreError(DomainError):
    """{count} people cannot have been told, as {ref} is about {people}. Nothing was changed; check
    the number, or correct at the work how many people it is about.
    """


def check_start(ref: str, before: date | None, since: date | None, today: date) -> None:
    """Refuse to move the first day of something that has begun to a later one (rules 28 to 32)."""
    if before is not None and before <= today and (since is None or since > before):
        raise LaterStartError(ref=ref, since=before)


def check_end(until: date | None, today: date) -> None:
    """Refuse an end that no contract has."""
    if until is not None and until > periods.add(today, periods.years(LONGEST)):
        raise FarEndError(until=until, years=LONGEST)


def check_told(day: date, signed: date | None, since: date | None) -> None:
    """Refuse a notice before there was anything to tell of.

    People may be told before the work begins; a year is more than anybody waits.
    """
    first = signed or (since - YEAR if since is not None else None)
    if first is not None and day < first:
        raise BeforeItsTimeError(day=day, first=first)


def earlier(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two days of which either may be unknown."""
    return min((day for day in (one, other) if day is not None), default=None)


def reached(ref: str, told: int, people: int | None) -> int:
    """Return how many people of a work were not told yet, where their number is known."""
    if people is not None and told > people:
        raise MoreThanThereAreError(ref=ref, count=f"{told:,}", people=f"{people:,}")
    return max((people or told) - told, 0)
