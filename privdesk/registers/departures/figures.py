"""Who left, and whether leaving was finished in time (S8.2④)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk

_SQL = (
    "SELECT sum(last_day BETWEEN ? AND ?), sum(done_on BETWEEN ? AND ?),"
    " sum(last_day <= ? AND (done_on IS NULL OR done_on > ?))"
    " FROM departures WHERE state <> 'void'"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the last days of work and the leavings finished in the span, and those open."""
    first, last = counting.days(span)
    gone, done, waits = counting.numbers(desk, _SQL, first, last, first, last, last, last)
    return (
        Figure("departures.gone", N_("People who left"), gone, clause="S8.2④"),
        Figure("departures.done", N_("Leavings finished"), done, clause="S8.2④"),
        Figure(
            "departures.waiting",
            N_("Gone, with steps of leaving left"),
            waits,
            clause="S8.2④",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
