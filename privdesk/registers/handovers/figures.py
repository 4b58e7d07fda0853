"""Work handed over in the span, with the cases that went along (S8.2④)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return how often work was handed over, and how many open cases."""
    sql = (
        "SELECT count(*), sum(cases) FROM work_handovers"
        " WHERE state = 'done' AND done_on BETWEEN ? AND ?"
    )
    done, cases = counting.numbers(desk, sql, *counting.days(span))
    return (
        Figure("handovers.done", N_("Work handed over"), done, clause="S8.2④"),
        Figure("handovers.cases", N_("Open cases handed over"), cases, clause="S8.2④"),
    )
