"""Consents given, refused and withdrawn, and who has to be asked again (S6.2, rules 8 and 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.consents import asking
from privdesk.registers.consents.fields import REGISTER, RULE_8, RULE_11
from privdesk.registers.desk import Desk

_AGREES = ("given", "changed")


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the answers of the span, and what stands on today's day."""
    found = _answers(desk, span)
    given, withdrawn = _sum(found, *_AGREES), _sum(found, "withdrawn")
    flow = (
        Figure(
            "consents.given",
            N_("Consents given"),
            sum(given.values()),
            clause="S6.2",
            rows=counting.named(desk, "purposes", given),
        ),
        Figure("consents.refused", N_("Consents refused"), _total(found, "refused")),
        Figure(
            "consents.withdrawn",
            N_("Consents withdrawn"),
            sum(withdrawn.values()),
            clause="S6.2",
            good=Good.DOWN,
            rows=counting.named(desk, "purposes", withdrawn),
        ),
        Figure(
            "consents.confirmed",
            N_("Asked again and confirmed"),
            _total(found, "confirmed"),
            clause="S6.2",
        ),
    )
    return (*flow, *_standing(desk)) if counting.told_now(desk, span) else flow


def _standing(desk: Desk) -> tuple[Figure, ...]:
    stands = counting.by_key(desk, "SELECT state, count(*) FROM consents GROUP BY state")
    return (
        Figure(
            "consents.standing",
            N_("Consents in force"),
            stands.get("given", 0),
            clause="S6.2",
            when=Nature.STATE,
            where=(("state", ("given",)),),
        ),
        Figure(
            "consents.again",
            N_("Consents that have to be asked for again"),
            asking.count(desk),
            clause="S6.2",
            good=Good.DOWN,
            when=Nature.STATE,
            where=(("ask_again", (RULE_8, RULE_11)),),
        ),
    )


def _answers(desk: Desk, span: Span) -> Counter[tuple[str, int]]:
    """Return the answers by kind and purpose; the states let the index by purpose be used."""
    purposes = [row[0] for row in desk.vault.raw.execute("SELECT id FROM purposes")]
    states = [state.key for state in REGISTER.states if state.key != "void"]
    if not purposes:
        return Counter()
    sql = (
        f"SELECT kind, purpose, count(*) FROM consents WHERE purpose IN ({_marks(purposes)})"
        f" AND state IN ({_marks(states)}) AND at BETWEEN ? AND ? GROUP BY kind, purpose"
    )
    rows = desk.vault.raw.execute(sql, (*purposes, *states, *counting.days(span)))
    return Counter({(str(kind), int(purpose)): int(n) for kind, purpose, n in rows})


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _sum(found: Counter[tuple[str, int]], *kinds: str) -> dict[int, int]:
    by_purpose: Counter[int] = Counter()
    for (kind, purpose), n in found.items():
        if kind in kinds:
            by_purpose[purpose] += n
    return dict(by_purpose)


def _total(found: Counter[tuple[str, int]], kind: str) -> int:
    return sum(_sum(found, kind).values())
