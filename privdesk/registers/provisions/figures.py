"""What went to third parties, on which ground, and what waits for a second officer (S3.1, S3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.provisions.fields import GROUNDS

_GIVEN = "state IN ('provided', 'recorded', 'recalled') AND provided_on BETWEEN ? AND ?"


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the provisions of the span, and those that wait."""
    within = counting.days(span)
    grounds = counting.by_key(
        desk, f"SELECT ground, count(*) FROM provisions WHERE {_GIVEN} GROUP BY ground", *within
    )
    people, recalled = counting.numbers(
        desk,
        f"SELECT sum(count), sum(state = 'recalled') FROM provisions WHERE {_GIVEN}",
        *within,
    )
    flow = (
        Figure(
            "provisions.given",
            N_("Provided to third parties"),
            sum(grounds.values()),
            unit=N_("cases"),
            clause="S3.1",
            rows=counting.lines(grounds, GROUNDS),
        ),
        Figure(
            "provisions.people",
            N_("People whose data was provided"),
            people,
            unit=N_("people"),
            clause="S3.1",
        ),
        Figure("provisions.recalled", N_("Provisions recalled"), recalled, clause="S3.1"),
    )
    if not counting.told_now(desk, span):
        return flow
    waits = "SELECT count(*) FROM provisions WHERE state IN ('requested', 'recorded')"
    return (
        *flow,
        Figure(
            "provisions.waiting",
            N_("Provisions waiting for a second officer"),
            counting.number(desk, waits),
            clause="S3.1",
            good=Good.DOWN,
            when=Nature.STATE,
            where=(("state", ("requested", "recorded")),),
        ),
    )
