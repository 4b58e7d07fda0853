"""Whether recipients and sources heard of corrections and deletions in time (S6.6, rule 24)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk

_DUE = (
    "SELECT sum(sent_on IS NOT NULL AND sent_on <= tell_by), count(*) FROM corrections"
    " WHERE state <> 'void' AND tell_by BETWEEN ? AND ? AND (sent_on IS NOT NULL OR tell_by < ?)"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the share of notices that were sent by their day."""
    kept, due = counting.numbers(desk, _DUE, *counting.days(span), desk.today().isoformat())
    return (
        Figure(
            "corrections.in-time",
            N_("Recipients told of a correction in time"),
            kept,
            due,
            clause="S6.6",
            good=Good.UP,
        ),
    )
