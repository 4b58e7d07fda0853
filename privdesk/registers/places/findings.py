"""The findings on systems that keep users' data: S8.2⑤; and how many of them are apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core.figures import Figure, Good, Line, Nature, Span
from privdesk.core.findings import Finding
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.places import rules
from privdesk.registers.places.apart import APART, MIXED
from privdesk.registers.places.rules import ApartFacts

_SYSTEMS = (
    "SELECT p.id, p.name, p.apart, p.apart_on FROM places p WHERE p.state = 'active'"
    " AND p.kind = 'system' AND EXISTS (SELECT 1 FROM files f WHERE f.place = p.id"
    " AND f.state = 'active') ORDER BY p.id"
)


def judge(desk: Desk) -> list[Finding]:
    """Return the systems whose data is mixed, or whose yearly inspection is due."""
    today = desk.today()
    return [one for facts in _systems(desk) for one in rules.judge(facts, today)]


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return how many systems with files keep users' data apart; told of today only."""
    if desk.today() not in span:
        return ()
    systems = _systems(desk)
    apart = [one for one in systems if one.apart and one.apart != MIXED]
    return (
        Figure(
            "places.apart",
            N_("Systems that keep users’ data apart"),
            len(apart),
            len(systems),
            clause="S8.2⑤",
            good=Good.UP,
            when=Nature.STATE,
            rows=tuple(
                Line(choice.label, sum(one.apart == choice.key for one in systems))
                for choice in APART
            ),
        ),
    )


def _systems(desk: Desk) -> list[ApartFacts]:
    """Return the systems of the company in which a living file is kept."""
    return [
        ApartFacts(
            ref=desk.ref("places", number),
            name=name or "",
            apart=apart or "",
            inspected_on=date.fromisoformat(on) if on else None,
        )
        for number, name, apart, on in desk.vault.raw.execute(_SYSTEMS).fetchall()
    ]
