"""What is held of how many people, and what has to go (S2.1, rule 12); told of today only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.holdings import rules

_KEPT = ("active", "held", "law")
_OF_ONE = "(SELECT count(*) FROM holdings h WHERE h.purpose = p.id AND h.state = '{state}')"
# A count of each purpose and state is a walk along the index; a grouping of all takes four times.
_BY_PURPOSE = (
    f"SELECT p.id, {', '.join(_OF_ONE.format(state=state) for state in _KEPT)} FROM purposes p"
)
# All but the few that are gone, who have an index of their own: a million rows are not read.
_LIVING = (
    "SELECT (SELECT count(*) FROM subjects)"
    " - (SELECT count(*) FROM subjects WHERE state IN ('destroyed', 'void'))"
)
PEOPLE = N_("people")


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what is held, and how much of it is due or overdue."""
    if not counting.told_now(desk, span):
        return ()
    held, apart = Counter[int](), Counter[str]()
    for purpose, *counts in desk.vault.raw.execute(_BY_PURPOSE):
        held[purpose] += sum(counts)
        apart.update(dict(zip(_KEPT, counts, strict=True)))
    due, late = _due(desk)
    return (
        _state(
            "people",
            N_("People whose data is held by name or number"),
            counting.number(desk, _LIVING),
            unit=PEOPLE,
            clause="S1.2",
        ),
        _state(
            "kept",
            N_("Holdings: a person in a file for a purpose"),
            held.total(),
            clause="S1.3",
            rows=counting.named(desk, "purposes", held),
        ),
        _state("due", N_("Holdings whose period is over"), due, good=Good.DOWN, where=_of("due")),
        _state("late", N_("Holdings not destroyed within the legal days"), late, good=Good.DOWN),
        _state("law", N_("Kept apart because another law says so"), apart["law"], where=_of("law")),
        _state("held", N_("Under a legal hold"), apart["held"], where=_of("held")),
    )


def _state(key: str, label: str, value: int, *, clause: str = "S2.1", **more: Any) -> Figure:
    return Figure(f"holdings.{key}", label, value, clause=clause, when=Nature.STATE, **more)


def _of(state: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("state", (state,)),)


def _due(desk: Desk) -> tuple[int, int]:
    """Return how many holdings are due, and how many of them are beyond the last day."""
    today, calendar = desk.today(), desk.calendar
    days: dict[date, int] = {}
    for _file, _purpose, day, count in desk.service("holdings").due_counts(today):
        days[day] = days.get(day, 0) + count
    late = sum(n for day, n in days.items() if rules.destroy_by(day, today, calendar) < today)
    return sum(days.values()), late
