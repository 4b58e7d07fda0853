"""Whether users' data is kept apart, and when that is looked at again (S8.2⑤). No Qt, no clock.

Once a year is the office's own reading of the policy's promise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.core.rulebook import term_number
from privdesk.registers.places.apart import MIXED

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class ApartFacts:
    """A system that keeps users' data, as far as the rules need it."""

    ref: str
    name: str
    apart: str = ""
    inspected_on: date | None = None


def due_by(facts: ApartFacts) -> date | None:
    """Return the last day for the next inspection, or None where there was none yet."""
    if facts.inspected_on is None:
        return None
    term = term_number("apart.review_months", facts.inspected_on)
    return add(facts.inspected_on, months(term))


def judge(facts: ApartFacts, today: date) -> tuple[Finding, ...]:
    """Return that data is mixed, that the yearly inspection is due, or that nobody looked yet."""
    if facts.apart == MIXED:
        return (
            finding(
                "S8.2⑤",
                "places",
                facts.ref,
                what=N_("Users’ data at {place} is mixed with other data."),
                do=N_("Move it to a server or database of its own, then inspect again."),
                values={"place": facts.name},
            ),
        )
    due = due_by(facts)
    if due is None:
        return (
            finding(
                "S8.2⑤",
                "places",
                facts.ref,
                what=N_("Nobody has inspected yet whether users’ data at {place} lies apart."),
                do=N_("Have it looked at, and enter the inspection."),
                severity=Severity.SETUP,
                values={"place": facts.name},
            ),
        )
    if today < due - AHEAD:
        return ()
    return (
        finding(
            "S8.2⑤",
            "places",
            facts.ref,
            what=N_("Whether users’ data at {place} lies apart has to be inspected by {day}."),
            do=N_("Have it looked at, and enter the inspection."),
            severity=Severity.BREACH if today > due else Severity.WARNING,
            due=due,
            values={"place": facts.name, "day": due},
        ),
    )
