"""Destructions of the span, their backups and the places that have not answered (S2.1, S2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.fields import Choice
from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.rules import METHOD_LABELS

_DONE = "executed_at >= ? AND executed_at < ? AND state <> 'cancelled'"
_METHODS = tuple(Choice(one.value, label) for one, label in METHOD_LABELS.items())


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return what was destroyed, and what waits."""
    within = counting.moments(span)
    done, closed, complete, holdings, people = counting.numbers(
        desk,
        "SELECT count(*), sum(state IN ('backups_closed', 'complete')), sum(state = 'complete'),"
        f" sum(destroyed), sum(coalesce(tombstones, people)) FROM destructions WHERE {_DONE}",
        *within,
    )
    methods = counting.by_key(
        desk, f"SELECT method, count(*) FROM destructions WHERE {_DONE} GROUP BY method", *within
    )
    return (
        Figure(
            "destructions.done",
            N_("Destructions executed"),
            done,
            clause="S2.1",
            rows=counting.lines(methods, _METHODS),
        ),
        Figure(
            "destructions.people",
            N_("People of whom nothing is left"),
            people,
            unit=N_("people"),
            clause="S2.1",
        ),
        Figure("destructions.holdings", N_("Holdings destroyed"), holdings, clause="S2.1"),
        Figure(
            "destructions.backups",
            N_("Destructions that older backups cannot undo"),
            closed,
            done,
            clause="S2.3",
            good=Good.UP,
        ),
        Figure(
            "destructions.complete",
            N_("Destructions that every place has confirmed"),
            complete,
            done,
            clause="S2.3",
            good=Good.UP,
        ),
        *(_waiting(desk) if counting.told_now(desk, span) else ()),
    )


def _waiting(desk: Desk) -> tuple[Figure, ...]:
    waits = (
        "SELECT count(*) FROM destructions WHERE state IN ('requested', 'approved', 'executing')"
    )
    orders = "SELECT count(*) FROM destruction_orders WHERE state IN ('open', 'sent', 'differs')"
    return (
        Figure(
            "destructions.waiting",
            N_("Destructions requested and not executed"),
            counting.number(desk, waits),
            clause="S2.1",
            good=Good.DOWN,
            when=Nature.STATE,
            where=(("state", ("requested", "approved", "executing")),),
        ),
        Figure(
            "destructions.orders",
            N_("Places that have not confirmed an order yet"),
            counting.number(desk, orders),
            clause="S2.3",
            good=Good.DOWN,
            when=Nature.STATE,
        ),
    )
