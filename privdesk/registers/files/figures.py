"""Personal information files: how many there are, and how many people they count."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the files in use, and the people of those that hold numbers only."""
    if not counting.told_now(desk, span):
        return ()
    sql = (
        "SELECT count(*), sum(CASE WHEN holds = 'count' THEN people END),"
        " sum(due_on <= ?) FROM files WHERE state = 'active'"
    )
    files, people, due = counting.numbers(desk, sql, desk.today().isoformat())
    state = Nature.STATE
    return (
        Figure("files.used", N_("Personal information files in use"), files, when=state),
        Figure(
            "files.people",
            N_("People in files that are kept as a number"),
            people,
            unit=N_("people"),
            when=state,
        ),
        Figure(
            "files.due",
            N_("Files as a whole whose period is over"),
            due,
            clause="S2.1",
            good=Good.DOWN,
            when=state,
        ),
    )
