"""What authorities demanded, and whether it was answered by the day they named (S3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk

_DUE = (
    "SELECT sum(answered_on IS NOT NULL AND answered_on <= answer_by), count(*) FROM demands"
    " WHERE state <> 'void' AND answer_by BETWEEN ? AND ?"
    " AND (answered_on IS NOT NULL OR answer_by < ?)"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the demands received, and the share answered by their day."""
    within, today = counting.days(span), desk.today().isoformat()
    came = "SELECT count(*) FROM demands WHERE state <> 'void' AND received_on BETWEEN ? AND ?"
    kept, due = counting.numbers(desk, _DUE, *within, today)
    return (
        Figure(
            "demands.received",
            N_("Demands of authorities received"),
            counting.number(desk, came, *within),
            unit=N_("cases"),
            clause="S3.2",
        ),
        Figure(
            "demands.in-time",
            N_("Demands answered by the day they named"),
            kept,
            due,
            clause="S3.2",
            good=Good.UP,
        ),
    )
