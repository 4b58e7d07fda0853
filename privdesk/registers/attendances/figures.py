"""Whose training is current, by topic and department, and what was held (S8.2②, rule 42)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.core.rulebook import rule_number
from privdesk.registers import counting
from privdesk.registers.attendances import rules
from privdesk.registers.desk import Desk
from privdesk.registers.trained import DUTY, SECURITY, Learner, standing

PEOPLE = N_("people")
TOPICS = (
    (SECURITY, N_("Trained in security technology within 12 months")),
    (DUTY, N_("Trained in the duty to protect within 12 months")),
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what was held in the span, and how training stood on its last day."""
    within = counting.days(span)
    held = (
        "SELECT count(*) FROM sessions WHERE state IN ('held', 'closed') AND \"on\" BETWEEN ? AND ?"
    )
    done = (
        "SELECT count(DISTINCT staff), sum(state = 'done') FROM attendances"
        " WHERE state = 'done' AND \"on\" BETWEEN ? AND ?"
    )
    people, completed = counting.numbers(desk, done, *within)
    on = span.last
    stand = rules.Stand(standing(desk, on), on, staff_ref=str)
    told = rules.by_department(stand)
    needing = [one for one in stand.learners if one.needs and one.here(on)]
    return (
        Figure(
            "training.sessions",
            N_("Training sessions held"),
            counting.number(desk, held, *within),
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
        Figure(
            "training.current",
            N_("Trained in both topics within 12 months"),
            sum(current for _name, _needed, current in told),
            len(needing),
            unit=PEOPLE,
            clause="S8.2②",
            good=Good.UP,
            when=Nature.STATE,
            rows=tuple(
                Line(name or counting.NONE, current, needed) for name, needed, current in told
            ),
        ),
        *(_topic(needing, topic, label, span) for topic, label in TOPICS),
    )


def _topic(needing: Sequence[Learner], topic: str, label: str, span: Span) -> Figure:
    term = months(rule_number("training.months", span.last))
    current = (topic in one.days and add(one.days[topic], term) >= span.last for one in needing)
    return Figure(
        f"training.{topic}",
        label,
        sum(current),
        len(needing),
        unit=PEOPLE,
        clause="S8.2②",
        good=Good.UP,
        when=Nature.STATE,
    )
