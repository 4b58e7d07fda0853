"""Whether the public list of processors was posted (rule 29)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return how often the list was posted, and whether one stood at the end, with evidence."""
    first, last = counting.days(span)
    sql = (
        "SELECT sum(posted_on BETWEEN ? AND ?),"
        " sum(posted_on <= ? AND (ended_on IS NULL OR ended_on > ?)),"
        " sum(posted_on <= ? AND (ended_on IS NULL OR ended_on > ?) AND proved = 'page')"
        " FROM publications WHERE state <> 'void'"
    )
    posted, stand, proved = counting.numbers(desk, sql, first, last, last, last, last, last)
    return (
        Figure("publications.posted", N_("Lists of processors posted"), posted, clause="S4.1"),
        Figure(
            "publications.proved",
            N_("List that stands posted, with evidence"),
            proved,
            stand,
            clause="S4.1",
            good=Good.UP,
            when=Nature.STATE,
        ),
    )
