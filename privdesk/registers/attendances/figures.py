"""Whose training is current, by topic and department, and what was held (S8.2②, rule 42)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.core.rulebook import rule_number
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.trained import DUTY, SECURITY

PEOPLE = N_("people")
TOPICS = (
    (SECURITY, N_("Trained in security technology within 12 months")),
    (DUTY, N_("Trained in the duty to protect within 12 months")),
)
_DONE = (
    "SELECT count(DISTINCT staff), count(*) FROM attendances"
    " WHERE coalesce(ended_as, state) = 'done' AND \"on\" BETWEEN ? AND ?"
)
_HELD = "SELECT count(*) FROM sessions WHERE state IN ('held', 'closed') AND \"on\" BETWEEN ? AND ?"
# The same as ``trained.standing`` says of each person, counted where the rows lie.
_CURRENT = (
    "SELECT s.department, count(*), sum(a.security), sum(a.duty), sum(a.security AND a.duty)"
    " FROM staff s LEFT JOIN (SELECT staff, max(topics LIKE '%\"security\"%') AS security,"
    " max(topics LIKE '%\"duty\"%') AS duty FROM attendances"
    " WHERE state = 'done' AND \"on\" BETWEEN ? AND ? GROUP BY staff) a ON a.staff = s.id"
    " WHERE s.state <> 'void' AND coalesce(s.duty, 'none') NOT IN ('none', 'undecided', '')"
    ' AND (s.joined IS NULL OR s.joined <= ?) AND (s."left" IS NULL OR s."left" >= ?)'
    " GROUP BY s.department ORDER BY s.department"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what was held in the span, and how training stood on its last day."""
    within = counting.days(span)
    people, completed = counting.numbers(desk, _DONE, *within)
    months = rule_number("training.months", span.last)
    since, last = counting.first_within(span.last, months).isoformat(), within[1]
    rows = desk.vault.raw.execute(_CURRENT, (since, last, last, last)).fetchall()
    told = [(str(name or counting.NONE), [int(n or 0) for n in counts]) for name, *counts in rows]
    needed = sum(counts[0] for _name, counts in told)
    return (
        Figure(
            "training.sessions",
            N_("Training sessions held"),
            counting.number(desk, _HELD, *within),
            clause="S8.2②",
        ),
        Figure(
            "training.people",
            N_("People who completed a training"),
            people,
            unit=PEOPLE,
            clause="S8.2②",
        ),
        Figure("training.completed", N_("Trainings completed"), completed, clause="S8.2②"),
        _share(
            "current",
            N_("Trained in both topics within 12 months"),
            sum(counts[3] for _name, counts in told),
            needed,
            tuple(Line(name, counts[3], counts[0]) for name, counts in told),
        ),
        *(
            _share(topic, label, sum(counts[1 + at] for _name, counts in told), needed)
            for at, (topic, label) in enumerate(TOPICS)
        ),
    )


def _share(key: str, label: str, part: int, whole: int, rows: tuple[Line, ...] = ()) -> Figure:
    return Figure(
        f"training.{key}",
        label,
        part,
        whole,
        unit=PEOPLE,
        clause="S8.2②",
        good=Good.UP,
        when=Nature.STATE,
        rows=rows,
    )
