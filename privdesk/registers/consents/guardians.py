"""What was collected of a child goes when no guardian confirms. No Qt, no database, no clock.

Rule 3; rules 1 and 2 stand with the other rules on consents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.registers.consents.rules import REGISTER, guardian_data_by


@dataclass(frozen=True)
class GuardianFacts:
    """A child's consent that no guardian has confirmed, or ``count`` alike ones of a day.

    ``collected`` is the day the guardian's name and contact were taken down, ``refused``
    the day the guardian said no. ``destruction`` is the one under way that takes the data.
    """

    ref: str
    collected: date
    refused: date | None = None
    destruction: str = ""
    count: int = 1
    who: str = ""


def judge(guardian: GuardianFacts, today: date, calendar: OfficeCalendar) -> tuple[Finding, ...]:
    """Return the finding of rule 3: the data of guardian and child goes by the fifth day."""
    by = guardian_data_by(guardian.collected, today, calendar)
    late = guardian.refused is not None or today > by
    what, do = _SAY[guardian.refused is not None, late]
    if guardian.destruction and late:
        do = N_("Have {ref} approved and executed by {by}.")
    return (
        finding(
            "3",
            REGISTER,
            guardian.ref,
            what=what,
            do=do,
            severity=Severity.BREACH if late else Severity.WARNING,
            due=by,
            who=guardian.who,
            count=guardian.count,
            values={
                "day": guardian.refused or guardian.collected,
                "by": by,
                "ref": guardian.destruction,
            },
        ),
    )


_DESTROY = N_("Destroy the data of child and guardian by {by}.")
_SAY = {
    (True, True): (N_("The guardian refused the consent on {day}."), _DESTROY),
    (False, True): (
        N_("The guardian asked on {day} has not confirmed within five days."),
        _DESTROY,
    ),
    (False, False): (
        N_("The guardian was asked on {day} and has not confirmed yet."),
        N_("Get the answer by {by}, or destroy the data of child and guardian."),
    ),
}
