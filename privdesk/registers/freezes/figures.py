"""What was frozen and released, and what stands frozen at the end (S6.5, rule 23)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the freezes of the span, and those that stand."""
    first, last = counting.days(span)
    sql = (
        "SELECT sum(since BETWEEN ? AND ?), sum(released_on BETWEEN ? AND ?),"
        " sum(since <= ? AND (released_on IS NULL OR released_on > ?))"
        " FROM freezes WHERE state <> 'void'"
    )
    since, released, stand = counting.numbers(desk, sql, first, last, first, last, last, last)
    return (
        Figure("freezes.set", N_("Frozen"), since, clause="S6.5"),
        Figure("freezes.released", N_("Freezes released"), released, clause="S6.5"),
        Figure(
            "freezes.standing",
            N_("Frozen at the end"),
            stand,
            clause="S6.5",
            when=Nature.STATE,
        ),
    )
