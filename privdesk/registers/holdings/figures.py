"""What is held of how many people, and what has to go (S2.1, rule 12); told of today only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.holdings import rules

_KEPT = ("active", "held", "law")
PEOPLE = N_("people")


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what is held, and how much of it is due or overdue."""
    if not counting.told_now(desk, span):
        return ()
    people = "SELECT count(*) FROM subjects WHERE state NOT IN ('destroyed', 'void')"
    held, apart = Counter[int](), Counter[str]()
    sql = "SELECT purpose, state, count(*) FROM holdings GROUP BY purpose, state"
    for purpose, stands, count in desk.vault.raw.execute(sql):
        if stands in _KEPT:
            held[purpose] += count
            apart[stands] += count
    due, late = _due(desk)
    state = Nature.STATE
    return (
        Figure(
            "holdings.people",
            N_("People whose data is held by name or number"),
            counting.number(desk, people),
            unit=PEOPLE,
            clause="S1.2",
            when=state,
        ),
        Figure(
            "holdings.kept",
            N_("Holdings: a person in a file for a purpose"),
            held.total(),
            clause="S1.3",
            when=state,
            rows=counting.named(desk, "purposes", held),
        ),
        Figure(
            "holdings.due",
            N_("Holdings whose period is over"),
            due,
            clause="S2.1",
            good=Good.DOWN,
            when=state,
            where=(("state", ("due",)),),
        ),
        Figure(
            "holdings.late",
            N_("Holdings not destroyed within the legal days"),
            late,
            clause="S2.1",
            good=Good.DOWN,
            when=state,
        ),
        Figure(
            "holdings.law",
            N_("Kept apart because another law says so"),
            apart["law"],
            clause="S2.1",
            when=state,
            where=(("state", ("law",)),),
        ),
        Figure(
            "holdings.held",
            N_("Under a legal hold"),
            apart["held"],
            clause="S2.1",
            when=state,
            where=(("state", ("held",)),),
        ),
    )


def _due(desk: Desk) -> tuple[int, int]:
    """Return how many holdings are due, and how many of them are beyond the last day."""
    today, calendar = desk.today(), desk.calendar
    days: dict[date, int] = {}
    for _file, _purpose, day, count in desk.service("holdings").due_counts(today):
        days[day] = days.get(day, 0) + count
    late = sum(n for day, n in days.items() if rules.destroy_by(day, today, calendar) < today)
    return sum(days.values()), late
