"""Who handles personal data, by category, and who joined or left (S8.2①)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.staff.fields import CATEGORIES

PEOPLE = N_("people")
_HERE = 'state <> \'void\' AND (joined IS NULL OR joined <= ?) AND ("left" IS NULL OR "left" >= ?)'


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the handlers at the end of the span, and those who came and went."""
    first, last = counting.days(span)
    handlers = counting.by_key(
        desk,
        f"SELECT category, count(*) FROM staff WHERE {_HERE}"
        " AND coalesce(duty, 'none') NOT IN ('none', 'undecided', '') GROUP BY category",
        *(last, last),
    )
    sql = (
        'SELECT sum(joined BETWEEN ? AND ?), sum("left" BETWEEN ? AND ?) FROM staff'
        " WHERE state <> 'void'"
    )
    joined, gone = counting.numbers(desk, sql, first, last, first, last)
    return (
        Figure(
            "staff.handlers",
            N_("People who handle personal data"),
            sum(handlers.values()),
            unit=PEOPLE,
            clause="S8.2①",
            when=Nature.STATE,
            rows=counting.lines(handlers, CATEGORIES),
        ),
        Figure("staff.joined", N_("People who joined"), joined, unit=PEOPLE),
        Figure("staff.left", N_("People whose last day it was"), gone, unit=PEOPLE),
    )
