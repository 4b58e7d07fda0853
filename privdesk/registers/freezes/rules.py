"""How long a freeze may stand without a result. No Qt, no database, no clock. Rule 23."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number

REGISTER = "freezes"
_AHEAD = timedelta(days=3)


class ReleasedAlreadyError(DomainError):
    """{ref} was released before. Nothing was changed; look at its result."""


class Result(Enum):
    """How a dispute ended; the value is what is stored."""

    CORRECTED = "corrected"
    DELETED = "deleted"
    UNCHANGED = "unchanged"  # the request was refused
    WITHDRAWN = "withdrawn"  # the person no longer asks for it
    SUSPENDED = "suspended"  # granted: it stays frozen


RESULT_LABELS: Mapping[Result, str] = {
    Result.CORRECTED: N_("Corrected"),
    Result.DELETED: N_("Deleted"),
    Result.UNCHANGED: N_("Left as it was, request refused"),
    Result.WITHDRAWN: N_("Request taken back"),
    Result.SUSPENDED: N_("Granted, stays frozen"),
}
RELEASES = tuple(result for result in Result if result is not Result.SUSPENDED)
TELLS = (Result.CORRECTED, Result.DELETED)
"""Results that recipients have to be told (S6.6)."""


@dataclass(frozen=True)
class FreezeFacts:
    """A freeze, as far as the rule needs it; ``released`` also where its result stands."""

    ref: str
    person: str
    due: date
    released: bool = False


def result_by(since: date, today: date, calendar: OfficeCalendar) -> date:
    """Return the last day for the result: that of a correction or deletion (Decree 43(3))."""
    return calendar.deadline_days(since, rule_number("correction.answer_days", today))


def judge(freeze: FreezeFacts, today: date) -> tuple[Finding, ...]:
    """Return the finding on a freeze whose result is near, or late (rule 23)."""
    if freeze.released or today < freeze.due - _AHEAD:
        return ()
    late = today > freeze.due
    return (
        finding(
            "23",
            REGISTER,
            freeze.ref,
            what=N_("The data of {person} is frozen, and the result was due on {due}.")
            if late
            else N_("The data of {person} is frozen; the result is due on {due}."),
            do=N_("Decide the request, tell the person, then release {ref} with the result."),
            severity=Severity.BREACH if late else Severity.WARNING,
            due=freeze.due,
            values={"person": freeze.person, "due": freeze.due, "ref": freeze.ref},
        ),
    )
