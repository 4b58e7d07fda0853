"""Inspections and trainings held at processors, and what was found and put right (rule 32)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk

_HELD = (
    "SELECT sum(kind <> 'training'), sum(kind = 'training'), sum(kind = 'again')"
    " FROM inspections WHERE state <> 'void' AND held_on BETWEEN ? AND ?"
)
_FOUND = (
    "SELECT sum(i.held_on BETWEEN ? AND ?), sum(a.fixed_on BETWEEN ? AND ?),"
    " sum(i.held_on <= ? AND (a.fixed_on IS NULL OR a.fixed_on > ?)),"
    " sum(a.fixed_on IS NULL AND a.due < ?)"
    " FROM inspection_answers a JOIN inspections i ON i.id = a.inspection"
    " WHERE a.answer = 'no' AND a.state <> 'void' AND i.state <> 'void' AND a.earlier IS NULL"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what was held and found in the span, and what is still lacking."""
    first, last = counting.days(span)
    held, trained, again = counting.numbers(desk, _HELD, first, last)
    around = (first, last, first, last, last, last, last)
    found, fixed, lacking, late = counting.numbers(desk, _FOUND, *around)
    flow = (
        Figure("inspections.held", N_("Inspections held"), held, clause="S4.1"),
        Figure("inspections.again", N_("Re-inspections among them"), again, clause="S4.1"),
        Figure("inspections.trained", N_("Trainings of processors held"), trained, clause="S4.1"),
        Figure("inspections.found", N_("Found lacking at processors"), found, clause="S4.1"),
        Figure("inspections.fixed", N_("Put right by processors"), fixed, clause="S4.1"),
        Figure(
            "inspections.lacking",
            N_("Defects at processors not put right"),
            lacking,
            clause="S4.1",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
    if not counting.told_now(desk, span):
        return flow  # the day by which it is put right may have been moved since
    over = N_("Defects at processors beyond their day")
    state = Nature.STATE
    return (
        *flow,
        Figure("inspections.late", over, late, clause="S4.1", good=Good.DOWN, when=state),
    )
